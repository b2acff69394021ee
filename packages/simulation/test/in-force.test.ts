import { describe, expect, test } from 'vitest';
import { TOLD_LEVEL, TOLD_RESPONSE } from '../engine/control.js';
import { shareInForce, spansInForce } from '../src/statistics/in-force.js';

const window = { warmUp: 100, run: 200 };
/** Level 1 from 40, 2 from 150, 1 again from 200 and 0 from 250 on. */
const LEVELS = [
  { time: 40, value: 1 },
  { time: 150, value: 2 },
  { time: 200, value: 1 },
  { time: 250, value: 0 },
].map((row) => ({ ...row, kind: TOLD_LEVEL, subject: 3 }));

describe('what is in force in the window', () => {
  test('counts from the beginning of the window where it began before, without beginning in it', () => {
    expect(spansInForce(window, LEVELS, (value) => value === 1)).toEqual([
      { from: 0, to: 50, begins: false },
      { from: 100, to: 150, begins: true },
    ]);
  });

  test('counts a level or a higher one, or that level only', () => {
    expect(shareInForce(window, LEVELS, { place: 3, level: 1, only: false })).toBe(150 / 200);
    expect(shareInForce(window, LEVELS, { place: 3, level: 1, only: true })).toBe(100 / 200);
    expect(shareInForce(window, LEVELS, { place: 3, level: 0, only: false })).toBe(1);
  });

  test('counts to the end of the window where it does not end, and nothing of others', () => {
    const told = [...LEVELS, { time: 260, kind: TOLD_RESPONSE, subject: 3, value: 1 }];
    expect(shareInForce(window, told, { response: 3 })).toBe(40 / 200);
    expect(shareInForce(window, told, { response: 2 })).toBe(0);
    expect(shareInForce(window, told, { trigger: 3 })).toBe(0);
  });
});
