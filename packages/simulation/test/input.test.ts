import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stableJson } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { parseSimulationInput, runReplication, simulateStudy, simulationInputJsonSchema } from '../src/index.js';
import { network } from '../bench/models.js';
import { cohort, draw, every, HERE, input, model, n, pathway, resource, step } from './build.js';
import { treatmentCentre } from './treatment-centre.js';

const DAY = 86_400;
const schemaFile = fileURLToPath(new URL('../../../docs/schemas/simulation-input.schema.json', import.meta.url));

describe('the simulation input', () => {
  test('has a published schema that is current', () => {
    const schema = `${JSON.stringify(simulationInputJsonSchema(), null, 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') {
      mkdirSync(new URL('.', `file://${schemaFile}`), { recursive: true });
      writeFileSync(schemaFile, schema);
    }
    expect(existsSync(schemaFile)).toBe(true);
    expect(readFileSync(schemaFile, 'utf8')).toBe(schema);
  });

  test('is JSON: writing, reading and checking gives the same results', () => {
    const compiled = input(network(), { run: 3 * DAY });
    const read = parseSimulationInput(JSON.parse(stableJson(compiled)));
    expect(stableJson(runReplication(read, 0))).toBe(stableJson(runReplication(compiled, 0)));
  });

  test('names the place that is wrong', () => {
    const compiled = input(treatmentCentre(), { run: DAY });
    expect(() => parseSimulationInput({ ...compiled, run: -1 })).toThrow(/not a simulation input: run:/);
    expect(() => parseSimulationInput(7)).toThrow(/not a simulation input: the input/);
  });

  test('has a control only where something is watched or changed from outside', () => {
    const network = resource('Network', 1, { breakdown: { every: n(DAY), lasts: n(60) } });
    const parts = {
      cohorts: [cohort('A', every(60))],
      pathways: [pathway([step('Note', 60, [], { dependsOn: ['Network'] })], ['A'])],
    };
    expect(input({ ...parts, resources: [resource('Network', 1)] }, { run: DAY }).control).toBeUndefined();
    expect(input({ ...parts, resources: [network] }, { run: DAY }).control?.dependences).toHaveLength(1);
  });

  test('keeps one cycle of a timetable that repeats', () => {
    const compiled = input(network(), { run: 30 * DAY });
    expect(compiled.pools[0]?.capacity).toEqual({ at: [0, 28_800], value: [1, 2], period: DAY });
    expect(compiled.cohorts[0]?.arrivals).toMatchObject({ kind: 'poisson', rate: { period: DAY } });
  });
});

test('a study measures the indicators it lists, and expects nothing of others', () => {
  const parts = {
    ...treatmentCentre(),
    expectations: ['Left', 'Triage'].map((id) => ({
      id: `E${id}`,
      origin: HERE,
      text: id,
      indicator: id,
      statistic: 'mean' as const,
      operator: '<=' as const,
      limit: n(1000),
      scenarios: [],
    })),
  };
  const some = input(parts, { run: DAY, indicators: ['Triage'] });
  expect(some.indicators.map((each) => each.id)).toEqual(['Triage']);
  expect(some.expectations.map((each) => each.id)).toEqual(['ETriage']);
  expect(input(parts, { run: DAY }).expectations).toHaveLength(2);
});

describe('replay', () => {
  const parts = treatmentCentre();
  const study = { run: DAY, replications: 12, seed: 5 };

  test('the same model and seed give the same bytes; another seed does not', async () => {
    const once = stableJson(await simulateStudy(model(parts, study), 'S'));
    expect(stableJson(await simulateStudy(model(parts, study), 'S'))).toBe(once);
    expect(stableJson(await simulateStudy(model(parts, { ...study, seed: 6 }), 'S'))).not.toBe(once);
  });

  test('results do not depend on who runs the replications, or in which order', async () => {
    const once = stableJson(await simulateStudy(model(parts, study), 'S'));
    const elsewhere = await simulateStudy(model(parts, study), 'S', {
      executor: {
        run(jobs, { onDone }) {
          const results = [...jobs].reverse().map((job) => {
            onDone();
            return runReplication(parseSimulationInput(JSON.parse(JSON.stringify(job.input))), job.replication);
          });
          return Promise.resolve(results.reverse());
        },
      },
    });
    expect(stableJson(elsewhere)).toBe(once);
  });

  test('an interrupted study keeps what is done and says so', async () => {
    let asked = 0;
    const results = await simulateStudy(model(parts, study), 'S', { shouldStop: () => ++asked > 5 });
    expect(results.interrupted).toBe(true);
    expect(results.scenarios[0]?.replications).toBe(5);
  });
});

describe('common random numbers', () => {
  test('a change elsewhere leaves the patients before it as they were', () => {
    const base = runReplication(input(treatmentCentre(), { run: DAY }), 3);
    const more = runReplication(input(treatmentCentre({ treat: 2 }), { run: DAY }), 3);
    for (const id of ['Triage', 'Registration', 'Examination', 'TraumaRoom']) {
      const at = treatmentCentre().indicators?.findIndex((each) => each.id === id) ?? -1;
      expect(more.indicators[at]).toEqual(base.indicators[at]);
    }
  });

  test('adding capacity never makes anyone wait longer (one class, first come first served)', () => {
    const waits = (servers: number, replication: number): number => {
      const parts = {
        resources: [resource('R', servers)],
        cohorts: [cohort('X', every(10))],
        pathways: [pathway([step('S', draw('gamma', { mean: 27, sd: 20 }), ['R'])], ['X'])],
      };
      return runReplication(input(parts, { run: 5000 }), replication).facilities[0]?.queue ?? Number.NaN;
    };
    for (let replication = 0; replication < 10; replication++) {
      const all = [2, 3, 4, 5].map((servers) => waits(servers, replication));
      for (let i = 1; i < all.length; i++) expect(all[i]).toBeLessThanOrEqual(all[i - 1]!);
    }
  });

  test('scaling all times scales all results', () => {
    const at = (unit: number) =>
      runReplication(
        input(
          {
            resources: [resource('R', 2)],
            cohorts: [cohort('X', every(unit))],
            pathways: [pathway([step('S', draw('exponential', { mean: 1.7 * unit }), ['R'])], ['X'])],
          },
          { run: 3000 * unit },
        ),
        0,
      ).facilities[0];
    expect(at(64)?.census).toBeCloseTo(at(1)?.census ?? 0, 9);
    expect((at(64)?.wait ?? 0) / 64).toBeCloseTo(at(1)?.wait ?? 0, 9);
  });
});

test('a study about something unknown, without length, or of impossible distributions is an error with a reason', () => {
  expect(() => input({}, { run: 0 })).toThrow(/run for more than no time/);
  const wrong = {
    cohorts: [cohort('X', [0])],
    pathways: [pathway([step('S', draw('normal', { mean: 5, sd: -1 }))], ['X'])],
  };
  expect(() => runReplication(input(wrong, { run: 9 }), 0)).toThrow(
    /normal needs a spread of at least 0.*test\.pathway:1:1/,
  );
  const bounded = {
    cohorts: [cohort('X', [0])],
    pathways: [pathway([step('S', { ...draw('uniform', { low: 0, high: 1 }), from: n(5) })], ['X'])],
  };
  expect(() => runReplication(input(bounded, { run: 9 }), 0)).toThrow(/bounds leave \(almost\) nothing/);
});
