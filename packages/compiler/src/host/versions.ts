import { relative, resolve, sep } from 'node:path';
import { ProjectError } from '../project-error.js';
import { findProjects } from './find-projects.js';
import { repositoryAt } from './git.js';
import { projectsInRevision, renamedFiles, type ReadableProject } from './git-revision.js';
import { createProjectReader } from './project-reader.js';
import { statOf } from './text-files.js';

/** Two versions of the same projects; one of the sides is absent where it was not there. */
export interface VersionPair {
  /** As messages show it. */
  readonly path: string;
  readonly before?: ReadableProject;
  readonly after?: ReadableProject;
}

/** What `--from` and `--to` name. */
export interface Versions {
  readonly from: string;
  readonly to: string;
  readonly pairs: readonly VersionPair[];
}

/** How the files on disk are called where no version is named. */
export const WORKING_FILES = 'the files as they are';

/**
 * Opens two versions of projects: revisions of a git repository, or folders and files on disk. A name that is both is
 * taken for what is on disk.
 * @param from `HEAD` where absent
 * @param to the files on disk where absent
 * @param paths what of the revisions is compared; none means the folder where the command runs
 * @throws ProjectError for what is neither, or where neither version has pathways there
 */
export async function openVersions(
  from: string | undefined,
  to: string | undefined,
  paths: readonly string[],
  cwd: string,
): Promise<Versions> {
  const [earlier, later] = [await sideOf(from ?? 'HEAD', cwd), to === undefined ? undefined : await sideOf(to, cwd)];
  const revisions = [earlier, later].filter((side) => side?.kind === 'revision');
  if (revisions.length === 0 && earlier.kind === 'place' && later?.kind === 'place' && paths.length > 0)
    throw new ProjectError(
      'Paths narrow down revisions; two folders are compared as they are.',
      'Leave the paths out.',
    );
  const named = later === undefined ? paths : later.kind === 'place' && paths.length === 0 ? [later.name] : paths;
  const after =
    later?.kind === 'revision'
      ? await ofRevision(later.name, paths, cwd)
      : await onDisk(named, cwd, earlier.kind === 'revision');
  const before =
    earlier.kind === 'place'
      ? await onDisk([earlier.name], cwd, false)
      : await ofRevision(earlier.name, named, cwd, later?.kind === 'revision' ? later.name : undefined);
  const pairs = paired(before, after, earlier.kind === 'place' && later?.kind === 'place');
  if (pairs.length === 0)
    throw new ProjectError(
      `Neither version has pathways ${paths.length === 0 ? 'in this folder' : `in ${paths.join(', ')}`}.`,
      'Name a folder or file that holds some.',
    );
  return { from: from ?? 'HEAD', to: to ?? WORKING_FILES, pairs };
}

interface SideName {
  readonly kind: 'revision' | 'place';
  readonly name: string;
}

/** A folder or a pathway on disk; anything else is a revision (a bare repository has a file called HEAD). */
async function sideOf(name: string, cwd: string): Promise<SideName> {
  const found = await statOf(resolve(cwd, name));
  const isPlace = found?.isDirectory() === true || (found !== undefined && name.endsWith('.pathway'));
  return { kind: isPlace ? 'place' : 'revision', name };
}

async function onDisk(paths: readonly string[], cwd: string, mayBeGone: boolean): Promise<readonly ReadableProject[]> {
  const there: string[] = [];
  // What was deleted since is told as removed, not as a mistyped path.
  for (const path of paths) if (!mayBeGone || (await statOf(resolve(cwd, path))) !== undefined) there.push(path);
  if (there.length === 0 && paths.length > 0) return [];
  const projects = await findProjects(there, cwd).catch((error: unknown) => {
    if (mayBeGone && error instanceof ProjectError && error.message.includes('holds no pathways')) return [];
    throw error;
  });
  return projects.map((project) => ({ project, reader: createProjectReader(project) }));
}

async function ofRevision(
  revision: string,
  paths: readonly string[],
  cwd: string,
  later?: string,
): Promise<readonly ReadableProject[]> {
  const repository = await repositoryAt(cwd);
  const relativePaths = paths.map((path) => relative(cwd, resolve(cwd, path)).split(sep).join('/') || '.');
  const renamed = await renamedFiles(repository, revision, later).catch(() => new Map<string, string>());
  return projectsInRevision(repository, revision, relativePaths, renamed);
}

/** Projects by their folders; where each side has one that the other lacks, these are the same under another name. */
function paired(
  before: readonly ReadableProject[],
  after: readonly ReadableProject[],
  places: boolean,
): readonly VersionPair[] {
  const pathOf = ({ project }: ReadableProject): string => project.shown;
  if (places && before.length === 1 && after.length === 1) return pairOf(before[0], after[0]);
  const pairs: VersionPair[] = [];
  const left = [...before];
  for (const each of after) {
    const place = left.findIndex((other) => pathOf(other) === pathOf(each));
    const [same] = place < 0 ? [] : left.splice(place, 1);
    pairs.push(...pairOf(same, each));
  }
  const fresh = pairs.filter((pair) => pair.before === undefined);
  if (left.length === 1 && fresh.length === 1)
    return pairs.flatMap((pair) => (pair === fresh[0] ? pairOf(left[0], pair.after) : [pair]));
  return [...pairs, ...left.flatMap((each) => pairOf(each, undefined))];
}

function pairOf(before: ReadableProject | undefined, after: ReadableProject | undefined): VersionPair[] {
  const path = (after ?? before)?.project.shown ?? '.';
  return [{ path, ...(before && { before }), ...(after && { after }) }];
}
