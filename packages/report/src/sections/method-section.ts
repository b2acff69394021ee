import type { FindResult, RankingResult, SensitivityResult, StudyResults } from '@pathway/simulation';
import { figureTitle } from '@pathway/model';
import { barRows } from '../chart/bar-rows.js';
import { chartFigure, chartKey } from '../chart/frame.js';
import { warmUpChart } from '../chart/warm-up-chart.js';
import { differed, DURATION_FIGURE, estimated, type FigureKind, figure, percent, plain, scaleFor } from '../figures.js';
import { heading, type HeadingLevel, type Html, html, type HtmlPart, lines } from '../html/html.js';
import { table } from '../html/table.js';
import { scenarioTitle } from '../study-view.js';
import { counted, named } from '../text.js';
import { forEachStudy, type PageContext } from './context.js';

/** How each study came to its figures, and what its methods found: warm-up, batches, ranking, sensitivity, search. */
export function methodSection(context: PageContext): Html | undefined {
  const { results } = context.input;
  if (!results.some((study) => study.replicationsExplained !== undefined)) return undefined;
  return forEachStudy(context, (study, level) => {
    const { replicationsExplained, warmUpChoice, batches, ranking, sensitivities = [], found } = study;
    return lines([
      replicationsExplained === undefined ? undefined : html`<p>${named(replicationsExplained)}</p>`,
      precisionTable(context, study),
      warmUpChoice === undefined ? undefined : warmUpFigure(context, warmUpChoice, level),
      batches === undefined ? undefined : batchTable(context, study, batches),
      ranking === undefined ? undefined : rankingTable(context, ranking, level),
      ...sensitivities.map((each) => sensitivityFigure(context, study, each, level)),
      found === undefined ? undefined : searchTable(context, found, level),
    ]);
  });
}

function precisionTable(context: PageContext, study: StudyResults): Html | undefined {
  const rows = study.scenarios.flatMap((scenario) =>
    (scenario.precisions ?? []).map((each) => {
      const text = (value: number): string =>
        each.relative ? `${percent(value)} of its value` : halfWidthText(value, each);
      return [
        named(figureTitle(each)),
        named(scenario.title),
        text(each.wanted),
        text(each.reached),
        each.met ? html`<span class="verdict good">✓ reached</span>` : html`<span class="verdict bad">✗ missed</span>`,
      ];
    }),
  );
  if (rows.length === 0) return undefined;
  return table(context.ids, {
    caption: 'Precision asked for and reached (half-width of the 95 % interval)',
    columns: [
      { label: 'Figure' },
      { label: 'Scenario' },
      { label: 'Asked for', numeric: true },
      { label: 'Reached', numeric: true },
      { label: 'Verdict' },
    ],
    rows,
  });
}

/** A half-width; shares differ by percentage points. */
function halfWidthText(value: number, kind: FigureKind): string {
  if (kind.unit !== 'share') return figure(value, kind);
  const points = plain(value * 100, 2);
  return `${points}\u00a0percentage point${points === '1' ? '' : 's'}`;
}

function warmUpFigure(
  context: PageContext,
  choice: NonNullable<StudyResults['warmUpChoice']>,
  level: HeadingLevel,
): Html {
  const text = `A warm-up of ${figure(choice.warmUp, DURATION_FIGURE)} was chosen by MSER-5 from ${counted(choice.pilots, 'pilot run')} of each scenario; ${named(choice.title)} needs longest.`;
  const warning = choice.settled
    ? undefined
    : html`<p class="warning">
        <strong>Warning.</strong> Not everything settled within half a pilot run. Run for longer, or look for overload.
      </p>`;
  const key = chartKey([
    { mark: 'line', series: 1, text: 'moving mean' },
    { mark: 'capacity', series: 0, text: 'end of the warm-up' },
  ]);
  return html`${heading(level, 'Warm-up')}
    <p>${text}</p>
    ${warning}
    ${chartFigure(`${named(choice.title)}: in use and waiting`, warmUpChart(context.ids, choice), key, undefined)}`;
}

