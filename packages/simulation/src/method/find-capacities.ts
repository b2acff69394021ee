import {
  type Find,
  type Lever,
  type Model,
  ModelError,
  NUMBER,
  type Override,
  requireConstant,
  type Study,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileInput } from '../input/compile.js';
import type { SimulationInput } from '../input/types.js';
import type { FindResult, FoundPoint } from '../method-results.js';
import { pooledStatisticOf } from '../study/patients-figure.js';
import { comparedScenarios, expectationProbability, type ScenarioRuns } from '../study/expectations.js';
import type { ReplicationResult } from '../study/replication.js';
import { counted, listed } from './labels.js';
import { monotonicityOf } from './monotonicity.js';
import type { Runner } from './runner.js';
import { cheapestPoint, MOST_POINTS, type Point, pointCount } from './search.js';
import { variantInput } from './variants.js';

/** Replications of a point before it is judged for the first time; then twice as many each time, up to the study's. */
const FIRST = 10;

export interface FindSetting {
  readonly model: Model;
  readonly study: Study;
  readonly scenario: string;
  /** Replications that a point gets at most. */
  readonly most: number;
}

/**
 * The least capacities with which every expectation of the study's scenario holds with the wanted certainty. A point gets
 * replications until it is decided or the study's number is used up; all points share their random numbers. The doubt
 * that is left is split evenly over the expectations (Bonferroni), so that all hold together with the certainty, and
 * over the looks at a point: look k of several has 1 / (k (k + 1)) of it, the last one all that is over, 1 / k.
 *
 * Whoever tries many points finds one that meets by chance. What the search finds is therefore looked at again in
 * replications that it has not seen, as in selection with a second, independent stage; where they do not bear it out the search
 * goes on without it. Confirmation j has replications and a share of the doubt of its own, 1 / (j (j + 1)) of it, so that
 * what is confirmed is wrong with the doubt at most, however many points were tried.
 * @throws SimulationError where nothing is expected, or there are too many combinations
 */
export async function findCapacities(find: Find, setting: FindSetting, runner: Runner): Promise<FindResult> {
  const { model } = setting;
  const certainty = requireConstant(find.certainty, model, 'the certainty of a search');
  const { weights, combinations } = spaceOf(find, model);
  const inputAt = (point: Point): SimulationInput =>
    readingExpectations(
      variantInput(
        model,
        setting.study.id,
        setting.scenario,
        find.levers.map((lever, i) => overrideOf(lever, point[i] ?? lever.low)),
      ),
    );
  const top = inputAt(find.levers.map(({ high }) => high));
  const bases = comparedScenarios(top).map((scenario): GrowingRuns => ({
    input: readingExpectations(compileInput(model, setting.study.id, scenario)),
    first: 0,
    results: [],
  }));
  if (top.expectations.length === 0) {
    throw new SimulationError('Nothing is expected of what this study measures, so that every capacity would do.');
  }
  const monotone = monotonicityOf(top);
  const space = { ranges: find.levers, weights, monotone: monotone.kind !== 'not assumed' };
  const objective = (point: Point): number => point.reduce((sum, value, i) => sum + value * (weights[i] ?? 1), 0);
  const tried = new Map<string, FoundPoint>();
  const doubt = 1 - certainty;
  const { most } = setting;
  let answer: FoundPoint | undefined;
  let complete: boolean;
  for (let confirmation = 1; ; confirmation++) {
    const search = await cheapestPoint(space, async (point) => {
      const known = tried.get(point.join());
      if (known !== undefined) return known.verdict;
      const found = await lookAt({ input: inputAt(point), first: 0, results: [] }, bases, { doubt, most }, runner);
      if (found === undefined) return undefined;
      tried.set(point.join(), { values: point, objective: objective(point), ...found });
      return found.verdict;
    });
    complete = search.complete;
    answer = search.best && tried.get(search.best.join());
    if (answer === undefined || !complete) break;
    const fresh = (input: SimulationInput): GrowingRuns => ({ input, first: confirmation * most, results: [] });
    const confirmed = await lookAt(
      fresh(inputAt(answer.values)),
      bases.map(({ input }) => fresh(input)),
      { doubt: doubt / (confirmation * (confirmation + 1)), most },
      runner,
    );
    complete = confirmed !== undefined;
    if (confirmed === undefined) break;
    const replications = answer.replications + confirmed.replications;
    answer = { ...answer, ...confirmed, replications, confirmedBy: confirmed.replications };
    tried.set(answer.values.join(), answer);
    if (answer.verdict === 'meets') break;
  }
  const currency = model.resources.find(({ cost }) => cost !== undefined)?.cost;
  const found = {
    scenario: setting.scenario,
    objective: find.objective,
    ...(find.objective === 'cost' && currencyOf(currency) !== undefined && { currency: currencyOf(currency) ?? '' }),
    certainty,
    levers: find.levers.map(({ text, low, high }) => ({ text, low, high })),
    ...(answer && { answer }),
    tried: [...tried.values()],
    combinations,
    monotone: monotone.kind,
    complete,
  };
  return { ...found, explained: explain(found, monotone.reason) };
}

/**
 * What the capacities of a search cost, and how many combinations there are; asked for before anything runs.
 * @throws SimulationError or ModelError where there are too many, or a cost is not known
 */
export function spaceOf(
  find: Find,
  model: Model,
): { readonly weights: readonly number[]; readonly combinations: number } {
  const weights = find.levers.map((lever) => (find.objective === 'units' ? 1 : costOf(lever, model)));
  const combinations = pointCount({ ranges: find.levers });
  if (combinations <= MOST_POINTS) return { weights, combinations };
  throw new SimulationError(
    `The search has ${combinations} combinations; at most ${MOST_POINTS} can be looked at. Narrow the ranges.`,
  );
}

