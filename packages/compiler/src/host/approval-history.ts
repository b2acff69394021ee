import { type Approval, type Diagnostic, meaningHash, meaningParts, type Model } from '@pathway/model';
import { type Change, diffModels } from '@pathway/review';
import { ProjectError } from '../project-error.js';
import { compileProject, type ProjectCompilation } from '../pipeline/compile-project.js';
import { git, gitText, type Repository, repositoryAt } from './git.js';
import { projectsInRevision } from './git-revision.js';

/** What changed in what was approved, since the last commit in which the approval was true. */
interface ChangesSince {
  readonly commit: string;
  /** ISO day of the commit. */
  readonly date: string;
  readonly changes: readonly Change[];
}

/** Commits that are looked at where the approval's own commit does not hold what was approved. */
const MOST_COMMITS = 200;
/** Changes that a message tells one by one. */
const MOST_TOLD = 5;

/**
 * Diagnostics of approvals that are out of date, with what changed since as git remembers it. Without git, or where no
 * commit holds what was approved, they stay as they are.
 */
export async function explainApprovals(compilation: ProjectCompilation): Promise<readonly Diagnostic[]> {
  const { model, diagnostics, project } = compilation;
  if (model === undefined || !diagnostics.some(({ code }) => code === 'PW7040')) return diagnostics;
  const repository = await repositoryAt(project.root).catch((error: unknown) => {
    if (error instanceof ProjectError) return undefined;
    throw error;
  });
  if (repository === undefined) return diagnostics;
  const paths = project.configured ? ['.'] : project.entryFiles;
  const explained: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const approval = (model.approvals ?? []).find(({ origin }) => origin === diagnostic.range);
    const found =
      diagnostic.code === 'PW7040' && approval !== undefined
        ? await changesSince(approval, model, paths, repository)
        : undefined;
    explained.push(found === undefined ? diagnostic : { ...diagnostic, message: `${diagnostic.message} ${found}` });
  }
  return explained;
}

async function changesSince(
  approval: Approval,
  model: Model,
  paths: readonly string[],
  repository: Repository,
): Promise<string | undefined> {
  const found = await lastTrue(approval, model, paths, repository);
  if (found !== undefined) return sentenceOf(found);
  return repository.shallow
    ? 'This clone is shallow, so that nobody can say what changed: `git fetch --unshallow` brings the history.'
    : undefined;
}

function sentenceOf({ commit, date, changes }: ChangesSince): string {
  const told = changes.slice(0, MOST_TOLD).map(({ sentence }) => sentence);
  const left = changes.length - told.length;
  const more = left > 0 ? ` And ${left} more: \`pathway diff --from ${commit.slice(0, 12)}\`.` : '';
  return `Since commit ${commit.slice(0, 12)} of ${date}: ${told.join(' ')}${more}`;
}

async function lastTrue(
  approval: Approval,
  model: Model,
  paths: readonly string[],
  repository: Repository,
): Promise<ChangesSince | undefined> {
  // The commit that brought the hash holds what was approved, unless the two were committed apart.
  const brought = await commits(repository, ['-S', approval.hash]);
  const others = await commits(repository, ['-n', String(MOST_COMMITS)]);
  const seen = new Set<string>();
  for (const { commit, date } of [...brought, ...others]) {
    if (seen.has(commit)) continue;
    seen.add(commit);
    const earlier = await modelAt(commit, paths, repository);
    const subject = earlier && approvedIn(earlier, approval);
    if (earlier === undefined || subject === undefined) continue;
    const parts = new Set([
      ...(meaningParts(model, approval.subject) ?? []),
      ...(meaningParts(earlier, subject) ?? []),
    ]);
    const { changes } = diffModels(earlier, model);
    return { commit, date, changes: changes.filter(({ keys }) => isIn(parts, keys.after) || isIn(parts, keys.before)) };
  }
  return undefined;
}

async function commits(
  repository: Repository,
  which: readonly string[],
): Promise<readonly { readonly commit: string; readonly date: string }[]> {
  const { code } = await git(repository.cwd, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (code !== 0) return [];
  const log = await gitText(repository.cwd, ['log', ...which, '--format=%H %as', 'HEAD', '--', '*.pathway']);
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), date: line.slice(line.indexOf(' ') + 1) }));
}

async function modelAt(commit: string, paths: readonly string[], repository: Repository): Promise<Model | undefined> {
  const [found] = await projectsInRevision(repository, commit, paths);
  return found === undefined ? undefined : (await compileProject(found.project, found.reader)).model;
}

/** What had the approved meaning in an earlier model: it may have been called otherwise. */
function approvedIn(model: Model, { hash, subject }: Approval): string | undefined {
  const named = (model.approvals ?? []).filter((each) => each.hash === hash).map((each) => each.subject);
  return [subject, ...named].find((id) => meaningHash(model, id) === hash);
}

/** Keys of elements hold the id of their declaration behind the list that it stands in. */
function isIn(parts: ReadonlySet<string>, key: string | undefined): boolean {
  return parts.has(key?.split('/')[1] ?? '');
}
