import type { SimulationInput } from '../input/types.js';
import type { InputExpectation } from '../input/measure-types.js';
import type { ComparedResult, Estimate, ExpectationResult } from '../figure-results.js';
import { estimateOf } from '../statistics/estimate.js';
import { ratioOf } from '../statistics/ratio.js';
import { studentCdf } from '../numeric/special.js';
import type { PooledFigure } from '../statistics/pooled-figure.js';
import { pooledFigure, type PooledStatistic, pooledStatisticOf } from './patients-figure.js';
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
  const { pairs, open, alone } = look;
  const estimate = alone?.estimate ?? {
    ...estimateOf(pairs.map(differenceOf(expectation)), confidence),
    ...(open.above && { open: true as const }),
  };
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
 * t; a half with fewer than two replications that have one.
 */
export function expectationProbability(
  runs: ScenarioRuns,
  e: number,
  others: readonly ScenarioRuns[],
): { readonly estimate: Estimate; readonly probability: number } {
  const expectation = runs.input.expectations[e]!;
  const { operator, limit } = expectation;
  const { pairs, alone } = lookAt(runs, e, others);
  const values = pairs.map(differenceOf(expectation)).filter((value) => value !== null);
  const estimate = alone?.estimate ?? estimateOf(values);
  if (estimate.replications < 2) return { estimate, probability: 0.5 };
  const upTo = alone?.probabilityUpTo ?? ((end, including) => meanUpTo(values, end, including));
  const probability =
    operator === '<' || operator === '<=' ? upTo(limit, operator === '<=') : 1 - upTo(limit, operator === '>');
  return { estimate, probability };
}

/** Probability that the true mean of values is at most, or else below, a limit. @param values two or more */
function meanUpTo(values: readonly number[], limit: number, including: boolean): number {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  if (variance === 0) return Number(mean < limit || (including && mean === limit));
  return studentCdf((limit - mean) / Math.sqrt(variance / n), n - 1);
}

/** Ids of the other scenarios that the expectations of a scenario are compared with. */
export function comparedScenarios({ scenario, expectations }: SimulationInput): readonly string[] {
  const compared = expectations.flatMap(({ against }) => against?.scenario ?? []);
  return [...new Set(compared)].filter((each) => each !== scenario);
}

interface Pair {
  readonly own: number | null;
  /** 0 where there is nothing to compare with. */
  readonly other: number | null;
}

/** What an expectation looks at. */
interface Look {
  /** By replication. */
  readonly pairs: readonly Pair[];
  /** Ends of the interval that are not known, because too few patients lie beyond one. */
  readonly open: { readonly below: boolean; readonly above: boolean };
  /** A statistic of all replications together that is compared with nothing. */
  readonly alone?: PooledFigure;
  /** Those of the two figures that are compared. */
  readonly compared?: { readonly own: PooledFigure | undefined; readonly other: PooledFigure | undefined };
}

function lookAt(runs: ScenarioRuns, e: number, others: readonly ScenarioRuns[], confidence?: number): Look {
  const expectation = runs.input.expectations[e]!;
  const { against, id } = expectation;
  const pooled = pooledRow(runs.input, expectation);
  if (against === undefined) {
    const alone =
      pooled &&
      pooledFigure(runs.input, expectation.indicator, pooled.statistic, figuresOf(runs.results, pooled), confidence);
    const values = alone?.values ?? runs.results.map((result) => result.expectations[e] ?? null);
    return {
      pairs: values.map((own) => ({ own, other: 0 })),
      open: { below: false, above: alone?.estimate.open === true },
      ...(alone && { alone }),
    };
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
  return {
    pairs: paired.map((result, r) => ({
      own: ownFigure ? ownFigure.values[r]! : (result.expectations[e] ?? null),
      other: otherFigure ? otherFigure.values[r]! : (results[r]?.compared?.[place] ?? null),
    })),
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

function differenceOf({ against }: InputExpectation): (pair: Pair) => number | null {
  const factor = against?.factor ?? 0;
  return ({ own, other }) => (own === null || other === null ? null : own - factor * other);
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
