import {
  compileProject,
  createProjectReader,
  explainApprovals,
  findProjects,
  type Project,
  type ProjectCompilation,
} from '@pathway/compiler';
import { checkJson } from '../print/check-json.js';
import { diagnosticsText, summaryText } from '../print/diagnostics-text.js';
import { githubAnnotations } from '../print/github.js';
import { sarifLog } from '../print/sarif.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';
import { watchAndRepeat } from '../shell/watch-and-repeat.js';

export interface CheckOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly watch?: boolean;
  /** ISO date on which agreements have to hold. */
  readonly asOf?: string;
}

/** `pathway check`: tells what is wrong in the pathways; answers 1 when something is an error. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  context: Context,
  version: string,
): Promise<number> {
  const once = async (): Promise<{ exitCode: number; projects: readonly Project[] }> => {
    const projects = await findProjects(paths, context.io.cwd);
    const compilations: ProjectCompilation[] = [];
    for (const project of projects) {
      const compilation = await compileProject(project, createProjectReader(project), options.asOf);
      compilations.push({ ...compilation, diagnostics: await explainApprovals(compilation) });
    }
    tellFindings(
      compilations.map((compilation) => asked(compilation, context)),
      options.format,
      context,
      version,
    );
    return { exitCode: compilations.some(({ failed }) => failed) ? EXIT.found : EXIT.ok, projects };
  };
  return options.watch === true ? watchAndRepeat(once, undefined, context) : (await once()).exitCode;
}

function asked(compilation: ProjectCompilation, { quiet }: Context): ProjectCompilation {
  if (!quiet) return compilation;
  return { ...compilation, diagnostics: compilation.diagnostics.filter(({ severity }) => severity === 'error') };
}

function tellFindings(
  compilations: readonly ProjectCompilation[],
  format: CheckOptions['format'],
  context: Context,
  version: string,
): void {
  switch (format) {
    case 'json':
      context.print(checkJson(compilations));
      return;
    case 'sarif':
      context.print(sarifLog(compilations, version));
      return;
    case 'github': {
      const annotations = githubAnnotations(compilations);
      if (annotations !== '') context.print(annotations);
      break;
    }
    case 'text':
      for (const compilation of compilations) {
        const text = diagnosticsText(compilation, compilation.diagnostics, context.outColours);
        if (text !== '') context.print(`${text}\n`);
      }
  }
  const files = new Set(
    compilations.flatMap(({ files: read, project }) => read.map((file) => `${project.root}\0${file}`)),
  );
  context.tell(
    summaryText(
      compilations.flatMap(({ diagnostics }) => diagnostics),
      files.size,
    ),
  );
}
