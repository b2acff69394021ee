import type { Arrivals, Formula } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { simulateStudy } from '../src/index.js';
import { cohort, draw, every, HERE, indicator, model, n, pathway, resource, step } from './build.js';

const BED = { kind: 'resource', resource: 'Bed' } as const;
const CROWDED: Formula = {
  kind: 'probability',
  condition: {
    kind: 'operation',
    operator: '>',
    left: { kind: 'queue', target: BED },
    right: { kind: 'constant', value: n(0) },
  },
};
const CAPACITY: Formula = { kind: 'capacity', target: BED };

async function warnings(value: Formula, arrivals: Arrivals | readonly number[], replications = 10) {
  const made = model(
    {
      resources: [resource('Bed', 9)],
      cohorts: [cohort('X', arrivals)],
      pathways: [
        pathway([step('Stay', Array.isArray(arrivals) ? n(50) : draw('exponential', { mean: 50 }), ['Bed'])], ['X']),
      ],
      indicators: [indicator('Crowded', { kind: 'value', value })],
      expectations: [
        {
          id: 'e',
          origin: HERE,
          text: 'Crowded < 100',
          indicator: 'Crowded',
          statistic: 'mean',
          operator: '<',
          limit: n(100),
          scenarios: [],
        },
      ],
    },
    { run: 5000, replications },
  );
  const { scenarios } = await simulateStudy(made, 'S');
  expect(scenarios[0]?.expectations[0]?.verdict).toBe('holds');
  return scenarios[0]?.warnings.filter(({ kind }) => kind === 'unseen').map(({ message }) => message);
}

describe('an expectation that is decided by a value which was the same in all replications', () => {
  test('is told, with the share of replications that may be otherwise', async () => {
    // 0.74 ** 10 is 4.9 %, 0.95 ** 60 is 4.6 %.
    expect(await warnings(CROWDED, every(100))).toEqual([
      'Crowded < 100: 0 in all 10 replications, by which it is decided. With 95% certainty at most 26% of replications show another value; more replications tell more.',
    ]);
    expect((await warnings(CROWDED, every(100), 60))?.[0]).toContain('at most 5%');
  });

  test('is exact in a model without chance, and of what timetables say', async () => {
    expect(await warnings(CROWDED, [10, 20, 30])).toEqual([]);
    expect(await warnings(CAPACITY, every(100))).toEqual([]);
  });
});
