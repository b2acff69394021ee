import { figureTitle, formatShare } from '@pathway/model';
import type { Estimate, PlanComparison, PlanFigure, PressureResult, StudyResults } from '@pathway/simulation';
import type { Colours } from '../shell/context.js';
import { difference, differenceInterval, interval, meanFigure } from './figure.js';
import { printable } from './printable.js';
import { table } from './table.js';

/** Crises without and with each plan, and what one more unit of each place would change, as paragraphs for a terminal. */
export function plansText(study: StudyResults, colours: Colours): string[] {
  return [
    ...(study.plans ?? []).map((each) => comparisonText(each, study, colours)),
    ...(study.pressure ?? []).map((each) => pressureText(each, study, colours)),
  ];
}

function titleOf(study: StudyResults, scenario: string): string {
  return printable(study.scenarios.find((each) => each.scenario === scenario)?.title ?? scenario);
}

function comparisonText(plans: PlanComparison, study: StudyResults, colours: Colours): string {
  const header = [
    'figure',
    'scenario',
    'value',
    '95 % interval',
    'against no plan',
    '95 % interval',
    'better with',
    '',
  ];
  const rows = plans.figures.flatMap((figure) => figureRows(figure, plans, study));
  const leftOut = plans.leftOut.map(
    ({ responses, between, place }) =>
      `${printable(responses.join(' + '))} was not run: ${printable(between.join(' and '))} do not go together at ${printable(place)}.`,
  );
  const note = 'Best: a lower bound of the probability, over all comparisons with it.';
  return [
    colours.bold(`Plans in ${titleOf(study, plans.without)}`),
    table(header, rows, [2, 4, 6]),
    ...leftOut,
    ...(plans.alternatives.length > 1 ? [note] : []),
  ].join('\n');
}

function figureRows(figure: PlanFigure, plans: PlanComparison, study: StudyResults): string[][] {
  const { unit, currency, best } = figure;
  const value = (scenario: string, estimate: Estimate): string[] => [
    titleOf(study, scenario),
    meanFigure(estimate, unit, currency),
    interval(estimate, unit, currency),
  ];
  const bestOf = (scenario: string): string =>
    best?.scenario === scenario && plans.alternatives.length > 1 && !isSame(figure)
      ? `best, at least ${boundText(best.certainty)}`
      : '';
  const title = figure.argument === undefined ? figure.title : `${figure.title} (${figure.argument})`;
  const rows = [
    ...(plans.usual === undefined || figure.usual === undefined
      ? []
      : [[...value(plans.usual, figure.usual), '', '', '', '']]),
    [...value(plans.without, figure.without), '', '', '', bestOf(plans.without)],
    ...figure.values.map(({ scenario, estimate, difference: gain, certainty }) => [
      ...value(scenario, estimate),
      difference(gain, unit, currency),
      differenceInterval(gain, unit, currency),
      certainty === undefined || isUnchanged(gain) ? '' : certaintyText(certainty),
      bestOf(scenario),
    ]),
  ];
  const about = figure.kind === 'outcome' ? `left: ${title}` : title;
  return rows.map((row, i) => [i === 0 ? printable(about) : '', ...row]);
}

function isSame({ values }: PlanFigure): boolean {
  return values.every(({ difference: gain }) => isUnchanged(gain));
}

function isUnchanged({ mean, low, high }: Estimate): boolean {
  return mean === 0 && low === 0 && high === 0;
}

/** A lower bound, rounded down and never 100%. */
function boundText(certainty: number): string {
  return formatShare(Math.min(0.999, Math.floor(certainty * 1000) / 1000));
}

/** Never 100%: nothing random is certain. */
function certaintyText(certainty: number): string {
  return certainty > 0.999 ? 'over 99.9%' : formatShare(Math.floor(certainty * 1000) / 1000);
}

function pressureText(result: PressureResult, study: StudyResults, colours: Colours): string {
  const { unit, currency, points } = result;
  const figure = printable(figureTitle(result));
  const rows = points.map(({ title, utilisation, queue, difference: gain, certainty }) => [
    printable(title),
    utilisation === null ? '–' : meanFigure(utilisation, 'share'),
    meanFigure(queue, 'number'),
    difference(gain, unit, currency),
    differenceInterval(gain, unit, currency),
    certainty === undefined || isUnchanged(gain) ? '' : certaintyText(certainty),
  ]);
  const header = ['one more of', 'utilisation', 'waiting', 'changes it by', '95 % interval', 'better with'];
  return [
    colours.bold(`Pressure points by ${figure}, ${titleOf(study, result.scenario)}`),
    ...(rows.length === 0 ? [] : [table(header, rows, [1, 2, 3, 5])]),
    printable(result.explained),
  ].join('\n');
}
