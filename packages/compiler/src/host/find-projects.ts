import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { PACKAGES_FOLDER } from '@pathway/model';
import { ProjectError } from '../project-error.js';
import { CONFIG_FILE, DEFAULT_OUT, parseProjectConfig, type ProjectConfig } from '../project/config.js';
import type { Project } from '../project/project.js';
import { isInside } from './project-reader.js';
import { readTextFile, statOf, systemReason } from './text-files.js';

const EXTENSION = '.pathway';
/** Folders that hold installed or kept things, never a project's own pathways; nor do hidden ones. */
const NOT_ITS_OWN: ReadonlySet<string> = new Set(['node_modules', PACKAGES_FOLDER]);
const NEVER = [...Array.from(NOT_ITS_OWN, (name) => `**/${name}/**`), '**/.*/**'];

/**
 * The projects that files, folders and globs name. A file belongs to the project of the nearest `pathway.config.json`
 * above it; where there is none, to the folder that was named, or to the folder it lies in. A folder that is a project
 * stands for the files its configuration says, another folder for every `.pathway` file below it.
 * @param paths as the user wrote them; none means the current folder
 * @param cwd where relative paths start, absolute
 * @returns in the order in which the projects were first named
 * @throws ProjectError for what does not exist, holds no pathways, or cannot be read
 */
export async function findProjects(
  paths: readonly string[],
  cwd: string,
  options: FindOptions = {},
): Promise<readonly Project[]> {
  const collected = new Map<string, { config: ProjectConfig | undefined; files: Set<string> }>();
  const configs = new ConfigFiles(cwd);
  for (const path of paths.length === 0 ? ['.'] : paths) {
    for (const { file, root } of await namedFiles(path, cwd, configs, options)) {
      const entry = collected.get(root) ?? { config: await configs.in(root), files: new Set<string>() };
      entry.files.add(toSlashes(relative(root, file)));
      collected.set(root, entry);
    }
  }
  return [...collected].map(([root, { config, files }]) => ({
    root,
    shown: shownPath(root, cwd),
    config: config ?? {},
    configured: config !== undefined,
    entryFiles: [...files].sort(byCodeUnit),
  }));
}

/**
 * The one project that a file or folder names, for commands that make one product.
 * @throws ProjectError as `findProjects` does, and where there are several
 */
export async function findProject(path: string | undefined, cwd: string): Promise<Project> {
  const projects = await findProjects(path === undefined ? [] : [path], cwd);
  const [first, ...others] = projects;
  if (first !== undefined && others.length === 0) return first;
  throw new ProjectError(
    `${path ?? '.'} holds ${projects.length} projects: ${projects.map(({ shown }) => shown).join(', ')}.`,
    'Name one of them.',
  );
}

/**
 * The project that a file belongs to, whether the file exists or not: that of the nearest `pathway.config.json` above it,
 * otherwise the folder it lies in. Its folder is as the file's path has it, links and all.
 * @param file absolute path
 * @returns with the files that the project compiles when its folder is named; none where it has none
 * @throws ProjectError where its configuration cannot be used
 */
export async function projectAround(file: string): Promise<Project> {
  const folder = dirname(file);
  const configs = new ConfigFiles('/');
  const root = (await configs.nearestAbove(folder)) ?? folder;
  const isThere = (await statOf(root))?.isDirectory() === true;
  const real = isThere ? await realpath(root) : root;
  const found = isThere ? await findProjects([root], '/', { mayBeEmpty: true }) : [];
  const entryFiles = found.find((each) => each.root === real)?.entryFiles ?? [];
  const config = await configs.in(root);
  return { root, shown: root, config: config ?? {}, configured: config !== undefined, entryFiles };
}

/** A path as seen from where the command runs, with forward slashes; absolute where it is not below. */
export function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  if (way === '') return '.';
  return isInside(cwd, path) ? toSlashes(way) : toSlashes(path);
}

export interface FindOptions {
  /** Take every file of a folder, whatever its configuration says about entries: for work on texts alone. */
  readonly everyFile?: boolean;
  /** A folder without pathways is no mistake: an editor may be about to write the first. */
  readonly mayBeEmpty?: boolean;
}

interface NamedFile {
  readonly file: string;
  /** The folder of the project it belongs to. */
  readonly root: string;
}

