import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pricing } from '../../src/roster/column-generation.js';
import { ColumnPool } from '../../src/roster/columns.js';
import { compileRoster } from '../../src/roster/compiled.js';
import { Effort } from '../../src/roster/effort.js';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { LineProgram } from '../../src/roster/line-program.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import type { Roster, RosterProblem } from '../../src/roster/problem.js';
import { randomNumbers } from '../../src/roster/random.js';
import { regroupDays } from '../../src/roster/regroup-days.js';
import { RosterState } from '../../src/roster/roster-state.js';
import { construct } from '../../src/roster/search.js';
import { allLines, person, randomProblem, smallWard } from './small-problem.js';

const highs = await loadSolver();

interface Regrouped {
  readonly before: { readonly roster: Roster; readonly cost: number };
  readonly after: { readonly roster: Roster; readonly cost: number };
  readonly better: boolean;
}

/** A roster built one line after the other, or the one given, and what comes of it when some days are planned anew. */
function regrouped(problem: RosterProblem, [from, to]: readonly [number, number], start?: Roster): Regrouped {
  const roster = compileRoster(problem);
  const effort = new Effort(10);
  const program = new LineProgram(roster, effort);
  const pool = new ColumnPool(roster);
  const pricing = new Pricing(roster, program, pool, effort);
  const state = new RosterState(roster);
  const random = randomNumbers(1);
  if (start === undefined) construct(state, program, effort, random);
  else state.copyFrom(start);
  const before = { roster: state.lines.map((line) => line.slice()), cost: state.cost };
  const tools = { highs, roster, pricing, pool, effort };
  const options = { until: 10, random, duals: new Float64Array(roster.rows), grain: 1e-3 };
  const better = regroupDays(state, roster.people, [from, to], program, tools, options);
  return { before, after: { roster: state.lines, cost: state.cost }, better };
}

/** The least that a roster costs that is as given outside of some days, by trying all lines of two people. */
function leastBeside(problem: RosterProblem, given: Roster, [from, to]: readonly [number, number]): number {
  const possible = problem.people.map((each, index) => {
    const alone = { ...problem, people: [each], needs: [] };
    return allLines(problem.days).filter(
      (line) =>
        line.every((shift, day) => (day >= from && day < to) || shift === given[index]![day]) &&
        evaluateRoster(alone, [line]).violations.length === 0,
    );
  });
  let least = Infinity;
  for (const first of possible[0]!)
    for (const second of possible[1]!) least = Math.min(least, evaluateRoster(problem, [first, second]).cost);
  return least;
}

describe('some days of many people that are planned anew', () => {
  test('keep all rules and what stands on other days, and cost what is said', () => {
    const problem = smallWard();
    for (const days of [
      [0, 7],
      [3, 12],
      [7, 14],
      [0, 14],
    ] as const) {
      const { before, after, better } = regrouped(problem, days);
      expect(evaluateRoster(problem, after.roster)).toMatchObject({ violations: [], cost: after.cost });
      expect(better).toBe(after.cost < before.cost);
      for (const [index, line] of after.roster.entries())
        for (const [day, shift] of line.entries())
          if (day < days[0] || day >= days[1]) expect(shift).toBe(before.roster[index]![day]);
    }
  });

  test('come to the best that there is where few people and days let all be tried', () => {
    const tried = { all: 0, best: 0, better: 0 };
    fc.assert(
      fc.property(
        randomProblem(2, 5),
        fc.constantFrom([0, 5] as const, [1, 4] as const, [0, 3] as const),
        (problem, days) => {
          // A limit by week is kept only where the days are whole weeks.
          fc.pre(
            days[1] === 5 ||
              problem.people.every(({ rules }) =>
                rules.limits.every((limit) => !('per' in limit) || limit.per !== 'week'),
              ),
          );
          const made = regrouped(problem, days);
          fc.pre(evaluateRoster(problem, made.before.roster).violations.length === 0);
          const least = leastBeside(problem, made.before.roster, days);
          const { cost, violations } = evaluateRoster(problem, made.after.roster);
          expect(violations).toEqual([]);
          expect(cost).toBeCloseTo(made.after.cost, 9);
          expect(cost).toBeGreaterThanOrEqual(least - 1e-6);
          tried.all += 1;
          if (made.better) tried.better += 1;
          if (cost < least + 1e-3) tried.best += 1;
        },
      ),
      { numRuns: 60, seed: 5 },
    );
    // Shares of lines are made whole by a rule of thumb, which is seldom wrong over few days.
    expect(tried.best).toBeGreaterThanOrEqual(0.9 * tried.all);
    expect(tried.better).toBeGreaterThan(3);
  });

  test('find a ring of changes that no two people could make', () => {
    // Each of five works what the next one alone wants, so that only all of them together gain.
    const shifts = [0, 1, 2, 3, 4].map((index) => ({ id: `S${index}`, minutes: 480 }));
    const problem: RosterProblem = {
      days: 1,
      firstWeekday: 0,
      shifts,
      people: shifts.map((_, index) =>
        person(`P${index}`, {
          shifts: [index, (index + 1) % 5],
          wishes: [{ kind: 'on', day: 0, shift: (index + 1) % 5, weight: 5 }],
        }),
      ),
      needs: shifts.map((_, shift) => ({
        id: `S${shift}`,
        required: 1,
        under: 100,
        over: 100,
        slots: [{ day: 0, shift }],
      })),
    };
    const start = shifts.map((_, index) => Int16Array.of(index));
    const { before, after, better } = regrouped(problem, [0, 1], start);
    expect(before.cost).toBe(25);
    expect(better).toBe(true);
    expect(after.cost).toBe(0);
  });
});
