import { describe, expect, test } from 'vitest';
import { batchCorrelation } from '../../src/method/batch-means.js';
import { movingMean, mser5 } from '../../src/method/warm-up.js';
import { normals } from './normals.js';

describe('MSER-5', () => {
  test('cuts off a transient that is there, and nothing that is not', () => {
    const noise = normals(1000, 1);
    const level = noise.map((value) => 10 + value);
    expect(mser5(level).cut).toBeLessThanOrEqual(50);
    const rising = noise.map((value, i) => 10 + value - (i < 200 ? 10 * (1 - i / 200) : 0));
    const { cut, settled } = mser5(rising);
    expect(cut).toBeGreaterThan(120);
    expect(cut).toBeLessThan(260);
    expect(settled).toBe(true);
  });

  test('is what its definition says, on a series by hand', () => {
    // Batch means 10, 1, 3, 1, 3, 1: squares over (n − d)² are least after one batch.
    const means = [10, 1, 3, 1, 3, 1];
    const statistic = (d: number): number => {
      const left = means.slice(d);
      const mean = left.reduce((a, b) => a + b) / left.length;
      return left.reduce((sum, x) => sum + (x - mean) ** 2, 0) / left.length ** 2;
    };
    expect(statistic(1)).toBeLessThan(Math.min(statistic(0), statistic(2), statistic(3)));
    const series = means.flatMap((mean) => [mean - 2, mean - 1, mean, mean + 1, mean + 2]);
    expect(mser5(series)).toEqual({ cut: 5, settled: true });
  });

  test('says so where a series does not settle within its first half', () => {
    expect(mser5(Array.from({ length: 500 }, (_, i) => i)).settled).toBe(false);
  });

  test('takes no cut of a series without any change', () => {
    expect(mser5(Array<number>(100).fill(3))).toEqual({ cut: 0, settled: true });
  });
});

describe("Welch's moving mean", () => {
  test('takes as many values on both sides, fewer at the ends', () => {
    expect(movingMean([1, 2, 6, 4, 7], 2)).toEqual([1, 3, 4, 17 / 3, 7]);
  });

  test('leaves a straight line as it is', () => {
    const line = Array.from({ length: 30 }, (_, i) => 2 * i);
    expect(movingMean(line, 7)).toEqual(line);
  });
});

describe('the correlation of batches', () => {
  test('is found where it is there', () => {
    let before = 0;
    const related = normals(40, 3).map((value) => (before = 0.8 * before + value));
    expect(batchCorrelation(related)).toMatchObject({ tooShort: true });
    expect(batchCorrelation(related).lag1).toBeGreaterThan(0.4);
  });

  test('is told of independent batches once in twenty times', () => {
    const told = Array.from({ length: 2000 }, (_, seed) => batchCorrelation(normals(20, 5000 + seed)).tooShort);
    const share = told.filter(Boolean).length / told.length;
    expect(share).toBeGreaterThan(0.035);
    expect(share).toBeLessThan(0.065);
  });

  test('is 0 where all batches are the same', () => {
    expect(batchCorrelation([2, 2, 2, 2])).toMatchObject({ lag1: 0, tooShort: false });
  });
});
