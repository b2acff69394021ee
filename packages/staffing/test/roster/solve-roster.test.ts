import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import type { RosterProblem } from '../../src/roster/problem.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { FREE, leastCost, person, randomProblem } from './small-problem.js';

const highs = await loadSolver();

/** Two weeks of a small ward: early, late and night with three people wanted at each, and twelve people. */
function ward(people = 12): RosterProblem {
  const shifts = [480, 480, 600].map((minutes, index) => ({ id: 'ELN'[index]!, minutes }));
  return {
    days: 14,
    firstWeekday: 0,
    shifts,
    people: Array.from({ length: people }, (_, index) =>
      person(`P${index}`, {
        shifts: [0, 1, 2],
        rules: {
          ...FREE,
          minMinutes: 3000,
          maxMinutes: 4800,
          maxRun: 5,
          minRun: 2,
          minOff: 2,
          forbidden: [
            [1, 0],
            [2, 0],
            [2, 1],
          ],
          nights: { shifts: [2], maxRun: 3, minOffAfter: 2 },
          limits: [{ of: 'weekends', most: 1 }],
        },
        wishes: [{ kind: 'off', day: index, weight: 3 }],
      }),
    ),
    needs: Array.from({ length: 42 }, (_, slot) => ({
      id: String(slot),
      required: 3,
      under: 100,
      over: 1,
      slots: [{ day: Math.floor(slot / 3), shift: slot % 3 }],
    })),
  };
}

describe('a roster of least cost', () => {
  test('is the best of all rosters where there are few enough to try them', () => {
    fc.assert(
      fc.property(randomProblem(2, 5), (problem) => {
        const least = leastCost(problem);
        fc.pre(least < Infinity);
        const solution = solveRoster(highs, problem, { seed: 1, effort: 5 });
        const { cost, violations } = evaluateRoster(problem, solution.roster);
        expect(violations).toEqual([]);
        expect(solution.cost).toBeCloseTo(cost, 9);
        expect(solution.bound).toBeLessThanOrEqual(least + 1e-6);
        expect(cost).toBeCloseTo(least, 6);
      }),
      { numRuns: 25, seed: 3 },
    );
  });

  test('breaks no rule, lies above its bound, and is the same for the same seed and effort', () => {
    const problem = ward();
    const first = solveRoster(highs, problem, { seed: 4, effort: 2 });
    const second = solveRoster(highs, problem, { seed: 4, effort: 2 });
    expect(evaluateRoster(problem, first.roster)).toMatchObject({ violations: [], cost: first.cost });
    expect(first.bound).toBeLessThanOrEqual(first.cost);
    expect(first.gap).toBeLessThan(0.2);
    expect(second).toEqual(first);
  });

  test('keeps what it has when it is interrupted', () => {
    const problem = ward();
    const solution = solveRoster(highs, problem, { seed: 1, effort: 50, interrupted: () => true });
    expect(evaluateRoster(problem, solution.roster).violations).toEqual([]);
    expect(solution.spent).toBeLessThan(1);
  });

  test('goes on from a roster that is given and never makes it worse', () => {
    const problem = ward();
    const first = solveRoster(highs, problem, { seed: 1, effort: 0.2 });
    const second = solveRoster(highs, problem, { seed: 2, effort: 0.3, start: first.roster });
    expect(second.cost).toBeLessThanOrEqual(first.cost);
  });

  test('names those for whom no line holds all their rules', () => {
    const impossible = person('Nobody', { rules: { ...FREE, minMinutes: 4000, maxRun: 1, minOff: 6 }, shifts: [0] });
    const problem = { ...ward(3), people: [...ward(3).people, impossible] };
    const solution = solveRoster(highs, problem, { seed: 1, effort: 0.2 });
    expect(solution.withoutLine).toEqual([3]);
    expect(solution.optimal).toBe(false);
  });
});
