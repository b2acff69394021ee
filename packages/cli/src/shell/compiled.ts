import {
  compileProject,
  createProjectReader,
  findProject,
  type Project,
  type ProjectCompilation,
} from '@pathway/compiler';
import type { Model } from '@pathway/model';
import { diagnosticsText, summaryText } from '../print/diagnostics-text.js';
import type { Context } from './context.js';

/** A project without errors. */
export interface Compiled {
  readonly project: Project;
  readonly compilation: ProjectCompilation;
  readonly model: Model;
}

/**
 * Compiles the project at a path for a command that makes something of it. Errors and, without `--quiet`, warnings go
 * to standard error.
 * @returns only the project when there are errors; the command then ends with 1
 */
export async function compileForProduct(
  path: string | undefined,
  context: Context,
): Promise<Compiled | { readonly project: Project; readonly model: undefined }> {
  const project = await findProject(path, context.io.cwd);
  const compilation = await compileProject(project, createProjectReader(project));
  const told = compilation.diagnostics.filter(
    ({ severity }) => severity === 'error' || (severity === 'warning' && !context.quiet),
  );
  if (told.length > 0) context.warn(diagnosticsText(compilation, told, context.errColours));
  const { model, failed } = compilation;
  if (model !== undefined && !failed) return { project, compilation, model };
  context.warn(`${summaryText(compilation.diagnostics, compilation.files.length)} Nothing was made.`);
  return { project, model: undefined };
}
