import { figureTitle } from '@pathway/model';
import type { Estimate, FigureLabel, StudyResults } from '@pathway/simulation';
import { named } from '../text.js';
import { kindUnit } from './units.js';
import { type Cell, type Sheet, tableSheet } from './workbook.js';

/** What a study's methods found and what became of its stocks, a table a sheet. */
export function methodSheets(study: StudyResults): Sheet[] {
  return [
    stockSheet(study),
    ...(study.ranking === undefined ? [] : [rankingSheet(study, study.ranking)]),
    ...(study.sensitivities ?? []).map((each) => sensitivitySheet(study, each)),
    ...(study.found === undefined ? [] : [foundSheet(study, study.found)]),
  ];
}

/** An estimate with the ends of its interval. */
function span(estimate: Estimate | undefined, factor: number, format: string): Cell[] {
  if (estimate === undefined) return [{}, {}, {}];
  return [estimate.mean, estimate.low, estimate.high].map((value) => ({ value: value / factor, format }));
}

function number(value: number | undefined, factor: number, format: string): Cell {
  return value === undefined ? {} : { value: value / factor, format };
}

/** Differences of shares are percentage points. */
function unitOf(label: FigureLabel, typical: number) {
  const unit = kindUnit(label, typical);
  return { ...unit, shown: label.unit === 'share' ? '% of all' : unit.unit };
}

function stockSheet(study: StudyResults): Sheet {
  const rows = study.scenarios.flatMap((scenario) =>
    (scenario.stocks ?? []).map((stock): Cell[] => [
      { value: named(scenario.title) },
      { value: named(stock.title) },
      { value: stock.unit === undefined ? undefined : named(stock.unit) },
      ...[stock.level, stock.lowest, stock.consumed, stock.delivered, stock.refused].map((each) =>
        number(each.mean, 1, '0.00'),
      ),
      number(stock.short.mean, 1, '0.0%'),
      number(stock.wait.mean, 60, '0.0'),
      number(stock.waitedShare.mean, 1, '0.0%'),
    ]),
  );
  const measured = ['Mean level', 'Lowest', 'Used up', 'Delivered', 'No room', 'Short', 'Mean wait, min'];
  const head = ['Scenario', 'Stock', 'Unit', ...measured, 'Share that waited'];
  return tableSheet(`Stocks ${named(study.title)}`, head, rows, [24, 36, 10]);
}

function rankingSheet(study: StudyResults, ranking: NonNullable<StudyResults['ranking']>): Sheet {
  const { factor, format, shown } = unitOf(ranking, ranking.order[0]?.estimate.mean ?? 0);
  const rows = ranking.order.map((each, place): Cell[] => [
    { value: place + 1 },
    { value: named(each.title) },
    { value: shown },
    ...span(each.estimate, factor, format),
    ...span(each.behind, factor, format),
    { value: each.estimate.replications },
    { value: each.leftOutAfter },
  ]);
  const figure = named(figureTitle(ranking));
  const head = ['Place', 'Scenario', 'Unit', figure, 'Low', 'High', 'Behind the first', 'Low', 'High'];
  return tableSheet(
    `Ranking ${named(study.title)}`,
    [...head, 'Replications', 'Left out after'],
    rows,
    [8, 40, 12, 24],
  );
}

function sensitivitySheet(study: StudyResults, of: NonNullable<StudyResults['sensitivities']>[number]): Sheet {
  const typical = of.base?.mean ?? of.numbers[0]?.effect?.meanSize ?? 0;
  const { factor, format, shown } = unitOf(of, typical);
  const share = '0.0%';
  const rows = of.numbers.map((each): Cell[] => [
    { value: named(each.title) },
    { value: each.low },
    { value: each.high },
    ...(of.method === 'one at a time'
      ? [
          number(each.atLow?.mean, factor, format),
          number(each.atHigh?.mean, factor, format),
          ...span(each.swing, factor, format),
        ]
      : of.method === 'Morris'
        ? [each.effect?.meanSize, each.effect?.meanSizeHalfWidth, each.effect?.mean, each.effect?.spread].map((value) =>
            number(value, factor, format),
          )
        : [each.shares?.first, each.shares?.firstHalfWidth, each.shares?.total, each.shares?.totalHalfWidth].map(
            (value) => number(value, 1, share),
          )),
  ]);
  const heads = {
    'one at a time': ['At the low end', 'At the high end', 'Change', 'Low', 'High'],
    Morris: ['Size of effect', '± 95 %', 'Mean effect', 'Spread'],
    Sobol: ['Alone', '± 95 %', 'With all that it acts together with', '± 95 %'],
  }[of.method];
  const unit = of.method === 'Sobol' || shown === '' ? '' : `, ${shown}`;
  const head = ['Number', 'From', 'To', ...heads.map((text) => (text === '± 95 %' ? text : `${text}${unit}`))];
  return tableSheet(`Sensitivity ${named(figureTitle(of))} ${named(study.title)}`, head, rows, [40, 14, 14]);
}

function foundSheet(study: StudyResults, found: NonNullable<StudyResults['found']>): Sheet {
  // Money is kept by the second and read by the day.
  const [factor, objective] =
    found.objective === 'units' ? [1, 'Units'] : [1 / 86_400, `${found.currency ?? 'Money'} a day`];
  const rows = found.tried.map((point): Cell[] => [
    ...point.values.map((value): Cell => ({ value })),
    number(point.objective, factor, '#,##0.00'),
    { value: isAnswer(point.values, found) ? 'found' : point.verdict },
    number(point.probability, 1, '0.0%'),
    { value: point.replications },
    ...point.expectations.flatMap((each) => {
      const { factor: scale, format } = kindUnit(each, each.limit);
      return span(each.estimate, scale, format);
    }),
  ]);
  const expectations = found.tried[0]?.expectations ?? [];
  const head = [
    ...found.levers.map(({ text }) => named(text)),
    ...[objective, 'Verdict', 'All hold', 'Replications'],
    ...expectations.flatMap((each) => {
      const { unit } = kindUnit(each, each.limit);
      return [`${named(each.text)}${unit === '' ? '' : `, ${unit}`}`, 'Low', 'High'];
    }),
  ];
  return tableSheet(`Found ${named(study.title)}`, head, rows, [16]);
}

function isAnswer(values: readonly number[], { answer }: NonNullable<StudyResults['found']>): boolean {
  return answer !== undefined && values.every((value, i) => value === answer.values[i]);
}
