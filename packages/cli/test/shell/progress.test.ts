import { expect, test } from 'vitest';
import { progressLine } from '../../src/shell/progress.js';

test('a bar fills with the work, and the time left follows from the time taken', () => {
  expect(progressLine('Study', 0, 10, 0)).toBe(`Study ${'░'.repeat(24)} 0%`);
  expect(progressLine('Study', 5, 10, 20_000)).toBe(`Study ${'█'.repeat(12)}${'░'.repeat(12)} 50% about 20 s left`);
  expect(progressLine('Study', 1, 10, 60_000)).toMatch(/10% about 9 min left$/);
  expect(progressLine('Study', 10, 10, 60_000)).toBe(`Study ${'█'.repeat(24)} 100%`);
  expect(progressLine('Study', 0, 0, 0)).toMatch(/0%$/);
});
