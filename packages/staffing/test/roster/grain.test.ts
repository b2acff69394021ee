import { describe, expect, test } from 'vitest';
import { compileRoster } from '../../src/roster/compiled.js';
import { grainOf } from '../../src/roster/grain.js';
import type { RosterProblem } from '../../src/roster/problem.js';
import { FREE, person } from './small-problem.js';

function problem(changes: Partial<RosterProblem> = {}): RosterProblem {
  return {
    days: 7,
    firstWeekday: 0,
    shifts: [
      { id: 'Day', minutes: 480 },
      { id: 'Night', minutes: 540 },
    ],
    people: [person('Ada')],
    needs: [{ id: 'Day', required: 1, under: 96, over: 4, slots: [{ day: 0, shift: 0 }] }],
    ...changes,
  };
}

function withOvertime(beyond: number, costPerMinute: number): RosterProblem {
  return problem({ people: [person('Ada', { rules: { ...FREE, overtime: { beyond, costPerMinute } } })] });
}

describe('what all costs of rosters are multiples of', () => {
  test('is the greatest common divisor of whole costs', () => {
    expect(grainOf(compileRoster(problem()))).toBe(4);
  });

  test('counts overtime by the hour, as time is counted', () => {
    expect(grainOf(compileRoster(withOvertime(480, 10 / 60)))).toBe(2);
  });

  test('is a fraction where contracts end within an hour', () => {
    // 118 2/7 h at 10 an hour: 119 h cost 50/7.
    expect(grainOf(compileRoster(withOvertime((36 * 60 * 4 * 23) / 28, 10 / 60)))).toBeCloseTo(2 / 7, 12);
  });

  test('is nothing where costs have no common measure', () => {
    expect(grainOf(compileRoster(withOvertime(480, Math.PI)))).toBe(0);
  });

  test('is nothing where people count in parts', () => {
    const needs = [{ ...problem().needs[0]!, coefficients: [0.5] }];
    expect(grainOf(compileRoster(problem({ needs })))).toBe(0);
  });
});
