import type { Highs, ModelData } from 'highs';
import { movesOn } from './automaton.js';
import type { Pricing } from './column-generation.js';
import type { CompiledPerson, CompiledRoster, Counter } from './compiled.js';
import { addsOfDay } from './counts.js';
import type { Effort } from './effort.js';
import type { LineProgram } from './line-program.js';

/** A mixed-integer model of a roster in which people move through the states of their rules day by day. */
export interface ArcModel {
  readonly data: ModelData;
  readonly binaries: number;
  /** Lines from a solution. */
  linesOf(values: Float64Array): readonly Int16Array[];
}

/**
 * Builds the model with only what a roster that costs at most `reach` more than the Lagrangian bound can use: the cheapest
 * line through anything else is dearer by more than `reach` than the cheapest of its person. So a solution of the model
 * that is optimal and lies within reach is optimal for the whole problem. Undefined where more than `mostBinaries` are left.
 */
export function arcModel(
  highs: Highs,
  roster: CompiledRoster,
  program: LineProgram,
  pricing: Pricing,
  duals: Float64Array,
  reach: number,
  mostBinaries: number,
): ArcModel | undefined {
  const builder = new Builder(highs, roster);
  const empty = new Int16Array(roster.days).fill(-1);
  const price = new Float64Array(roster.slots);
  const out = new Int16Array(roster.days);
  for (const person of roster.people) {
    pricing.pricesAt(person, duals, price);
    const least = program.solve(person, 0, roster.days, price, empty, out);
    if (least === Infinity) return undefined;
    const through = program.throughArcs(person, price, empty);
    builder.addPerson(person, through, Math.min(least, program.bound) + reach + 1e-6, price);
    if (builder.binaries > mostBinaries) return undefined;
  }
  return builder.finish();
}

interface Placed {
  readonly day: number;
  readonly person: number;
  readonly shift: number;
  readonly column: number;
}

class Builder {
  binaries = 0;
  private readonly cost: number[] = [];
  private readonly upper: number[] = [];
  private readonly integer: number[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];
  private readonly cover: [number, number][][];
  private readonly placed: Placed[] = [];

  constructor(
    private readonly highs: Highs,
    private readonly roster: CompiledRoster,
  ) {
    this.cover = Array.from({ length: roster.rows }, () => []);
  }

  addPerson(person: CompiledPerson, through: Float64Array, most: number, price: Float64Array): void {
    const { roster } = this;
    const { automaton, groups, groupUnits, groupOf, counters } = person.shape;
    const { states, actions } = automaton;
    const into: [number, number][][] = Array.from({ length: (roster.days + 1) * states }, () => []);
    const byDayGroup: [number, number][][] = Array.from({ length: roster.days * groups }, () => []);
    const units: [number, number][] = [];
    const used = new Set<number>();
    for (let day = 0; day < roster.days; day += 1) {
      const { next } = movesOn(automaton, day);
      for (let s = 0; s < states; s += 1) {
        for (let action = 0; action < actions; action += 1) {
          if (!(through[(day * states + s) * actions + action]! <= most)) continue;
          const column = this.binary(0);
          into[day * states + s]!.push([column, -1]);
          into[(day + 1) * states + next[s * actions + action]!]!.push([column, 1]);
          used.add(day * states + s);
          if (action === 0) continue;
          byDayGroup[day * groups + action - 1]!.push([column, 1]);
          units.push([column, groupUnits[action - 1]!]);
        }
      }
    }
    for (let node = 0; node < roster.days * states; node += 1) {
      const entries = into[node]!;
      if (node === person.startState) this.row(-1, -1, entries);
      else if (entries.length > 0) this.row(0, 0, entries);
    }
    for (let day = 0; day < roster.days; day += 1)
      for (let group = 0; group < groups; group += 1) {
        const arcs = byDayGroup[day * groups + group]!;
        if (arcs.length === 0) continue;
        const least = leastThrough(through, day, group, states, actions);
        const shifts: number[] = [];
        let cheapest = Infinity;
        for (let shift = 0; shift < roster.shifts; shift += 1) {
          if (groupOf[shift] !== group) continue;
          cheapest = Math.min(cheapest, price[day * roster.shifts + shift]!);
        }
        for (let shift = 0; shift < roster.shifts; shift += 1) {
          if (groupOf[shift] !== group) continue;
          if (least - cheapest + price[day * roster.shifts + shift]! <= most) shifts.push(shift);
        }
        this.addShifts(person, day, shifts, arcs);
      }
    this.addTime(person, units);
    for (const counter of counters) this.addCounter(person, counter, byDayGroup);
  }

