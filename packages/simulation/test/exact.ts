import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Estimate } from '../src/index.js';
import { student95 } from '../src/numeric/special.js';

const PAGE = fileURLToPath(new URL('../../../docs/oracles.md', import.meta.url));

/** By test: how far each figure was from the exact one, in standard errors. */
const errors = new Map<string, number[]>();

/**
 * The exact value lies within 1.75 times the 95 % interval of the replications (99.7 % of Student's t with 10 of them, 99.8 % with
 * 20), and the interval is narrow enough to tell.
 */
export function expectExact(estimate: Estimate | undefined, exact: number): void {
  if (estimate === undefined) throw new Error('The figure is missing.');
  const { mean, halfWidth, replications } = estimate;
  expect(halfWidth, `half-width beside ${exact}`).toBeLessThan(0.1 * exact);
  expect(Math.abs(mean - exact), `${mean} beside ${exact}`).toBeLessThan(1.75 * halfWidth);
  const standardError = halfWidth / student95(replications - 1);
  const test = (expect.getState().currentTestName ?? '').split(' > ').at(-1) ?? '';
  errors.set(test, [...(errors.get(test) ?? []), Math.abs(mean - exact) / standardError]);
}

/** The page has a line for each test of this file that compared something: how many figures, and the largest error. */
export function expectOnPage(): void {
  expect(errors.size).toBeGreaterThan(0);
  const page = readFileSync(PAGE, 'utf8').split('\n');
  const lines = [...errors].map(([test, each]) => `| ${test} | ${each.length} | ${Math.max(...each).toFixed(1)} |`);
  expect(lines.filter((line) => !page.includes(line))).toEqual([]);
}
