import type { Expectation, Find, Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { simulateStudy } from '../../src/index.js';
import { HERE, model, n } from '../build.js';
import { mmc, withStudy } from './queues.js';

/** One server at 80 %, about 160 patients a run; what was before is long enough for the start to be forgotten. */
function queue(seed: number, times: number, expectations: readonly Expectation[] = []): Model {
  const short = model({ ...mmc(125, 1), expectations }, { run: 20_000, warmUp: 60_000 });
  return withStudy(short, { seed, replications: { kind: 'fixed', times } });
}

/** Of a wait in M/M/1 with mean service 100 at 80 %: P(W > t) = 0.8 exp(−t / 500). */
function truePercentile(percentile: number): number {
  return 500 * Math.log(0.8 / (1 - percentile / 100));
}

function expecting(percentile: number, operator: Expectation['operator'], limit: number): Expectation {
  return {
    id: 'expect',
    origin: HERE,
    text: 'expect',
    indicator: 'Wait',
    statistic: { percentile },
    operator,
    limit: n(limit),
    scenarios: [],
  };
}

describe('percentiles of short runs whose patients wait for each other', () => {
  // Means of each run's own percentiles came out 24 % too low at the 95th, and their intervals held the true one in 26 %.
  // Of 600 studies, the intervals here hold it in 95 % (median), 93 % (90th) and 92 % (95th).
  test('are those of all patients, and their intervals hold the true ones', { timeout: 60_000 }, async () => {
    const wanted = [50, 90, 95];
    const seeds = 200;
    const held = wanted.map(() => 0);
    const sum = wanted.map(() => 0);
    for (let seed = 1; seed <= seeds; seed++) {
      const { scenarios } = await simulateStudy(queue(seed, 20), 'S');
      const found = scenarios[0]?.indicators[0]?.distribution?.percentiles ?? [];
      wanted.forEach((percentile, i) => {
        const { estimate } = found.find((each) => each.percentile === percentile)!;
        const truth = truePercentile(percentile);
        sum[i] = sum[i]! + estimate.mean / truth / seeds;
        if (estimate.low <= truth && (truth <= estimate.high || estimate.open === true)) held[i] = held[i]! + 1;
      });
    }
    for (const [i] of wanted.entries()) {
      expect(Math.abs(sum[i]! - 1)).toBeLessThan(0.06);
      expect(held[i]! / seeds).toBeGreaterThanOrEqual(0.87);
    }
  });

  test('are judged by what all patients show', async () => {
    // The mean of the runs' own 95th percentiles lies at about 1050.
    const limit = 1150;
    expect(truePercentile(95)).toBeGreaterThan(limit);
    const verdicts = await Promise.all(
      (['<=', '>='] as const).map(async (operator) => {
        const { scenarios } = await simulateStudy(queue(3, 600, [expecting(95, operator, limit)]), 'S');
        return scenarios[0]?.expectations[0]?.verdict;
      }),
    );
    expect(verdicts).toEqual(['fails', 'holds']);
  });

  test('of too few patients decide nothing', async () => {
    const short = model({ ...mmc(125, 1), expectations: [expecting(99, '<=', 1e7)] }, { run: 1000 });
    const { scenarios } = await simulateStudy(
      withStudy(short, { seed: 1, replications: { kind: 'fixed', times: 5 } }),
      'S',
    );
    expect(scenarios[0]?.expectations[0]).toMatchObject({ verdict: 'not decided', estimate: { open: true } });
  });

  // One server misses the limit by next to nothing, the hardest that it can be.
  test('are not taken for good enough by a search more often than it says', { timeout: 60_000 }, async () => {
    const find: Find = {
      origin: HERE,
      levers: [
        {
          origin: HERE,
          text: 'R.count',
          target: { kind: 'resource', id: 'R', property: 'count' },
          low: 1,
          high: 2,
        },
      ],
      objective: 'units',
      certainty: n(0.95),
    };
    const limit = 0.999 * truePercentile(90);
    const seeds = 60;
    let wrong = 0;
    let found = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const results = await simulateStudy(withStudy(queue(seed, 40, [expecting(90, '<=', limit)]), { find }), 'S');
      const [servers] = results.found?.answer?.values ?? [];
      if (servers === 1) wrong++;
      if (servers === 2) found++;
    }
    expect(wrong / seeds).toBeLessThanOrEqual(0.05);
    expect(found).toBeGreaterThan(50);
  });
});
