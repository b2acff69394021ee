import type { FindResult, RankingResult, SensitivityResult, StudyResults } from '@pathway/simulation';
import { figureTitle } from '@pathway/model';
import { barRows } from '../chart/bar-rows.js';
import { chartFigure, chartKey } from '../chart/frame.js';
import { warmUpChart } from '../chart/warm-up-chart.js';
import {
  percentagePoints,
  differed,
  DURATION_FIGURE,
  estimated,
  type FigureKind,
  figure,
  percent,
  plain,
  scaleFor,
} from '../figures.js';
import { heading, type HeadingLevel, type Html, html, type HtmlPart, lines } from '../html/html.js';
import { table } from '../html/table.js';
import { unsettledText } from '../words/unsettled.js';
import { explanationIn } from '../words/explanation.js';
import { scenarioTitle } from '../study-view.js';
import { named } from '../text.js';
import { forEachStudy, type PageContext } from './context.js';
import type { Words } from '../words/words.js';

/** How each study came to its figures, and what its methods found: warm-up, batches, ranking, sensitivity, search. */
export function methodSection(context: PageContext): Html | undefined {
  const { words } = context;
  const { results } = context.input;
  if (!results.some((study) => study.replicationsExplained !== undefined)) return undefined;
  return forEachStudy(context, (study, level) => {
    const { replicationsExplained, warmUpChoice, batches, ranking, sensitivities = [], found } = study;
    return lines([
      explanation(words, replicationsExplained),
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
  const { words } = context;
  const { say } = words;
  const rows = study.scenarios.flatMap((scenario) =>
    (scenario.precisions ?? []).map((each) => {
      const text = (value: number): string =>
        each.relative ? say`${percent(words, value)} of its value` : halfWidthText(words, value, each);
      return [
        named(figureTitle(each)),
        named(scenario.title),
        text(each.wanted),
        each.reached === Number.MAX_VALUE ? '–' : text(each.reached),
        each.met
          ? html`<span class="verdict good">✓ ${say`reached`}</span>`
          : html`<span class="verdict bad">✗ ${say`missed`}</span>`,
      ];
    }),
  );
  if (rows.length === 0) return undefined;
  return table(context.ids, {
    caption: say`Precision asked for and reached (half-width of the 95 % interval)`,
    columns: [
      { label: say`Figure` },
      { label: say`Scenario` },
      { label: say`Asked for`, numeric: true },
      { label: say`Reached`, numeric: true },
      { label: say`Verdict` },
    ],
    rows,
  });
}

/** A half-width; shares differ by percentage points. */
function halfWidthText(words: Words, value: number, kind: FigureKind): string {
  if (kind.unit !== 'share') return figure(words, value, kind);
  return percentagePoints(words, plain(words, value * 100, 2));
}

function warmUpFigure(
  context: PageContext,
  choice: NonNullable<StudyResults['warmUpChoice']>,
  level: HeadingLevel,
): Html {
  const { words } = context;
  const { say } = words;
  const text = say`A warm-up of ${figure(words, choice.warmUp, DURATION_FIGURE)} was chosen by MSER-5 from ${choice.pilots} pilot runs of each scenario; ${named(choice.title)} needs longest.`;
  const warning = choice.settled
    ? undefined
    : html`<p class="warning">
        <strong>${say`Warning.`}</strong>
        ${unsettledText(words, choice)}
      </p>`;
  const key = chartKey([
    { mark: 'thin line', series: 0, text: say`mean of the pilot runs` },
    { mark: 'bold line', series: 1, text: say`moving mean` },
    { mark: 'capacity', series: 0, text: say`end of the warm-up` },
  ]);
  return html`${heading(level, say`Warm-up`)}
    <p>${text}</p>
    ${warning}
    ${chartFigure(say`${named(choice.title)}: in use and waiting`, warmUpChart(words, context.ids, choice), key, undefined)}`;
}

function batchTable(
  context: PageContext,
  study: StudyResults,
  { batches, length, correlations }: NonNullable<StudyResults['batches']>,
): Html {
  const { words } = context;
  const { say } = words;
  return table(context.ids, {
    caption: say`Correlation of neighbouring batches, ${plain(words, batches, 0)} of ${figure(words, length, DURATION_FIGURE)}`,
    columns: [
      { label: say`Figure` },
      { label: say`Scenario` },
      { label: say`Correlation`, numeric: true },
      { label: say`At most`, numeric: true },
      { label: say`Verdict` },
    ],
    rows: correlations.map((each) => [
      named(figureTitle(each)),
      scenarioTitle(study, each.scenario),
      plain(words, each.lag1, 2),
      plain(words, each.limit, 2),
      each.tooShort
        ? html`<span class="verdict bad">✗ ${say`batches may be too short`}</span>`
        : html`<span class="verdict good">✓ ${say`as if independent`}</span>`,
    ]),
    note: say`Von Neumann's ratio. Where batches are correlated their interval is too narrow: run for longer, or in fewer batches. One figure in twenty is told by chance.`,
  });
}

function rankingTable(context: PageContext, ranking: RankingResult, level: HeadingLevel): Html {
  const { words } = context;
  const { say } = words;
  const rows = ranking.order.map((each, index) => [
    `${index + 1}. ${named(each.title)}`,
    estimated(words, each.estimate, ranking),
    each.behind === undefined ? '–' : differed(words, each.behind, ranking),
    plain(words, each.estimate.replications, 0),
    each.leftOutAfter === undefined
      ? say`in play to the end`
      : say`left out after ${plain(words, each.leftOutAfter, 0)}`,
  ]);
  return html`${heading(level, say`Ranking`)} ${explanation(words, ranking.explained)}
  ${table(context.ids, {
    caption: say`Scenarios by ${named(figureTitle(ranking))}, the best first`,
    columns: [
      { label: say`Scenario` },
      { label: say`Value (95 % interval)`, numeric: true },
      { label: say`Behind the first (paired)`, numeric: true },
      { label: say`Replications`, numeric: true },
      { label: 'KN++' },
    ],
    rows,
    note: say`Probability that the first is best, or as good within the indifference: at least ${percent(words, Math.floor(ranking.probability * 1000) / 1000)}.`,
  })}`;
}

function sensitivityFigure(
  context: PageContext,
  study: StudyResults,
  sensitivity: SensitivityResult,
  level: HeadingLevel,
): Html {
  const { words } = context;
  const { say } = words;
  const about = `${named(figureTitle(sensitivity))}, ${scenarioTitle(study, sensitivity.scenario)}`;
  const drawing = sensitivityChart(context, sensitivity, about);
  return html`${heading(level, say`Sensitivity of ${about}`)} ${explanation(words, sensitivity.explained)}
    <div class="beside">${drawing} ${sensitivityTable(context, sensitivity, about)}</div>`;
}

function sensitivityChart(context: PageContext, sensitivity: SensitivityResult, about: string): Html | undefined {
  const { words } = context;
  const { say } = words;
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
      : scaleFor(words, sensitivity, Math.max(0, ...values.map((value) => Math.abs(value))));
  const rows = numbers.map((number) => {
    const label = `${named(number.title)}: ${say`${number.low} to ${number.high}`}`;
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
    'one at a time': say`One number at a time`,
    Morris: say`Size of effects`,
    Sobol: say`Shares of the variance`,
  }[method];
  const description = {
    'one at a time': say`Each bar goes from the figure at the low end of the number’s range to that at its high end.`,
    Morris: say`Each bar is the mean size of the change when the number goes through its range.`,
    Sobol: say`Each bar is the share of the variance that the number has a part in.`,
  }[method];
  return chartFigure(
    caption,
    barRows(words, context.ids, {
      title: `${caption}: ${about}`,
      description: `${description} ${say`The numbers are in the table that follows.`}`,
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
): Parameters<typeof barRows>[2]['rows'][number] {
  return {
    label,
    from: from / factor,
    to: to / factor,
    ...(interval !== undefined && { interval: [interval[0] / factor, interval[1] / factor] as const }),
  };
}

function sensitivityTable(context: PageContext, sensitivity: SensitivityResult, about: string): Html {
  const { words } = context;
  const { say } = words;
  const { method, numbers } = sensitivity;
  const heads = {
    'one at a time': [say`At the low end`, say`At the high end`, say`Change (paired)`],
    Morris: [say`Size of effect`, say`Mean effect`, say`Spread`],
    Sobol: [say`Alone`, say`With all that it acts together with`],
  }[method];
  return table(context.ids, {
    caption: say`What matters for ${about}`,
    columns: [{ label: say`Number` }, { label: say`Range` }, ...heads.map((label) => ({ label, numeric: true }))],
    rows: numbers.map((number) => [
      named(number.title),
      say`${number.low} to ${number.high}`,
      ...sensitivityCells(words, number, sensitivity),
    ]),
  });
}

function sensitivityCells(
  words: Words,
  { atLow, atHigh, swing, effect, shares }: SensitivityResult['numbers'][number],
  kind: FigureKind,
): HtmlPart[] {
  if (atLow && atHigh && swing)
    return [estimated(words, atLow, kind), estimated(words, atHigh, kind), differed(words, swing, kind)];
  const plusMinus = (value: string, half: string): string => `${value} ± ${half}`;
  if (effect !== undefined)
    return [
      plusMinus(halfWidthText(words, effect.meanSize, kind), halfWidthText(words, effect.meanSizeHalfWidth, kind)),
      halfWidthText(words, effect.mean, kind),
      halfWidthText(words, effect.spread, kind),
    ];
  if (shares === undefined) return [];
  return [
    plusMinus(percent(words, shares.first), percent(words, shares.firstHalfWidth)),
    plusMinus(percent(words, shares.total), percent(words, shares.totalHalfWidth)),
  ];
}

function searchTable(context: PageContext, found: FindResult, level: HeadingLevel): Html {
  const { words } = context;
  const { say } = words;
  const { tried, levers, objective, currency, answer } = found;
  const rows = [...tried]
    .sort((a, b) => a.objective - b.objective)
    .map((point) => [
      levers.map(({ text }, i) => `${named(text)} = ${point.values[i] ?? ''}`).join(', '),
      ...(objective === 'cost' ? [plain(words, point.objective * 86_400, 0)] : []),
      ...point.expectations.map(({ estimate, unit }) => estimated(words, estimate, { unit })),
      plain(words, point.replications, 0),
      percent(words, Math.floor(point.probability * 1000) / 1000),
      point === answer
        ? html`<span class="verdict good">✓ ${say`found`}</span>`
        : html`<span class="verdict unsure">${words.known(point.verdict)}</span>`,
    ]);
  return html`${heading(level, say`Least capacities`)} ${explanation(words, found.explained)}
  ${table(context.ids, {
    caption: say`Combinations that were looked at`,
    columns: [
      { label: say`Capacities` },
      ...(objective === 'cost' ? [{ label: say`${currency ?? say`Cost`} a day`, numeric: true }] : []),
      ...(tried[0]?.expectations.map(({ text }) => ({ label: named(text), numeric: true })) ?? []),
      { label: say`Replications`, numeric: true },
      { label: say`All hold`, numeric: true },
      { label: say`Verdict` },
    ],
    rows,
  })}`;
}

function explanation(words: Words, sentence: string | undefined): Html | undefined {
  const told = sentence === undefined ? undefined : explanationIn(words, named(sentence));
  return told === undefined ? undefined : html`<p>${told}</p>`;
}
