import { expect, test } from 'vitest';
import { differenceInterval, interval, meanFigure } from '../../src/print/figure.js';

const estimate = (mean: number, halfWidth: number, replications = 10) => ({
  mean,
  halfWidth,
  low: mean - halfWidth,
  high: mean + halfWidth,
  replications,
});

test('both ends of an interval are in the unit in which its value is written', () => {
  const found = estimate(59.5 * 60, 1.4 * 60 + 7);
  expect(meanFigure(found, 'duration')).toBe('59.5 min');
  expect(interval(found, 'duration')).toBe('58 min to 61 min');
  expect(interval(estimate(3700, 400), 'duration')).toBe('0.917 h to 1.14 h');
  expect(differenceInterval(estimate(-86_400 * 1.5, 86_400 * 1.45), 'duration')).toBe('-70.8 h to -1.2 h');
});

test('an interval around 0 is in one unit too', () => {
  expect(interval(estimate(0, 7200), 'duration')).toBe('-2 h to 2 h');
  expect(interval(estimate(0, 0), 'duration')).toBe('0 min to 0 min');
});

test('there is no interval of one replication', () => {
  expect(interval(estimate(60, 0, 1), 'duration')).toBe('–');
});
