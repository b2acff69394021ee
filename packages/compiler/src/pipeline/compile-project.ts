import {
  compile,
  type Compilation,
  type CompileOptions,
  type SeverityConfiguration,
  type SourceReader,
} from '@pathway/language';
import type { ProjectConfig } from '../project/config.js';
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
  return await compiledWith(compile, project, reader, asOf === undefined ? {} : { asOf });
}

/**
 * Compiles the project's entry files for their meaning alone: without what follows from the model.
 * @param compileVersion as `compileVersions` lends it
 */
export async function compileMeaning(
  compileVersion: typeof compile,
  project: Project,
  reader: SourceReader,
): Promise<ProjectCompilation> {
  return await compiledWith(compileVersion, project, reader, { meaningOnly: true });
}

async function compiledWith(
  compileFiles: typeof compile,
  project: Project,
  reader: SourceReader,
  wanted: Pick<CompileOptions, 'asOf' | 'meaningOnly'>,
): Promise<ProjectCompilation> {
  const compilation = await checkedAs(project.config, (options) =>
    compileFiles(project.entryFiles, reader, { ...options, ...wanted }),
  );
  return {
    ...compilation,
    project,
    failed: compilation.model === undefined || compilation.diagnostics.some(({ severity }) => severity === 'error'),
  };
}

/**
 * What a way of compiling gives with the settings of a project.
 * @param usual levels of single diagnostics where the project says nothing
 */
export async function checkedAs<C extends Compilation | undefined>(
  { title, approvals, languages, severities: own }: ProjectConfig,
  compileWith: (options: CompileOptions) => Promise<C>,
  usual: SeverityConfiguration = {},
): Promise<C> {
  const titled = { ...(title !== undefined && { title }), ...(languages !== undefined && { languages }) };
  const severities = { ...usual, ...(approvals === 'required' && REQUIRED_APPROVALS), ...own };
  const levelled = await compileWith({ ...titled, severities });
  // Where an error that the project plays down left no model, it is still the reason that there is nothing.
  const unexplained =
    levelled !== undefined &&
    levelled.model === undefined &&
    !levelled.diagnostics.some(({ severity }) => severity === 'error');
  return unexplained ? await compileWith(titled) : levelled;
}
