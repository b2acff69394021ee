import { createSharedProducts, reportInput } from '@pathway/compiler';
import { reportHtml, reportMarkdown } from '@pathway/report';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { withStudies, type StudyFlags } from '../shell/studies.js';

export interface ReportCommandOptions extends StudyFlags {
  readonly format: 'html' | 'markdown';
  readonly out?: string;
}

/** `pathway report`: runs the studies and writes everything on one page; after Ctrl-C, with the results so far. */
export async function report(
  path: string | undefined,
  options: ReportCommandOptions,
  context: Context,
): Promise<number> {
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { compilation, model } = compiled;
  const { page, interrupted } = await withStudies(model, options, context, async (runner) => {
    const { diagnostics } = compilation;
    const input = await reportInput(model, { diagnostics, products: createSharedProducts(runner.model, runner) });
    return {
      page: options.format === 'html' ? reportHtml(input) : reportMarkdown(input),
      interrupted: runner.interrupted(),
    };
  });
  await deliver(page, options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}
