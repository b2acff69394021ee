import type { Change } from '@pathway/review';
import { ProjectError } from '../project-error.js';
import { compareProject } from '../pipeline/compare-versions.js';
import { git, gitText, repositoryAt } from './git.js';
import { pathInTree, projectsInRevision, type ReadableProject, renamedFiles } from './git-revision.js';

/** A commit that changed what an element means. */
export interface MeaningChange {
  readonly commit: string;
  readonly author: string;
  /** ISO date of the author, as in the commit. */
  readonly date: string;
  readonly subject: string;
  readonly changes: readonly Change[];
}

/** What `blameElement` found. */
export interface Blame {
  /** Latest first. */
  readonly found: readonly MeaningChange[];
  /** Why the history ends earlier than it began, if it does. */
  readonly limit?: string;
}

interface Commit {
  readonly hash: string;
  readonly parent: string | undefined;
  readonly author: string;
  readonly date: string;
  readonly subject: string;
}

/**
 * Which commits changed what an element means, latest first: commits that only laid its text out anew, or commented it,
 * are not among them. Renames are followed backwards.
 * @param name `StrokeCare.Scan`, `StrokeCare` or `StrokeBed`; a step's name alone where only one pathway has it
 * @param path of the project, from where the command runs
 * @param all every such commit instead of the latest
 * @throws ProjectError where nothing has that name in the latest commit
 */
export async function blameElement(name: string, path: string, cwd: string, all: boolean): Promise<Blame> {
  const repository = await repositoryAt(cwd);
  const place = pathInTree(repository, path);
  const commits = await commitsOf(cwd, place === '' ? '*.pathway' : place);
  const found: MeaningChange[] = [];
  let wanted: string | undefined;
  let here = path;
  for (const commit of commits) {
    const renamed =
      commit.parent === undefined
        ? new Map<string, string>()
        : await renamedFiles(repository, commit.parent, commit.hash);
    const after = await projectsInRevision(repository, commit.hash, [here]);
    const before =
      commit.parent === undefined ? [] : await projectsInRevision(repository, commit.parent, [here], renamed);
    here = earlierPath(here, renamed);
    const changes = await changesBetween(before, after);
    if (changes === undefined) continue;
    wanted ??= keyOf(name, changes.keys);
    const key: string = wanted;
    const about = changes.list.filter(({ keys }) => isAbout(keys.after ?? keys.before, key));
    if (about.length === 0) continue;
    const { hash, author, date, subject } = commit;
    found.push({ commit: hash, author, date, subject, changes: about });
    if (!all) return { found };
    wanted = earlierKey(key, changes.rekeyed);
  }
  if (wanted === undefined)
    throw new ProjectError(`No commit has pathways in ${path}.`, 'Name a folder or file that was committed.');
  return repository.shallow
    ? { found, limit: 'This clone is shallow: earlier commits are not in it. `git fetch --unshallow` brings them.' }
    : { found };
}

async function commitsOf(cwd: string, place: string): Promise<readonly Commit[]> {
  const { code } = await git(cwd, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (code !== 0) throw new ProjectError('The repository has no commit yet.', 'Commit the pathways first.');
  const log = await gitText(cwd, [
    'log',
    '--topo-order',
    '--no-merges',
    ...(place.endsWith('.pathway') && !place.includes('*') ? ['--follow'] : []),
    '--format=%H%x00%P%x00%an%x00%aI%x00%s%x01',
    '--name-only',
    'HEAD',
    '--',
    place.includes('*') ? place : `:(top)${place}`,
  ]);
  return [...log.matchAll(/([0-9a-f]{40,64})\0([^\0]*)\0([^\0]*)\0([^\0]*)\0([^\u0001]*)\u0001/g)].map(
    ([, hash = '', parents = '', author = '', date = '', subject = '']) => ({
      hash,
      parent: parents.split(' ').find((each) => each !== ''),
      author,
      date,
      subject,
    }),
  );
}

function earlierPath(path: string, renamed: ReadonlyMap<string, string>): string {
  return renamed.get(path) ?? path;
}

interface Between {
  readonly list: readonly Change[];
  /** Keys of the later model's elements that it changed or holds. */
  readonly keys: readonly string[];
  readonly rekeyed: readonly (readonly [string, string])[];
}

/** Undefined where a version has errors, so that nobody can say what it meant. */
async function changesBetween(
  before: readonly ReadableProject[],
  after: readonly ReadableProject[],
): Promise<Between | undefined> {
  const [later] = after;
  const earlier = before.find(({ project }) => project.shown === later?.project.shown) ?? before[0];
  if (later === undefined) return undefined;
  const result = await compareProject({ path: '.', after: later, ...(earlier && { before: earlier }) });
  if (result.kind === 'broken') return undefined;
  const { difference, keys } = result.compared;
  return { list: difference.changes, keys, rekeyed: difference.edits.rekeyed };
}

/** The key of what people call by a name. */
function keyOf(name: string, keys: readonly string[]): string {
  const dotted = /^([^.]+)\.(.+)$/.exec(name);
  const isWanted = (key: string): boolean => {
    const [list, own, inner] = key.split('/');
    if (dotted !== null && own === dotted[1] && inner === dotted[2]) return true;
    return (inner === undefined && list !== '' && own === name) || (inner === name && !key.includes('~'));
  };
  const found = keys.filter(isWanted);
  const declared = found.filter((key) => key.split('/').length === 2);
  const [key, ...others] = declared.length === 1 ? declared : found;
  if (key === undefined)
    throw new ProjectError(
      `Nothing in the latest commit is called ${name}.`,
      'Write a step as Pathway.Step, a declaration by its name.',
    );
  if (others.length === 0) return key;
  const names = found.map((each) => each.split('/').slice(1).join('.'));
  throw new ProjectError(`${name} is the name of several: ${names.join(', ')}.`, 'Write one of these.');
}

/** A change of an element itself, or of what stands in it. */
function isAbout(key: string | undefined, wanted: string): boolean {
  return key === wanted || key?.startsWith(`${wanted}/`) === true;
}

function earlierKey(key: string, rekeyed: readonly (readonly [string, string])[]): string {
  return rekeyed.find(([, after]) => after === key)?.[0] ?? key;
}
