import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Activity,
  activitiesOf,
  applyScenario,
  deepFreeze,
  findActivity,
  mapActivities,
  type Model,
  modelJsonSchema,
  type Override,
  type OverrideTarget,
  packageLockJsonSchema,
  parseModel,
  type Pathway,
  type Scenario,
  scenarioChain,
  sha256Hex,
  stableJson,
  emptyModel,
} from '@pathway/model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, number, ORIGIN, plain, seconds } from './build.js';

const SCHEMA = fileURLToPath(new URL('../../../docs/schemas/model.schema.json', import.meta.url));

function step(name: string): Activity {
  return {
    kind: 'step',
    id: `Care.${name}`,
    name,
    origin: ORIGIN,
    needs: [],
    takes: seconds(60),
    costs: [],
    dependsOn: [],
    remote: false,
  };
}

const choose: Activity = {
  kind: 'choose',
  id: 'Care.#1',
  origin: ORIGIN,
  by: 'shares',
  branches: [
    { origin: ORIGIN, label: '8%', when: { kind: 'share', share: plain(0.08) }, body: [step('Review')] },
    { origin: ORIGIN, label: 'otherwise', when: { kind: 'otherwise' }, body: [] },
  ],
};
const hold: Activity = {
  kind: 'hold',
  id: 'Care.Bed',
  name: 'Bed',
  origin: ORIGIN,
  policy: 'all',
  needs: [{ amount: plain(1), of: [{ kind: 'resource', resource: 'Bed' }], origin: ORIGIN }],
  waits: { atMost: seconds(3600), otherwise: [step('Outlier')] },
  freesFirst: false,
  body: [step('Stay'), choose],
};
const pathway: Pathway = {
  id: 'Care',
  name: 'Care',
  origin: ORIGIN,
  cohorts: [{ cohort: 'Stroke' }],
  body: [hold, step('Home')],
};

const override = (
  target: OverrideTarget,
  value: Override['value'] = { kind: 'expression', expression: plain(12) },
): Override => ({
  origin: ORIGIN,
  text: 'set it',
  target,
  value,
});
const scenario = (id: string, basedOn: string[], ...overrides: Override[]): Scenario => ({
  id,
  name: id,
  origin: ORIGIN,
  basedOn,
  overrides,
});

function model(...scenarios: Scenario[]): Model {
  return deepFreeze(
    emptyModel({
      numbers: [number('Calls', plain(6))],
      roles: [{ id: 'Nurse', name: 'Nurse', origin: ORIGIN, codes: {}, skills: [] }],
      resources: [
        { id: 'Bed', name: 'Bed', origin: ORIGIN, resourceKind: 'space', count: { rules: [], otherwise: plain(10) } },
      ],
      staff: [
        {
          id: 'Ward',
          name: 'Ward',
          origin: ORIGIN,
          role: 'Nurse',
          headcount: plain(26),
          people: [],
          shifts: [],
          leave: [],
          supportShares: [],
        },
      ],
      cohorts: [
        {
          id: 'Stroke',
          name: 'Stroke',
          origin: ORIGIN,
          arrivals: { kind: 'every', between: draw('exponential', { mean: 1.2 }) },
          attributes: [{ name: 'age', origin: ORIGIN, value: plain(70), categories: [] }],
        },
      ],
      pathways: [pathway],
      scenarios,
    }),
  );
}

describe('walking', () => {
  it('visits each activity before what it contains, in textual order', () => {
    expect(activitiesOf(pathway).map(({ id }) => id)).toEqual([
      'Care.Bed',
      'Care.Stay',
      'Care.#1',
      'Care.Review',
      'Care.Outlier',
      'Care.Home',
    ]);
    expect(findActivity({ pathways: [pathway] }, 'Care.Review')).toMatchObject({ name: 'Review' });
    expect(findActivity({ pathways: [pathway] }, 'Care.None')).toBeUndefined();
  });

  it('copies only what changes', () => {
    const same = mapActivities(pathway.body, (activity) => activity);
    expect(same).toBe(pathway.body);
    const renamed = mapActivities(pathway.body, (activity) =>
      activity.id === 'Care.Outlier' ? { ...activity, documentation: 'x' } : activity,
    );
    expect(renamed[0]).not.toBe(hold);
    expect(renamed[1]).toBe(pathway.body[1]);
    expect(findActivity({ pathways: [{ ...pathway, body: renamed }] }, 'Care.Outlier')?.documentation).toBe('x');
  });
});

