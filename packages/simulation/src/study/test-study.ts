import { type Model, titleOf } from '@pathway/model';
import { batchInputs } from '../input/batches.js';
import type { SimulationInput } from '../input/types.js';
import { runBatches } from '../method/long-run.js';
import { Runner } from '../method/runner.js';
import type { ExpectationResult } from '../figure-results.js';
import { replicationsThatFit } from './memory.js';
import type { ReplicationResult } from './replication.js';
import { comparedScenarios, expectationResult, type ScenarioRuns } from './expectations.js';
import { type Plan, prepareStudy, runScenarios } from './planned-runs.js';
import type { SimulationOptions } from './study.js';

/** How long a study goes on for what it cannot decide. */
export interface TestBudget {
  /** Replications of each scenario at most; those of the study itself are always run. */
  readonly replications?: number;
  /** Asked between chunks of events and before each further look; further replications end once it says so. */
  readonly isSpent?: () => boolean;
}

/** What a simulation says of one `expect` in one scenario. */
export interface TestedExpectation extends ExpectationResult {
  /** Of the interval: 0.95 where there is one look, more at each look of several. */
  readonly confidence: number;
  /** Looks at the figures until it was decided, or the budget was used up. */
  readonly looks: number;
  readonly margin: Margin;
  /** Replications that would decide it at about this value and spread, where it is not decided and that can be told. */
  readonly wouldTake?: number;
  readonly currency?: string;
}

/** How far a figure keeps from its limit; positive on the right side. */
interface Margin {
  /** In the unit of the figure. */
  readonly absolute: number;
  /** As a share of the limit's size; null where the limit is 0. */
  readonly relative: number | null;
  /** From the end of the interval that is nearest to breaking, in the unit of the figure. */
  readonly least: number;
}

/** What came of the expectations of one study. */
export interface StudyTest {
  readonly study: string;
  readonly title: string;
  readonly seed: number;
  readonly scenarios: readonly {
    readonly scenario: string;
    readonly title: string;
    readonly replications: number;
    readonly expectations: readonly TestedExpectation[];
  }[];
  readonly interrupted: boolean;
}

/** Probability with which a verdict may be wrong, over all looks together. */
const ERROR = 0.05;

/**
 * Runs what the expectations of a study need, and nothing else: as often as the study says, and then, where the interval
 * of a figure spans its limit, twice as often each time until it no longer does or the budget is used up. Further
 * replications continue the same random numbers: replication k is replication k.
 *
 * Whoever looks again and again finds something by chance in the end. Look k of several therefore uses an interval of
 * confidence 1 − 0.05 / (k (k + 1)): these errors add up to 0.05 over any number of looks (Bonferroni's inequality), so
 * that a verdict is wrong with probability 0.05 at most, whenever the looking ended (an α-spending rule: Lan and DeMets,
 * Biometrika 70, 1983). A verdict, once found, stays.
 * @throws SimulationError or ModelError where the model cannot be simulated
 */
export async function testStudy(
  declared: Model,
  studyId: string,
  budget: TestBudget = {},
  options: Omit<SimulationOptions, 'onResult'> = {},
): Promise<StudyTest> {
  const runner = new Runner(options);
  const { study, inputs: all, plan } = await prepareStudy(declared, studyId, options.replicationsOverride, runner);
  // A fixed number of runs of one scenario does not depend on the others; precision and rankings look at all of them.
  const isFixed = plan.targets === undefined && plan.ranking === undefined;
  const inputs = isFixed ? all.filter((input) => input.expectations.length > 0 || input.compared !== undefined) : all;
  const first = await firstRuns(inputs, plan, runner);
  let { interrupted } = first;
  const most = plan.batches === undefined ? Math.min(mostOf(budget), replicationsThatFit(first.results)) : 0;
  const runs = inputs.map((input, i): GrowingRuns => ({
    input: plan.batches === undefined ? input : batchInputs(input, plan.batches)[0]!,
    results: [...first.results[i]!],
  }));
  const tests = runs.map((each) => new ScenarioTest(each, runs, most));
  for (const test of tests) test.look();
  for (;;) {
    const open = tests.filter((test) => test.wantsMore);
    if (interrupted || open.length === 0 || runner.stopped || budget.isSpent?.() === true) break;
    const further = new Runner({
      ...options,
      shouldStop: () => runner.stopped || budget.isSpent?.() === true,
    });
    const growing = runs.flatMap((each) => {
      const until = Math.max(0, ...open.map((test) => test.wantedOf(each)));
      const from = each.results.length;
      return Array.from({ length: Math.max(0, until - from) }, (_, i) => ({ ...each, replication: from + i }));
    });
    const jobs = growing.map(({ input, replication }) => ({ input, replication }));
    further.expect(jobs.length);
    const results = await further.run(jobs);
    const done = results.filter((result) => result !== undefined);
    // A look that was not reached does not count, so that the figures are those of whole looks.
    if (done.length < jobs.length) {
      interrupted = runner.stopped;
      break;
    }
    for (const [i, { results }] of growing.entries()) results.push(done[i]!);
    for (const test of open) test.lookFurther();
  }
  return {
    study: study.id,
    title: titleOf(study),
    seed: study.seed,
    scenarios: tests.filter((test) => test.found.length > 0).map((test) => test.report()),
    interrupted: interrupted || runner.stopped,
  };
}

