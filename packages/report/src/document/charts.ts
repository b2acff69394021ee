import type { IndicatorResult, StudyResults } from '@pathway/simulation';
import type { StaffingPlan } from '@pathway/staffing';
import { betterOf } from '../answer.js';
import { censusOverTimeChart } from '../chart/census-chart.js';
import { seriesLetter } from '../chart/frame.js';
import { histogramChart } from '../chart/histogram.js';
import { tradeOffChart } from '../chart/trade-off-chart.js';
import { weekChart } from '../chart/week-chart.js';
import type { IdSource } from '../html/html.js';
import type { ReportInput } from '../input.js';
import { indicatorTitle, kindOf, singleFigures } from '../study-view.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, paragraph } from './blocks.js';

/** Charts of one kind that a printed report shows; the page has all of them. */
const MOST_CHARTS = 6;

/**
 * Two figures of different aims over the scenarios, each with a better side where there is one: what is won on one is
 * often paid on the other. Nothing where a study has fewer than two scenarios or figures.
 */
export function tradeOffBlocks(words: Words, study: StudyResults, input: ReportInput, ids: IdSource): readonly Block[] {
  const { say } = words;
  const [first] = study.scenarios;
  if (first === undefined || study.scenarios.length < 2) return [];
  const figures = singleFigures(first).filter(
    ({ group, estimate }) => group === undefined && Number.isFinite(estimate.mean),
  );
  const rated = figures.filter(({ indicator }) => betterOf(input.model, indicator) !== undefined);
  const [y] = rated.length > 0 ? rated : figures;
  if (y === undefined) return [];
  const others = figures.filter(({ indicator }) => indicator !== y.indicator);
  const x = others.find(({ aim }) => aim !== y.aim) ?? others[0];
  if (x === undefined) return [];
  const at = (scenario: StudyResults['scenarios'][number], wanted: IndicatorResult) =>
    singleFigures(scenario).find(({ indicator, group }) => indicator === wanted.indicator && group === undefined)
      ?.estimate;
  const points = study.scenarios.flatMap((scenario) => {
    const [atX, atY] = [at(scenario, x), at(scenario, y)];
    return atX === undefined || atY === undefined ? [] : [{ title: named(scenario.title), x: atX, y: atY }];
  });
  if (points.length < 2) return [];
  const title = say`Trade-off: ${indicatorTitle(y)} against ${indicatorTitle(x)}`;
  const drawing = tradeOffChart(words, ids, {
    title,
    xLabel: indicatorTitle(x),
    xKind: kindOf(x),
    yLabel: indicatorTitle(y),
    yKind: kindOf(y),
    points,
  });
  const key = points.map((point, i) => `${seriesLetter(i)} ${point.title}`).join(' · ');
  return [{ kind: 'chart', title, svg: drawing.text }, paragraph(key)];
}

/** Distributions of the figures that are measured for each patient, and census over time, for print. */
export function chartBlocks(words: Words, study: StudyResults, ids: IdSource): readonly Block[] {
  const { say } = words;
  const histograms = study.scenarios.flatMap((scenario, series) =>
    singleFigures(scenario)
      .filter(({ group, distribution }) => group === undefined && (distribution?.histogram.shares.length ?? 0) > 0)
      .flatMap((result): Block[] => {
        const histogram = result.distribution?.histogram;
        if (histogram === undefined) return [];
        const title = `${indicatorTitle(result)}, ${named(scenario.title)}`;
        const parts = { title, kind: kindOf(result), valueLabel: indicatorTitle(result), histogram, series };
        return [{ kind: 'chart', title, svg: histogramChart(words, ids, parts).text }];
      }),
  );
  const censuses = study.scenarios.flatMap((scenario, series) =>
    [...scenario.resources]
      .sort((a, b) => (b.utilisation?.mean ?? 0) - (a.utilisation?.mean ?? 0))
      .filter(({ censusOverTime }) => censusOverTime.mean.length > 0)
      .slice(0, 2)
      .map((resource): Block => {
        const title = say`In use over time: ${`${named(resource.title)}, ${named(scenario.title)}`}`;
        return {
          kind: 'chart',
          title,
          svg: censusOverTimeChart(words, ids, title, resource.censusOverTime, series).text,
        };
      }),
  );
  const note = say`Lines are means over replications, bands go from the 5th to the 95th percentile of replications, dashes are capacities.`;
  return [
    ...histograms.slice(0, MOST_CHARTS),
    ...censuses.slice(0, MOST_CHARTS),
    ...(censuses.length === 0 ? [] : [paragraph(note)]),
  ];
}

/** A week of cover for each role of a plan, as drawings for print. */
export function coverBlocks(words: Words, plan: StaffingPlan, ids: IdSource): readonly Block[] {
  return plan.roles.slice(0, MOST_CHARTS).map((role): Block => {
    const title = words.say`People needed on duty by hour of the week: ${`${named(role.title)}, ${named(plan.title)}`}`;
    const { onDutyByHour } = role;
    const isShort = (hour: number): boolean =>
      onDutyByHour !== null && (onDutyByHour[hour] ?? 0) < (role.coverByHour[hour] ?? 0);
    return {
      kind: 'chart',
      title,
      isWide: true,
      svg: weekChart(words, ids, { title, values: role.coverByHour, isShort }).text,
    };
  });
}
