import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Effort } from '../../src/roster/effort.js';
import { coverOf } from '../../src/roster/evaluate-roster.js';
import { leastShortage } from '../../src/roster/least-shortage.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import type { RosterProblem } from '../../src/roster/problem.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { FREE, person, randomProblem } from './small-problem.js';

const highs = await loadSolver();

describe('what every roster is short by', () => {
  test('is the work beyond what all may work together', () => {
    // Five people of three shifts each for seven days with three wanted: 21 - 15 = 6 are missing.
    const problem: RosterProblem = {
      days: 7,
      firstWeekday: 0,
      shifts: [{ id: 'Day', minutes: 480 }],
      people: Array.from({ length: 5 }, (_, index) =>
        person(`P${index}`, { shifts: [0], rules: { ...FREE, maxMinutes: 3 * 480 } }),
      ),
      needs: Array.from({ length: 7 }, (_, day) => ({
        id: String(day),
        required: 3,
        under: 10,
        over: 1,
        slots: [{ day, shift: 0 }],
      })),
    };
    expect(leastShortage(highs, problem, new Effort(5)).bound).toBeCloseTo(60, 3);
  });

  test('is never more than what a roster is short by', () => {
    fc.assert(
      fc.property(randomProblem(3, 5), (problem) => {
        const { roster, withoutLine } = solveRoster(highs, problem, { seed: 1, effort: 0.05 });
        fc.pre(withoutLine.length === 0);
        const short = problem.needs.reduce(
          (sum, need) => sum + need.under * Math.max(0, need.required - coverOf(need, roster)),
          0,
        );
        expect(leastShortage(highs, problem, new Effort(5)).bound).toBeLessThanOrEqual(short + 1e-6);
      }),
      { numRuns: 12, seed: 2 },
    );
  });
});