async function namedFiles(
  path: string,
  cwd: string,
  configs: ConfigFiles,
  options: FindOptions,
): Promise<readonly NamedFile[]> {
  const absolute = resolve(cwd, path);
  const found = await statOf(absolute).catch((error: unknown) => {
    throw new ProjectError(`${path} cannot be read: ${systemReason(error)}.`, 'Check the name and the permissions.');
  });
  if (found?.isDirectory() === true) return filesOfFolder(await realpath(absolute), path, configs, options);
  if (found !== undefined) {
    if (absolute.endsWith(EXTENSION)) return [await loneFile(absolute, configs)];
    throw new ProjectError(
      `${path} is no pathway: its name does not end in ${EXTENSION}.`,
      'Name a .pathway file or a folder that holds some.',
    );
  }
  // Loaded when it is needed: most projects are folders without patterns of their own.
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(path))
    throw new ProjectError(
      `There is no file or folder ${path}.`,
      'Check the name; paths start at the folder you are in.',
    );
  const matched = await glob(toSlashes(path), {
    cwd,
    absolute: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    ignore: NEVER,
    expandDirectories: false,
  });
  const files = matched.filter((file) => file.endsWith(EXTENSION)).sort(byCodeUnit);
  if (files.length === 0)
    throw new ProjectError(
      `No ${EXTENSION} file matches ${path}.`,
      'Check the pattern; quote it so that the shell leaves it alone.',
    );
  return Promise.all(files.map((file) => loneFile(file, configs)));
}

/** A file by the real place of its folder and its own name, so that a link to a file is still checked by the reader. */
async function loneFile(path: string, configs: ConfigFiles): Promise<NamedFile> {
  const folder = await realpath(dirname(path));
  return { file: join(folder, basename(path)), root: (await configs.nearestAbove(folder)) ?? folder };
}

async function filesOfFolder(
  folder: string,
  shown: string,
  configs: ConfigFiles,
  { everyFile = false, mayBeEmpty = false }: FindOptions,
): Promise<readonly NamedFile[]> {
  const config = await configs.in(folder);
  const entry = everyFile ? undefined : config?.entry;
  const above = config === undefined ? await configs.nearestAbove(folder) : folder;
  const project = above === undefined ? undefined : await configs.in(above);
  const base = above ?? folder;
  const out = project?.out ?? DEFAULT_OUT;
  const exclude = project?.exclude ?? [];
  const matched =
    entry === undefined && exclude.length === 0
      ? await filesBelow(folder, join(base, out))
      : await filesMatching(
          entry ?? [`**/*${EXTENSION}`],
          folder,
          [...exclude, `${out}/**`].map((pattern) => toSlashes(join(base, pattern))),
        );
  const inFolder: NamedFile[] = [];
  for (const file of matched.map((match) => join(match)).sort(byCodeUnit)) {
    if (!file.endsWith(EXTENSION))
      throw new ProjectError(
        `${shown}: \`entry\` names ${toSlashes(relative(folder, file))}, which is no ${EXTENSION} file.`,
        `Name files that end in ${EXTENSION}.`,
      );
    if (entry !== undefined) {
      inFolder.push({ file, root: folder });
      continue;
    }
    const root = (await configs.nearestAbove(dirname(file))) ?? folder;
    // A project inside this one is compiled by itself, unless the folder was named only to find projects in it.
    if (config === undefined || root === folder) inFolder.push({ file, root });
  }
  if (inFolder.length === 0 && !mayBeEmpty)
    throw new ProjectError(
      `${shown === '.' ? 'This folder' : shown} holds no pathways: no ${EXTENSION} file${entry === undefined ? '' : ` matches \`entry\` of ${CONFIG_FILE}`}.`,
      entry === undefined
        ? 'Name another folder, or begin one with `pathway new my-region`.'
        : `Correct the patterns of \`entry\`: ${entry.join(', ')}.`,
    );
  return inFolder;
}

/** The pathway files in a folder and below, without those of `out`, and without links, as patterns find them. */
async function filesBelow(folder: string, out: string): Promise<readonly string[]> {
  // A folder that may not be read holds nothing.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map(async (each) => {
      const path = join(folder, each.name);
      if (each.name.startsWith('.') || path === out) return [];
      if (each.isDirectory()) return NOT_ITS_OWN.has(each.name) ? [] : filesBelow(path, out);
      return each.isFile() && path.endsWith(EXTENSION) ? [path] : [];
    }),
  );
  return found.flat();
}

/** The files of a folder that patterns name. Patterns are read by a library that is loaded when there are some. */
async function filesMatching(
  patterns: readonly string[],
  folder: string,
  excluded: readonly string[],
): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  return glob([...patterns], {
    cwd: folder,
    absolute: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: [...NEVER, ...excluded],
  });
}

/** Configuration files, each read once. */
class ConfigFiles {
  readonly #byFolder = new Map<string, Promise<ProjectConfig | undefined>>();
  readonly #cwd: string;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  in(folder: string): Promise<ProjectConfig | undefined> {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const file = join(folder, CONFIG_FILE);
    const shown = shownPath(file, this.#cwd);
    const read = readTextFile(file, shown).then((text) =>
      text === undefined ? undefined : parseProjectConfig(text, shown),
    );
    this.#byFolder.set(folder, read);
    return read;
  }

  async nearestAbove(folder: string): Promise<string | undefined> {
    for (let current = folder; ; current = dirname(current)) {
      if ((await this.in(current)) !== undefined) return current;
      if (dirname(current) === current) return undefined;
    }
  }
}

/** The absolute path of an output that the user named, from where the command runs. */
export function resolveOutput(path: string, cwd: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path);
}

function toSlashes(path: string): string {
  return path.split(sep).join('/');
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
