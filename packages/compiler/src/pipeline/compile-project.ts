import { compile, type Compilation, type SourceReader } from '@pathway/language';
import type { Diagnostic } from '@pathway/model';
import type { ProjectConfig } from '../project/config.js';
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
  const diagnostics = withProjectSeverities(compilation.diagnostics, project.config, compilation.model !== undefined);
  return {
    ...compilation,
    diagnostics,
    project,
    failed: compilation.model === undefined || diagnostics.some(({ severity }) => severity === 'error'),
  };
}

/**
 * Diagnostics with the levels of the configuration. Where the texts gave no model an error stays one: it is the
 * reason that there is nothing to work with.
 */
export function withProjectSeverities(
  diagnostics: readonly Diagnostic[],
  config: Pick<ProjectConfig, 'severities'>,
  hasModel: boolean,
): readonly Diagnostic[] {
  const levels = config.severities;
  if (levels === undefined) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const level = levels[diagnostic.code];
    if (level === undefined || (diagnostic.severity === 'error' && !hasModel)) return [diagnostic];
    return level === 'off' ? [] : [{ ...diagnostic, severity: level }];
  });
}
