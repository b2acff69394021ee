import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fewestServers, type Model, type Override, type Study } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { batchReport } from '../../src/method/long-run.js';
import { batchesOf, compileInput, runReplication, simulateStudy } from '../../src/index.js';
import { studyResultsJsonSchema, studyResultsSchema } from '../../src/results-schema/study.js';
import { cohort, draw, every, HERE, hold, indicator, model, n, pathway, resource, step } from '../build.js';
import { mmc, withStudy } from './queues.js';

const SCHEMA = fileURLToPath(new URL('../../../../docs/schemas/results.schema.json', import.meta.url));

test('the results have a published schema that is current', () => {
  const schema = `${JSON.stringify(studyResultsJsonSchema(), null, 2)}\n`;
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(SCHEMA, schema);
  expect(readFileSync(SCHEMA, 'utf8')).toBe(schema);
});

const declared = (id: string) => ({ id, name: id, origin: HERE });
const countOfR = (count: number): Override => ({
  origin: HERE,
  text: `R.count = ${count}`,
  target: { kind: 'resource', id: 'R', property: 'count' },
  value: { kind: 'expression', expression: n(count) },
});
const scenario = (id: string, ...overrides: Override[]) => ({ ...declared(id), basedOn: [], overrides });

describe('replications until each precision', () => {
  const study = (targets: Extract<Study['replications'], { kind: 'precision' }>['targets'], atMost = 200): Model =>
    withStudy(model(mmc(125, 1), { run: 40_000 }), { replications: { kind: 'precision', targets, atMost } });

  test('go on until the last of several is reached, absolute or relative', async () => {
    const absolute = { indicator: 'Wait', statistic: 'mean', halfWidth: n(60), relative: false } as const;
    const relative = { indicator: 'Waited', statistic: 'mean', halfWidth: n(0.02), relative: true } as const;
    const count = async (...targets: Parameters<typeof study>[0]): Promise<number> =>
      (await simulateStudy(study(targets), 'S')).scenarios[0]?.replications ?? 0;
    const [first, second, both] = [await count(absolute), await count(relative), await count(absolute, relative)];
    expect(first).not.toBe(second);
    expect(both).toBe(Math.max(first, second));
    const results = await simulateStudy(study([absolute, relative]), 'S');
    const precisions = results.scenarios[0]?.precisions ?? [];
    expect(precisions.map(({ met }) => met)).toEqual([true, true]);
    const share = results.scenarios[0]?.indicators.find((each) => each.indicator === 'Waited')?.estimate;
    expect(precisions[1]?.reached).toBeCloseTo((share?.halfWidth ?? 0) / (share?.mean ?? 1), 12);
    expect(results.replicationsExplained).toMatch(/^Stopped after \d+ replications \(at most 200\)/);
  });

  test('of a percentile looks at that percentile', async () => {
    const results = await simulateStudy(
      study([{ indicator: 'Wait', statistic: { percentile: 97 }, halfWidth: n(1), relative: false }], 20),
      'S',
    );
    const [found] = results.scenarios[0]?.precisions ?? [];
    const p97 = results.scenarios[0]?.indicators[0]?.distribution?.percentiles.find((each) => each.percentile === 97);
    expect(found?.reached).toBe(p97?.estimate.halfWidth);
    expect(found).toMatchObject({ met: false, statistic: 'p97' });
    expect(results.replicationsExplained).toMatch(
      /20 replications were not enough for p97 of Wait\..* About \d+ would be needed\./,
    );
  });
});

describe('scenario grids', () => {
  test('have a scenario for each combination, named by its values, and run them as if each were declared', async () => {
    const base = { ...mmc(125, 2), numbers: [] };
    const grid = withStudy(model({ ...base, scenarios: [scenario('Today')] }, { run: 5000, replications: 3 }), {
      varied: [
        {
          origin: HERE,
          text: 'R.count',
          target: { kind: 'resource', id: 'R', property: 'count' },
          values: [2, 3].map((count) => ({ text: `${count}`, value: { kind: 'expression', expression: n(count) } })),
        },
        {
          origin: HERE,
          text: 'X.arrives',
          target: { kind: 'cohort', id: 'X', property: 'arrives' },
          values: [60, 80].map((gap) => ({
            text: `every ${gap}`,
            value: { kind: 'arrivals', arrivals: every(gap) },
          })),
        },
      ],
    });
    const results = await simulateStudy(grid, 'S');
    expect(results.scenarios.map(({ title }) => title)).toEqual([
      'R.count = 2, X.arrives = every 60',
      'R.count = 2, X.arrives = every 80',
      'R.count = 3, X.arrives = every 60',
      'R.count = 3, X.arrives = every 80',
    ]);
    const alone = await simulateStudy(model(mmc(80, 3), { run: 5000, replications: 3 }), 'S');
    expect(results.scenarios[3]?.indicators).toEqual(alone.scenarios[0]?.indicators);
    expect(results.comparisons.map(({ base: first }) => first)).toEqual(
      Array<string>(3).fill('Today: R.count = 2, X.arrives = every 60'),
    );
  });
});

