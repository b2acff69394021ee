import { applySeverities, compile, type Compilation, type SourceReader } from '@pathway/language';
import type { Project } from '../project/project.js';

/** What came of a project's texts, its diagnostics with the levels that the project gives them. */
export interface ProjectCompilation extends Compilation {
  readonly project: Project;
  /** True when a diagnostic is an error: there are no products then. */
  readonly failed: boolean;
}

/** Compiles the project's entry files. */
export async function compileProject(project: Project, reader: SourceReader): Promise<ProjectCompilation> {
  const { title } = project.config;
  const compilation = await compile(project.entryFiles, reader, title === undefined ? {} : { title });
  const levelled = applySeverities(compilation.diagnostics, project.config.severities);
  // Where an error that the project plays down left no model, it is still the reason that there is nothing.
  const explained = compilation.model !== undefined || levelled.some(({ severity }) => severity === 'error');
  const diagnostics = explained ? levelled : applySeverities(compilation.diagnostics);
  return {
    ...compilation,
    diagnostics,
    project,
    failed: compilation.model === undefined || diagnostics.some(({ severity }) => severity === 'error'),
  };
}
