import { figureTitle, formatDuration, formatNumber, formatShare } from '@pathway/model';
import {
  type FindResult,
  type NumberSensitivity,
  type RankingResult,
  type SensitivityResult,
  type StudyResults,
} from '@pathway/simulation';
import type { Colours } from '../shell/context.js';
import { difference, differenceFigure, differenceInterval, interval, meanFigure } from './figure.js';
import { plansText } from './plans-text.js';
import { printable } from './printable.js';
import { table } from './table.js';

/** What the methods of a study found, in paragraphs for a terminal. */
export function methodsText(study: StudyResults, colours: Colours): string[] {
  const { warmUpChoice, batches, ranking, sensitivities = [], found } = study;
  return [
    ...(study.replicationsExplained === undefined ? [] : [printable(study.replicationsExplained)]),
    ...(warmUpChoice === undefined ? [] : [warmUpText(warmUpChoice, colours)]),
    ...(batches === undefined ? [] : [batchText(batches, colours)]),
    ...(ranking === undefined ? [] : [rankingText(ranking, colours)]),
    ...sensitivities.map((each) => sensitivityText(each, study, colours)),
    ...(found === undefined ? [] : [findText(found, colours)]),
    ...plansText(study, colours),
  ];
}

function warmUpText(choice: NonNullable<StudyResults['warmUpChoice']>, colours: Colours): string {
  const { warmUp, title, pilots, settled } = choice;
  const text = `Warm-up of ${formatDuration(warmUp)}, chosen by MSER-5 from ${pilots} pilot runs of each scenario; ${printable(title)} needs longest.`;
  if (settled) return text;
  return `${text}\n${colours.yellow('warning:')} ${printable(title)} had not settled by the middle of the pilot runs: it may still be rising, as where capacity is too small. So the cut is only the latest that is allowed, and no warm-up. Give more capacity, or run for longer; to study the rise from empty, declare the warm-up yourself.`;
}

function batchText({ length, correlations }: NonNullable<StudyResults['batches']>, colours: Colours): string {
  if (correlations.length === 0) return 'Too few batches have ended to tell whether they are long enough.';
  const short = correlations.filter(({ tooShort }) => tooShort);
  // One test in twenty speaks up by chance; a figure that does is told all the same.
  if (short.length === 0)
    return `Batches of ${formatDuration(length)} are long enough: neighbours are not correlated (von Neumann's ratio).`;
  const names = [...new Set(short.map((each) => `${figureTitle(each)} (${formatNumber(each.lag1, { digits: 2 })})`))];
  const shown = names.length > 5 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  return `${colours.yellow('warning:')} batches of ${formatDuration(length)} may be too short, so that intervals are too narrow: neighbours are correlated in ${printable(shown.join(', '))}. Run for longer, or in fewer batches.`;
}

function rankingText(ranking: RankingResult, colours: Colours): string {
  const { unit, currency, order } = ranking;
  const rows = order.map(({ title, estimate, behind, leftOutAfter }, place) => [
    `${place + 1}`,
    printable(title),
    meanFigure(estimate, unit, currency),
    behind === undefined ? '' : difference(behind, unit, currency),
    behind === undefined ? '' : differenceInterval(behind, unit, currency),
    `${estimate.replications}`,
    leftOutAfter === undefined ? 'in play' : `out after ${leftOutAfter}`,
  ]);
  const header = ['', 'scenario', 'value', 'behind', '95 % interval', 'replications', ''];
  const share = formatShare(Math.floor(ranking.probability * 1000) / 1000);
  return [
    colours.bold(`Ranking by ${printable(figureTitle(ranking))}`),
    table(header, rows, [2, 3, 5]),
    printable(ranking.explained),
    `Estimated probability that the first is best or as good: at least ${share}.`,
  ].join('\n');
}

function sensitivityText(sensitivity: SensitivityResult, study: StudyResults, colours: Colours): string {
  const { method, numbers, scenario, explained } = sensitivity;
  const title = study.scenarios.find((each) => each.scenario === scenario)?.title ?? scenario;
  const about = `Sensitivity of ${printable(figureTitle(sensitivity))}, ${printable(title)}`;
  const rows = numbers.map((number) => [
    printable(number.title),
    `${number.low} to ${number.high}`,
    ...sensitivityCells(number, sensitivity),
  ]);
  const header = ['number', 'range', ...HEADERS[method]];
  return [colours.bold(about), table(header, rows, [2, 3, 4]), printable(explained)].join('\n');
}

const HEADERS: Readonly<Record<SensitivityResult['method'], readonly string[]>> = {
  'one at a time': ['at low', 'at high', 'change', '95 % interval'],
  Morris: ['size of effect', '± 95 %', 'mean effect', 'spread'],
  Sobol: ['alone', '± 95 %', 'in all', '± 95 %'],
};

function sensitivityCells(
  { atLow, atHigh, swing, effect, shares }: NumberSensitivity,
  of: SensitivityResult,
): string[] {
  const { unit, currency } = of;
  if (atLow && atHigh && swing)
    return [
      meanFigure(atLow, unit, currency),
      meanFigure(atHigh, unit, currency),
      difference(swing, unit, currency),
      differenceInterval(swing, unit, currency),
    ];
  if (effect !== undefined)
    return [effect.meanSize, effect.meanSizeHalfWidth, effect.mean, effect.spread].map((value) =>
      differenceFigure(value, unit, currency),
    );
  if (shares === undefined) return [];
  return [shares.first, shares.firstHalfWidth, shares.total, shares.totalHalfWidth].map((value) => formatShare(value));
}

function findText(found: FindResult, colours: Colours): string {
  const { levers, tried, answer, objective, currency, explained } = found;
  const header = [
    ...levers.map(({ text }) => printable(text)),
    ...(objective === 'cost' ? [`${currency ?? 'cost'} a day`] : []),
    ...(tried[0]?.expectations.map(({ text }) => printable(text)) ?? []),
    'replications',
    'all hold',
    '',
  ];
  const rows = [...tried]
    .sort((a, b) => a.objective - b.objective)
    .map((point) => [
      ...point.values.map(String),
      ...(objective === 'cost' ? [formatNumber(point.objective * 86_400)] : []),
      ...point.expectations.map(({ estimate, unit }) => `${meanFigure(estimate, unit)} (${interval(estimate, unit)})`),
      `${point.replications}`,
      formatShare(Math.floor(point.probability * 1000) / 1000),
      point === answer ? colours.green('✓ found') : point.verdict,
    ]);
  return [colours.bold('Least capacities that meet every expectation'), table(header, rows), printable(explained)].join(
    '\n',
  );
}