describe('a long run in batches', () => {
  const whole = withStudy(model(mmc(160, 1), { run: 400_000, warmUp: 20_000, seed: 11 }), {
    replications: { kind: 'batches', batches: 20 },
  });

  test('sees the same patients as the run in one piece: batch means average to its mean', () => {
    const input = compileInput(whole, 'S', '');
    const one = runReplication(input, 0);
    const parts = batchesOf(runReplication({ ...input, batches: 20 }, 0));
    const total = parts.reduce((sum, part) => sum + (part.facilities[0]?.census ?? 0), 0) / 20;
    expect(total).toBeCloseTo(one.facilities[0]?.census ?? 0, 9);
    const starts = parts.reduce((sum, part) => sum + (part.activities[0]?.starts ?? 0), 0);
    expect(starts).toBe(one.activities[0]?.starts);
  });

  test('gives an interval that holds the exact value, and finds its batches long enough', async () => {
    const results = await simulateStudy(whole, 'S');
    const estimate = results.scenarios[0]?.indicators.find(({ indicator: id }) => id === 'Waited')?.estimate;
    expect(estimate?.replications).toBe(20);
    // M/M/1 with load 0.625: that share of arrivals waits.
    expect(Math.abs((estimate?.mean ?? 0) - 0.625)).toBeLessThan(estimate?.halfWidth ?? 0);
    expect(results.batches).toMatchObject({ batches: 20, length: 20_000 });
    expect(results.batches?.correlations.every(({ tooShort }) => !tooShort)).toBe(true);
  });

  test('says nothing of how alike batches are where a stop left fewer than three', () => {
    const input = compileInput(whole, 'S', '');
    const parts = batchesOf(runReplication({ ...input, batches: 20 }, 0));
    expect(batchReport([input], 20, [[]]).correlations).toEqual([]);
    expect(batchReport([input], 20, [parts.slice(0, 2)]).correlations).toEqual([]);
    expect(batchReport([input], 20, [parts.slice(0, 3)]).correlations.length).toBeGreaterThan(0);
  });

  test('is told where batches are too short', async () => {
    const short = withStudy(model(mmc(105, 1), { run: 40_000, warmUp: 20_000 }), {
      replications: { kind: 'batches', batches: 40 },
    });
    const { batches } = await simulateStudy(short, 'S');
    expect(batches?.correlations.find(({ indicator: id }) => id === 'Wait')?.tooShort).toBe(true);
  });
});

describe('a ranking', () => {
  test('spends replications on those that are hard to tell apart, and says who was left out when', async () => {
    const counts = [2, 5, 3];
    const parts = { ...mmc(60, 2), scenarios: counts.map((count) => scenario(`C${count}`, countOfR(count))) };
    const ranked = withStudy(model(parts, { run: 20_000, replications: 200 }), {
      ranking: {
        origin: HERE,
        indicator: 'Wait',
        statistic: 'mean',
        best: 'least',
        certainty: n(0.95),
        indifference: n(1),
      },
    });
    const results = await simulateStudy(ranked, 'S');
    expect(results.ranking?.order.map((each) => each.scenario)).toEqual(['C5', 'C3', 'C2']);
    expect(results.ranking?.decided).toBe(true);
    expect(results.ranking?.probability).toBeGreaterThan(0.95);
    const replications = Object.fromEntries(results.scenarios.map((each) => [each.scenario, each.replications]));
    expect(replications.C2).toBeLessThan(200);
    expect(replications.C3).toBeLessThan(200);
    expect(replications.C5).toBe(Math.max(replications.C2 ?? 0, replications.C3 ?? 0));
    expect(results.ranking?.order[1]?.behind?.mean).toBeGreaterThan(0);
    expect(results.ranking?.explained).toContain('C5 has the lowest Wait');
  });

  test('that its replications cannot decide says who is still in play', async () => {
    const parts = { ...mmc(60, 2), scenarios: [scenario('A'), scenario('B', countOfR(2))] };
    const ranked = withStudy(model(parts, { run: 5000, replications: 10 }), {
      ranking: {
        origin: HERE,
        indicator: 'Wait',
        statistic: 'mean',
        best: 'least',
        certainty: n(0.95),
        indifference: n(0.001),
      },
    });
    const { ranking } = await simulateStudy({ ...ranked, scenarios: [scenario('A'), scenario('B', countOfR(3))] }, 'S');
    expect(ranking?.order.length).toBe(2);
    const same = await simulateStudy(ranked, 'S');
    expect(same.ranking?.order[1]?.behind?.mean).toBe(0);
  });
});