function mostOf({ replications, isSpent }: TestBudget): number {
  return replications ?? (isSpent === undefined ? 0 : Number.MAX_SAFE_INTEGER);
}

async function firstRuns(
  inputs: readonly SimulationInput[],
  plan: Plan,
  runner: Runner,
): Promise<{ readonly results: readonly (readonly ReplicationResult[])[]; readonly interrupted: boolean }> {
  if (inputs.length === 0) return { results: [], interrupted: false };
  return plan.batches === undefined ? runScenarios(inputs, plan, runner) : runBatches(inputs, plan.batches, runner);
}

/** A scenario whose replications are added to. */
interface GrowingRuns extends ScenarioRuns {
  readonly results: ReplicationResult[];
}

/** One scenario while its expectations are decided. */
class ScenarioTest {
  readonly found: (TestedExpectation | undefined)[];
  readonly #several: boolean;
  /** The scenarios that its expectations are compared with. */
  readonly #compared: readonly GrowingRuns[];
  /** Replications that the last look was at; of scenarios that others want more of there are further ones. */
  #seen: number;
  #looks = 0;

  /** @param most replications at most; fewer than there are means that this is the only look */
  constructor(
    private readonly runs: GrowingRuns,
    all: readonly GrowingRuns[],
    private readonly most: number,
  ) {
    this.#seen = runs.results.length;
    this.#several = most > this.#seen;
    const compared = comparedScenarios(runs.input);
    this.#compared = all.filter(({ input }) => compared.includes(input.scenario));
    this.found = runs.input.expectations.map(() => undefined);
  }

  /** Looks at what is not decided. */
  look(): void {
    this.#looks += 1;
    const { input } = this.runs;
    const confidence = this.#several ? 1 - ERROR / (this.#looks * (this.#looks + 1)) : 1 - ERROR;
    const seen = ({ input, results }: GrowingRuns): ScenarioRuns => ({ input, results: results.slice(0, this.#seen) });
    const [own, others] = [seen(this.runs), this.#compared.map(seen)];
    for (const [e, earlier] of this.found.entries()) {
      if (earlier !== undefined && earlier.verdict !== 'not decided') continue;
      const result = expectationResult(own, e, others, confidence);
      const currency = input.indicators[input.expectations[e]!.indicator]?.currency;
      const wouldTake = result.verdict === 'not decided' ? replicationsFor(result) : undefined;
      this.found[e] = {
        ...result,
        confidence,
        looks: this.#looks,
        margin: marginOf(result),
        ...(wouldTake !== undefined && { wouldTake }),
        ...(currency !== undefined && { currency }),
      };
    }
  }

  /** Whether something is not decided and more replications are allowed. */
  get wantsMore(): boolean {
    return this.#seen < this.most && this.found.some((each) => each?.verdict === 'not decided');
  }

  /** How many replications of a scenario its next look is at: twice as many; 0 of one that it does not need. */
  wantedOf(runs: GrowingRuns): number {
    return runs === this.runs || this.#compared.includes(runs) ? this.#next : 0;
  }

  /** Looks again, at twice as many. */
  lookFurther(): void {
    this.#seen = this.#next;
    this.look();
  }

  get #next(): number {
    return Math.min(this.most, Math.max(2, 2 * this.#seen));
  }

  report(): StudyTest['scenarios'][number] {
    const { scenario, title } = this.runs.input;
    return {
      scenario,
      title,
      replications: this.#seen,
      expectations: this.found.flatMap((each) => each ?? []),
    };
  }
}

function marginOf({ operator, limit, estimate }: ExpectationResult): Margin {
  const isUpper = operator === '<' || operator === '<=';
  const room = (value: number): number => (isUpper ? limit - value : value - limit);
  const absolute = room(estimate.mean);
  return {
    absolute,
    relative: limit === 0 ? null : absolute / Math.abs(limit),
    least: Math.min(room(estimate.low), room(estimate.high)),
  };
}

/**
 * An interval reaches less far by the root of the number; undefined where the value lies on its limit, or its interval has no
 * end. What counts is how far it reaches towards the limit: intervals of rare things reach farther up than down.
 */
function replicationsFor({ estimate, limit }: ExpectationResult): number | undefined {
  const distance = Math.abs(estimate.mean - limit);
  if (estimate.replications < 2 || distance === 0 || estimate.open === true) return undefined;
  const reach = estimate.mean < limit ? estimate.high - estimate.mean : estimate.mean - estimate.low;
  const wanted = Math.ceil(estimate.replications * (reach / distance) ** 2);
  return wanted <= MOST_TOLD ? wanted : undefined;
}

/** More than this is no advice. */
const MOST_TOLD = 1_000_000;
