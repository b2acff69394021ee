import { jsonText, ProjectError, transferReport, type TransferReport } from '@pathway/compiler';
import { nearestText } from '@pathway/model';
import { createColors } from 'picocolors';
import { blocksAsMarkdown, heading, type Words } from '@pathway/report';
import { printable } from '../print/printable.js';
import { blocksText } from '../print/blocks-text.js';
import { transferBlocks } from '../print/transfer-blocks.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';
import { type StudyFlags, withStudies } from '../shell/studies.js';

export interface TransferOptions extends StudyFlags {
  readonly to?: string;
  readonly format: 'text' | 'markdown' | 'json' | 'draft';
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  readonly out?: string;
}

/** `pathway transfer`: what a territory has of what a template needs, what would come of it there, and a draft. */
export async function transfer(
  name: string,
  path: string | undefined,
  options: TransferOptions,
  context: Context,
): Promise<number> {
  if (options.to === undefined)
    throw new ProjectError('Say which territory it is carried to.', `For example: pathway transfer ${name} --to Devon`);
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { model, words } = inLanguage(compiled.model, options.language ?? compiled.project.config.language);
  const template = named(model.templates ?? [], name, 'template', 'Write one: template pathway NAME { needs … }');
  const territory = named(model.territories, options.to, 'territory', 'Declare it: territory NAME { population … }');
  const { report, interrupted } = await withStudies(model, options, context, async (runner) => ({
    report: await transferReport(template, territory.id, runner.model, (of, id) => runner.runStudy(of, id)),
    interrupted: runner.interrupted(),
  }));
  const colours = options.out === undefined ? context.outColours : createColors(false);
  await deliver(write(options.format, report, words, colours), options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

function write(
  format: TransferOptions['format'],
  report: TransferReport,
  words: Words,
  colours: Context['outColours'],
): string {
  if (format === 'json') return jsonText(report);
  const { draft } = report.transfer;
  if (format === 'draft') return draft;
  const blocks = transferBlocks(words, report);
  const title = words.say`Draft`;
  return format === 'markdown'
    ? `${blocksAsMarkdown(words, [...blocks, heading(3, title)])}\n\`\`\`pathway\n${draft}\`\`\`\n`
    : `${blocksText(blocks, words, colours)}\n${colours.bold(title)}\n${printable(draft)}`;
}

/** @throws ProjectError where nothing of the kind has the name */
function named<T extends { readonly id: string; readonly name: string }>(
  all: readonly T[],
  wanted: string,
  kind: string,
  none: string,
): T {
  const found = all.find(({ id }) => id === wanted) ?? all.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  if (all.length === 0) throw new ProjectError(`There is no ${kind} in this project.`, none);
  const names = all.map(({ name }) => name);
  const near = nearestText(wanted, names);
  throw new ProjectError(
    `There is no ${kind} ${wanted}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    `There is: ${names.join(', ')}.`,
  );
}