  finish(): ArcModel {
    const { roster } = this;
    for (let row = 0; row < roster.rows; row += 1) {
      const short = this.continuous(roster.under[row]!);
      const over = this.continuous(roster.over[row]!);
      this.row(roster.required[row]!, roster.required[row]!, [...this.cover[row]!, [short, 1], [over, -1]]);
    }
    const { placed } = this;
    return {
      binaries: this.binaries,
      data: {
        numCols: this.cost.length,
        numRows: this.rowLower.length,
        offset: roster.base,
        colCost: Float64Array.from(this.cost),
        colLower: new Float64Array(this.cost.length),
        colUpper: Float64Array.from(this.upper),
        rowLower: Float64Array.from(this.rowLower),
        rowUpper: Float64Array.from(this.rowUpper),
        integrality: Int32Array.from(this.integer),
        matrix: {
          format: 'csr',
          numRows: this.rowLower.length,
          numCols: this.cost.length,
          starts: Int32Array.from(this.starts),
          indices: Int32Array.from(this.indices),
          values: Float64Array.from(this.values),
        },
      },
      linesOf: (values) => {
        const lines = roster.people.map(() => new Int16Array(roster.days).fill(-1));
        for (const { person, day, shift, column } of placed) if (values[column]! > 0.5) lines[person]![day] = shift;
        return lines;
      },
    };
  }

  private addShifts(
    person: CompiledPerson,
    day: number,
    shifts: readonly number[],
    arcs: readonly (readonly [number, number])[],
  ): void {
    const { roster } = this;
    const { start, row, weight } = roster.classes[person.coverClass]!;
    const place = (shift: number, columns: readonly (readonly [number, number])[]): void => {
      const slot = day * roster.shifts + shift;
      for (const [column] of columns) {
        this.cost[column]! += person.cost[slot]!;
        this.placed.push({ person: person.index, day, shift, column });
        for (let at = start[slot]!; at < start[slot + 1]!; at += 1) this.cover[row[at]!]!.push([column, weight[at]!]);
      }
    };
    if (shifts.length === 1) {
      place(shifts[0]!, arcs);
      return;
    }
    const choices = shifts.map((shift): [number, number] => {
      const column = this.binary(0);
      place(shift, [[column, 1]]);
      return [column, -1];
    });
    this.row(0, 0, [...arcs, ...choices]);
  }

  private addTime(person: CompiledPerson, units: readonly (readonly [number, number])[]): void {
    const { minUnits, maxUnits, overtimeCost, overtimeFrom } = person.shape;
    this.row(minUnits, maxUnits, units);
    if (overtimeCost === 0) return;
    const over = this.continuous(overtimeCost);
    this.row(-Infinity, overtimeFrom, [...units, [over, -1]]);
  }

  private addCounter(
    person: CompiledPerson,
    counter: Counter,
    byDayGroup: readonly (readonly (readonly [number, number])[])[],
  ): void {
    const { days, problem } = this.roster;
    const { groups } = person.shape;
    const weekOf = (day: number): number => Math.floor((day + problem.firstWeekday) / 7);
    const work = (day: number): (readonly [number, number])[] =>
      Array.from({ length: groups }, (_, group) => byDayGroup[day * groups + group]!).flat();
    if (counter.kind === 'weekends') {
      const weekends = new Map<number, number>();
      const worked = new Map<number, (readonly [number, number])[]>();
      for (let day = 0; day < days; day += 1) {
        if ((day + problem.firstWeekday) % 7 < 5) continue;
        const entries = work(day);
        if (entries.length === 0) continue;
        const column = weekends.get(weekOf(day)) ?? this.binary(0);
        weekends.set(weekOf(day), column);
        this.row(-Infinity, 0, [...entries, [column, -1]]);
        worked.set(column, [...(worked.get(column) ?? []), ...entries]);
      }
      const columns = [...weekends.values()].map((column) => [column, 1] as const);
      if (counter.soft === undefined) {
        if (weekends.size > counter.most) this.row(-Infinity, counter.most, columns);
        return;
      }
      // A weekend counts only where somebody works on it, since too few of them cost as well.
      for (const [column, entries] of worked)
        this.row(-Infinity, 0, [[column, 1] as const, ...entries.map(([arc]) => [arc, -1] as const)]);
      this.addShare(counter, columns);
      return;
    }
    const sums = new Map<number, (readonly [number, number])[]>();
    for (let day = 0; day < days; day += 1) {
      const key = counter.weekly ? weekOf(day) : 0;
      const list = sums.get(key) ?? [];
      sums.set(key, list);
      for (let group = 0; group < groups; group += 1) {
        const adds = addsOfDay(counter, day)[group]!;
        if (adds > 0) for (const [column] of byDayGroup[day * groups + group]!) list.push([column, adds]);
      }
    }
    if (counter.soft !== undefined) {
      this.addShare(counter, [...sums.values()].flat());
      return;
    }
    for (const list of sums.values()) if (list.length > 0) this.row(-Infinity, counter.most, list);
  }

