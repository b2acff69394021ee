import type { Highs } from 'highs';
import { arcModel, solveArcs } from './arc-model.js';
import { boundByBlocks } from './blocks.js';
import { LONGEST_WHOLE } from './cuts.js';
import { type Bound, generateColumns, Pricing } from './column-generation.js';
import { ColumnPool } from './columns.js';
import { type CompiledPerson, type CompiledRoster, compileRoster } from './compiled.js';
import { Effort } from './effort.js';
import { grainOf } from './grain.js';
import { LineProgram } from './line-program.js';
import { Master } from './master.js';
import { intoOwnPlaces } from './own-places.js';
import type { Roster, RosterProblem } from './problem.js';
import { randomNumbers } from './random.js';
import { regroup, type Tools } from './regroup.js';
import { regroupInTurns } from './regroup-in-turns.js';
import { RosterState } from './roster-state.js';
import { construct, searchNeighbourhoods } from './search.js';

export interface SolveOptions {
  readonly seed: number;
  /** How much work may be done; a unit is about a second of one processor core. */
  readonly effort: number;
  /** Asked now and then; true ends the work early with the best roster so far. */
  readonly interrupted?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** A roster to begin with, and to keep where nothing better is found. */
  readonly start?: Roster;
}

export interface Progress {
  readonly cost: number;
  /** No roster costs less; absent before there is a bound. */
  readonly bound?: number;
  /** Units of effort spent. */
  readonly spent: number;
}

export interface RosterSolution {
  readonly roster: Roster;
  readonly cost: number;
  readonly bound: number;
  /** (cost − bound) / cost, 0 where it is proved that nothing costs less. */
  readonly gap: number;
  readonly optimal: boolean;
  /** People for whom no line holds all their rules; their lines are empty. */
  readonly withoutLine: readonly number[];
  readonly spent: number;
}

/** Farther from the bound than this share of its cost, a roster is begun anew from shares of lines. */
const FAR = 0.1;
/** Share of the usual first temperature of the annealing where the roster is not that far from the bound. */
const NEAR_HEAT = 0.2;
/** Units of effort of the first search for each day of each person, and the least share of the effort. */
const FIRST_SEARCH = 0.00025;
const FIRST_SHARE = 0.01;
/** Models with more choices than this are left to the searches. */
const MOST_BINARIES = 24_000;

/**
 * A roster of least cost, as far as the effort goes, and a bound that no roster is below. The same problem, seed and effort
 * give the same roster. Column generation gives the bound and its prices; a model of what a roster near the bound can use
 * closes the gap where it is small; otherwise neighbourhoods are searched, with the prices, until the effort is spent.
 * @throws RangeError for an effort that is not above 0, and where a shift, day or person is named that is not there
 */
export function solveRoster(highs: Highs, problem: RosterProblem, options: SolveOptions): RosterSolution {
  return new Solver(highs, problem, options).solve();
}

class Solver {
  private readonly roster: CompiledRoster;
  private readonly effort: Effort;
  private readonly program: LineProgram;
  private readonly pool: ColumnPool;
  private readonly pricing: Pricing;
  private readonly state: RosterState;
  private readonly random: () => number;
  private readonly grain: number;
  private bound = -Infinity;

  constructor(
    private readonly highs: Highs,
    problem: RosterProblem,
    private readonly options: SolveOptions,
  ) {
    this.roster = compileRoster(problem);
    this.effort = new Effort(options.effort, options.interrupted);
    this.program = new LineProgram(this.roster, this.effort);
    this.pool = new ColumnPool(this.roster);
    this.pricing = new Pricing(this.roster, this.program, this.pool, this.effort);
    this.state = new RosterState(this.roster);
    this.random = randomNumbers(options.seed);
    this.grain = grainOf(this.roster);
  }

  solve(): RosterSolution {
    const stuck = this.begin();
    const movable = this.roster.people.filter((person) => !stuck.includes(person));
    const { temperature } = this;
    // The linear programs of many people take long to come down from a roster that was only begun.
    const first = Math.max(FIRST_SHARE, (FIRST_SEARCH * movable.length * this.roster.days) / this.effort.limit);
    this.search(movable, Math.min(0.2, first), temperature * 3, temperature * 0.1);
    const found = stuck.length === 0 && this.roster.days <= LONGEST_WHOLE ? this.price() : undefined;
    if (this.roster.days > LONGEST_WHOLE)
      this.raise(
        boundByBlocks(this.highs, this.roster.problem, this.effort, this.effort.spent + 0.3 * this.effort.limit),
      );
    if (found !== undefined && !this.done()) this.close(found);
    if (!this.done()) this.improve(movable, found);
    intoOwnPlaces(this.state);
    const cost = this.state.cost;
    const bound = Math.min(cost, this.bound);
    return {
      roster: this.state.lines,
      cost,
      bound,
      gap: cost > bound ? (cost - bound) / Math.max(1e-9, Math.abs(cost)) : 0,
      optimal: this.done(),
      withoutLine: stuck.map((person) => person.index),
      spent: this.effort.spent,
    };
  }

  /** A first temperature of the annealing: a fifth of what it costs to be short by one. */
  private get temperature(): number {
    return Math.max(...this.roster.under, this.grain * 20) / 5;
  }

