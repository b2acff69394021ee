import { type CompiledPerson, type CompiledRoster, compileRoster } from './compiled.js';
import { Effort } from './effort.js';
import { lineHolds } from './line-check.js';
import { LineProgram } from './line-program.js';
import { intoOwnPlaces } from './own-places.js';
import { sameShift } from './problem.js';
import type { Roster, RosterPerson, RosterProblem } from './problem.js';
import { randomNumbers } from './random.js';
import { RosterState } from './roster-state.js';

export interface ReplanOptions {
  readonly seed: number;
  /** How much work may be done; a unit is about a second of one processor core. */
  readonly effort: number;
  readonly interrupted?: () => boolean;
  /** What it costs to change what somebody works on a day; Infinity where it must not be changed. */
  readonly changeCost: (person: number, day: number) => number;
}

/** A shift or a day off that became another one. */
interface ChangedCell {
  readonly person: number;
  readonly day: number;
  /** A shift, or -1 for a day off. */
  readonly was: number;
  readonly now: number;
  /** Whether the person could not have worked it: absent, or not allowed any more. */
  readonly lost: boolean;
}

export interface Replanned {
  readonly roster: Roster;
  /** What is short, too many and asked for in vain, without what the changes cost. */
  readonly cost: number;
  readonly changes: readonly ChangedCell[];
  /** People whose line cannot keep all rules with what stands of it; it is theirs less what they cannot work. */
  readonly withoutLine: readonly number[];
  readonly spent: number;
}

/**
 * Repairs a roster that stands for a problem that has become another one: people away, more people wanted. What people can
 * still work is kept but for a price, so that few days change. Shifts that are short go one by one to whoever takes them with
 * the least change, if needed against another day of theirs, then whole lines are tried anew, each by the exact program.
 * @param current lines that kept the rules of the problem before
 * @throws RangeError for an effort that is not above 0, and where a shift, day or person is named that is not there
 */
export function replanRoster(problem: RosterProblem, current: Roster, options: ReplanOptions): Replanned {
  return new Replanner(problem, current, options).replan();
}

/** Hears of a line that holds for somebody. The line may be changed afterwards. */
type KeepLine = (person: CompiledPerson, line: Int16Array) => void;

class Replanner {
  private readonly kept: readonly Int16Array[];
  private readonly roster: CompiledRoster;
  private readonly state: RosterState;
  private readonly program: LineProgram;
  private readonly effort: Effort;
  private readonly withoutLine: number[] = [];
  private readonly random: () => number;
  private readonly price: Float64Array;
  private readonly out: Int16Array;

  constructor(
    private readonly problem: RosterProblem,
    private readonly current: Roster,
    options: ReplanOptions,
  ) {
    this.effort = new Effort(options.effort, options.interrupted);
    this.kept = problem.people.map((person, index) => stillPossible(problem, person, current[index]!));
    this.roster = compileRoster(withChangeCosts(problem, current, this.kept, options.changeCost));
    this.state = new RosterState(this.roster);
    this.program = new LineProgram(this.roster, this.effort);
    this.random = randomNumbers(options.seed);
    this.price = new Float64Array(this.roster.slots);
    this.out = new Int16Array(this.roster.days);
  }

  replan(): Replanned {
    const { roster, state } = this;
    state.copyFrom(this.kept);
    for (const person of roster.people)
      if (!lineHolds(roster, person, state.lines[person.index]!) && !this.again(person, false))
        this.withoutLine.push(person.index);
    const movable = roster.people.filter(({ index }) => !this.withoutLine.includes(index));
    this.fillShort(movable);
    this.improve(movable);
    intoOwnPlaces(state);
    const changes = this.changes();
    const measured = new RosterState(compileRoster(this.problem));
    measured.copyFrom(state.lines);
    return {
      roster: state.lines,
      cost: measured.cost,
      changes,
      withoutLine: this.withoutLine,
      spent: this.effort.spent,
    };
  }

