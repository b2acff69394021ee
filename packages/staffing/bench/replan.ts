import { coverOf, evaluateRoster } from '../src/roster/evaluate-roster.js';
import { loadSolver } from '../src/roster/load-solver.js';
import type { Roster, RosterPerson, RosterProblem } from '../src/roster/problem.js';
import { replanRoster } from '../src/roster/replan-roster.js';
import { solveRoster } from '../src/roster/solve-roster.js';
import { INSTANCES, publishedInstance, tenfold } from './published-instance.js';

/** Units of effort for the roster that stands, and at most for its repair. */
const EFFORT = { roster: 12, repair: 0.6 };
/** A week from this day. */
const SICK = { from: 7, days: 7 };

/**
 * 500 people of whom a tenth are absent for a week: prints how long the repair takes, what it changes and what stays short.
 * Half of the hospital's rosters have hours to spare, as published ones have not; both are shown.
 */
export async function run(): Promise<void> {
  if (INSTANCES === '') {
    console.log(
      'The published instances are not here: set PATHWAY_ROSTER_INSTANCES to the folder with Instance11.txt.',
    );
    return;
  }
  console.log('people  absent  lost shifts  changed  per lost  missing before/after repair  violations  CPU s');
  for (const seed of [1, 2, 3]) await repair(tenfold(publishedInstance(11)), seed);
}

async function repair(problem: RosterProblem, seed: number): Promise<void> {
  const { roster } = solveRoster(await loadSolver(), problem, { seed, effort: EFFORT.roster });
  const sick = problem.people.map((_, index) => (index * 7 + seed) % 10 === 0);
  const after: RosterProblem = {
    ...problem,
    people: problem.people.map((each, at) => (sick[at] ? absent(each) : each)),
  };
  const start = process.cpuUsage();
  const wall = performance.now();
  const repaired = replanRoster(after, roster, { seed, effort: EFFORT.repair, changeCost: () => 4 });
  const { user, system } = process.cpuUsage(start);
  const { violations } = evaluateRoster(after, repaired.roster);
  const lost = repaired.changes.filter((change) => change.lost).length;
  const changed = repaired.changes.length - lost;
  const left = roster.map((line, index) => line.map((shift, day) => (sick[index] && isSick(day) ? -1 : shift)));
  console.log(
    [
      String(problem.people.length).padStart(6),
      String(sick.filter(Boolean).length).padStart(6),
      String(lost).padStart(11),
      String(changed).padStart(7),
      (changed / lost).toFixed(2).padStart(8),
      `${missing(after, left)} / ${missing(after, repaired.roster)}`.padStart(28),
      String(violations.length).padStart(10),
      `${((user + system) / 1e6).toFixed(2)} (wall ${((performance.now() - wall) / 1000).toFixed(2)})`.padStart(6),
    ].join('  '),
  );
}

function isSick(day: number): boolean {
  return day >= SICK.from && day < SICK.from + SICK.days;
}

/** Nobody asks of those who are ill that they work so much, or so many days in a row. */
function absent(person: RosterPerson): RosterPerson {
  const away = Array.from({ length: SICK.days }, (_, index) => ({ day: SICK.from + index }));
  return {
    ...person,
    away: [...person.away, ...away],
    rules: { ...person.rules, minMinutes: 0, minRun: 1, minOff: 1 },
  };
}

function missing(problem: RosterProblem, roster: Roster): number {
  return problem.needs.reduce((sum, need) => sum + Math.max(0, need.required - coverOf(need, roster)), 0);
}
