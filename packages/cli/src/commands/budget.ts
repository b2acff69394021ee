import { budgetCsv, budgetFile, jsonText, ProjectError } from '@pathway/compiler';
import {
  type Block,
  blocksAsMarkdown,
  blocksHtml,
  type Budget,
  budgetBlocks,
  budgetOf,
  heading,
  type Words,
} from '@pathway/report';
import type { Model } from '@pathway/model';
import { createColors } from 'picocolors';
import { blocksText } from '../print/blocks-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';
import { chosenStudies, type StudyFlags, withStudies } from '../shell/studies.js';

export interface BudgetOptions extends StudyFlags {
  readonly study?: string;
  readonly format: 'text' | 'markdown' | 'html' | 'json' | 'csv';
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  readonly out?: string;
}

/** `pathway budget`: runs studies and shows who pays, who is paid, what care costs, and who is better or worse off. */
export async function budget(path: string | undefined, options: BudgetOptions, context: Context): Promise<number> {
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { model, words } = inLanguage(compiled.model, options.language ?? compiled.project.config.language);
  if (model.payers === undefined)
    throw new ProjectError(
      'Nobody pays in this project, so that there is no budget.',
      'Declare who does: payer NAME { pays STEP 310 GBP/d }.',
    );
  const studies = chosenStudies(model, options.study);
  const { budgets, interrupted } = await withStudies(model, options, context, async (runner) => {
    const found = [];
    for (const { id } of studies) {
      if (runner.interrupted()) break;
      const made = budgetOf(runner.model, await runner.runStudy(runner.model, id));
      if (made !== undefined) found.push(made);
    }
    return { budgets: found, interrupted: runner.interrupted() };
  });
  const colours = options.out === undefined ? context.outColours : createColors(false);
  await deliver(write(options.format, budgets, model, words, colours), options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

function write(
  format: BudgetOptions['format'],
  budgets: readonly Budget[],
  model: Model,
  words: Words,
  colours: Context['outColours'],
): string {
  if (format === 'json') return jsonText(budgetFile(model, budgets));
  if (format === 'csv')
    return budgets.map((each, i) => (i === 0 ? budgetCsv(each) : budgetCsv(each).replace(/^.*\r?\n/, ''))).join('');
  const blocks = budgets.flatMap((each): readonly Block[] => [
    heading(2, words.say`Budget of ${each.title}`),
    ...budgetBlocks(words, each, model),
  ]);
  if (format === 'html') return blocksHtml({ words, model, blocks });
  return format === 'markdown' ? blocksAsMarkdown(words, blocks) : blocksText(blocks, words, colours);
}