function batchTable(
  context: PageContext,
  study: StudyResults,
  { batches, length, correlations }: NonNullable<StudyResults['batches']>,
): Html {
  return table(context.ids, {
    caption: `Correlation of neighbouring batches, ${plain(batches, 0)} of ${figure(length, DURATION_FIGURE)}`,
    columns: [
      { label: 'Figure' },
      { label: 'Scenario' },
      { label: 'Correlation', numeric: true },
      { label: 'At most', numeric: true },
      { label: 'Verdict' },
    ],
    rows: correlations.map((each) => [
      named(figureTitle(each)),
      scenarioTitle(study, each.scenario),
      plain(each.lag1, 2),
      plain(each.limit, 2),
      each.tooShort
        ? html`<span class="verdict bad">✗ batches may be too short</span>`
        : html`<span class="verdict good">✓ as if independent</span>`,
    ]),
    note: "Von Neumann's ratio. Where batches are correlated their interval is too narrow: run for longer, or in fewer batches. One figure in twenty is told by chance.",
  });
}

function rankingTable(context: PageContext, ranking: RankingResult, level: HeadingLevel): Html {
  const rows = ranking.order.map((each, index) => [
    `${index + 1}. ${named(each.title)}`,
    estimated(each.estimate, ranking),
    each.behind === undefined ? '–' : differed(each.behind, ranking),
    plain(each.estimate.replications, 0),
    each.leftOutAfter === undefined ? 'in play to the end' : `left out after ${plain(each.leftOutAfter, 0)}`,
  ]);
  return html`${heading(level, 'Ranking')}
    <p>${named(ranking.explained)}</p>
    ${table(context.ids, {
      caption: `Scenarios by ${named(figureTitle(ranking))}, the best first`,
      columns: [
        { label: 'Scenario' },
        { label: 'Value (95 % interval)', numeric: true },
        { label: 'Behind the first (paired)', numeric: true },
        { label: 'Replications', numeric: true },
        { label: 'KN++' },
      ],
      rows,
      note: `Probability that the first is best, or as good within the indifference: at least ${percent(Math.floor(ranking.probability * 1000) / 1000)}.`,
    })}`;
}

function sensitivityFigure(
  context: PageContext,
  study: StudyResults,
  sensitivity: SensitivityResult,
  level: HeadingLevel,
): Html {
  const about = `${named(figureTitle(sensitivity))}, ${scenarioTitle(study, sensitivity.scenario)}`;
  const drawing = sensitivityChart(context, sensitivity, about);
  return html`${heading(level, `Sensitivity of ${about}`)}
    <p>${named(sensitivity.explained)}</p>
    <div class="beside">${drawing} ${sensitivityTable(context, sensitivity, about)}</div>`;
}

function sensitivityChart(context: PageContext, sensitivity: SensitivityResult, about: string): Html | undefined {
  const { method, numbers, base } = sensitivity;
  if (numbers.length === 0) return undefined;
  const values = numbers.flatMap(({ atLow, atHigh, effect }) => [
    atLow?.mean ?? 0,
    atHigh?.mean ?? 0,
    effect?.meanSize ?? 0,
  ]);
  const { factor, suffix } =
    method === 'Sobol'
      ? { factor: 0.01, suffix: '%' }
      : scaleFor(sensitivity, Math.max(0, ...values.map((value) => Math.abs(value))));
  const rows = numbers.map((number) => {
    const label = `${named(number.title)}: ${number.low} to ${number.high}`;
    if (number.shares !== undefined) {
      const { total, totalHalfWidth } = number.shares;
      return row(label, 0, total, [total - totalHalfWidth, total + totalHalfWidth], factor);
    }
    if (number.effect !== undefined) {
      const { meanSize, meanSizeHalfWidth } = number.effect;
      return row(label, 0, meanSize, [meanSize - meanSizeHalfWidth, meanSize + meanSizeHalfWidth], factor);
    }
    return row(label, number.atLow?.mean ?? 0, number.atHigh?.mean ?? 0, undefined, factor);
  });
  const caption = {
    'one at a time': 'One number at a time',
    Morris: 'Size of effects',
    Sobol: 'Shares of the variance',
  }[method];
  const description = {
    'one at a time': 'Each bar goes from the figure at the low end of the number’s range to that at its high end.',
    Morris: 'Each bar is the mean size of the change when the number goes through its range.',
    Sobol: 'Each bar is the share of the variance that the number has a part in.',
  }[method];
  return chartFigure(
    caption,
    barRows(context.ids, {
      title: `${caption}: ${about}`,
      description: `${description} The numbers are in the table that follows.`,
      xLabel: suffix === '' ? caption : `${caption} (${suffix})`,
      ...(method === 'one at a time' && base !== undefined && { reference: base.mean / factor }),
      rows,
    }),
    undefined,
    undefined,
  );
}