describe('sensitivity', () => {
  // Everybody stays Length + 2 × Other, nobody waits: the derivative of the time is known.
  const number = (id: string, value: number, low: number, high: number) => ({
    ...declared(id),
    value: n(value),
    uncertainty: { kind: 'range', low: n(low), high: n(high) } as const,
  });
  const reference = (name: string) => ({ kind: 'reference', to: name }) as const;
  const stay = {
    kind: 'binary',
    operator: '+',
    left: reference('Length'),
    right: { kind: 'binary', operator: '*', left: n(2), right: reference('Other') },
  } as const;
  const parts: Partial<Model> = {
    numbers: [number('Length', 10, 8, 12), number('Other', 5, 0, 20), number('Unused', 1, 0, 2)],
    cohorts: [cohort('X', every(20))],
    pathways: [pathway([step('S', stay)], ['X'])],
    indicators: [indicator('Time', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } })],
  };
  const of = (method: 'one at a time' | 'Morris' | 'Sobol', size: number): Model =>
    withStudy(model(parts, { run: 3000, replications: 3 }), {
      sensitivities: [{ origin: HERE, indicator: 'Time', statistic: 'mean', method, size }],
    });

  test('one at a time gives the change over each range, the largest first', async () => {
    const [found] = (await simulateStudy(of('one at a time', 1), 'S')).sensitivities ?? [];
    expect(found?.base?.mean).toBeCloseTo(20, 9);
    expect(found?.numbers.map((each) => [each.number, each.swing?.mean])).toEqual([
      ['Other', expect.closeTo(40, 9)],
      ['Length', expect.closeTo(4, 9)],
      ['Unused', 0],
    ]);
    expect(found?.runs).toBe(7 * 3);
  });

  test('by Morris gives the slopes, without spread', async () => {
    const [found] = (await simulateStudy(of('Morris', 5), 'S')).sensitivities ?? [];
    expect(found?.numbers.map((each) => each.effect?.mean)).toEqual([
      expect.closeTo(40, 9),
      expect.closeTo(4, 9),
      expect.closeTo(0, 9),
    ]);
    expect(found?.numbers[0]?.effect?.spread).toBeCloseTo(0, 9);
    expect(found?.runs).toBe(5 * 4);
  });

  test('by Sobol gives the shares of the variance: 1600 and 16 of 1616', async () => {
    const [found] = (await simulateStudy(of('Sobol', 128), 'S')).sensitivities ?? [];
    const [other, length, unused] = found?.numbers ?? [];
    expect(Math.abs((other?.shares?.first ?? 0) - 1600 / 1616)).toBeLessThan(0.1);
    expect(Math.abs((length?.shares?.total ?? 0) - 16 / 1616)).toBeLessThan(0.01);
    expect(unused?.shares?.total).toBe(0);
  });
});

describe('the search for capacities', () => {
  const limit = 0.2;
  const searched = (servers: number, gap: number, run: number): Model =>
    withStudy(
      model(
        {
          ...mmc(gap, servers),
          expectations: [
            {
              id: 'E',
              origin: HERE,
              text: 'Waited <= 20%',
              indicator: 'Waited',
              statistic: 'mean',
              operator: '<=',
              limit: n(limit),
              scenarios: [],
            },
          ],
        },
        { run, warmUp: 2000, replications: 80 },
      ),
      {
        find: {
          origin: HERE,
          levers: [
            {
              origin: HERE,
              text: 'R.count',
              target: { kind: 'resource', id: 'R', property: 'count' },
              low: 1,
              high: 12,
            },
          ],
          objective: 'units',
          certainty: n(0.95),
        },
      },
    );

  test.each([
    [50, 'a load of 2'],
    [25, 'a load of 4'],
  ])('finds the fewest servers of M/M/c that Erlang C gives for one arrival every %d', async (gap) => {
    const { found } = await simulateStudy(searched(1, gap, 60_000), 'S');
    const load = 100 / gap;
    const fewest = fewestServers(load, limit);
    expect(found?.answer?.values).toEqual([fewest]);
    expect(found?.monotone).toBe('holds');
    expect(found?.answer?.probability).toBeGreaterThanOrEqual(0.95);
    expect(found?.tried.length).toBeLessThan(8);
    expect(found?.explained).toContain(`R.count = ${fewest} is the fewest units`);
  });

  test('says that nothing meets it where nothing does', async () => {
    const { found } = await simulateStudy(searched(1, 5, 5000), 'S');
    expect(found?.answer).toBeUndefined();
    expect(found?.explained).toContain('Nothing within the ranges meets every expectation');
    expect(found?.tried.length).toBe(1);
  });
});