  /** A count that may be beyond its share at a cost. */
  private addShare(counter: Counter, entries: readonly (readonly [number, number])[]): void {
    const { least, cost } = counter.soft!;
    this.row(-Infinity, counter.most, [...entries, [this.continuous(cost), -1]]);
    if (least > 0) this.row(least, Infinity, [...entries, [this.continuous(cost), 1]]);
  }

  private binary(cost: number): number {
    this.binaries += 1;
    this.cost.push(cost);
    this.upper.push(1);
    this.integer.push(1);
    return this.cost.length - 1;
  }

  private continuous(cost: number): number {
    this.cost.push(cost);
    this.upper.push(this.highs.infinity);
    this.integer.push(0);
    return this.cost.length - 1;
  }

  private row(lower: number, upper: number, entries: readonly (readonly [number, number])[]): void {
    for (const [column, value] of entries) {
      this.indices.push(column);
      this.values.push(value);
    }
    this.starts.push(this.indices.length);
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
  }
}

function leastThrough(through: Float64Array, day: number, group: number, states: number, actions: number): number {
  let least = Infinity;
  for (let s = 0; s < states; s += 1) least = Math.min(least, through[(day * states + s) * actions + 1 + group]!);
  return least;
}

export interface ArcAnswer {
  readonly lines?: readonly Int16Array[];
  readonly value: number;
  /** Whether nothing better is in the model. */
  readonly proved: boolean;
}

/** Operations of one simplex step inside the branching, for each row of the model. */
const OPERATIONS_PER_ROW = 8;

export interface ArcLimits {
  /** Spend up to here, in units of effort. */
  readonly until: number;
  /** Only rosters that cost less are looked for. */
  readonly cutoff: number;
  /** What all that is within reach costs at most; a bound above it ends the work, since nothing is there. */
  readonly reach: number;
}

/** Share of the effort after which a model whose best roster is still far off is left to the searches. */
const TRIAL = 0.1;
/** How far off, as a share of the bound. */
const FAR_OFF = 0.3;

/** Solves the model, keeping to the effort. */
export function solveArcs(highs: Highs, model: ArcModel, effort: Effort, limits: ArcLimits): ArcAnswer {
  const solver = highs.createModel();
  try {
    solver.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-6, random_seed: 1 });
    if (limits.cutoff < Infinity) solver.options.set({ objective_bound: limits.cutoff });
    solver.passModel(model.data);
    const perStep = model.data.numRows * OPERATIONS_PER_ROW;
    const trial = effort.spent + TRIAL * effort.limit;
    const course = { counted: 0, stopped: false, nothing: false };
    solver.run({
      [highs.constants.callbackType.mipInterrupt]: (event) => {
        const { data } = event;
        const steps = Number(data.mip_total_lp_iterations ?? 0);
        effort.add((steps - course.counted) * perStep + 1000);
        course.counted = steps;
        course.nothing = (data.mip_dual_bound ?? -Infinity) > limits.reach + 1e-6;
        const best = data.mip_primal_bound ?? Infinity;
        const far = best < 1e20 && best - limits.reach > FAR_OFF * Math.abs(limits.reach) && effort.over(trial);
        if (course.nothing || far || effort.over(limits.until)) {
          course.stopped = true;
          event.interrupt();
        }
        return undefined;
      },
    });
    const { stopped, nothing } = course;
    const optimal = solver.getModelStatus() === highs.constants.modelStatus.optimal;
    const value = solver.getObjectiveValue();
    const proved = nothing || !stopped;
    if (!optimal && !(stopped && Math.abs(value) < 1e20)) return { value: Infinity, proved };
    return { lines: model.linesOf(solver.getSolution().colValue), value: nothing ? Infinity : value, proved };
  } finally {
    solver.dispose();
  }
}
