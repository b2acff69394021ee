import { type BudgetLine, byId, type Model, titleOf } from '@pathway/model';
import type { Estimate, StudyResults } from '@pathway/simulation';
import { type Block, heading, paragraph, tableOf } from '../document/blocks.js';
import { differed, estimatedMean, figure, type FigureKind, interval, plain } from '../figures.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import type { ReportInput } from '../input.js';
import {
  type Budget,
  type BudgetFigure,
  budgetOf,
  isMoved,
  type BudgetOfScenario,
  type MoneyShift,
  perHeadAndYear,
} from './budget.js';

/** A budget for people: a table for each scenario, and whose money moves where. */
export function budgetBlocks(words: Words, budget: Budget, model: Model): readonly Block[] {
  return [
    paragraph(servedText(words, budget)),
    ...budget.scenarios.flatMap((scenario) => scenarioBlocks(words, scenario, budget, model)),
  ];
}

/** The budget of a study in a report; nothing where nobody pays. */
export function budgetOfStudy(words: Words, study: StudyResults, { model }: ReportInput): readonly Block[] {
  const budget = budgetOf(model, study);
  return budget === undefined ? [] : budgetBlocks(words, budget, model);
}

/** What a line of a budget is called: who pays whom, what an organisation's things and staff cost, what is left. */
export function budgetLineTitle({ say }: Words, { kind, payer, organisation }: BudgetLine, model: Model): string {
  const found = organisation === undefined ? undefined : byId(model.organisations, organisation);
  const name = found === undefined ? say`no organisation in particular` : named(titleOf(found));
  const by = payer === undefined ? undefined : byId(model.payers ?? [], payer);
  const whoever = by === undefined ? '' : named(titleOf(by));
  switch (kind) {
    case 'pays':
      return say`${whoever} pays ${name}`;
    case 'total':
      return say`${whoever} pays in all`;
    case 'costs':
      return say`Costs of ${name}`;
    case 'balance':
      return say`Balance of ${name}`;
  }
}

function servedText(words: Words, { scenarios }: Budget): string {
  const people = new Map(
    scenarios
      .flatMap(({ lines }) => lines)
      .flatMap(({ served }) => served?.territories ?? [])
      .map((each) => [each.title, each.people]),
  );
  if (people.size === 0)
    return words.say`Nothing is said per head: no territory with a population is known for the organisations.`;
  const told = Array.from(people, ([title, count]) => `${named(title)} (${plain(words, count, 0)})`);
  return words.say`Per head and year: of the people where the organisations of a line are, ${words.list(told)}.`;
}

function scenarioBlocks(
  words: Words,
  { title, lines, shift }: BudgetOfScenario,
  budget: Budget,
  model: Model,
): readonly Block[] {
  const { say } = words;
  const isCompared = lines.some(({ difference }) => difference !== undefined);
  const head = [
    say`Who pays, and for what`,
    say`Amount`,
    say`95 % interval`,
    say`Per head and year`,
    ...(isCompared ? [say`Difference from the first scenario`] : []),
  ];
  const rows = lines.map((each) => {
    const kind = kindOf(each);
    const share = perHeadAndYear(budget, each);
    return [
      budgetLineTitle(words, each.line, model),
      estimatedMean(words, each.amount, kind),
      interval(words, each.amount, kind),
      share === undefined ? '–' : figure(words, share, kind),
      ...(isCompared ? [differenceText(words, each)] : []),
    ];
  });
  return [
    heading(3, named(title)),
    tableOf(`lrrr${isCompared ? 'r' : ''}`, head, rows),
    ...(shift === undefined ? [] : shiftBlocks(words, shift, model)),
  ];
}

/** Who pays and who gains, where the intervals say so, and whether those point apart. */
function shiftBlocks(words: Words, shift: MoneyShift, model: Model): readonly Block[] {
  const { say } = words;
  const { paysMore, paysLess, gains, loses, apart } = shift;
  const size = ({ line, difference }: BudgetFigure): string =>
    difference === undefined ? '–' : estimatedMean(words, sizeOf(difference), kindOf({ line }));
  const payer = ({ line }: BudgetFigure): string => {
    const found = byId(model.payers ?? [], line.payer ?? '');
    return found === undefined ? '' : named(titleOf(found));
  };
  const house = ({ line }: BudgetFigure): string => {
    const found = byId(model.organisations, line.organisation ?? '');
    return found === undefined ? '' : named(titleOf(found));
  };
  const said = [
    ...paysMore.map((each) => say`${payer(each)} pays ${size(each)} more`),
    ...paysLess.map((each) => say`${payer(each)} pays ${size(each)} less`),
    ...gains.map((each) => say`${house(each)} is ${size(each)} better off`),
    ...loses.map((each) => say`${house(each)} is ${size(each)} worse off`),
  ];
  if (said.length === 0) return [paragraph(say`Nobody clearly pays, gains or loses more than before.`)];
  return [
    paragraph(`${said.join('; ')}.`),
    ...(apart
      ? [
          {
            kind: 'note' as const,
            text: say`Incentives point apart: whoever pays for this is not whoever gains by it.`,
          },
        ]
      : []),
  ];
}

/** A difference without its sign. */
function sizeOf(difference: Estimate): Estimate {
  const { mean, low, high } = difference;
  return mean < 0 ? { ...difference, mean: -mean, low: -high, high: -low } : difference;
}

function differenceText(words: Words, figure: BudgetFigure): string {
  if (figure.difference === undefined) return '';
  return isMoved(figure) ? differed(words, figure.difference, kindOf(figure)) : words.say`the same`;
}

function kindOf({ line }: Pick<BudgetFigure, 'line'>): FigureKind {
  return { unit: 'money', currency: line.currency };
}
