import {
  checkLanguage,
  createSharedProducts,
  ProjectError,
  printedReportInput,
  reportInput,
  type SharedProducts,
} from '@pathway/compiler';
import { localiseModel, type Model } from '@pathway/model';
import {
  cardsHtml,
  cardsPdf,
  languageFor,
  NoCardsError,
  reportHtml,
  type ReportInput,
  reportMarkdown,
  reportPdf,
  reportWorkbook,
} from '@pathway/report';
import { compileForProduct } from '../shell/compiled.js';
import { printFontsTelling } from '../drawing/scripts.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { withStudies, type StudyFlags } from '../shell/studies.js';

/** The forms in which a report is written; the last two are no text and need a file. */
export type ReportFormat = 'html' | 'markdown' | 'pdf' | 'xlsx';

export interface ReportCommandOptions extends StudyFlags {
  readonly format: ReportFormat;
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  /** What each role does, instead of the report; nothing is simulated for it. */
  readonly cards?: boolean;
  /** Paper of the cards as a PDF document. */
  readonly paper: 'a4' | 'a5';
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
  if (options.language !== undefined) checkLanguage(options.language);
  if (!isText && options.out === undefined)
    throw new ProjectError(
      `A report as ${options.format} is no text to print here.`,
      `Say where it goes: --out report.${options.format}`,
    );
  if (options.cards === true && options.format !== 'html' && options.format !== 'pdf')
    throw new ProjectError('Action cards are a page or a printed document.', 'Use --format html or --format pdf.');
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { compilation, model, project } = compiled;
  const language = options.language ?? project.config.language;
  if (language !== undefined) checkLanguage(language);
  if (options.cards === true) {
    await deliver(await writeCards(model, options, language, context), options.out, context);
    return EXIT.ok;
  }
  const { page, interrupted } = await withStudies(model, options, context, async (runner) => {
    const { diagnostics } = compilation;
    const products = createSharedProducts(runner.model, runner);
    const gather = options.format === 'pdf' ? printedReportInput : reportInput;
    const input = await gather(model, { diagnostics, products }, language);
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

async function writeCards(
  model: Model,
  { format, paper }: ReportCommandOptions,
  language: string | undefined,
  context: Context,
): Promise<string | Uint8Array> {
  const shown = language === undefined ? model : localiseModel(model, language);
  const words = language === undefined ? undefined : languageFor(language);
  try {
    if (format === 'html') return cardsHtml(shown, words);
    return await cardsPdf(shown, paper === 'a5' ? 'A5' : 'A4', await printFontsTelling(context), words);
  } catch (error) {
    if (!(error instanceof NoCardsError)) throw error;
    throw new ProjectError(error.message, 'Say who does a step: `by 1 Nurse`.');
  }
}
