import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRoster } from '../../src/roster/compiled.js';
import { Effort } from '../../src/roster/effort.js';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import { lineHolds } from '../../src/roster/line-check.js';
import { LineProgram } from '../../src/roster/line-program.js';
import { loadSolver } from '../../src/roster/load-solver.js';
import type { RosterProblem } from '../../src/roster/problem.js';
import { RosterState } from '../../src/roster/roster-state.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { allLines, FREE, leastCost, person, randomProblem, withPhases } from './small-problem.js';

const DAYS = 8;
const highs = await loadSolver();

describe('rules of some days only', () => {
  const lines = allLines(DAYS);

  test.each([
    ['by tables', Infinity],
    ['by labels', 0],
  ])('the cheapest line of one person, %s, costs what the cheapest of all lines does', (_how, mostSteps) => {
    fc.assert(
      fc.property(withPhases(randomProblem(1, DAYS), DAYS), (problem) => {
        const roster = compileRoster(problem);
        const state = new RosterState(roster);
        const empty = state.cost - evaluateRoster(problem, state.lines).shareCost;
        const price = new Float64Array(roster.slots);
        const out = new Int16Array(DAYS);
        state.prices(roster.people[0]!, 0, DAYS, price);
        const program = new LineProgram(roster, new Effort(10), mostSteps);
        program.sure = true;
        const found = program.solve(roster.people[0]!, 0, DAYS, price, state.lines[0]!, out);
        let least = Infinity;
        for (const line of lines) {
          const { cost, violations } = evaluateRoster(problem, [line]);
          if (violations.length === 0 && cost < least) least = cost;
        }
        expect(empty + found).toBeCloseTo(least, 9);
        expect(empty + program.bound).toBeLessThanOrEqual(least + 1e-6);
        if (least < Infinity) expect(evaluateRoster(problem, [out]).violations).toEqual([]);
      }),
      { seed: 11, numRuns: 30 },
    );
  });

  test('hold in the tables of the solver for exactly the lines that the evaluator lets pass', () => {
    fc.assert(
      fc.property(withPhases(randomProblem(1, DAYS), DAYS), (problem) => {
        const roster = compileRoster(problem);
        for (const line of lines)
          expect(lineHolds(roster, roster.people[0]!, line)).toBe(
            evaluateRoster(problem, [line]).violations.length === 0,
          );
      }),
      { seed: 12, numRuns: 15 },
    );
  });

  test('make rosters of two people that are the best of all, with a bound that holds', () => {
    fc.assert(
      fc.property(withPhases(randomProblem(2, 6), 6), (problem) => {
        const least = leastCost(problem);
        if (least === Infinity) return;
        const solution = solveRoster(highs, problem, { seed: 1, effort: 1 });
        expect(solution.bound).toBeLessThanOrEqual(least + 1e-6);
        expect(evaluateRoster(problem, solution.roster).violations).toEqual([]);
        expect(solution.cost).toBeCloseTo(least, 6);
      }),
      { seed: 13, numRuns: 15 },
    );
  });
});

/** Two weeks of one person on nights; what the rules let pass is told by the evaluator, written out by hand. */
function nights(rules: Partial<RosterProblem['people'][number]['rules']>): RosterProblem {
  return {
    days: 14,
    firstWeekday: 0,
    shifts: [{ id: 'Night', minutes: 600 }],
    people: [person('P', { shifts: [0], rules: { ...FREE, ...rules } })],
    needs: [],
  };
}

function lineOf(text: string): Int16Array {
  return Int16Array.from(text.replaceAll(' ', ''), (each) => (each === 'N' ? 0 : -1));
}

describe('a run of nights', () => {
  const three = { ...FREE, nights: { shifts: [0], maxRun: 3, minOffAfter: 2 } };
  const six = { ...FREE, nights: { shifts: [0], maxRun: 6, minOffAfter: 1 } };
  const problem = nights({ ...three, phases: [{ ...six, days: [4, 5, 6, 7, 8] }] });
  const rulesBroken = (text: string): readonly string[] => {
    const line = lineOf(text);
    const broken = evaluateRoster(problem, [line]).violations.map(({ rule, day }) => `${rule} ${day}`);
    const roster = compileRoster(problem);
    expect(lineHolds(roster, roster.people[0]!, line)).toBe(broken.length === 0);
    return broken;
  };

  test('may go on as long as the rule of each of its days lets it', () => {
    expect(rulesBroken('..NNNNNN.. ....')).toEqual([]);
    expect(rulesBroken('..NNNNNNN. ....')).toEqual(['nights-in-a-row 8']);
    expect(rulesBroken('.......NNN ....')).toEqual([]);
    // Day 9 is an ordinary one, and the run is longer than three by then.
    expect(rulesBroken('....NNNNNN ....')).toEqual(['nights-in-a-row 9']);
    expect(rulesBroken('NNNN...... ....')).toEqual(['nights-in-a-row 3']);
  });

  test('is followed by the rest that the day asks for on which work begins again', () => {
    expect(rulesBroken('.....N.N.. ....')).toEqual([]);
    expect(rulesBroken('.N.N...... ....')).toEqual(['off-after-nights 2']);
    // Day 9 asks for two days off, day 8 for one.
    expect(rulesBroken('.......N.N ....')).toEqual(['off-after-nights 8']);
  });
});
