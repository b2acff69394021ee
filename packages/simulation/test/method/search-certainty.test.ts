import type { Model } from '@pathway/model';
import { expect, test } from 'vitest';
import { simulateStudy } from '../../src/index.js';
import { HERE, model, n } from '../build.js';
import { mmc, withStudy } from './queues.js';

/** A short queue with two servers, whose share of those who wait is looked at as often as a study likes. */
function queue(times: number, seed: number): Model {
  return withStudy(model(mmc(60, 2), { run: 2000 }), { seed, replications: { kind: 'fixed', times } });
}

// Two servers miss the limit by next to nothing, the hardest that it can be: a search may take them for enough in 5 % of
// all cases, however often it looks. Looked at four times with 95 % each, they were in 11 %.
test('a search that looks again and again is wrong no more often than it says', { timeout: 60_000 }, async () => {
  const [long] = (await simulateStudy(queue(20_000, 999_983), 'S')).scenarios;
  const waited = long?.indicators.find(({ indicator }) => indicator === 'Waited')?.estimate.mean ?? 0;
  expect(waited).toBeGreaterThan(0.3);
  const expectations: Model['expectations'] = [
    {
      id: 'expect',
      origin: HERE,
      text: 'Waited <= limit',
      indicator: 'Waited',
      statistic: 'mean',
      operator: '<=',
      limit: n(0.999 * waited),
      scenarios: [],
    },
  ];
  const target = { kind: 'resource', id: 'R', property: 'count' } as const;
  const find = {
    origin: HERE,
    levers: [{ origin: HERE, text: 'R.count', target, low: 2, high: 3 }],
    objective: 'units',
    certainty: n(0.95),
  } as const;
  const repetitions = 200;
  let wrong = 0;
  for (let seed = 1; seed <= repetitions; seed++) {
    const { found } = await simulateStudy(withStudy({ ...queue(80, seed), expectations }, { find }), 'S');
    if (found?.answer?.values[0] === 2) wrong++;
  }
  // The 5 % that are promised; the seeds are fixed.
  expect(wrong / repetitions).toBeLessThanOrEqual(0.05);
});