function row(
  label: string,
  from: number,
  to: number,
  interval: readonly [number, number] | undefined,
  factor: number,
): Parameters<typeof barRows>[1]['rows'][number] {
  return {
    label,
    from: from / factor,
    to: to / factor,
    ...(interval !== undefined && { interval: [interval[0] / factor, interval[1] / factor] as const }),
  };
}

function sensitivityTable(context: PageContext, sensitivity: SensitivityResult, about: string): Html {
  const { method, numbers } = sensitivity;
  const heads = {
    'one at a time': ['At the low end', 'At the high end', 'Change (paired)'],
    Morris: ['Size of effect', 'Mean effect', 'Spread'],
    Sobol: ['Alone', 'With all that it acts together with'],
  }[method];
  return table(context.ids, {
    caption: `What matters for ${about}`,
    columns: [{ label: 'Number' }, { label: 'Range' }, ...heads.map((label) => ({ label, numeric: true }))],
    rows: numbers.map((number) => [
      named(number.title),
      `${number.low} to ${number.high}`,
      ...sensitivityCells(number, sensitivity),
    ]),
  });
}

function sensitivityCells(
  { atLow, atHigh, swing, effect, shares }: SensitivityResult['numbers'][number],
  kind: FigureKind,
): HtmlPart[] {
  if (atLow && atHigh && swing) return [estimated(atLow, kind), estimated(atHigh, kind), differed(swing, kind)];
  const plusMinus = (value: string, half: string): string => `${value} ± ${half}`;
  if (effect !== undefined)
    return [
      plusMinus(halfWidthText(effect.meanSize, kind), halfWidthText(effect.meanSizeHalfWidth, kind)),
      halfWidthText(effect.mean, kind),
      halfWidthText(effect.spread, kind),
    ];
  if (shares === undefined) return [];
  return [
    plusMinus(percent(shares.first), percent(shares.firstHalfWidth)),
    plusMinus(percent(shares.total), percent(shares.totalHalfWidth)),
  ];
}

function searchTable(context: PageContext, found: FindResult, level: HeadingLevel): Html {
  const { tried, levers, objective, currency, answer } = found;
  const rows = [...tried]
    .sort((a, b) => a.objective - b.objective)
    .map((point) => [
      levers.map(({ text }, i) => `${named(text)} = ${point.values[i] ?? ''}`).join(', '),
      ...(objective === 'cost' ? [plain(point.objective * 86_400, 0)] : []),
      ...point.expectations.map(({ estimate, unit }) => estimated(estimate, { unit })),
      plain(point.replications, 0),
      percent(Math.floor(point.probability * 1000) / 1000),
      point === answer
        ? html`<span class="verdict good">✓ found</span>`
        : html`<span class="verdict unsure">${point.verdict}</span>`,
    ]);
  return html`${heading(level, 'Least capacities')}
    <p>${named(found.explained)}</p>
    ${table(context.ids, {
      caption: 'Combinations that were looked at',
      columns: [
        { label: 'Capacities' },
        ...(objective === 'cost' ? [{ label: `${currency ?? 'Cost'} a day`, numeric: true }] : []),
        ...(tried[0]?.expectations.map(({ text }) => ({ label: named(text), numeric: true })) ?? []),
        { label: 'Replications', numeric: true },
        { label: 'All hold', numeric: true },
        { label: 'Verdict' },
      ],
      rows,
    })}`;
}
