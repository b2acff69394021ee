import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRoster } from '../../src/roster/compiled.js';
import { Effort } from '../../src/roster/effort.js';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { LineProgram } from '../../src/roster/line-program.js';
import { RosterState } from '../../src/roster/roster-state.js';
import { allLines, randomProblem } from './small-problem.js';

const DAYS = 8;

/** By tables, and by labels where tables would take more steps than this: both are held to the same lines, tried once. */
const WAYS = [Infinity, 0];

describe('the cheapest line of one person, by tables and by labels', () => {
  const lines = allLines(DAYS);

  test('costs what the cheapest of all lines costs that break no rule', () => {
    fc.assert(
      fc.property(randomProblem(1, DAYS), (problem) => {
        let least = Infinity;
        for (const line of lines) {
          const { cost, violations } = evaluateRoster(problem, [line]);
          if (violations.length === 0 && cost < least) least = cost;
        }
        for (const mostSteps of WAYS) {
          const roster = compileRoster(problem);
          const person = roster.people[0]!;
          const state = new RosterState(roster);
          // A line's cost has all of its unfair share in it, of which the empty roster's cost has that of nobody working.
          const empty = state.cost - evaluateRoster(problem, state.lines).shareCost;
          const price = new Float64Array(roster.slots);
          const out = new Int16Array(DAYS);
          state.prices(person, 0, DAYS, price);
          const program = new LineProgram(roster, new Effort(10), mostSteps);
          program.sure = true;
          const found = program.solve(person, 0, DAYS, price, state.lines[0]!, out);
          expect(empty + found).toBeCloseTo(least, 9);
          expect(program.bound).toBeCloseTo(found, 6);
          if (found < Infinity) expect(evaluateRoster(problem, [out])).toMatchObject({ violations: [] });
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  test('over a window is the best there is beside the days that stand', () => {
    fc.assert(
      fc.property(
        randomProblem(1, DAYS).filter(({ people }) => people[0]!.rules.limits.every((limit) => limit.of !== 'minutes')),
        fc.constantFrom([1, 6], [0, 5], [2, 8], [3, 7]),
        (problem, window) => {
          const possible = lines.filter((line) => evaluateRoster(problem, [line]).violations.length === 0);
          const weekly = problem.people[0]!.rules.limits.some((limit) => limit.of === 'shifts' && limit.per === 'week');
          const cutsWeekend = window.some((day) => (day + problem.firstWeekday) % 7 === 6 && day > 0 && day < DAYS);
          fc.pre(possible.length > 0 && !weekly && !cutsWeekend);
          const [from, to] = window as [number, number];
          const standing = possible[Math.floor(possible.length / 2)]!;
          const alike = possible.filter((line) =>
            line.every((shift, day) => (day >= from && day < to) || shift === standing[day]),
          );
          const least = Math.min(...alike.map((line) => evaluateRoster(problem, [line]).cost));
          for (const mostSteps of WAYS) {
            const roster = compileRoster(problem);
            const state = new RosterState(roster);
            const person = roster.people[0]!;
            state.fill(person, 0, DAYS, standing);
            state.clear(person, from, to);
            const price = new Float64Array(roster.slots);
            const out = new Int16Array(DAYS);
            state.prices(person, from, to, price);
            const program = new LineProgram(roster, new Effort(10), mostSteps);
            program.sure = true;
            program.solve(person, from, to, price, state.lines[0]!, out);
            state.fill(person, from, to, out);
            expect(state.cost).toBeCloseTo(least, 9);
            expect(evaluateRoster(problem, state.lines).cost).toBeCloseTo(state.cost, 9);
          }
        },
      ),
      { numRuns: 40, seed: 5 },
    );
  });
});
