import { type Budget, type BudgetFigure, type BudgetOfScenario, perHeadAndYear } from '@pathway/compiler';
import { formatNumber } from '@pathway/model';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';
import { difference, differenceInterval, figure, interval, meanFigure } from './figure.js';
import { table } from './table.js';

/** A budget for people: a table for each scenario, and whose money moves where. */
export function budgetText(budget: Budget, colours: Colours): string {
  const { population, title } = budget;
  const heads =
    population === undefined
      ? 'Nothing is said per head: the organisations are not all in one territory with a population.'
      : `Per head of the ${formatNumber(population.people, { digits: 12 })} people of ${population.territory}, a year.`;
  const parts = budget.scenarios.map((scenario) => scenarioText(scenario, budget, colours));
  return `${colours.bold(printable(`Budget of ${title}`))}\n${heads}\n\n${parts.join('\n\n')}\n`;
}

function scenarioText({ title, lines, shift }: BudgetOfScenario, budget: Budget, colours: Colours): string {
  const isCompared = lines.some((each) => each.difference !== undefined);
  const header = ['', 'amount', '95% interval', 'per head', ...(isCompared ? ['more or less', '95% interval'] : [])];
  const rows = lines.map((each) => rowOf(each, budget, isCompared));
  const told = shift === undefined ? [] : shiftSentences(shift);
  return [colours.bold(printable(title)), table(header, rows, [1, 2, 3, 4, 5]), ...told].join('\n');
}

function rowOf({ line, amount, difference: change }: BudgetFigure, budget: Budget, isCompared: boolean): string[] {
  const { currency } = line;
  const head = perHeadAndYear(budget, amount.mean);
  return [
    printable(line.title),
    meanFigure(amount, 'money', currency),
    interval(amount, 'money', currency),
    head === undefined ? '–' : figure(head, 'money', currency),
    ...(isCompared && change !== undefined
      ? [difference(change, 'money', currency), differenceInterval(change, 'money', currency)]
      : []),
  ];
}

/** Who pays and who gains, where the intervals say so, and whether those point apart. */
function shiftSentences(shift: NonNullable<BudgetOfScenario['shift']>): string[] {
  const { paysMore, paysLess, gains, loses } = shift;
  const all = [...paysMore, ...paysLess, ...gains, ...loses];
  if (all.length === 0) return ['Nobody clearly pays, gains or loses more than before.'];
  const said = [
    ...paysMore.map((each) => `${nameOf(each)} pays ${sizeOf(each)} more`),
    ...paysLess.map((each) => `${nameOf(each)} pays ${sizeOf(each)} less`),
    ...gains.map((each) => `${nameOf(each)} is ${sizeOf(each)} better off`),
    ...loses.map((each) => `${nameOf(each)} is ${sizeOf(each)} worse off`),
  ];
  const apart = (paysMore.length > 0 || loses.length > 0) && (gains.length > 0 || paysLess.length > 0);
  return [
    `${said.join('; ')}.`,
    ...(apart ? ['Incentives point apart: whoever pays for this is not whoever gains by it.'] : []),
  ];
}

function nameOf({ line }: BudgetFigure): string {
  return printable(line.title)
    .replace(/ pays in all$/, '')
    .replace(/^Balance of /, '');
}

function sizeOf({ line, difference: change }: BudgetFigure): string {
  return figure(Math.abs(change?.mean ?? 0), 'money', line.currency);
}
