import { figureTitle } from '@pathway/model';
import type { Estimate, FigureLabel, StudyResults } from '@pathway/simulation';
import { named } from '../text.js';
import { kindUnit } from './units.js';
import { type Cell, type Sheet, tableSheet } from './workbook.js';
import type { Words } from '../words/words.js';

/** What a study's methods found and what became of its stocks, a table a sheet. */
export function methodSheets(words: Words, study: StudyResults): Sheet[] {
  return [
    stockSheet(words, study),
    ...(study.ranking === undefined ? [] : [rankingSheet(words, study, study.ranking)]),
    ...(study.sensitivities ?? []).map((each) => sensitivitySheet(words, study, each)),
    ...(study.found === undefined ? [] : [foundSheet(words, study, study.found)]),
  ];
}

/** An estimate with the ends of its interval. */
function span(estimate: Estimate | undefined, factor: number, format: string): Cell[] {
  if (estimate === undefined) return [{}, {}, {}];
  const cell = (value: number): Cell => ({ value: value / factor, format });
  return [cell(estimate.mean), cell(estimate.low), estimate.open === true ? {} : cell(estimate.high)];
}

function number(value: number | undefined, factor: number, format: string): Cell {
  return value === undefined ? {} : { value: value / factor, format };
}

/** Differences of shares are percentage points. */
function unitOf(words: Words, label: FigureLabel, typical: number) {
  const unit = kindUnit(words, label, typical);
  return { ...unit, shown: label.unit === 'share' ? words.say`% of all` : unit.unit };
}

function stockSheet(words: Words, study: StudyResults): Sheet {
  const { say } = words;
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
  const measured = [
    say`Mean level`,
    say`Lowest`,
    say`Used up`,
    say`Delivered`,
    say`No room`,
    say`Short`,
    say`Mean wait, min`,
  ];
  const head = [say`Scenario`, say`Stock`, say`Unit`, ...measured, say`Share that waited`];
  return tableSheet(say`Stocks ${named(study.title)}`, head, rows, [24, 36, 10]);
}

function rankingSheet(words: Words, study: StudyResults, ranking: NonNullable<StudyResults['ranking']>): Sheet {
  const { say } = words;
  const { factor, format, shown } = unitOf(words, ranking, ranking.order[0]?.estimate.mean ?? 0);
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
  const head = [
    say`Rank`,
    say`Scenario`,
    say`Unit`,
    figure,
    say`Low`,
    say`High`,
    say`Behind the first`,
    say`Low`,
    say`High`,
  ];
  return tableSheet(
    say`Ranking ${named(study.title)}`,
    [...head, say`Replications`, say`Left out after`],
    rows,
    [8, 40, 12, 24],
  );
}

function sensitivitySheet(
  words: Words,
  study: StudyResults,
  of: NonNullable<StudyResults['sensitivities']>[number],
): Sheet {
  const { say } = words;
  const typical = of.base?.mean ?? of.numbers[0]?.effect?.meanSize ?? 0;
  const { factor, format, shown } = unitOf(words, of, typical);
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
    'one at a time': [say`At the low end`, say`At the high end`, say`Change`, say`Low`, say`High`],
    Morris: [say`Size of effect`, '± 95 %', say`Mean effect`, say`Spread`],
    Sobol: [say`Alone`, '± 95 %', say`With all that it acts together with`, '± 95 %'],
  }[of.method];
  const unit = of.method === 'Sobol' || shown === '' ? '' : `, ${shown}`;
  const head = [say`Number`, say`From`, say`To`, ...heads.map((text) => (text === '± 95 %' ? text : `${text}${unit}`))];
  return tableSheet(say`Sensitivity ${named(figureTitle(of))} ${named(study.title)}`, head, rows, [40, 14, 14]);
}

function foundSheet(words: Words, study: StudyResults, found: NonNullable<StudyResults['found']>): Sheet {
  const { say } = words;
  // Money is kept by the second and read by the day.
  const [factor, objective] =
    found.objective === 'units' ? [1, say`Units`] : [1 / 86_400, say`${found.currency ?? say`Cost`} a day`];
  const rows = found.tried.map((point): Cell[] => [
    ...point.values.map((value): Cell => ({ value })),
    number(point.objective, factor, '#,##0.00'),
    { value: isAnswer(point.values, found) ? say`found` : words.known(point.verdict) },
    number(point.probability, 1, '0.0%'),
    { value: point.replications },
    ...point.expectations.flatMap((each) => {
      const { factor: scale, format } = kindUnit(words, each, each.limit);
      return span(each.estimate, scale, format);
    }),
  ]);
  const expectations = found.tried[0]?.expectations ?? [];
  const head = [
    ...found.levers.map(({ text }) => named(text)),
    ...[objective, say`Verdict`, say`All hold`, say`Replications`],
    ...expectations.flatMap((each) => {
      const { unit } = kindUnit(words, each, each.limit);
      return [`${named(each.text)}${unit === '' ? '' : `, ${unit}`}`, say`Low`, say`High`];
    }),
  ];
  return tableSheet(say`Found ${named(study.title)}`, head, rows, [16]);
}

function isAnswer(values: readonly number[], { answer }: NonNullable<StudyResults['found']>): boolean {
  return answer !== undefined && values.every((value, i) => value === answer.values[i]);
}
