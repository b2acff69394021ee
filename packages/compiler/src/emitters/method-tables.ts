import type { Estimate, FigureLabel, StudyResults } from '@pathway/simulation';
import { csvTable, type Cell } from '@pathway/interchange';

/** A table of what a study's methods found, by the name of its file; none where the study asks for no such thing. */
export function methodTables(study: StudyResults): { readonly name: string; readonly content: string }[] {
  return [
    ...(study.scenarios.some(({ stocks }) => stocks !== undefined)
      ? [{ name: 'stocks.csv', content: stockTable(study) }]
      : []),
    ...(study.ranking === undefined ? [] : [{ name: 'ranking.csv', content: rankingTable(study.ranking) }]),
    ...(study.sensitivities === undefined
      ? []
      : [{ name: 'sensitivity.csv', content: sensitivityTable(study.sensitivities) }]),
    ...(study.found === undefined ? [] : [{ name: 'found.csv', content: foundTable(study.found) }]),
    ...(study.plans === undefined ? [] : [{ name: 'plans.csv', content: planTable(study.plans) }]),
    ...(study.pressure === undefined ? [] : [{ name: 'pressure.csv', content: pressureTable(study.pressure) }]),
  ];
}

function unitOf({ unit, currency }: Pick<FigureLabel, 'unit' | 'currency'>): readonly Cell[] {
  return [unit === 'duration' ? 's' : unit, currency];
}

function span(estimate: Estimate | undefined): readonly Cell[] {
  return [estimate?.mean, estimate?.low, estimate?.open === true ? undefined : estimate?.high];
}

function stockTable(study: StudyResults): string {
  const rows = study.scenarios.flatMap(({ scenario, stocks = [] }) =>
    stocks.map((stock): readonly Cell[] => [
      scenario,
      stock.id,
      stock.title,
      stock.unit,
      stock.level.mean,
      stock.lowest.mean,
      stock.consumed.mean,
      stock.delivered.mean,
      stock.refused.mean,
      stock.short.mean,
      stock.wait.mean,
      stock.waitedShare.mean,
    ]),
  );
  const measured = ['mean_level', 'lowest', 'consumed', 'delivered', 'refused', 'short_share', 'mean_wait_s'];
  return csvTable(['scenario', 'id', 'title', 'unit', ...measured, 'waited_share'], rows);
}

function planTable(plans: NonNullable<StudyResults['plans']>): string {
  const rows = plans.flatMap(({ without, figures }) =>
    figures.flatMap((figure) => {
      const about: readonly Cell[] = [
        figure.kind,
        figure.id,
        figure.title,
        figure.argument,
        ...unitOf(figure),
        figure.better,
      ];
      const best = (scenario: string): Cell => (figure.best?.scenario === scenario ? figure.best.certainty : undefined);
      return [
        [without, ...about, ...span(figure.without), ...span(undefined), undefined, best(without)],
        ...figure.values.map(({ scenario, estimate, difference, certainty }): readonly Cell[] => [
          scenario,
          ...about,
          ...span(estimate),
          ...span(difference),
          certainty,
          best(scenario),
        ]),
      ];
    }),
  );
  const about = ['kind', 'figure', 'title', 'argument', 'unit', 'currency', 'better'];
  const against = ['difference', 'difference_low', 'difference_high', 'certainty', 'best_with'];
  return csvTable(['scenario', ...about, 'mean', 'low', 'high', ...against], rows);
}

function pressureTable(results: NonNullable<StudyResults['pressure']>): string {
  const rows = results.flatMap(({ scenario, points }) =>
    points.flatMap(({ id, title, utilisation, queue, figures }) =>
      figures.map((figure): readonly Cell[] => [
        scenario,
        id,
        title,
        utilisation?.mean,
        queue.mean,
        figure.indicator,
        figure.argument,
        ...unitOf(figure),
        figure.better,
        ...span(figure.difference),
      ]),
    ),
  );
  const place = ['scenario', 'id', 'title', 'utilisation', 'mean_waiting'];
  const figure = ['indicator', 'argument', 'unit', 'currency', 'better', 'difference', 'low', 'high'];
  return csvTable([...place, ...figure], rows);
}

function rankingTable(ranking: NonNullable<StudyResults['ranking']>): string {
  const rows = ranking.order.map((each, place): readonly Cell[] => [
    place + 1,
    each.scenario,
    each.title,
    ranking.indicator,
    ranking.statistic,
    ...unitOf(ranking),
    ...span(each.estimate),
    ...span(each.behind),
    each.estimate.replications,
    each.leftOutAfter,
  ]);
  const figure = ['indicator', 'statistic', 'unit', 'currency', 'mean', 'low', 'high'];
  const behind = ['behind', 'behind_low', 'behind_high'];
  return csvTable(['place', 'scenario', 'title', ...figure, ...behind, 'replications', 'left_out_after'], rows);
}

function sensitivityTable(sensitivities: NonNullable<StudyResults['sensitivities']>): string {
  const rows = sensitivities.flatMap((each) =>
    each.numbers.map((number): readonly Cell[] => [
      each.scenario,
      each.method,
      each.indicator,
      each.statistic,
      ...unitOf(each),
      number.number,
      number.title,
      number.low,
      number.high,
      number.atLow?.mean,
      number.atHigh?.mean,
      ...span(number.swing),
      number.effect?.meanSize,
      number.effect?.meanSizeHalfWidth,
      number.effect?.mean,
      number.effect?.spread,
      number.shares?.first,
      number.shares?.firstHalfWidth,
      number.shares?.total,
      number.shares?.totalHalfWidth,
    ]),
  );
  const header = [
    ...['scenario', 'method', 'indicator', 'statistic', 'unit', 'currency', 'number', 'title', 'from', 'to'],
    ...['at_low', 'at_high', 'change', 'change_low', 'change_high'],
    ...['effect_size', 'effect_size_half_width', 'effect_mean', 'effect_spread'],
    ...['share_alone', 'share_alone_half_width', 'share_total', 'share_total_half_width'],
  ];
  return csvTable(header, rows);
}

function foundTable(found: NonNullable<StudyResults['found']>): string {
  const expectations = found.tried[0]?.expectations ?? [];
  const rows = found.tried.map((point): readonly Cell[] => [
    found.scenario,
    ...point.values,
    point.objective,
    point.verdict,
    point === found.answer || sameValues(point.values, found.answer?.values) ? 1 : 0,
    point.probability,
    point.replications,
    ...point.expectations.flatMap((each) => span(each.estimate)),
  ]);
  const objective = found.objective === 'units' ? 'units' : `${found.currency ?? 'money'}_per_s`;
  const header = [
    'scenario',
    ...found.levers.map(({ text }) => text),
    ...[objective, 'verdict', 'is_answer', 'probability', 'replications'],
    ...expectations.flatMap(({ text }) => [text, `${text} low`, `${text} high`]),
  ];
  return csvTable(header, rows);
}

function sameValues(values: readonly number[], others: readonly number[] | undefined): boolean {
  return others !== undefined && values.every((value, i) => value === others[i]);
}
