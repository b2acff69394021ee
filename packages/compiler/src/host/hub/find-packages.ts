import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { PACKAGES_FOLDER } from '@pathway/model';
import { SHIPPED_PACKAGES } from '../../generated/shipped-packages.js';
import type { KnowledgePackage } from '../../hub/knowledge-package.js';
import { PACKAGE_KEYWORD, parseManifest } from '../../hub/package-manifest.js';
import { ProjectError } from '../../project-error.js';
import { CONFIG_FILE } from '../../project/config.js';
import type { Project } from '../../project/project.js';
import { statOf, systemReason } from '../text-files.js';
import { readPackage } from './read-package.js';

/** A package with the folder that it was read from; without one it is shipped. */
export interface FoundPackage extends KnowledgePackage {
  readonly folder?: string;
}

export interface FoundPackages {
  /** Those that the project keeps first, then installed ones, those of folders, and those shipped with Pathway. */
  readonly packages: readonly FoundPackage[];
  /** Why something that looks like a package is none, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * All packages that a project can take from: those that it keeps, those that npm has installed for it, those in the folders
 * of its settings, and those shipped with Pathway. Nothing is fetched, and nothing of a package is run.
 * @param folders further folders, absolute: a package itself, or with packages in them
 */
export async function findPackages(
  project: Pick<Project, 'root' | 'config'>,
  folders: readonly string[] = [],
): Promise<FoundPackages> {
  const { root, config } = project;
  const packages: FoundPackage[] = [];
  const problems: string[] = [];
  const take = async (folder: string, place: FoundPackage['place'], source: string): Promise<boolean> => {
    try {
      const read = await readPackage(folder, source === 'npm' ? `node_modules/${nameBelow(folder)}` : source);
      if (read !== undefined) packages.push({ ...read, place, source, folder });
      return read !== undefined;
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      problems.push(error.message);
      return true;
    }
  };
  for (const folder of await packageFolders(join(root, PACKAGES_FOLDER)))
    await take(folder, 'kept', sourceOf(root, folder));
  for (let above = root; ; above = dirname(above)) {
    for (const folder of await packageFolders(join(above, 'node_modules')))
      if (await isOfPathways(folder)) await take(folder, 'npm', 'npm');
    if (dirname(above) === above) break;
  }
  for (const [folder, isWanted] of [
    ...(config.hub ?? []).map((path) => [resolve(root, ...path.split('/')), false] as const),
    ...folders.map((path) => [path, true] as const),
  ]) {
    const found = await statOf(folder).catch(() => undefined);
    if (found?.isDirectory() !== true) {
      const shown = sourceOf(root, folder);
      if (isWanted) throw new ProjectError(`There is no folder ${shown}.`, 'Check the name.');
      problems.push(`There is no folder ${shown}, which \`hub\` of ${CONFIG_FILE} names.`);
      continue;
    }
    const real = await realpath(folder);
    if (await take(real, 'folder', sourceOf(root, real))) continue;
    for (const inner of await packageFolders(real)) await take(inner, 'folder', sourceOf(root, inner));
  }
  return { packages: [...packages, ...shippedPackages()], problems };
}

/** Names of the packages that a project keeps, in order of code units. */
export async function keptPackages(root: string): Promise<readonly string[]> {
  const kept = join(root, PACKAGES_FOLDER);
  return (await packageFolders(kept)).map((folder) => sourceOf(kept, folder));
}

/** The folder at a path as a package. @throws ProjectError where it is none */
export async function packageAt(project: Pick<Project, 'root'>, folder: string, shown: string): Promise<FoundPackage> {
  const found = await statOf(folder);
  const read = found?.isDirectory() === true ? await readPackage(folder, shown) : undefined;
  if (read === undefined)
    throw new ProjectError(
      `${shown} is no package of pathways: it has no package.json, or no .pathway file.`,
      'Name a folder with both; `pathway publish --check` says what a package needs.',
    );
  const real = await realpath(folder);
  return { ...read, place: 'folder', source: sourceOf(project.root, real), folder: real };
}

function shippedPackages(): readonly FoundPackage[] {
  const encoder = new TextEncoder();
  return Array.from(SHIPPED_PACKAGES, ([, texts]) => ({
    manifest: parseManifest(texts['package.json'] ?? '', 'package.json'),
    files: new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)] as const)),
    place: 'shipped' as const,
    source: 'shipped',
  }));
}

/** Folders straight below one, and below its scopes (`@region`), in order of code units. */
async function packageFolders(folder: string): Promise<readonly string[]> {
  const names = await namesIn(folder);
  const nested = await Promise.all(
    names.map(async (name) =>
      name.startsWith('@') ? (await namesIn(join(folder, name))).map((inner) => join(name, inner)) : [name],
    ),
  );
  const paths = nested.flat().map((name) => join(folder, name));
  const isFolder = await Promise.all(
    paths.map(async (path) => (await statOf(path).catch(() => undefined))?.isDirectory() === true),
  );
  return paths.filter((_, index) => isFolder[index]);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => !name.startsWith('.')).sort((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    if ((await statOf(folder).catch(() => undefined)) === undefined) return [];
    throw new ProjectError(`${folder} cannot be read: ${systemReason(error)}.`, 'Check the permissions of the folder.');
  }
}

/** Whether an installed package says that it is one of pathways: most of what npm installs is not. */
async function isOfPathways(folder: string): Promise<boolean> {
  if ((await statOf(join(folder, 'index.pathway')).catch(() => undefined))?.isFile() === true) return true;
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
  return text.includes(`"${PACKAGE_KEYWORD}"`);
}

/** How a folder is named from a project: `../knowledge/heat`; the same on every machine that has both. */
function sourceOf(root: string, folder: string): string {
  const way = relative(root, folder).split(sep).join('/');
  return way === '' ? '.' : way;
}

function nameBelow(folder: string): string {
  return folder.split(sep).join('/').split('/node_modules/').at(-1) ?? folder;
}