describe('an automatic warm-up', () => {
  test('is found where an empty ward fills, and moves the figures to those of the steady state', async () => {
    // M/M/∞ with 50 patients on average: fills with the length of stay as its time constant.
    const parts: Partial<Model> = {
      resources: [resource('R', 'unlimited')],
      cohorts: [cohort('X', every(2000))],
      pathways: [pathway([hold('H', ['R'], [step('S', draw('exponential', { mean: 100_000 }))])], ['X'])],
      indicators: [indicator('InUse', { kind: 'value', value: { kind: 'census', resource: 'R' } })],
    };
    const automatic = withStudy(model(parts, { run: 2_000_000, replications: 20 }), { automaticWarmUp: true });
    const { warmUpChoice, warmUp, scenarios } = await simulateStudy(automatic, 'S');
    expect(warmUpChoice).toMatchObject({ method: 'MSER-5', subject: 'R', settled: true, warmUp });
    expect(warmUp).toBeGreaterThan(100_000);
    expect(warmUp).toBeLessThan(900_000);
    const { mean = 0, halfWidth = 0 } = scenarios[0]?.indicators[0]?.estimate ?? {};
    expect(Math.abs(mean - 50)).toBeLessThan(1.2 * halfWidth);
    const biased = await simulateStudy(withStudy(automatic, { automaticWarmUp: false }), 'S');
    expect(biased.scenarios[0]?.indicators[0]?.estimate.high).toBeLessThan(50);
  });
});

test('a study that is stopped keeps what its methods have, and says so', async () => {
  let asked = 0;
  const whole = withStudy(model(mmc(60, 2), { run: 20_000, replications: 30 }), {});
  const results = await simulateStudy(whole, 'S', { shouldStop: () => ++asked > 12 });
  expect(results.interrupted).toBe(true);
  expect(results.scenarios[0]?.replications).toBeGreaterThan(0);
  expect(results.scenarios[0]?.replications).toBeLessThan(30);
  expect(results.replicationsExplained).toMatch(/^Interrupted after \d+ of at most 30 replications\.$/);
});

test('a study with every method can be stopped at any moment', async () => {
  const number = {
    ...declared('Extra'),
    value: n(1),
    uncertainty: { kind: 'range', low: n(0), high: n(2) } as const,
  };
  const parts: Partial<Model> = {
    ...mmc(60, 2),
    numbers: [number],
    scenarios: [scenario('A'), scenario('B', countOfR(3))],
    expectations: [
      {
        id: 'E',
        origin: HERE,
        text: 'Waited <= 50%',
        indicator: 'Waited',
        statistic: 'mean',
        operator: '<=',
        limit: n(0.5),
        scenarios: [],
      },
    ],
  };
  const figure = { indicator: 'Wait', statistic: 'mean' } as const;
  const whole = withStudy(model(parts, { run: 2000, replications: 12 }), {
    automaticWarmUp: true,
    ranking: { ...figure, origin: HERE, best: 'least', certainty: n(0.9), indifference: n(1) },
    sensitivities: (['one at a time', 'Morris', 'Sobol'] as const).map((method) => ({
      ...figure,
      origin: HERE,
      method,
      size: 8,
    })),
    find: {
      origin: HERE,
      levers: [
        { origin: HERE, text: 'R.count', target: { kind: 'resource', id: 'R', property: 'count' }, low: 1, high: 9 },
      ],
      objective: 'units',
      certainty: n(0.9),
    },
  });
  let runs = 0;
  const complete = await simulateStudy(whole, 'S', { onProgress: () => (runs += 1) });
  expect(complete.interrupted).toBe(false);
  expect(complete.found?.answer).toBeDefined();
  expect(studyResultsSchema.parse(JSON.parse(JSON.stringify(complete)))).toEqual(complete);
  for (let most = 0; most < runs; most += Math.ceil(runs / 12)) {
    let done = 0;
    const results = await simulateStudy(whole, 'S', {
      onProgress: () => (done += 1),
      shouldStop: () => done >= most,
    });
    expect(results.interrupted).toBe(true);
    expect(done).toBeLessThanOrEqual(most + 1);
    expect(() => studyResultsSchema.parse(JSON.parse(JSON.stringify(results)))).not.toThrow();
  }
});
