import type { CompiledPerson, CompiledRoster } from './compiled.js';
import { unfairness } from './counts.js';

/** A roster that is being worked on, with what it costs kept up to date. */
export class RosterState {
  readonly lines: Int16Array[];
  /** What counts at each cover row. */
  readonly level: Float64Array;
  cost: number;
  private readonly units: Int32Array;

  constructor(readonly roster: CompiledRoster) {
    this.lines = roster.people.map(() => new Int16Array(roster.days).fill(-1));
    this.level = new Float64Array(roster.rows);
    this.units = new Int32Array(roster.people.length);
    this.cost = roster.base;
    for (let row = 0; row < roster.rows; row += 1) this.cost += this.rowCost(row, 0);
    for (const person of roster.people) this.cost += this.unfairness(person);
  }

  /** Takes everything a person works over days `from` to before `to` away. */
  clear(person: CompiledPerson, from: number, to: number): void {
    const line = this.lines[person.index]!;
    const unfair = this.unfairness(person);
    for (let day = from; day < to; day += 1) {
      const shift = line[day]!;
      if (shift < 0) continue;
      this.count(person, day, shift, -1);
      line[day] = -1;
    }
    this.cost += this.unfairness(person) - unfair;
  }

  /** Gives a cleared window of a person's line what stands in `source` from `at` on. */
  fill(person: CompiledPerson, from: number, to: number, source: Int16Array, at = 0): void {
    const line = this.lines[person.index]!;
    const unfair = this.unfairness(person);
    for (let day = from; day < to; day += 1) {
      const shift = source[at + day - from]!;
      line[day] = shift;
      if (shift >= 0) this.count(person, day, shift, 1);
    }
    this.cost += this.unfairness(person) - unfair;
  }

  /** What one more of this person in each slot of the window would cost, wishes included. */
  prices(person: CompiledPerson, from: number, to: number, price: Float64Array): void {
    const { roster } = this;
    const { start, row, weight } = roster.classes[person.coverClass]!;
    const { level } = this;
    const { required, under, over } = roster;
    for (let slot = from * roster.shifts; slot < to * roster.shifts; slot += 1) {
      let cost = person.cost[slot]!;
      if (cost < Infinity) {
        for (let at = start[slot]!; at < start[slot + 1]!; at += 1) {
          const r = row[at]!;
          const gap = required[r]! - level[r]!;
          const w = weight[at]!;
          if (w > 0)
            cost += gap >= w ? -w * under[r]! : gap <= 0 ? w * over[r]! : (w - gap) * over[r]! - gap * under[r]!;
          else cost += this.rowCost(r, level[r]! + w) - this.rowCost(r, level[r]!);
        }
      }
      price[slot] = cost;
    }
  }

  copyFrom(lines: readonly Int16Array[]): void {
    for (const person of this.roster.people) {
      this.clear(person, 0, this.roster.days);
      this.fill(person, 0, this.roster.days, lines[person.index]!);
    }
  }

  private unfairness(person: CompiledPerson): number {
    return person.shape.shared ? unfairness(person, this.roster, this.lines[person.index]!) : 0;
  }

  rowCost(row: number, level: number): number {
    const gap = this.roster.required[row]! - level;
    return gap > 0 ? gap * this.roster.under[row]! : -gap * this.roster.over[row]!;
  }

  private count(person: CompiledPerson, day: number, shift: number, sign: number): void {
    const { roster, level } = this;
    const slot = day * roster.shifts + shift;
    const { start, row, weight } = roster.classes[person.coverClass]!;
    let change = sign * person.cost[slot]!;
    for (let at = start[slot]!; at < start[slot + 1]!; at += 1) {
      const r = row[at]!;
      const before = level[r]!;
      level[r] = before + sign * weight[at]!;
      change += this.rowCost(r, level[r]) - this.rowCost(r, before);
    }
    const { shape } = person;
    const had = this.units[person.index]!;
    this.units[person.index] = had + sign * shape.groupUnits[shape.groupOf[shift]!]!;
    if (shape.overtimeCost > 0) change += overtime(this.units[person.index]!, shape) - overtime(had, shape);
    this.cost += change;
  }
}

function overtime(units: number, shape: CompiledPerson['shape']): number {
  return Math.max(0, units - shape.overtimeFrom) * shape.overtimeCost;
}
