import { realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { SourceReader } from '@pathway/language';
import { PACKAGES_FOLDER } from '@pathway/model';
import { ProjectError } from '../project-error.js';
import { staysInside } from '../project/config.js';
import type { Project } from '../project/project.js';
import { shownFile } from '../project/project.js';
import { readTextFile, statOf, systemCode, systemReason } from './text-files.js';

const PACKAGE_PREFIX = 'package:';

/**
 * Reads the files of a project and of the npm packages installed for it, and nothing else: no absolute path, no `..`,
 * no symbolic link that leads outside. A package may itself be a link (as in a workspace), but its files stay in it.
 */
export function createProjectReader(project: Pick<Project, 'root' | 'shown'>): SourceReader {
  const packageFolders = new Map<string, Promise<string | undefined>>();

  const folderOfPackage = (name: string): Promise<string | undefined> => {
    const known = packageFolders.get(name);
    if (known !== undefined) return known;
    const found = findPackageFolder(project.root, name);
    packageFolders.set(name, found);
    return found;
  };

  return {
    async read(path) {
      const shown = shownFile(project, path);
      if (!path.startsWith(PACKAGE_PREFIX)) return readInside(project.root, path, shown, 'the project');
      const { name, file } = splitPackagePath(path.slice(PACKAGE_PREFIX.length));
      const folder = await folderOfPackage(name);
      return folder === undefined ? undefined : readInside(folder, file, shown, `the package ${name}`);
    },
  };
}

/**
 * The folder of a package: one that the project keeps, else an installed one, as Node looks for it: `node_modules` beside
 * the project's files, then in each folder above.
 */
export async function findPackageFolder(root: string, name: string): Promise<string | undefined> {
  if (!staysInside(name)) return undefined;
  const kept = join(root, PACKAGES_FOLDER, ...name.split('/'));
  if ((await statOf(kept))?.isDirectory() === true) return kept;
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', ...name.split('/'));
    if ((await statOf(candidate))?.isDirectory() === true) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

function splitPackagePath(path: string): { name: string; file: string } {
  const parts = path.split('/');
  const length = path.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), file: parts.slice(length).join('/') };
}

async function readInside(folder: string, path: string, shown: string, place: string): Promise<string | undefined> {
  if (!staysInside(path)) throw outside(shown, place);
  const wanted = join(folder, ...path.split('/'));
  let real: string;
  let realFolder: string;
  try {
    real = await realpath(wanted);
    realFolder = await realpath(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ProjectError(
      `${shown} cannot be read: ${systemReason(error)}.`,
      'Check the name and the permissions of the file.',
    );
  }
  if (!isInside(realFolder, real)) throw outside(shown, place);
  return readTextFile(real, shown);
}

function outside(shown: string, place: string): ProjectError {
  return new ProjectError(
    `${shown} lies outside ${place}, so it is not read.`,
    'Copy the file into the project, or share it as an npm package.',
  );
}

/** Whether an absolute path is a folder itself or lies in it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !/^[A-Za-z]:|^[/\\]/.test(way));
}
