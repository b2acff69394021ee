import type { SimulationInput } from '../input/types.js';
import type { InputExpectation } from '../input/measure-types.js';
import type { ComparedResult, Estimate, ExpectationResult } from '../figure-results.js';
import { estimateOf } from '../statistics/estimate.js';
import { ratioOf } from '../statistics/ratio.js';
import type { ReplicationResult } from './replication.js';

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
  const pairs = pairsOf(runs, e, others);
  const estimate = estimateOf(pairs.map(differenceOf(expectation)), confidence);
  const { operator, limit, against } = expectation;
  const both = [isMet(estimate.low, expectation), isMet(estimate.high, expectation)];
  const decided = estimate.replications >= 2;
  return {
    expectation: expectation.id,
    text: expectation.text,
    verdict: decided && both[0] && both[1] ? 'holds' : decided && !both[0] && !both[1] ? 'fails' : 'not decided',
    estimate,
    operator,
    limit,
    unit: runs.input.indicators[expectation.indicator]?.unit ?? 'number',
    ...(against && { against: comparedResult(against, pairs, others, confidence) }),
  };
}

/** What an expectation looks at in each replication: the figure, or what it is more than the share of another. */
export function expectedValues(runs: ScenarioRuns, e: number, others: readonly ScenarioRuns[]): (number | null)[] {
  return pairsOf(runs, e, others).map(differenceOf(runs.input.expectations[e]!));
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

function pairsOf(runs: ScenarioRuns, e: number, others: readonly ScenarioRuns[]): Pair[] {
  const { against, id } = runs.input.expectations[e]!;
  const own = runs.results.map((result) => result.expectations[e] ?? null);
  if (against === undefined) return own.map((value) => ({ own: value, other: 0 }));
  const base = against.scenario === runs.input.scenario ? runs : scenarioOf(against.scenario, others);
  const place = base?.input.compared?.findIndex(({ expectation }) => expectation === id) ?? -1;
  return own
    .slice(0, base?.results.length ?? 0)
    .map((value, r) => ({ own: value, other: base?.results[r]?.compared?.[place] ?? null }));
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
  pairs: readonly Pair[],
  others: readonly ScenarioRuns[],
  confidence: number | undefined,
): ComparedResult {
  // What one of both has no value for is no pair.
  const whole = pairs.flatMap(({ own, other }) => (own === null || other === null ? [] : [[own, other] as const]));
  const figure = estimateOf(
    whole.map(([own]) => own),
    confidence,
  );
  const compared: Estimate = estimateOf(
    whole.map(([, other]) => other),
    confidence,
  );
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
