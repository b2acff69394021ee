import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverOf, evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import type { Roster, RosterProblem } from '../../src/roster/problem.js';
import { replanRoster } from '../../src/roster/replan-roster.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { randomProblem, smallWard } from './small-problem.js';

const highs = await loadSolver();
const OPTIONS = { seed: 1, effort: 1, changeCost: () => 4 };
const WARD = smallWard(14);
/** The roster that stands in the ward before something happens. */
const STANDING = solveRoster(highs, WARD, { seed: 1, effort: 0.3 }).roster;

function away(problem: RosterProblem, person: number, days: readonly number[]): RosterProblem {
  const people = problem.people.map((each, index) =>
    index === person
      ? {
          ...each,
          away: [...each.away, ...days.map((day) => ({ day }))],
          rules: { ...each.rules, minMinutes: 0, minRun: 1, minOff: 1 },
        }
      : each,
  );
  return { ...problem, people };
}

function missing(problem: RosterProblem, roster: Roster): number {
  return problem.needs.reduce((sum, need) => sum + Math.max(0, need.required - coverOf(need, roster)), 0);
}

describe('a roster that is repaired', () => {
  test('breaks no rule, and its changes are all that differs', () => {
    fc.assert(
      fc.property(randomProblem(3, 5), fc.integer({ min: 0, max: 4 }), (problem, day) => {
        const { roster, withoutLine } = solveRoster(highs, problem, { seed: 1, effort: 0.05 });
        fc.pre(withoutLine.length === 0);
        const after = away(problem, 0, [day]);
        const repaired = replanRoster(after, roster, { ...OPTIONS, effort: 0.1 });
        fc.pre(repaired.withoutLine.length === 0);
        const { violations, cost } = evaluateRoster(after, repaired.roster);
        expect(violations).toEqual([]);
        expect(repaired.cost).toBeCloseTo(cost, 6);
        const undone = repaired.roster.map((line) => line.slice());
        for (const { person, day: at, was, now } of repaired.changes) {
          expect(undone[person]![at]).toBe(now);
          undone[person]![at] = was;
        }
        expect(undone).toEqual(roster);
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  test('replaces whoever is absent with few changes for each shift', () => {
    const after = away(WARD, 3, [4, 5, 6, 7, 8]);
    const left = STANDING.map((line, person) =>
      line.map((shift, day) => (person === 3 && day >= 4 && day <= 8 ? -1 : shift)),
    );
    const repaired = replanRoster(after, STANDING, { ...OPTIONS, changeCost: () => 20 });
    const lost = repaired.changes.filter((change) => change.lost).length;
    expect(lost).toBeGreaterThan(0);
    const filled = missing(after, left) - missing(after, repaired.roster);
    expect(filled).toBeGreaterThan(0);
    expect(repaired.changes.length - lost).toBeLessThanOrEqual(2 * filled);
    expect(evaluateRoster(after, repaired.roster).violations).toEqual([]);
  });

  test('stays as it is where nothing happened, and where nothing may be changed', () => {
    expect(replanRoster(WARD, STANDING, { ...OPTIONS, changeCost: () => 1e4 }).changes).toEqual([]);
    const after = away(WARD, 3, [4, 5, 6, 7, 8]);
    const frozen = replanRoster(after, STANDING, { ...OPTIONS, changeCost: () => Infinity });
    expect(frozen.changes.every(({ lost, person, day }) => lost || (person === 3 && day >= 4 && day <= 8))).toBe(true);
  });
});
