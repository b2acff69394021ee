import type { SimulationInput } from '../input/types.js';
import type { InputExpectation } from '../input/measure-types.js';
import type { ComparedResult, Estimate, ExpectationResult } from '../figure-results.js';
import { estimateOf } from '../statistics/estimate.js';
import { ratioOf } from '../statistics/ratio.js';
import { differenceFigure } from '../statistics/difference.js';
import { meanOfRuns, type PooledFigure } from '../statistics/pooled-figure.js';
import { certaintyOfTime } from '../statistics/rare-time.js';
import {
  areWithoutChance,
  isShareOfTime,
  pooledFigure,
  type PooledStatistic,
  pooledStatisticOf,
} from './patients-figure.js';
import type { ReplicationFigure, ReplicationResult } from './replication.js';

/** A scenario with its replications, in their order. */
export interface ScenarioRuns {
  readonly input: SimulationInput;
  readonly results: readonly ReplicationResult[];
}

/**
 * The verdict on an expectation: holds or fails when the whole interval, of this confidence, lies on one side of the
 * limit. Where it compares two figures, the interval is that of the one less the share of the other, paired by
 * replication.
 * @param others the scenarios that it may be compared with; its own need not be among them
 */
export function expectationResult(
  runs: ScenarioRuns,
  e: number,
  others: readonly ScenarioRuns[] = [],
  confidence?: number,
): ExpectationResult {
  const expectation = runs.input.expectations[e]!;
  const look = lookAt(runs, e, others, confidence);
  const { open } = look;
  const estimate = { ...look.figure.estimate, ...(open.above && { open: true as const }) };
  const { operator, limit, against } = expectation;
  // An end that is not known may lie on the other side of any limit.
  const ends = [open.below ? -Infinity : estimate.low, open.above ? Infinity : estimate.high];
  const met = ends.map((end) => isMet(end, expectation));
  const decided = estimate.replications >= 2;
  return {
    expectation: expectation.id,
    text: expectation.text,
    verdict: !decided || met[0] !== met[1] ? 'not decided' : met[0] === true ? 'holds' : 'fails',
    estimate,
    operator,
    limit,
    unit: runs.input.indicators[expectation.indicator]?.unit ?? 'number',
    ...(against && { against: comparedResult(against, look, others, confidence) }),
  };
}

/**
 * What an expectation looks at, with its 95 % interval, and the probability that it holds of the true figure, by Student's
 * t; a half with fewer than two replications that have one. Of a share of time that is rare it is what so many replications show
 * (`certaintyOfTime`), unless nothing was left to chance.
 */
export function expectationProbability(
  runs: ScenarioRuns,
  e: number,
  others: readonly ScenarioRuns[],
): { readonly estimate: Estimate; readonly probability: number } {
  const expectation = runs.input.expectations[e]!;
  const { operator, limit, against } = expectation;
  const {
    open,
    figure: { estimate, values, probabilityUpTo },
  } = lookAt(runs, e, others);
  const isTime =
    against === undefined && isShareOfTime(runs.input, expectation.indicator) && !areWithoutChance(runs.results);
  if (estimate.replications < 2) return { estimate, probability: 0.5 };
  const upTo = (including: boolean): number => {
    const byStudent = probabilityUpTo(limit, including);
    const told = isTime
      ? certaintyOfTime(
          values.flatMap((value) => value ?? []),
          limit,
          byStudent,
        )
      : byStudent;
    // Of an end that is not known nothing is told.
    return Math.max(open.below ? 0.5 : 0, Math.min(open.above ? 0.5 : 1, told));
  };
  const probability = operator === '<' || operator === '<=' ? upTo(operator === '<=') : 1 - upTo(operator === '>');
  return { estimate, probability };
}

/** Ids of the other scenarios that the expectations of a scenario are compared with. */
export function comparedScenarios({ scenario, expectations }: SimulationInput): readonly string[] {
  const compared = expectations.flatMap(({ against }) => against?.scenario ?? []);
  return [...new Set(compared)].filter((each) => each !== scenario);
}

interface Pair {
  readonly own: number | null;
  readonly other: number | null;
}

/** What an expectation looks at. */
interface Look {
  /** By replication; none where it is compared with nothing. */
  readonly pairs: readonly Pair[];
  /** Ends of the interval that are not known, because too few patients lie beyond one. */
  readonly open: { readonly below: boolean; readonly above: boolean };
  /** The figure, or what it is more than the share of the other. */
  readonly figure: PooledFigure;
  /** Those of the two figures that are compared. */
  readonly compared?: { readonly own: PooledFigure | undefined; readonly other: PooledFigure | undefined };
}

