import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateRoster, isMissed } from '../../src/roster/evaluate-roster.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import type { RosterProblem, Wish } from '../../src/roster/problem.js';
import { replanRoster } from '../../src/roster/replan-roster.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { leastCost, person, randomProblem, withRefusals } from './small-problem.js';

const highs = await loadSolver();

/** One person wanted on each day, and nobody who wants to work on any. */
function unwanted(people: number, days: number, refusals: boolean): RosterProblem {
  const wishes = Array.from({ length: days }, (_, day): Wish => ({ kind: 'off', day, weight: 5 }));
  return {
    days,
    firstWeekday: 0,
    shifts: [{ id: 'Day', minutes: 480 }],
    people: Array.from({ length: people }, (_, index) =>
      person(`P${index}`, {
        shifts: [0],
        wishes,
        ...(refusals && { refusals: [{ of: wishes, free: 0, cost: 4 }] }),
      }),
    ),
    needs: wishes.map(({ day }) => ({
      id: String(day),
      required: 1,
      under: 200,
      over: 1,
      slots: [{ day, shift: 0 }],
    })),
  };
}

function refusedTo(problem: RosterProblem, roster: readonly Int16Array[]): readonly number[] {
  return problem.people.map(
    ({ wishes }, index) => wishes.filter((wish) => isMissed(problem, wish, roster[index]!)).length,
  );
}

describe('refused wishes', () => {
  test('cost more the more of them one person has, as counted by hand', () => {
    const problem = unwanted(1, 7, true);
    // Seven refusals of 5, and beside them 4 + 8 + 12 + 16 + 16 + 16 + 16.
    const worksAlways = evaluateRoster(problem, [new Int16Array(7).fill(0)]);
    expect(worksAlways).toMatchObject({ wishCost: 35, shareCost: 88, cost: 123 });
    // Wishes to work that are refused count alike.
    const wants = problem.people.map((each) => {
      const wishes = each.wishes.map((wish): Wish => ({ ...wish, kind: 'on' }));
      return { ...each, wishes, refusals: [{ of: wishes, free: 5, cost: 4 }] };
    });
    const rests = evaluateRoster({ ...problem, people: wants, needs: [] }, [new Int16Array(7).fill(-1)]);
    expect(rests).toMatchObject({ wishCost: 35, shareCost: 12 });
  });

  test('are shared where all else is equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 10 }), (people, days) => {
        const problem = unwanted(people, days, true);
        const solution = solveRoster(highs, problem, { seed: 1, effort: 2 });
        const refused = refusedTo(problem, solution.roster);
        expect(refused.reduce((sum, each) => sum + each, 0)).toBe(days);
        // From the fifth on each costs the same, so that only up to there more of them is worse.
        if (days <= 4 * people) expect(Math.max(...refused) - Math.min(...refused)).toBeLessThanOrEqual(1);
        expect(solution.optimal).toBe(true);
      }),
      { numRuns: 8, seed: 7 },
    );
  });

  test('make the best of all rosters where there are few enough to try them', () => {
    fc.assert(
      fc.property(randomProblem(2, 5).map(withRefusals), (problem) => {
        const least = leastCost(problem);
        fc.pre(least < Infinity);
        const solution = solveRoster(highs, problem, { seed: 1, effort: 5 });
        const { cost, violations } = evaluateRoster(problem, solution.roster);
        expect(violations).toEqual([]);
        expect(solution.cost).toBeCloseTo(cost, 9);
        expect(solution.bound).toBeLessThanOrEqual(least + 1e-6);
        expect(cost).toBeCloseTo(least, 6);
      }),
      { numRuns: 12, seed: 8 },
    );
  });

  test('are not what keeping a roster as it stands costs', () => {
    const problem = unwanted(3, 6, true);
    const { roster } = solveRoster(highs, problem, { seed: 1, effort: 1 });
    const away = {
      ...problem,
      people: problem.people.map((each, i) => (i === 0 ? { ...each, away: [{ day: 0 }] } : each)),
    };
    const again = replanRoster(away, roster, { seed: 1, effort: 1, changeCost: () => 2 });
    expect(again.cost).toBeCloseTo(evaluateRoster(away, again.roster).cost, 9);
  });
});
