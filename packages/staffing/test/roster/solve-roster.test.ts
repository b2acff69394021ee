import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import { replanRoster } from '../../src/roster/replan-roster.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { FREE, leastCost, person, randomProblem, smallWard } from './small-problem.js';

const highs = await loadSolver();

describe('a roster of least cost', () => {
  test('is the best of all rosters where there are few enough to try them', () => {
    fc.assert(
      fc.property(randomProblem(2, 5), (problem) => {
        const least = leastCost(problem);
        fc.pre(least < Infinity);
        const solution = solveRoster(highs, problem, { seed: 1, effort: 1 });
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
    const problem = smallWard();
    const first = solveRoster(highs, problem, { seed: 4, effort: 0.5 });
    const second = solveRoster(highs, problem, { seed: 4, effort: 0.5 });
    expect(evaluateRoster(problem, first.roster)).toMatchObject({ violations: [], cost: first.cost });
    expect(first.bound).toBeLessThanOrEqual(first.cost);
    expect(first.gap).toBeLessThan(0.2);
    expect(second).toEqual(first);
  });

  test('keeps what it has when it is interrupted', () => {
    const problem = smallWard();
    const solution = solveRoster(highs, problem, { seed: 1, effort: 50, interrupted: () => true });
    expect(evaluateRoster(problem, solution.roster).violations).toEqual([]);
    expect(solution.spent).toBeLessThan(1);
  });

  test.each([0, -1, Number.NaN])('is refused where there is no effort to spend: %s', (effort) => {
    expect(() => solveRoster(highs, smallWard(), { seed: 1, effort })).toThrow(
      /An effort is a number of units above 0/,
    );
    expect(() => replanRoster(smallWard(), [], { seed: 1, effort, changeCost: () => 0 })).toThrow(RangeError);
  });

  test('goes on from a roster that is given and never makes it worse', () => {
    const problem = smallWard();
    const first = solveRoster(highs, problem, { seed: 1, effort: 0.1 });
    const second = solveRoster(highs, problem, { seed: 2, effort: 0.15, start: first.roster });
    expect(second.cost).toBeLessThanOrEqual(first.cost);
  });

  test('names those for whom no line holds all their rules', () => {
    const impossible = person('Nobody', { rules: { ...FREE, minMinutes: 4000, maxRun: 1, minOff: 6 }, shifts: [0] });
    const problem = { ...smallWard(3), people: [...smallWard(3).people, impossible] };
    const solution = solveRoster(highs, problem, { seed: 1, effort: 0.2 });
    expect(solution.withoutLine).toEqual([3]);
    expect(solution.optimal).toBe(false);
  });
});
