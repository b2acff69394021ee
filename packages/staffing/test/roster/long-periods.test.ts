import { describe, expect, test } from 'vitest';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { yearLong } from './year.js';

const highs = await loadSolver();

describe('a roster of a year', () => {
  test('keeps every rule with 32 mixed shift types, and lies above its bound', () => {
    const problem = yearLong(6, 32);
    const solution = solveRoster(highs, problem, { seed: 1, effort: 1.5 });
    expect(solution.withoutLine).toEqual([]);
    expect(evaluateRoster(problem, solution.roster)).toMatchObject({ violations: [], cost: solution.cost });
    expect(solution.bound).toBeGreaterThan(0);
    expect(solution.bound).toBeLessThanOrEqual(solution.cost);
  });
});
