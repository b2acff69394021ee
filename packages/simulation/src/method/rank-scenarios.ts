import { figureTitle, type Model, type Ranking, requireConstant } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { RankingResult } from '../method-results.js';
import { differenceFigure, trailing } from '../statistics/difference.js';
import { estimateOf } from '../statistics/estimate.js';
import { meanOfRuns, type PooledFigure } from '../statistics/pooled-figure.js';
import { areWithoutChance, isShareOfTime } from '../study/patients-figure.js';
import type { ReplicationResult } from '../study/replication.js';
import { type FigureReader, figureReader } from './figure-values.js';
import { counted, labelOf, listed, valueText } from './labels.js';
import { type RankingSettings, type RankingState, selectBest, selectionProbability } from './ranking.js';

/** Replications of each scenario before any can be left out. */
const FIRST = 10;

/** A ranking with its numbers worked out. */
export interface PlannedRanking {
  readonly ranking: Ranking;
  readonly settings: RankingSettings;
  /** Where the ranking stands after these replications, by scenario. */
  readonly stateAfter: (results: readonly (readonly ReplicationResult[])[]) => RankingState;
}

/** @throws SimulationError where a scenario does not measure the figure */
export function planRanking(ranking: Ranking, model: Model, inputs: readonly SimulationInput[]): PlannedRanking {
  const readers = inputs.map((input) => figureReader(input, ranking));
  const settings: RankingSettings = {
    best: ranking.best,
    certainty: requireConstant(ranking.certainty, model, 'the certainty of a ranking'),
    indifference: requireConstant(ranking.indifference, model, 'the indifference of a ranking'),
    first: FIRST,
  };
  return {
    ranking,
    settings,
    stateAfter: (results) => {
      const figures = results.map((own, i) => figureOf(readers[i], own));
      return selectBest(
        figures.map(({ values }) => values),
        settings,
        figures.every(({ counted }) => counted !== undefined)
          ? results.map((own, i) => own.map((result) => readers[i]?.find(result)?.people?.over ?? 0))
          : sharesOfTime(inputs, readers, results),
      );
    },
  };
}

/**
 * How many each replication counts for where all may have been lucky alike: one, of a share of time, which is so in none, or in all, of
 * the others. Undefined where the figure is another one, or replications are alike, as without chance.
 */
function sharesOfTime(
  inputs: readonly SimulationInput[],
  readers: readonly FigureReader[],
  results: readonly (readonly ReplicationResult[])[],
): readonly (readonly number[])[] | undefined {
  const areShares = readers.every(({ indicator }, i) => isShareOfTime(inputs[i]!, indicator));
  return areShares && !results.every(areWithoutChance) ? results.map((own) => own.map(() => 1)) : undefined;
}

function figureOf(reader: FigureReader | undefined, results: readonly ReplicationResult[]): PooledFigure {
  return reader?.figureOf(results.map(reader.find)) ?? meanOfRuns(results.map(() => null));
}

/** What the ranking found. */
export function rankingResult(
  { ranking, settings, stateAfter }: PlannedRanking,
  inputs: readonly SimulationInput[],
  results: readonly (readonly ReplicationResult[])[],
): RankingResult {
  const state = stateAfter(results);
  const readers = inputs.map((input) => figureReader(input, ranking));
  const figures = readers.map((reader, i) => figureOf(reader, results[i] ?? []));
  const means = figures.map(({ estimate }) => estimate);
  const sign = settings.best === 'least' ? 1 : -1;
  // A scenario with little spread is left out sooner than a worse one with much, so that means tell the order of those.
  const isOut = (i: number): number => (state.leftOutAfter[i] === undefined ? 0 : 1);
  const order = inputs
    .map((_, i) => i)
    .sort((a, b) => isOut(a) - isOut(b) || sign * ((means[a]?.mean ?? 0) - (means[b]?.mean ?? 0)) || a - b);
  const [selected = 0, ...others] = order;
  const first = inputs[0];
  const label = first === undefined ? undefined : labelOf(first, ranking);
  const best = figures[selected];
  const worse = best && trailing(best, settings.best === 'least' ? 'lower' : 'higher');
  const probability = selectionProbability(
    others.flatMap((i) => worse?.(figures[i]!) ?? []),
    settings.indifference,
  );
  const titles = order.map((i) => inputs[i]?.title ?? '');
  return {
    ...(label ?? { indicator: ranking.indicator, title: ranking.indicator, statistic: 'mean', unit: 'number' }),
    best: settings.best,
    certainty: settings.certainty,
    indifference: settings.indifference,
    decided: state.decided,
    probability,
    order: order.map((i, place) => ({
      scenario: inputs[i]?.scenario ?? '',
      title: inputs[i]?.title ?? '',
      estimate: means[i] ?? estimateOf([]),
      ...(place > 0 && best && { behind: differenceFigure(figures[i]!, best).estimate }),
      ...(state.leftOutAfter[i] !== undefined && { leftOutAfter: state.leftOutAfter[i] }),
    })),
    explained:
      label === undefined
        ? ''
        : sentence(
            settings,
            state,
            figureTitle(label),
            valueText(settings.indifference, label, true),
            titles,
            inputs.length,
          ),
  };
}

function sentence(
  { best, certainty, indifference }: RankingSettings,
  { decided, observations, inPlay }: RankingState,
  figure: string,
  indifferent: string,
  titles: readonly string[],
  scenarios: number,
): string {
  const share = `${Number((certainty * 100).toFixed(6))}%`;
  const what = `${best === 'least' ? 'lowest' : 'highest'} ${figure}`;
  if (decided && indifference > 0) {
    return (
      `${titles[0] ?? ''} has the ${what}, or one within ${indifferent} of it, with ${share} certainty; ` +
      `the last of ${counted(scenarios - 1, 'other')} was left out after ${counted(observations, 'replication')} (KN++).`
    );
  }
  const left = titles.slice(0, inPlay.length);
  return (
    `Not decided after ${counted(observations, 'replication')}: ${listed(left.slice(0, 5), 'or')}` +
    `${left.length > 5 ? ` or one of ${left.length - 5} more` : ''} may have the ${what}. ` +
    `More replications, or a larger indifference than ${indifferent}, would decide (KN++).`
  );
}
