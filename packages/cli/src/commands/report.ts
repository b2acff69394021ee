import { createSharedProducts, ProjectError, reportInput, type SharedProducts } from '@pathway/compiler';
import { reportHtml, type ReportInput, reportMarkdown, reportPdf, reportWorkbook } from '@pathway/report';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { withStudies, type StudyFlags } from '../shell/studies.js';

/** The forms in which a report is written; the last two are no text and need a file. */
export type ReportFormat = 'html' | 'markdown' | 'pdf' | 'xlsx';

export interface ReportCommandOptions extends StudyFlags {
  readonly format: ReportFormat;
  readonly out?: string;
}

/** `pathway report`: runs the studies and writes everything on one page; after Ctrl-C, with the results so far. */
export async function report(
  path: string | undefined,
  options: ReportCommandOptions,
  context: Context,
): Promise<number> {
  const isText = options.format === 'html' || options.format === 'markdown';
  // Told before hours of simulation.
  if (!isText && options.out === undefined)
    throw new ProjectError(
      `A report as ${options.format} is no text to print here.`,
      `Say where it goes: --out report.${options.format}`,
    );
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { compilation, model } = compiled;
  const { page, interrupted } = await withStudies(model, options, context, async (runner) => {
    const { diagnostics } = compilation;
    const products = createSharedProducts(runner.model, runner);
    const input = await reportInput(model, { diagnostics, products });
    return {
      page: await write(options.format, input, products),
      interrupted: runner.interrupted(),
    };
  });
  await deliver(page, options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

async function write(format: ReportFormat, input: ReportInput, products: SharedProducts): Promise<string | Uint8Array> {
  switch (format) {
    case 'html':
      return reportHtml(input);
    case 'markdown':
      return reportMarkdown(input);
    case 'pdf':
      return reportPdf(input, await products.printFonts());
    case 'xlsx':
      return reportWorkbook(input);
  }
}
