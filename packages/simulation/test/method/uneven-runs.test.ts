import type { Model } from '@pathway/model';
import { expect, test } from 'vitest';
import { compileInput, runReplication, simulateStudy } from '../../src/index.js';
import { indicator, model, n } from '../build.js';
import { mmc, withStudy } from './queues.js';

const waiting = { kind: 'wait', of: { kind: 'resource', resource: 'R' } } as const;
const INDICATORS = [
  indicator('Wait', waiting),
  indicator('Long', { kind: 'share', of: waiting, operator: '>', limit: n(200) }),
];

/** Sessions of some six patients at 60 %, or long runs: whoever comes on a busy day waits longer, and there are more of them. */
function clinic(run: number): Model {
  const short = model({ ...mmc(170, 1), indicators: INDICATORS }, { run });
  return withStudy(short, { seed: 3, replications: { kind: 'fixed', times: 200 } });
}

test('the mean of runs is told beside that of all patients, where these are further apart than a tenth', async () => {
  const { scenarios } = await simulateStudy(clinic(1000), 'S');
  const [wait, long] = scenarios[0]!.indicators;
  const input = compileInput(clinic(1000), 'S', '');
  const runs = Array.from({ length: 200 }, (_, r) => runReplication(input, r).indicators[0]![0]!);
  const present = runs.flatMap(({ value, sample }) => (value === null ? [] : [{ value, count: sample!.count }]));
  const people = present.reduce((sum, { count }) => sum + count, 0);
  expect(wait?.estimate.mean).toBeCloseTo(present.reduce((sum, { value }) => sum + value, 0) / present.length, 9);
  expect(wait?.together).toBeCloseTo(present.reduce((sum, { value, count }) => sum + value * count, 0) / people, 9);
  expect(wait!.together! / wait!.estimate.mean).toBeGreaterThan(1.1);
  expect(long?.together === undefined || long.together > long.estimate.mean * 1.1).toBe(true);
  const told = scenarios[0]!.warnings.filter(({ kind }) => kind === 'uneven');
  expect(told[0]?.subject).toBe('Wait');
  expect(told[0]?.message).toMatch(/^Wait: .* is the mean of the replications, each counting alike; all patients/);
});

test('runs long enough for all to be alike say nothing of it', async () => {
  const { scenarios } = await simulateStudy(
    withStudy(clinic(60_000), { replications: { kind: 'fixed', times: 10 } }),
    'S',
  );
  expect(scenarios[0]!.indicators.map(({ together }) => together)).toEqual([undefined, undefined]);
  expect(scenarios[0]!.warnings.filter(({ kind }) => kind === 'uneven')).toEqual([]);
});