describe('scenarios', () => {
  it('change every kind of target, and nothing else', () => {
    const arrivals = { kind: 'rate', rate: plain(1) } as const;
    const base = model(
      scenario(
        'All',
        [],
        override({ kind: 'number', id: 'Calls' }),
        override({ kind: 'resource', id: 'Bed', property: 'count' }),
        override({ kind: 'staff', id: 'Ward', property: 'absence' }),
        override(
          { kind: 'staff', id: 'Ward', property: 'on duty' },
          { kind: 'schedule', schedule: { rules: [], otherwise: plain(4) } },
        ),
        override({ kind: 'role', id: 'Nurse', property: 'cost' }),
        override({ kind: 'cohort', id: 'Stroke', property: 'arrives' }, { kind: 'arrivals', arrivals }),
        override({ kind: 'attribute', cohort: 'Stroke', name: 'age' }),
        override({ kind: 'step', id: 'Care.Stay', property: 'takes' }),
        override({ kind: 'share', id: 'Care.#1', branch: 0 }),
      ),
    );
    const before = stableJson(base);
    const changed = applyScenario(base, 'All');
    expect(stableJson(base)).toBe(before);
    expect(Object.isFrozen(changed.pathways[0]?.body)).toBe(true);
    const twelve = plain(12);
    expect(changed.numbers[0]?.value).toEqual(twelve);
    expect(changed.resources[0]?.count).toEqual({ rules: [], otherwise: twelve });
    expect(changed.staff[0]).toMatchObject({ absence: twelve, onDuty: { otherwise: plain(4) }, headcount: plain(26) });
    expect(changed.roles[0]?.cost).toEqual(twelve);
    expect(changed.cohorts[0]).toMatchObject({ arrivals, attributes: [{ name: 'age', value: twelve }] });
    expect(findActivity(changed, 'Care.Stay')).toMatchObject({ takes: twelve });
    expect(findActivity(changed, 'Care.#1')).toMatchObject({
      branches: [{ label: '1200%', when: { share: twelve } }, { label: 'otherwise' }],
    });
    expect(findActivity(changed, 'Care.Review')).toBe(findActivity(base, 'Care.Review'));
  });

  it('apply what they are based on first, each once', () => {
    const set = (value: number) =>
      override({ kind: 'number', id: 'Calls' }, { kind: 'expression', expression: plain(value) });
    const base = model(scenario('A', [], set(1)), scenario('B', ['A'], set(2)), scenario('C', ['B', 'A'], set(3)));
    expect(scenarioChain(base, 'C').map(({ id }) => id)).toEqual(['A', 'B', 'C']);
    expect(applyScenario(base, 'B').numbers[0]?.value).toEqual(plain(2));
  });

  it.each<[Scenario[], RegExp]>([
    [[scenario('S', ['T']), scenario('T', ['S'])], /in a circle: S → T → S/],
    [[scenario('T', [])], /There is no scenario S; known are T/],
    [
      [scenario('S', [], override({ kind: 'number', id: 'Nothing' }))],
      /changes Nothing, which the model does not have/,
    ],
    [[scenario('S', [], override({ kind: 'cohort', id: 'Stroke', property: 'arrives' }))], /needs arrivals/],
    [[scenario('S', [], override({ kind: 'step', id: 'Care.Stay', property: 'within' }))], /Stay declares none/],
    [[scenario('S', [], override({ kind: 'share', id: 'Care.#1', branch: 1 }))], /share of a branch that has none/],
  ])('say what is wrong: %#', (scenarios, message) => {
    expect(() => applyScenario(model(...scenarios), 'S')).toThrow(message);
  });
});

describe('JSON', () => {
  it('says what JSON.parse reads back, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(stableJson(value, 2))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(stableJson({ b: 1, a: [{ d: -0, c: undefined }] })).toBe('{"a":[{"d":0}],"b":1}');
    expect(stableJson({ b: [1, {}], a: [] }, 2)).toBe('{\n  "a": [],\n  "b": [\n    1,\n    {}\n  ]\n}');
  });

  it('refuses what JSON cannot say, naming the place', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => stableJson({ a: [1, NaN] })).toThrow('$.a[1] is NaN');
    expect(() => stableJson([undefined])).toThrow('$[0] is undefined');
    expect(() => stableJson(circle)).toThrow('$.self contains itself');
  });

  it('has the published digest of "abc"', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('schema', () => {
  const schemaText = `${stableJson(modelJsonSchema(), 2)}\n`;
  const sample = model(scenario('S', [], override({ kind: 'number', id: 'Calls' })));

  it('is published as it is', () => {
    if (process.env.UPDATE_GOLDENS === '1') {
      mkdirSync(new URL('.', new URL('../../../docs/schemas/model.schema.json', import.meta.url)), { recursive: true });
      writeFileSync(SCHEMA, schemaText);
    }
    expect(existsSync(SCHEMA) ? readFileSync(SCHEMA, 'utf8') : 'missing: run `npm run goldens`').toBe(schemaText);
  });

  it('of lock files is published as it is', () => {
    const published = fileURLToPath(new URL('../../../docs/schemas/lock.schema.json', import.meta.url));
    const text = `${stableJson(packageLockJsonSchema(), 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(published, text);
    expect(existsSync(published) ? readFileSync(published, 'utf8') : 'missing: run `npm run goldens`').toBe(text);
  });

  it('accepts a model and gives it back frozen', () => {
    const json: unknown = JSON.parse(stableJson(sample));
    expect(parseModel(json)).toEqual(sample);
    expect(Object.isFrozen(parseModel(json).pathways)).toBe(true);
    const validate = new Ajv2020().compile(modelJsonSchema());
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...sample, title: 3 })).toBe(false);
  });

  it('names the place of what is wrong', () => {
    expect(() => parseModel({ ...sample, title: 3 })).toThrow(/not a Pathway model\. \$\.title: /);
    expect(() => parseModel({ ...sample, extra: 1 })).toThrow(/extra/);
    expect(() => parseModel({ ...sample, languageVersion: '9' })).toThrow(/language version 9; this is 0\.1/);
    expect(() => parseModel(null)).toThrow(/not a Pathway model/);
  });
});
