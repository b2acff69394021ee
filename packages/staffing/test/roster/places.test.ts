import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverOf, evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import type { RosterProblem } from '../../src/roster/problem.js';
import { replanRoster } from '../../src/roster/replan-roster.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { leastCost, person, randomProblem, withRefusals } from './small-problem.js';

const highs = await loadSolver();

/** The first person's day may be worked in the place of others, whom the second is one of; every slot wants some of both. */
function withPlaces(problem: RosterProblem, wanted: readonly number[], speed: number): RosterProblem {
  const instead = problem.shifts.length;
  const both = (shifts: readonly number[]): readonly number[] => (shifts.includes(0) ? [...shifts, instead] : shifts);
  return {
    ...problem,
    shifts: [...problem.shifts, { id: 'Day for others', minutes: 480, sameAs: 0 }],
    people: problem.people.map((each, index) => ({
      ...each,
      rules: {
        ...each.rules,
        forbidden: each.rules.forbidden.flatMap(([first, second]) =>
          second === 0
            ? [
                [first, second],
                [first, instead],
              ]
            : [[first, second]],
        ),
        limits: each.rules.limits.map((limit) =>
          limit.of === 'shifts' ? { ...limit, shifts: both(limit.shifts) } : limit,
        ),
        shares: (each.rules.shares ?? []).map((share) => ({
          ...share,
          ...(share.shifts && { shifts: both(share.shifts) }),
        })),
      },
      shifts: index === 0 && each.shifts.includes(0) ? [...each.shifts, instead] : each.shifts,
    })),
    needs: Array.from({ length: problem.days }, (_, day) => [
      { id: `own ${day}`, required: wanted[0]!, under: 20, over: 2, slots: [{ day, shift: 0 }], coefficients: [1, 0] },
      {
        id: `others ${day}`,
        required: wanted[1]!,
        under: 20,
        over: 2,
        slots: [
          { day, shift: 0 },
          { day, shift: instead, coefficients: [speed, 0] },
        ],
        coefficients: [0, 1],
      },
      ...problem.needs.filter(({ slots }) => slots[0]?.day === day && slots[0].shift === 1),
    ]).flat(),
  };
}

const problems = fc
  .tuple(
    randomProblem(2, 4),
    fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 2 })),
    fc.constantFrom(1, 0.5),
  )
  .map(([problem, wanted, speed]) => withPlaces(withRefusals(problem), wanted, speed));

describe('shifts in the place of others', () => {
  test('make the best of all rosters, in which nobody is in two places', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const least = leastCost(problem);
        fc.pre(least < Infinity);
        const solution = solveRoster(highs, problem, { seed: 1, effort: 1 });
        const { cost, violations } = evaluateRoster(problem, solution.roster);
        expect(violations).toEqual([]);
        expect(solution.cost).toBeCloseTo(cost, 9);
        expect(solution.bound).toBeLessThanOrEqual(least + 1e-6);
        expect(cost).toBeCloseTo(least, 6);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  const wanted = (amounts: readonly [number, number]): RosterProblem =>
    withPlaces(
      {
        days: 2,
        firstWeekday: 0,
        shifts: [
          { id: 'Day', minutes: 480 },
          { id: 'Night', minutes: 600 },
        ],
        people: [person('A', { shifts: [0] }), person('B', { shifts: [0] })],
        needs: [],
      },
      amounts,
      1,
    );

  test('are worked only where that spares somebody', () => {
    const lines = (problem: RosterProblem) =>
      solveRoster(highs, problem, { seed: 1, effort: 0.5 }).roster.map((line) => [...line]);
    // One of each is there for one of each; two of the others need the first in their place.
    expect(lines(wanted([1, 1]))).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(lines(wanted([0, 2]))).toEqual([
      [2, 2],
      [0, 0],
    ]);
  });

  test('count for one need, so that both short by one are short by two in all', () => {
    const problem = wanted([1, 2]);
    const { roster, optimal } = solveRoster(highs, problem, { seed: 1, effort: 0.5 });
    expect(optimal).toBe(true);
    const missing = problem.needs.map((need) => need.required - coverOf(need, roster));
    expect(missing.reduce((sum, each) => sum + each, 0)).toBe(2);
  });

  test('add up to whole people where each counts in part', () => {
    const people = Array.from({ length: 50 }, (_, index) => person(`P${index}`, { shifts: [0] }));
    const need = {
      id: 'all',
      required: 40,
      under: 20,
      over: 2,
      slots: [{ day: 0, shift: 0 }],
      coefficients: people.map(() => 0.8),
    };
    const roster = people.map(() => Int16Array.from([0]));
    expect(coverOf(need, roster)).toBe(40);
    const problem = { days: 1, firstWeekday: 0, shifts: [{ id: 'Day', minutes: 480 }], people, needs: [need] };
    expect(evaluateRoster(problem, roster).cost).toBe(0);
  });

  test('are what is wished for and what is set, and no change of a day when a roster is repaired', () => {
    const problem = wanted([0, 2]);
    const asked = {
      ...problem,
      people: problem.people.map((each) => ({
        ...each,
        wishes: [{ kind: 'on' as const, day: 0, shift: 0, weight: 9 }],
        fixed: [{ day: 1, shift: 0 }],
      })),
    };
    const { roster, cost } = solveRoster(highs, asked, { seed: 1, effort: 0.5 });
    expect([...roster[0]!]).toEqual([2, 2]);
    expect(cost).toBe(0);
    expect(evaluateRoster(asked, roster).violations).toEqual([]);
    const standing = [Int16Array.from([0, 0]), Int16Array.from([0, 0])];
    const repaired = replanRoster(problem, standing, { seed: 1, effort: 0.5, changeCost: () => 1000 });
    expect([...repaired.roster[0]!]).toEqual([2, 2]);
    expect(repaired.changes).toEqual([]);
  });
});