  /** Gives a person the cheapest line beside the others; false where there is none, or none that is better. */
  private again(person: CompiledPerson, onlyBetter: boolean): boolean {
    const { state, roster, price, out } = this;
    const { index } = person;
    const before = state.cost;
    const line = state.lines[index]!.slice();
    state.clear(person, 0, roster.days);
    state.prices(person, 0, roster.days, price);
    this.effort.add(roster.slots);
    const found = this.program.solve(person, 0, roster.days, price, state.lines[index]!, out) < Infinity;
    state.fill(person, 0, roster.days, found ? out : line);
    if (found && (!onlyBetter || state.cost < before - 1e-9)) return true;
    if (found) this.put(person, line);
    return false;
  }

  private put(person: CompiledPerson, line: Int16Array): void {
    this.state.clear(person, 0, this.roster.days);
    this.state.fill(person, 0, this.roster.days, line);
  }

  /** Slots where one more person would cost less, the most urgent first. */
  private shortSlots(): readonly number[] {
    const { roster, state } = this;
    const gain = new Float64Array(roster.slots);
    for (const { start, row, weight } of roster.classes)
      for (let slot = 0; slot < roster.slots; slot += 1) {
        let worth = 0;
        for (let at = start[slot]!; at < start[slot + 1]!; at += 1) {
          const short = roster.required[row[at]!]! - state.level[row[at]!]!;
          if (short > 0 && weight[at]! > 0) worth += Math.min(short, weight[at]!) * roster.under[row[at]!]!;
        }
        gain[slot] = Math.max(gain[slot]!, worth);
      }
    const slots = Array.from({ length: roster.slots }, (_, slot) => slot).filter((slot) => gain[slot]! > 0);
    return slots.sort((a, b) => gain[b]! - gain[a]! || a - b);
  }

  /** Gives what is short to single people, as long as that helps. */
  private fillShort(movable: readonly CompiledPerson[]): void {
    for (let found = true; found && !this.effort.over();) {
      found = false;
      for (const slot of this.shortSlots()) {
        while (!this.effort.over() && this.fillSlot(slot, movable)) found = true;
        if (this.effort.over()) return;
      }
    }
  }

  /** One person more in a slot: whoever makes the roster cheapest, with another day changed where it takes that. */
  private fillSlot(slot: number, movable: readonly CompiledPerson[]): boolean {
    const { state } = this;
    const before = state.cost;
    let best: { readonly person: CompiledPerson; readonly line: Int16Array; readonly cost: number } | undefined;
    const keep: KeepLine = (person, line) => {
      const cost = this.costWith(person, line);
      if (cost < (best?.cost ?? before) - 1e-9) best = { person, line: line.slice(), cost };
    };
    for (const person of movable) this.tryAlone(person, slot, keep);
    if (best === undefined) for (const person of movable) this.tryAgainstAnother(person, slot, keep);
    if (best === undefined) return false;
    this.put(best.person, best.line);
    return true;
  }

  /** A copy of somebody's line with the shift of a slot in it; undefined where it is there already or may not be. */
  private lineWith(person: CompiledPerson, slot: number): Int16Array | undefined {
    const { roster, state } = this;
    const day = Math.floor(slot / roster.shifts);
    const shift = slot % roster.shifts;
    const line = state.lines[person.index]!;
    this.effort.add(20);
    if (person.cost[slot] === Infinity || line[day] === shift) return undefined;
    const changed = line.slice();
    changed[day] = shift;
    return changed;
  }

  private tryAlone(person: CompiledPerson, slot: number, keep: KeepLine): void {
    const changed = this.lineWith(person, slot);
    if (changed === undefined) return;
    this.effort.add(4 * this.roster.days);
    if (lineHolds(this.roster, person, changed)) keep(person, changed);
  }

  private tryAgainstAnother(person: CompiledPerson, slot: number, keep: KeepLine): void {
    const { roster, state } = this;
    const changed = this.lineWith(person, slot);
    if (changed === undefined) return;
    const day = Math.floor(slot / roster.shifts);
    const line = state.lines[person.index]!;
    for (let other = 0; other < roster.days; other += 1) {
      if (other === day || line[other]! < 0) continue;
      changed[other] = -1;
      this.effort.add(4 * roster.days);
      if (lineHolds(roster, person, changed)) keep(person, changed);
      changed[other] = line[other]!;
    }
  }

