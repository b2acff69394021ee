import type { Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { compileInput, runReplication, simulateStudy } from '../../src/index.js';
import { HERE, indicator, model, n } from '../build.js';
import { mmc, withStudy } from './queues.js';

const waiting = { kind: 'wait', of: { kind: 'resource', resource: 'R' } } as const;
const INDICATORS = [
  indicator('Wait', waiting),
  indicator('Long', { kind: 'share', of: waiting, operator: '>', limit: n(200) }),
  indicator('PerPatient', {
    kind: 'value',
    value: {
      kind: 'operation' as const,
      operator: '/',
      left: { kind: 'capacity', target: { kind: 'resource', resource: 'R' } },
      right: { kind: 'count', of: 'exits' },
    },
  }),
];

/** Sessions of some twelve patients at 60 %: whoever comes on a busy day waits longer, and there are more of them. */
function clinic(seed: number, limit = 0): Model {
  const expectations = [
    {
      id: 'rare',
      origin: HERE,
      text: 'Long <= limit',
      indicator: 'Long',
      statistic: 'mean',
      operator: '<=',
      limit: n(limit),
      scenarios: [],
    } as const,
  ];
  const short = model({ ...mmc(170, 1), indicators: INDICATORS, expectations }, { run: 2000 });
  return withStudy(short, { seed, replications: { kind: 'fixed', times: 20 } });
}

/** What all patients of very many sessions show, added up here. */
function truths(): readonly number[] {
  const input = compileInput(clinic(999_983), 'S', '');
  const sums = { waits: 0, long: 0, patients: 0, exits: 0, capacity: 0 };
  for (let r = 0; r < 30_000; r++) {
    const { indicators, flows } = runReplication(input, r);
    const sample = indicators[0]?.[0]?.sample;
    sample?.observations.values.forEach((wait, i) => {
      const count = sample.observations.counts?.[i] ?? 1;
      sums.waits += wait * count;
      sums.long += wait > 200 ? count : 0;
      sums.patients += count;
    });
    sums.exits += flows[0]?.finished ?? 0;
    sums.capacity += 1;
  }
  return [sums.waits / sums.patients, sums.long / sums.patients, sums.capacity / sums.exits];
}

describe('means of short runs', () => {
  // Means of the runs' own means were 8 % too low, of their own shares 9 %, of their own ratios 11 % too high.
  test('are those of all patients, and their intervals hold the true ones', { timeout: 60_000 }, async () => {
    const truth = truths();
    const seeds = 300;
    const held = truth.map(() => 0);
    const mean = truth.map(() => 0);
    for (let seed = 1; seed <= seeds; seed++) {
      const { scenarios } = await simulateStudy(clinic(seed), 'S');
      truth.forEach((value, i) => {
        const estimate = scenarios[0]!.indicators[i]!.estimate;
        mean[i]! += estimate.mean / value / seeds;
        if (estimate.low <= value && value <= estimate.high) held[i]!++;
      });
    }
    for (const [i] of truth.entries()) {
      expect(Math.abs(mean[i]! - 1)).toBeLessThan(0.05);
      expect(held[i]! / seeds).toBeGreaterThanOrEqual(0.88);
    }
  });
});
