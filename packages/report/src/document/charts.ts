import type { IndicatorResult, StudyResults } from '@pathway/simulation';
import type { StaffingPlan } from '@pathway/staffing';
import { betterOf } from '@pathway/model';
import { censusOverTimeChart } from '../chart/census-chart.js';
import { seriesLetter } from '../chart/frame.js';
import { histogramChart } from '../chart/histogram.js';
import { tradeOffChart } from '../chart/trade-off-chart.js';
import { weekChart } from '../chart/week-chart.js';
import { HOURS_OF_WEEK } from '../html/heat-map.js';
import type { IdSource } from '../html/html.js';
import type { ReportInput } from '../input.js';
import { indicatorTitle, kindOf, singleFigures } from '../study-view.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, paragraph } from './blocks.js';

/** Charts of one kind that a printed report shows; the page has all of them. */
const MOST_CHARTS = 6;

/**
 * Two figures in which the scenarios lie far apart, of different aims and one with a better side where there is such: what is won on one is
 * often paid on the other. Nothing where a study has fewer than two scenarios or figures.
 */
export function tradeOffBlocks(words: Words, study: StudyResults, input: ReportInput, ids: IdSource): readonly Block[] {
  const { say } = words;
  const [first] = study.scenarios;
  if (first === undefined || study.scenarios.length < 2) return [];
  const figures = singleFigures(first).filter(
    ({ group, estimate }) => group === undefined && Number.isFinite(estimate.mean),
  );
  const spread = (result: IndicatorResult): number => spreadOf(study, result);
  const differing = figures.filter((each) => spread(each) > 0).sort((a, b) => spread(b) - spread(a));
  const rated = differing.filter(({ indicator }) => betterOf(input.model, indicator) !== undefined);
  const [y] = rated.length > 0 ? rated : differing;
  if (y === undefined) return [];
  const others = differing.filter(({ indicator }) => indicator !== y.indicator);
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

/** How far the scenarios lie apart in a figure, as a share of its size. */
function spreadOf(study: StudyResults, { indicator }: IndicatorResult): number {
  const means = study.scenarios.flatMap((scenario) =>
    singleFigures(scenario)
      .filter((each) => each.indicator === indicator && each.group === undefined)
      .map(({ estimate }) => estimate.mean),
  );
  const size = Math.max(...means.map(Math.abs));
  return size > 0 ? (Math.max(...means) - Math.min(...means)) / size : 0;
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
        return [
          {
            kind: 'chart',
            title,
            svg: histogramChart(words, ids, parts).text,
          },
        ];
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

/** A week of cover for each role of a plan, as drawings for print; weeks in `seen` are not drawn again. */
export function coverBlocks(words: Words, plan: StaffingPlan, ids: IdSource, seen: Set<string>): readonly Block[] {
  return plan.roles.slice(0, MOST_CHARTS).flatMap((role): Block[] => {
    const key = JSON.stringify([role.role, role.organisation, role.coverByHour, role.onDutyByHour]);
    if (seen.has(key)) return [];
    seen.add(key);
    const title = words.say`People needed on duty by hour of the week: ${`${named(role.title)}, ${named(plan.title)}`}`;
    const { onDutyByHour } = role;
    const isShort = (hour: number): boolean =>
      onDutyByHour !== null && (onDutyByHour[hour] ?? 0) < (role.coverByHour[hour] ?? 0);
    const short = Array.from({ length: HOURS_OF_WEEK }, (_, hour) => hour).filter(isShort).length;
    const note = words.say`An exclamation mark: fewer are on duty than needed, ${short} of ${HOURS_OF_WEEK} hours.`;
    return [
      {
        kind: 'chart',
        title: short === 0 ? title : `${title}. ${note}`,
        isWide: true,
        svg: weekChart(words, ids, { title, values: role.coverByHour, isShort }).text,
      },
    ];
  });
}