  private costWith(person: CompiledPerson, line: Int16Array): number {
    const { state, roster } = this;
    const own = state.lines[person.index]!;
    let from = 0;
    let to = roster.days;
    while (from < to && own[from] === line[from]) from += 1;
    while (to > from && own[to - 1] === line[to - 1]) to -= 1;
    const standing = own.slice(from, to);
    state.clear(person, from, to);
    state.fill(person, from, to, line, from);
    const { cost } = state;
    state.clear(person, from, to);
    state.fill(person, from, to, standing);
    this.effort.add(20 * (to - from));
    return cost;
  }

  /** Whole lines anew of people who could work where somebody is still missing, until none of them helps. */
  private improve(movable: readonly CompiledPerson[]): void {
    for (let round = 0; round < 8 && !this.effort.over(); round += 1) {
      const short = this.shortSlots();
      if (short.length === 0) return;
      const able = movable.filter((person) => short.some((slot) => person.cost[slot]! < Infinity));
      let better = false;
      for (const [, person] of able.map((person) => [this.random(), person] as const).sort(([a], [b]) => a - b)) {
        if (this.effort.over()) return;
        if (this.again(person, true)) better = true;
      }
      if (!better) return;
    }
  }

  /** A shift that is worked in another place is no change of anybody's day. */
  private placeOf(shift: number): number {
    return sameShift(this.problem.shifts, shift);
  }

  private changes(): readonly ChangedCell[] {
    return this.current.flatMap((line, person) =>
      Array.from(line, (was, day): ChangedCell => {
        const lost = was >= 0 && this.kept[person]![day]! < 0;
        return { person, day, was, now: this.state.lines[person]![day]!, lost };
      }).filter(({ was, now }) => this.placeOf(was) !== this.placeOf(now)),
    );
  }
}

/** A line without what its person cannot work any more; a shift in its own place where they cannot stand in for others any more. */
function stillPossible({ shifts }: RosterProblem, person: RosterPerson, line: Int16Array): Int16Array {
  const away = new Set(person.away.map(({ day, shift }) => `${day} ${shift ?? ''}`));
  const kept = line.slice();
  for (const { day, shift } of person.fixed)
    if (shift === 'off') kept[day] = -1;
    else if (sameShift(shifts, kept[day]!) !== shift) kept[day] = shift;
  const isPossible = (day: number, shift: number): boolean =>
    !away.has(`${day} `) && !away.has(`${day} ${shift}`) && person.shifts.includes(shift);
  return kept.map((shift, day) => {
    if (shift < 0 || isPossible(day, shift)) return shift;
    const own = sameShift(shifts, shift);
    return isPossible(day, own) ? own : -1;
  });
}

/** The problem with a price on every change of a day that can be kept. */
function withChangeCosts(
  problem: RosterProblem,
  current: Roster,
  kept: readonly Int16Array[],
  changeCost: ReplanOptions['changeCost'],
): RosterProblem {
  const people = problem.people.map((person, index): RosterPerson => {
    const wishes = [...person.wishes];
    const fixed = [...person.fixed];
    const stands = new Set(fixed.map(({ day }) => day));
    for (let day = 0; day < problem.days; day += 1) {
      const shift = kept[index]![day]!;
      // A day that is lost has nothing to keep.
      if (sameShift(problem.shifts, shift) !== sameShift(problem.shifts, current[index]![day]!) || stands.has(day))
        continue;
      const weight = changeCost(index, day);
      const own = sameShift(problem.shifts, shift);
      if (weight === Infinity) fixed.push({ day, shift: shift < 0 ? 'off' : own });
      else if (shift < 0) wishes.push({ kind: 'off', day, weight });
      else wishes.push({ kind: 'on', day, shift: own, weight });
    }
    return { ...person, wishes, fixed };
  });
  return { ...problem, people };
}
