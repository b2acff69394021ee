import { compile, type Compilation, type SourceReader } from '@pathway/language';
import type { Project } from '../project/project.js';

/** What came of a project's texts, its diagnostics with the levels that the project gives them. */
export interface ProjectCompilation extends Compilation {
  readonly project: Project;
  /** True when a diagnostic is an error: there are no products then. */
  readonly failed: boolean;
}

/** Compiles the project's entry files. */
export async function compileProject(project: Project, reader: SourceReader): Promise<ProjectCompilation> {
  const { title, severities } = project.config;
  const titled = title === undefined ? {} : { title };
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
