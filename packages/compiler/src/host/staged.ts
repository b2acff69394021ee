import { formatText } from '@pathway/language';
import { posix } from 'node:path';
import { ProjectError } from '../project-error.js';
import { compileProject, type ProjectCompilation } from '../pipeline/compile-project.js';
import { CONFIG_FILE } from '../project/config.js';
import { git, gitText, repositoryAt } from './git.js';
import { pathInTree, projectsInRevision } from './git-revision.js';

/** What would be committed now. */
export interface StagedCheck {
  /** Projects of staged pathways, compiled from what is staged. */
  readonly compilations: readonly ProjectCompilation[];
  /** Staged pathways that are not in the canonical form, from where the command runs. */
  readonly unformatted: readonly string[];
}

/**
 * Compiles what is staged, not what lies in the folder: a commit holds the former. Files with syntax errors have no
 * canonical form and are told by their diagnostics.
 * @throws ProjectError outside of a repository, and while a merge has conflicts
 */
export async function checkStaged(cwd: string): Promise<StagedCheck> {
  const repository = await repositoryAt(cwd);
  const { code: headCode } = await git(cwd, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  const listed = await gitText(cwd, [
    ...(headCode === 0 ? ['diff', '--cached', '--name-only', '--diff-filter=ACMR'] : ['ls-files', '--full-name']),
    '-z',
    '--',
    ':(top,glob)**/*.pathway',
    `:(top,glob)**/${CONFIG_FILE}`,
  ]);
  const staged = listed.split('\0').filter((path) => path !== '');
  if (staged.length === 0) return { compilations: [], unformatted: [] };
  const { code, out } = await git(cwd, ['write-tree']);
  if (code !== 0)
    throw new ProjectError('What is staged has conflicts, so that it cannot be checked.', 'Resolve them first.');
  const tree = out.toString('utf8').trim();
  const top = pathInTree(repository, '.');
  const fromHere = (path: string): string => posix.relative(top, path) || '.';
  const paths = staged.map((path) => fromHere(posix.basename(path) === CONFIG_FILE ? posix.dirname(path) : path));
  const compilations: ProjectCompilation[] = [];
  for (const { project, reader } of await projectsInRevision(repository, tree, paths))
    compilations.push(await compileProject(project, reader));
  const unformatted: string[] = [];
  for (const path of staged.filter((each) => each.endsWith('.pathway'))) {
    const text = (await gitText(cwd, ['cat-file', 'blob', `:${path}`])).replaceAll('\r\n', '\n');
    const result = formatText(text);
    if ('formatted' in result && result.formatted !== text) unformatted.push(fromHere(path));
  }
  return { compilations, unformatted };
}