  private done(): boolean {
    return this.state.cost <= this.bound + 1e-6;
  }

  /** Rounds a bound up to the next cost that there is. */
  private raise(bound: number): void {
    const rounded = this.grain > 0 ? Math.ceil(bound / this.grain - 1e-6) * this.grain : bound;
    this.bound = Math.max(this.bound, rounded);
    this.tell();
  }

  private tell(): void {
    const { bound } = this;
    this.options.onProgress?.({
      cost: this.state.cost,
      ...(bound === -Infinity ? {} : { bound }),
      spent: this.effort.spent,
    });
  }

  private begin(): readonly CompiledPerson[] {
    const { start } = this.options;
    if (start !== undefined) {
      this.state.copyFrom(start);
      return [];
    }
    const stuck = construct(this.state, this.program, this.effort, this.random);
    this.tell();
    return stuck;
  }

  private search(
    movable: readonly CompiledPerson[],
    share: number,
    hot: number,
    cold: number,
    duals?: Float64Array,
  ): void {
    searchNeighbourhoods(this.state, this.program, this.effort, {
      until: Math.min(this.effort.limit, this.effort.spent + share * this.effort.limit),
      random: this.random,
      hot,
      cold,
      goal: this.bound,
      movable,
      onBetter: () => this.tell(),
      ...(duals === undefined ? {} : { duals }),
    });
    this.tell();
  }

  private price(): Bound {
    const { roster, effort } = this;
    const master = new Master(this.highs, roster, roster.people, new Float64Array(roster.rows), effort);
    try {
      for (const person of roster.people) master.add(this.pool.add(person, this.state.lines[person.index]!).column);
      const found = generateColumns(roster, master, this.pricing, effort, effort.limit * 0.45);
      this.raise(found.value);
      return found;
    } finally {
      master.dispose();
    }
  }

  /** Smallest step in cost that is worth looking for. */
  private stepAt(found: Bound): number {
    return this.grain > 0 ? this.grain : Math.max(1e-4, Math.abs(found.value) * 1e-3);
  }

  /** Tries to close the gap with models of what is within reach of the bound, wider each time. */
  private close(found: Bound): void {
    const step = this.stepAt(found);
    // At first only what a roster needs that costs no more than the bound, rounded up.
    const first = this.grain > 0 ? this.bound - found.value + step * 0.01 : step * 0.1;
    for (let reach = first; !this.effort.over() && !this.done(); reach = reach < step ? reach + step : reach * 2)
      if (!this.closeWithin(found, Math.min(reach, this.state.cost - found.value))) return;
  }

  /** Whether all that is within reach of the bound could be looked at. */
  private closeWithin(found: Bound, within: number): boolean {
    const { effort, roster } = this;
    const model = arcModel(this.highs, roster, this.program, this.pricing, found.duals, within, MOST_BINARIES);
    if (model === undefined) return false;
    const until = Math.min(effort.limit, effort.spent + effort.limit * 0.5);
    const reach = found.value + within;
    const answer = solveArcs(this.highs, model, effort, { until, cutoff: this.state.cost, reach });
    if (answer.lines !== undefined) this.keepBetter(answer.lines);
    this.tell();
    // Nothing within reach costs less than the answer, and nothing beyond it less than the reach.
    if (answer.proved) this.raise(Math.min(answer.value, reach));
    return answer.proved;
  }

  private keepBetter(lines: readonly Int16Array[]): void {
    const before = this.state.lines.map((line) => line.slice());
    const { cost } = this.state;
    this.state.copyFrom(lines);
    if (this.state.cost >= cost) this.state.copyFrom(before);
  }

  private improve(movable: readonly CompiledPerson[], found: Bound | undefined): void {
    const { temperature, effort } = this;
    const left = (): number => 1 - effort.spent / effort.limit;
    if (found === undefined) {
      this.search(movable, left(), temperature, this.grain * 0.3 || temperature * 0.01);
      return;
    }
    const tools: Tools = {
      highs: this.highs,
      roster: this.roster,
      pricing: this.pricing,
      pool: this.pool,
      effort,
    };
    const options = { random: this.random, duals: found.duals, grain: this.grain || 1e-4 };
    const far = this.state.cost - this.bound > FAR * Math.abs(this.state.cost);
    // Shares that are not the best yet make no good roster.
    if (found.converged && far) {
      const until = effort.spent + left() * 0.6 * effort.limit;
      regroup(this.state, movable, tools, { ...options, until, atOnce: 0.15, rounds: 1, hurries: true });
      this.tell();
    }
    // What is near the bound is not shaken up again.
    const hot = far ? temperature : temperature * NEAR_HEAT;
    this.search(movable, left() * 0.35, hot, Math.max(temperature * 0.01, this.grain * 0.3), found.duals);
    if (this.done()) return;
    let lastGap = Infinity;
    regroupInTurns(this.state, movable, this.program, tools, { ...options, until: effort.limit }, (better) => {
      if (better) this.tell();
      const gap = this.state.cost - found.value;
      if (gap < Math.min(lastGap, 5 * this.stepAt(found)) && !this.done()) {
        lastGap = gap;
        this.closeWithin(found, gap);
      }
      return this.done();
    });
  }
}
