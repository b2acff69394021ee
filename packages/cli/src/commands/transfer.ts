import { jsonText, ProjectError, transferReport } from '@pathway/compiler';
import { nearestText } from '@pathway/model';
import { createColors } from 'picocolors';
import { transferText } from '../print/transfer-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { type StudyFlags, withStudies } from '../shell/studies.js';

export interface TransferOptions extends StudyFlags {
  readonly to?: string;
  readonly format: 'text' | 'json' | 'draft';
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
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const template = named(model.templates ?? [], name, 'template', 'Write one: template pathway NAME { needs … }');
  const territory = named(model.territories, options.to, 'territory', 'Declare it: territory NAME { population … }');
  const { report, interrupted } = await withStudies(model, options, context, async (runner) => ({
    report: await transferReport(template, territory.id, runner.model, (of, id) => runner.runStudy(of, id)),
    interrupted: runner.interrupted(),
  }));
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const text =
    options.format === 'json'
      ? jsonText(report)
      : options.format === 'draft'
        ? report.transfer.draft
        : transferText(report, colours);
  await deliver(text, options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
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