function currencyOf(cost: Model['resources'][number]['cost']): string | undefined {
  return cost !== undefined && 'dimension' in cost ? cost.dimension.currency : undefined;
}

/** Money per second of one unit. */
function costOf({ target, text, origin }: Lever, model: Model): number {
  const cost =
    target.kind === 'resource'
      ? model.resources.find(({ id }) => id === target.id)?.cost
      : target.kind === 'staff'
        ? model.roles.find(({ id }) => id === model.staff.find((group) => group.id === target.id)?.role)?.cost
        : undefined;
  if (cost === undefined)
    throw new ModelError(`\`${text}\` has no cost, so that the least cost cannot be told.`, origin);
  return requireConstant(cost, model, `the cost of ${text}`);
}

function overrideOf({ target, text, origin }: Lever, value: number): Override {
  return {
    origin,
    text: `${text} = ${value}`,
    target,
    value: { kind: 'expression', expression: { kind: 'number', value, dimension: NUMBER } },
  };
}

/** An input of whose results only what is expected is read, and what that is compared with. */
function readingExpectations(input: SimulationInput): SimulationInput {
  const figures = [...input.expectations, ...(input.compared ?? [])];
  const pooled = figures.filter((each) => pooledStatisticOf(input, each.indicator, each.statistic) !== undefined);
  const indicators = [...new Set(pooled.map(({ indicator }) => indicator))].sort((a, b) => a - b);
  return { ...input, reads: { indicators, expectations: true } };
}

/** @returns undefined where the run was stopped */
async function lookAt(
  own: GrowingRuns,
  bases: readonly GrowingRuns[],
  { doubt, most }: { readonly doubt: number; readonly most: number },
  runner: Runner,
): Promise<Omit<FoundPoint, 'values' | 'objective'> | undefined> {
  for (let until = Math.min(FIRST, most), look = 1; ; until = Math.min(2 * until, most), look++) {
    for (const runs of [own, ...bases]) if (!(await runUntil(until, runs, runner))) return undefined;
    const spent = until >= most ? 1 / look : 1 / (look * (look + 1));
    const judged = judge(own, bases, doubt * spent);
    if (judged.verdict !== 'not decided' || until >= most) return { ...judged, replications: until };
  }
}

/** A scenario whose replications are added to; one that points are compared with is run once for all of them. */
interface GrowingRuns extends ScenarioRuns {
  /** Number of its first replication. */
  readonly first: number;
  readonly results: ReplicationResult[];
}

/** @returns false where the run was stopped */
async function runUntil(until: number, { input, first, results }: GrowingRuns, runner: Runner): Promise<boolean> {
  const wanted = until - results.length;
  if (wanted <= 0) return true;
  runner.expect(wanted);
  const from = first + results.length;
  const found = await runner.run(Array.from({ length: wanted }, (_, i) => ({ input, replication: from + i })));
  for (const result of found) {
    if (result === undefined) return false;
    results.push(result);
  }
  return true;
}

/** @param allowed probability with which one look may find that all expectations hold where they do not */
function judge(
  runs: ScenarioRuns,
  bases: readonly ScenarioRuns[],
  allowed: number,
): Pick<FoundPoint, 'verdict' | 'probability' | 'expectations'> {
  const { input } = runs;
  const expectations = input.expectations.map((expectation, e) => {
    return {
      text: expectation.text,
      unit: input.indicators[expectation.indicator]?.unit ?? ('number' as const),
      limit: expectation.limit,
      ...expectationProbability(runs, e, bases),
    };
  });
  const doubt = allowed / expectations.length;
  const verdict = expectations.every(({ probability }) => probability >= 1 - doubt)
    ? 'meets'
    : expectations.some(({ probability }) => probability <= doubt)
      ? 'fails'
      : 'not decided';
  const probability = Math.max(0, 1 - expectations.reduce((sum, each) => sum + (1 - each.probability), 0));
  return { verdict, probability, expectations };
}

function explain(found: Omit<FindResult, 'explained'>, reason: string): string {
  const { answer, levers, tried, combinations, certainty, complete, objective } = found;
  const share = `${Number((certainty * 100).toFixed(6))}%`;
  const looked = `Looked at ${tried.length} of ${counted(combinations, 'combination')}. ${reason}`;
  const stopped = complete ? '' : ' The search was stopped before it was done.';
  const least = objective === 'cost' ? 'cheapest' : 'fewest units';
  if (answer === undefined) {
    const close = tried.some(({ verdict }) => verdict === 'not decided');
    const hint = close ? ' Some could not be decided; more replications would.' : ' Widen the ranges, or expect less.';
    return complete
      ? `Nothing within the ranges meets every expectation with ${share} certainty.${hint} ${looked}`
      : `Nothing was found.${stopped} ${looked}`;
  }
  const values = listed(levers.map(({ text }, i) => `${text} = ${answer.values[i] ?? ''}`));
  const open = tried.filter(({ verdict, objective: cost }) => verdict === 'not decided' && cost < answer.objective);
  const maybe =
    open.length === 0
      ? ''
      : ` ${counted(open.length, 'combination')} with less could not be decided; more replications would.`;
  const is = levers.length > 1 ? 'are' : 'is';
  if (answer.confirmedBy === undefined) return `${values} ${is} the least that was found so far.${stopped} ${looked}`;
  return (
    `${values} ${is} the ${least} with which every expectation holds with ${share} certainty ` +
    `(here at least ${Number((Math.floor(answer.probability * 1000) / 10).toFixed(1))}%), ` +
    `confirmed by ${counted(answer.confirmedBy, 'replication')} that the search had not seen.${maybe} ${looked}`
  );
}
