import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import type { SourceReader } from '@pathway/language';
import { PACKAGES_FOLDER } from '@pathway/model';
import { ProjectError } from '../project-error.js';
import { CONFIG_FILE } from '../project/config.js';
import { shownFile, type Project } from '../project/project.js';
import { findProjects } from './find-projects.js';
import { blobs, filesOfTree, git, type Repository, treeOf, type TreeFile } from './git.js';
import { createProjectReader, isInside } from './project-reader.js';
import { decodeUtf8 } from './text-files.js';

/** A project as it was in a revision, and what reads its files from there. */
export interface ReadableProject {
  readonly project: Project;
  readonly reader: SourceReader;
}

/**
 * The projects that paths named in a revision, found as they are found on disk. Packages that the project keeps come from
 * the revision, others from what is installed now.
 * @param paths as the user wrote them, from where the command runs; none means the folder itself
 * @param renamed where a path was called otherwise in this revision
 * @returns nothing where none of the paths was there
 */
export async function projectsInRevision(
  repository: Repository,
  revision: string,
  paths: readonly string[],
  renamed: ReadonlyMap<string, string> = new Map(),
): Promise<readonly ReadableProject[]> {
  const files = await filesOfTree(repository, await treeOf(repository, revision));
  const wanted = (paths.length === 0 ? ['.'] : paths).map((path) => {
    const inTree = pathInTree(repository, path);
    return renamed.get(inTree) ?? inTree;
  });
  const there = wanted.filter(
    (path) => path === '' || files.some((file) => file.path === path || file.path.startsWith(`${path}/`)),
  );
  const isSource = ({ path }: TreeFile): boolean => path.endsWith('.pathway') || posix.basename(path) === CONFIG_FILE;
  if (
    there.length === 0 ||
    !files.some((file) => file.path.endsWith('.pathway') && there.some((path) => holds(path, file.path)))
  )
    return [];
  const sources = files.filter(isSource);
  const contents = await blobs(
    repository,
    sources.map(({ hash }) => hash),
  );
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pathway-revision-')));
  try {
    for (const { path, hash } of sources) {
      const target = join(folder, ...path.split('/'));
      if (!isInside(folder, target)) continue;
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, contents.get(hash) ?? '');
    }
    const found = await findProjects(
      there.map((path) => (path === '' ? '.' : path)),
      folder,
    );
    const byPath = new Map(files.map((file) => [file.path, file] as const));
    return found.map((project) => readable(repository, project, folder, byPath));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function holds(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** A path of the user from the top of the repository, with forward slashes; empty for the top itself. */
export function pathInTree(repository: Repository, path: string): string {
  const { top, cwd, prefix } = repository;
  if (isAbsolute(path)) {
    if (top === undefined || !isInside(top, path))
      throw new ProjectError(`${path} lies outside the repository.`, 'Name a path in it.');
    return relative(top, path).split(sep).join('/');
  }
  const joined = posix.normalize(posix.join(prefix, path.split(sep).join('/')));
  if (joined === '..' || joined.startsWith('../'))
    throw new ProjectError(
      `${path} lies outside the repository${top === undefined ? '' : ` at ${cwd}`}.`,
      'Name a path in it.',
    );
  return joined === '.' ? '' : joined.replace(/\/$/, '');
}

/** A project that reads from the tree: paths of messages are as they would be on disk. */
function readable(
  repository: Repository,
  found: Project,
  folder: string,
  files: ReadonlyMap<string, TreeFile>,
): ReadableProject {
  const inTree = relative(folder, found.root).split(sep).join('/');
  const fromHere = posix.relative(repository.prefix.replace(/\/$/, ''), inTree);
  const project: Project = { ...found, shown: fromHere === '' ? '.' : fromHere };
  const installed =
    repository.top === undefined
      ? undefined
      : createProjectReader({ root: join(repository.top, ...inTree.split('/')), shown: project.shown });
  return {
    project,
    reader: {
      async read(path) {
        const isOfPackage = path.startsWith('package:');
        const below = isOfPackage ? posix.join(PACKAGES_FOLDER, path.slice('package:'.length)) : path;
        const file = files.get(posix.normalize(posix.join(inTree, below)));
        if (file === undefined) return isOfPackage ? installed?.read(path) : undefined;
        const content = (await blobs(repository, [file.hash])).get(file.hash);
        return content === undefined ? undefined : decodeUtf8(content, shownFile(project, path));
      },
    },
  };
}

/** Files that git takes for renamed, from the later path to the earlier one. `to` undefined: the files on disk. */
export async function renamedFiles(
  repository: Repository,
  from: string,
  to: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const { code, out } = await git(repository.cwd, [
    'diff',
    '--name-status',
    '--no-ext-diff',
    '-z',
    '-M30%',
    '--diff-filter=R',
    from,
    ...(to === undefined ? [] : [to]),
    '--',
  ]);
  const parts = code === 0 ? out.toString('utf8').split('\0') : [];
  const renamed = new Map<string, string>();
  for (let i = 0; i + 2 < parts.length; i += 3) renamed.set(parts[i + 2] ?? '', parts[i + 1] ?? '');
  return renamed;
}
