import { type CompiledRoster, compileRoster } from './compiled.js';
import { lineHolds } from './line-check.js';
import type { Roster, RosterProblem } from './problem.js';
import { RosterState } from './roster-state.js';

/** Somebody who may take a shift beside everything else that stands, and what the roster then costs more (or less). */
export interface StandIn {
  readonly person: number;
  readonly cost: number;
}

/** Finds who may take a shift of a roster as it stands, without breaking a rule. */
export class StandIns {
  private readonly roster: CompiledRoster;
  private readonly state: RosterState;

  constructor(problem: RosterProblem, lines: Roster) {
    this.roster = compileRoster(problem);
    this.state = new RosterState(this.roster);
    this.state.copyFrom(lines);
  }

  /** Those who may work a shift on a day that they do not work it on, the cheapest first. */
  for(day: number, shift: number): readonly StandIn[] {
    const { roster, state } = this;
    const found = roster.people.flatMap((person): StandIn[] => {
      const line = state.lines[person.index]!;
      if (line[day] === shift || person.cost[day * roster.shifts + shift] === Infinity) return [];
      const changed = line.slice();
      changed[day] = shift;
      if (!lineHolds(roster, person, changed)) return [];
      const before = state.cost;
      const stood = line.slice(day, day + 1);
      state.clear(person, day, day + 1);
      state.fill(person, day, day + 1, changed, day);
      const cost = state.cost - before;
      state.clear(person, day, day + 1);
      state.fill(person, day, day + 1, stood);
      return [{ person: person.index, cost }];
    });
    return found.sort((a, b) => a.cost - b.cost || a.person - b.person);
  }
}
