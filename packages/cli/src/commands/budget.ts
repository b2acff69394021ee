import { budgetCsv, budgetOf, ProjectError } from '@pathway/compiler';
import { createColors } from 'picocolors';
import { budgetText } from '../print/budget-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { chosenStudies, type StudyFlags, withStudies } from '../shell/studies.js';

export interface BudgetOptions extends StudyFlags {
  readonly study?: string;
  readonly format: 'text' | 'csv';
  readonly out?: string;
}

/** `pathway budget`: runs studies and shows who pays, who is paid, what care costs, and who is better or worse off. */
export async function budget(path: string | undefined, options: BudgetOptions, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
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
  const text =
    options.format === 'csv'
      ? budgets.map((each, i) => (i === 0 ? budgetCsv(each) : budgetCsv(each).replace(/^.*\r?\n/, ''))).join('')
      : budgets.map((each) => budgetText(each, colours)).join('\n');
  await deliver(text, options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}
