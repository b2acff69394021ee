import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  LOCK_FILE,
  type LockedPackage,
  nearestText,
  type PackageLock,
  packageLockText,
  PACKAGES_FOLDER,
  parsePackageLock,
} from '@pathway/model';
import { lockedFrom } from '../../hub/knowledge-package.js';
import { ProjectError } from '../../project-error.js';
import type { Project } from '../../project/project.js';
import { git } from '../git.js';
import { writeFileSafely } from '../output-folder.js';
import { isInside } from '../project-reader.js';
import { readTextFile, statOf, systemReason } from '../text-files.js';
import type { FoundPackage } from './find-packages.js';

/** A package that a project has now. */
export interface AddedPackage {
  readonly package: FoundPackage;
  readonly locked: LockedPackage;
  /** What the lock file had before; absent for a package that is new. */
  readonly before?: LockedPackage;
  /** Files that are new, changed or gone since. */
  readonly changed: readonly string[];
  /** Where its files are, from the project: `pathway-packages/…`, or undefined where npm has installed it. */
  readonly folder?: string;
  /** True for a git checkout with changes that no commit has. */
  readonly uncommitted: boolean;
}

/**
 * The package that a name means.
 * @throws ProjectError that names the nearest one
 */
export function packageNamed(name: string, packages: readonly FoundPackage[]): FoundPackage {
  const found =
    packages.find(({ manifest }) => manifest.name === name) ??
    packages.find(({ manifest }) => manifest.name.split('/').at(-1) === name);
  if (found !== undefined) return found;
  const names = packages.map(({ manifest }) => manifest.name);
  const near = nearestText(name, [...names, ...names.map((each) => each.split('/').at(-1) ?? each)]);
  throw new ProjectError(
    `There is no package ${name} here${near === undefined ? '.' : `; did you mean ${near}?`}`,
    'It can be a folder (`pathway hub add ../knowledge/heat`), or installed with `npm install --ignore-scripts` before.',
  );
}

/**
 * Adds a package to a project, and the packages that it depends on: its texts, tables and pictures are copied to
 * `pathway-packages` unless npm has installed it, and the lock file says what was taken. Nothing of a package is run.
 * @throws ProjectError for a package without a licence, one that depends on what is not there, or a folder that cannot be written
 */
export async function addPackage(
  project: Pick<Project, 'root'>,
  wanted: FoundPackage,
  packages: readonly FoundPackage[],
): Promise<readonly AddedPackage[]> {
  const lock = await readLock(project.root);
  const taken: { readonly found: FoundPackage; readonly locked: LockedPackage }[] = [];
  // All are looked at before the first is written.
  for (const found of withDependencies(wanted, packages)) {
    const revised = await withRevision(found);
    taken.push({ found: revised, locked: asLocked(revised, lock) });
  }
  const added: AddedPackage[] = [];
  for (const { found, locked } of taken) {
    const { name } = found.manifest;
    const before = Object.hasOwn(lock.packages, name) ? lock.packages[name] : undefined;
    const folder = `${PACKAGES_FOLDER}/${name}`;
    if (found.place === 'folder' || found.place === 'shipped') await keep(project.root, folder, found);
    lock.packages[name] = locked;
    added.push({
      package: found,
      locked,
      ...(before !== undefined && { before }),
      changed: before === undefined ? [] : changedFiles(before, locked),
      ...(found.place !== 'npm' && { folder }),
      uncommitted: found.revision?.endsWith(UNCOMMITTED) === true,
    });
  }
  await writeFileSafely(join(project.root, LOCK_FILE), LOCK_FILE, packageLockText(lock));
  return added;
}

/** A package that the project keeps came from somewhere: that stays said until its files are others. */
function asLocked(found: FoundPackage, { packages }: PackageLock): LockedPackage {
  const locked = lockedFrom(found);
  const { name } = found.manifest;
  const before = Object.hasOwn(packages, name) ? packages[name] : undefined;
  return found.place === 'kept' && before?.integrity === locked.integrity ? before : locked;
}

async function readLock(root: string): Promise<{ version: 1; packages: PackageLock['packages'] }> {
  const text = await readTextFile(join(root, LOCK_FILE), LOCK_FILE);
  if (text === undefined) return { version: 1, packages: {} };
  const lock = parsePackageLock(text);
  if (typeof lock !== 'string') return { version: 1, packages: { ...lock.packages } };
  throw new ProjectError(lock, 'Take it from the history of the project, or delete it and add the packages again.');
}

/** The packages that one depends on come before it. */
function withDependencies(wanted: FoundPackage, packages: readonly FoundPackage[]): readonly FoundPackage[] {
  const found = new Set<FoundPackage>();
  const visit = (one: FoundPackage, open: readonly string[]): void => {
    const { name, dependencies = {} } = one.manifest;
    if (found.has(one) || open.includes(name)) return;
    for (const dependency of Object.keys(dependencies).sort()) {
      const other = packages.find(({ manifest }) => manifest.name === dependency);
      if (other === undefined)
        throw new ProjectError(
          `${name} depends on ${dependency}, which is not here.`,
          `Add it first: pathway hub add FOLDER, with the folder of ${dependency}.`,
        );
      visit(other, [...open, name]);
    }
    found.add(one);
  };
  visit(wanted, []);
  return [...found];
}

const UNCOMMITTED = ' with changes';

/** A folder in a git checkout with the commit that it is at; any other package as it is. */
async function withRevision(found: FoundPackage): Promise<FoundPackage> {
  if (found.place !== 'folder' || found.folder === undefined) return found;
  try {
    const head = await git(found.folder, ['rev-parse', '--verify', '--quiet', 'HEAD']);
    if (head.code !== 0) return found;
    const known = await git(found.folder, ['ls-files', '--error-unmatch', '--', 'package.json']);
    if (known.code !== 0) return found;
    const status = await git(found.folder, ['status', '--porcelain', '--', '.']);
    const changes = status.out.length > 0 ? UNCOMMITTED : '';
    return { ...found, revision: head.out.toString('utf8').trim() + changes };
  } catch (error) {
    if (error instanceof ProjectError) return found;
    throw error;
  }
}

/** Writes the files of a package beside those that are there, then takes these away: at no time is half of it there. */
async function keep(root: string, folder: string, { files, folder: from }: FoundPackage): Promise<void> {
  const target = join(root, ...folder.split('/'));
  if (from !== undefined && isInside(target, from)) return;
  const [fresh, old] = [`${target}.new`, `${target}.old`];
  try {
    for (const leftover of [fresh, old]) await rm(leftover, { recursive: true, force: true });
    for (const [path, bytes] of files) {
      const file = join(fresh, ...path.split('/'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
    const before = await statOf(target);
    if (before !== undefined) await rename(target, old);
    await rename(fresh, target);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw new ProjectError(
      `${folder} cannot be written: ${systemReason(error)}.`,
      'Check the permissions of the folder.',
    );
  }
}

function changedFiles(before: LockedPackage, after: LockedPackage): readonly string[] {
  const paths = new Set([...Object.keys(before.files), ...Object.keys(after.files)]);
  return [...paths].filter((path) => before.files[path] !== after.files[path]).sort();
}
