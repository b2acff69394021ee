import { simulateStudy, type StudyResults } from '@pathway/simulation';
import { describe, expect, test } from 'vitest';
import { modelOf } from './budget-of-text.js';

/** A gate that fails once in a hundred days, for two: in a run of ten days mostly not at all. Nothing else is left to chance. */
async function gate(down: string, replications: number, seed: number, method = ''): Promise<StudyResults> {
  const text = `
    organisation House "House" { sector hospital }
    resource Gate "Gate" { at House  count 1  ${down} }
    cohort Guests { arrives every 1 h }
    pathway Visit for Guests { owner House  step Enter { uses 1 Gate  takes 1 min }  finish Home }
    indicator Closed { value P(queue(Gate) > 0) }
    scenario Today { }
    scenario More { set Gate.count = 2 }
    expect Closed <= 1% in Today
    study Study { compare Today, More  run 10 d  replicate ${replications} times  seed ${seed}  ${method} }`;
  return simulateStudy(await modelOf(text), 'Study');
}

const FAILS = 'down every exponential(100 d) for 2 d';
const FIND = 'find Gate.count from 1 to 2 least units with 95% certainty';
const RANK = 'rank by Closed with 95% certainty, indifferent below 1%';

describe('a share of time that is rare', () => {
  test('is above the limit though it was below in most of the runs', async () => {
    const [today] = (await gate(FAILS, 4000, 7)).scenarios;
    const { low = 0 } = today?.indicators.find(({ indicator }) => indicator === 'Closed')?.estimate ?? {};
    expect(low).toBeGreaterThan(0.015);
  });

  test('is not found to be within the limit by a search that promises 95 %', async () => {
    const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
    let wrong = 0;
    for (const seed of seeds) {
      const { found } = await gate(FAILS, 40, seed, FIND);
      if (found?.answer?.values[0] === 1) wrong++;
    }
    expect(wrong / seeds.length).toBeLessThanOrEqual(0.05);
  });

  test('is found to be within it by as many runs as that takes', async () => {
    // 0.99 ** 640 is 0.16 %: with three gates they were never all closed.
    const { found } = await gate(FAILS, 1000, 1, FIND.replace('to 2', 'to 3'));
    expect(found?.answer?.values[0]).toBeGreaterThan(1);
  });

  test('decides no ranking where it was seen in no run, before so many are known', async () => {
    // A seed with which the gate is never closed in the first 20 runs.
    const { scenarios, ranking } = await gate('down every exponential(10000 d) for 2 d', 20, 1, RANK);
    expect(scenarios.map(({ indicators }) => indicators[0]?.estimate.mean)).toEqual([0, 0]);
    expect(ranking?.decided).toBe(false);
    // 0.95 by pairs: 1 − 0.05 ** (1 / 299) is 1 %.
    expect((await gate('down every exponential(10000000 d) for 2 d', 300, 1, RANK)).ranking?.decided).toBe(true);
  });

  test('is warned of where it decides an expectation and all runs were alike', async () => {
    const { scenarios } = await gate('down every exponential(10000 d) for 2 d', 20, 1);
    expect(scenarios[0]?.expectations[0]?.verdict).toBe('holds');
    expect(scenarios[0]?.warnings.map(({ kind }) => kind)).toEqual(['unseen']);
  });

  test('is exact without chance', async () => {
    const { scenarios } = await gate('', 20, 1);
    expect(scenarios[0]?.warnings).toEqual([]);
    expect((await gate('', 20, 1, FIND)).found?.answer?.values).toEqual([1]);
    expect((await gate('', 20, 1, RANK)).ranking?.decided).toBe(true);
  });
});
