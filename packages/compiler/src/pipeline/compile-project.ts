import { compile, type Compilation, type SourceReader } from '@pathway/language';
import type { Project } from '../project/project.js';

/** What came of a project's texts, its diagnostics with the levels that the project gives them. */
export interface ProjectCompilation extends Compilation {
  readonly project: Project;
  /** True when a diagnostic is an error: there are no products then. */
  readonly failed: boolean;
}

/** What a project without a current sign-off of each pathway gets where it requires one. */
const REQUIRED_APPROVALS = { PW7040: 'error', PW7041: 'error', PW7042: 'error' } as const;

/**
 * Compiles the project's entry files.
 * @param asOf ISO date on which agreements have to hold; without one no date matters
 */
export async function compileProject(
  project: Project,
  reader: SourceReader,
  asOf?: string,
): Promise<ProjectCompilation> {
  const { title, approvals, languages } = project.config;
  const titled = {
    ...(title !== undefined && { title }),
    ...(languages !== undefined && { languages }),
    ...(asOf !== undefined && { asOf }),
  };
  const severities =
    approvals === 'required' ? { ...REQUIRED_APPROVALS, ...project.config.severities } : project.config.severities;
  const levelled = await compile(project.entryFiles, reader, {
    ...titled,
    ...(severities !== undefined && { severities }),
  });
  // Where an error that the project plays down left no model, it is still the reason that there is nothing.
  const unexplained =
    levelled.model === undefined && !levelled.diagnostics.some(({ severity }) => severity === 'error');
  const compilation = unexplained ? await compile(project.entryFiles, reader, titled) : levelled;
  return {
    ...compilation,
    project,
    failed: compilation.model === undefined || compilation.diagnostics.some(({ severity }) => severity === 'error'),
  };
}