function lookAt(runs: ScenarioRuns, e: number, others: readonly ScenarioRuns[], confidence?: number): Look {
  const expectation = runs.input.expectations[e]!;
  const { against, id } = expectation;
  const pooled = pooledRow(runs.input, expectation);
  if (against === undefined) {
    const figure = pooled
      ? pooledFigure(runs.input, expectation.indicator, pooled.statistic, figuresOf(runs.results, pooled), confidence)
      : meanOfRuns(
          runs.results.map((result) => result.expectations[e] ?? null),
          confidence,
        );
    return { pairs: [], open: { below: false, above: figure.estimate.open === true }, figure };
  }
  const base = against.scenario === runs.input.scenario ? runs : scenarioOf(against.scenario, others);
  const place = base?.input.compared?.findIndex(({ expectation: compared }) => compared === id) ?? -1;
  const results = base?.results ?? [];
  const paired = runs.results.slice(0, results.length);
  const compared = base?.input.compared?.[place];
  const basePooled = base && compared && pooledRow(base.input, compared);
  // Statistics of all patients are of the replications in which both scenarios have some.
  const own = pooled && figuresOf(paired, pooled);
  const other = basePooled && figuresOf(results.slice(0, paired.length), basePooled);
  const present = paired.map((_, r) => hasPart(pooled, own?.[r]) && hasPart(basePooled, other?.[r]));
  const only = (figures: readonly (ReplicationFigure | undefined)[]): (ReplicationFigure | undefined)[] =>
    figures.map((figure, r) => (present[r] === true ? figure : undefined));
  const ownFigure = own && pooledFigure(runs.input, expectation.indicator, pooled.statistic, only(own), confidence);
  const otherFigure =
    other && pooledFigure(base.input, compared.indicator, basePooled.statistic, only(other), confidence);
  const pairs = paired.map((result, r) => ({
    own: ownFigure ? ownFigure.values[r]! : (result.expectations[e] ?? null),
    other: otherFigure ? otherFigure.values[r]! : (results[r]?.compared?.[place] ?? null),
  }));
  const figure = differenceFigure(
    ownFigure ?? meanOfRuns(pairs.map((pair) => pair.own)),
    otherFigure ?? meanOfRuns(pairs.map((pair) => pair.other)),
    { factor: against.factor, ...(confidence !== undefined && { confidence }) },
  );
  return {
    pairs,
    figure,
    open: { below: otherFigure?.estimate.open === true, above: ownFigure?.estimate.open === true },
    compared: { own: ownFigure, other: otherFigure },
  };
}

/** A statistic of all replications together, and the row of the indicator that it is one of. */
interface PooledRow {
  readonly indicator: number;
  readonly row: number;
  readonly statistic: PooledStatistic;
}

/** Undefined where each replication has its own figure, or none of the rows is the one that is asked for. */
function pooledRow(
  input: SimulationInput,
  { indicator, statistic, argument }: Pick<InputExpectation, 'indicator' | 'statistic' | 'argument'>,
): PooledRow | undefined {
  const pooled = pooledStatisticOf(input, indicator, statistic);
  const row = argument === undefined ? 0 : (input.indicators[indicator]?.table?.indexOf(argument) ?? -1);
  return pooled === undefined || row < 0 ? undefined : { indicator, row, statistic: pooled };
}

/** The figures of a row, by replication. */
function figuresOf(
  results: readonly ReplicationResult[],
  { indicator, row }: PooledRow,
): (ReplicationFigure | undefined)[] {
  return results.map((result) => result.indicators[indicator]?.[row]);
}

/** Whether a replication takes part in a figure. Without patients a mean has no value there, which makes no pair. */
function hasPart(pooled: PooledRow | undefined, figure: ReplicationFigure | undefined): boolean {
  return pooled === undefined || pooled.statistic === 'mean' || (figure?.sample?.count ?? 0) > 0;
}

function scenarioOf(scenario: string, others: readonly ScenarioRuns[]): ScenarioRuns | undefined {
  return others.find(({ input }) => input.scenario === scenario);
}

function comparedResult(
  { scenario, factor }: NonNullable<InputExpectation['against']>,
  look: Look,
  others: readonly ScenarioRuns[],
  confidence: number | undefined,
): ComparedResult {
  // What one of both has no value for is no pair.
  const whole = look.pairs.flatMap(({ own, other }) => (own === null || other === null ? [] : [[own, other] as const]));
  const estimate = (pooled: PooledFigure | undefined, place: 0 | 1): Estimate => {
    const values = whole.map((pair) => pair[place]);
    return pooled?.values.length === values.length ? pooled.estimate : estimateOf(values, confidence);
  };
  const [figure, compared] = [estimate(look.compared?.own, 0), estimate(look.compared?.other, 1)];
  const ratio = ratioOf(whole, confidence);
  const title = scenarioOf(scenario, others)?.input.title ?? scenario;
  return { scenario, title, factor, figure, compared, ...(ratio && { ratio }) };
}

function isMet(value: number, { operator, limit }: InputExpectation): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}
