import { movesOn } from './automaton.js';
import type { CompiledPerson, CompiledRoster } from './compiled.js';
import { countOutside, countsOn } from './counts.js';

/**
 * Whether a line keeps all rules of its person, from the solver's tables and without looking for another one: what a change
 * of a day or two has to pass before it is tried.
 */
export function lineHolds(roster: CompiledRoster, person: CompiledPerson, line: Int16Array): boolean {
  const { shape } = person;
  const { automaton, groupOf, groupUnits } = shape;
  let state = person.startState;
  let units = 0;
  for (let day = 0; day < roster.days; day += 1) {
    const shift = line[day]!;
    const stands = person.fixed[day]!;
    // Any other shift than the one that stands costs infinitely much.
    if (stands === -1 ? shift >= 0 : stands >= 0 && shift < 0) return false;
    if (shift >= 0) {
      if (groupOf[shift]! < 0 || person.cost[day * roster.shifts + shift] === Infinity) return false;
      units += groupUnits[groupOf[shift]!]!;
    }
    state = movesOn(automaton, day).next[state * automaton.actions + (shift < 0 ? 0 : 1 + groupOf[shift]!)]!;
    if (state < 0) return false;
  }
  if (units < shape.minUnits || units > shape.maxUnits) return false;
  return shape.counters.every((counter) => {
    if (counter.soft !== undefined) return true;
    if (!counter.weekly) return countOutside(counter, person, roster, roster.days, roster.days, line) <= counter.most;
    let count = 0;
    for (let day = 0; day < roster.days; day += 1) {
      if ((day + roster.problem.firstWeekday) % 7 === 0) count = 0;
      const shift = line[day]!;
      if (shift >= 0 && countsOn(counter, day)) count += counter.adds[groupOf[shift]!]!;
      if (count > counter.most) return false;
    }
    return true;
  });
}
