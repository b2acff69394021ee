import { isAbsolute, join, relative, resolve } from 'node:path';
import {
  draftFile,
  jsonText,
  type Project,
  ProjectError,
  resolveOutput,
  transferReport,
  type TransferReport,
} from '@pathway/compiler';
import { byId, type Model, nearestText } from '@pathway/model';
import { createColors } from 'picocolors';
import { type Block, blocksAsMarkdown, blocksHtml, heading, IdSource, type Words } from '@pathway/report';
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
  readonly format: 'text' | 'markdown' | 'html' | 'json' | 'draft';
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
    // The runner's model has its studies as the user asks for them.
    report: await transferReport(
      byId(runner.model.templates ?? [], template.id) ?? template,
      territory.id,
      runner.model,
      (of, id) => runner.runStudy(of, id),
    ),
    interrupted: runner.interrupted(),
  }));
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const text =
    options.format === 'draft'
      ? draftFile(report.transfer, placeOfDraft(options.out, compiled.project, context))
      : write(options.format, report, { model, words }, colours);
  await deliver(text, options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

/** Where a draft will stand in the project, for its imports: at the top of it where it is not said, or is outside. */
function placeOfDraft(out: string | undefined, { root }: Project, context: Context): string {
  const at = relative(root, resolve(out === undefined ? context.io.cwd : resolveOutput(out, context.io.cwd)));
  const path = (out === undefined ? join(at, 'draft.pathway') : at).replaceAll('\\', '/');
  return path.startsWith('..') || isAbsolute(path) ? 'draft.pathway' : path;
}

function write(
  format: Exclude<TransferOptions['format'], 'draft'>,
  report: TransferReport,
  { model, words }: { readonly model: Model; readonly words: Words },
  colours: Context['outColours'],
): string {
  if (format === 'json') return jsonText(report);
  const ids = format === 'html' ? new IdSource() : undefined;
  const draft: readonly Block[] = [heading(3, words.say`Draft`), { kind: 'code', text: report.transfer.draft }];
  const blocks = [...transferBlocks(words, report, ids), ...draft];
  if (ids !== undefined) return blocksHtml({ words, model, blocks, ids });
  return format === 'markdown' ? blocksAsMarkdown(words, blocks) : blocksText(blocks, words, colours);
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
