import { describe, expect, it } from 'vitest';
import { differences } from '../../src/statistics/paired.js';

describe('differences by replication', () => {
  it('are what one has more than the other, and missing where either is', () => {
    expect(differences([3, null, 5, 7], [1, 2, null])).toEqual([2, null, null]);
  });

  it('are none where only the order of adding tells two sums apart', () => {
    const amounts = Array.from({ length: 100_000 }, (_, i) => 0.1 + (i % 7) * 0.3);
    const sum = (list: readonly number[]): number => list.reduce((total, amount) => total + amount, 0);
    const [forwards, backwards] = [sum(amounts), sum([...amounts].sort((a, b) => a - b))];
    expect(forwards).not.toBe(backwards);
    expect(differences([forwards], [backwards])).toEqual([0]);
    expect(differences([forwards], [forwards + 0.000_1])[0]).toBeCloseTo(-0.000_1, 9);
  });
});
