import { sameShift } from './problem.js';
import type { RosterState } from './roster-state.js';

/** Puts whoever stands in for others without need into their own place: wherever the roster becomes no dearer by it. */
export function intoOwnPlaces(state: RosterState): void {
  const { roster } = state;
  const { shifts } = roster.problem;
  if (shifts.every(({ sameAs }) => sameAs === undefined)) return;
  const own = new Int16Array(1);
  for (const person of roster.people) {
    for (const [day, shift] of state.lines[person.index]!.entries()) {
      own[0] = sameShift(shifts, shift);
      // Rules may tell them apart.
      const { groupOf } = person.shape;
      if (
        own[0] === shift ||
        groupOf[own[0]] !== groupOf[shift] ||
        person.cost[day * roster.shifts + own[0]] === Infinity
      )
        continue;
      const { cost } = state;
      state.clear(person, day, day + 1);
      state.fill(person, day, day + 1, own);
      if (state.cost <= cost + 1e-9) continue;
      own[0] = shift;
      state.clear(person, day, day + 1);
      state.fill(person, day, day + 1, own);
    }
  }
}
