import { describe, expect, test } from 'vitest';
import { type Activity, MEANING_HASH, meaningHash, meaningParts, type Model, emptyModel } from '@pathway/model';
import { ORIGIN, plain, seconds } from './build.js';

const declared = (id: string, file = 'a.pathway') => ({ id, name: id, origin: { ...ORIGIN, file } });

function step(id: string, minutes: number, more: object = {}): Activity {
  return {
    ...declared(id),
    kind: 'step',
    name: id.split('.').at(-1) ?? id,
    needs: [{ amount: plain(1), of: [{ kind: 'resource', resource: 'Bed' }], origin: ORIGIN }],
    takes: seconds(minutes * 60, 'min'),
    costs: [],
    dependsOn: [],
    remote: false,
    ...more,
  };
}

const bed = (id: string, count: number) => ({
  ...declared(id),
  resourceKind: 'space' as const,
  organisation: 'Hospital',
  count: { rules: [], otherwise: plain(count) },
});

/** Care calls Follow and has a bed; Other has nothing to do with it. */
function made(change: { bed?: number; other?: number; follow?: number; own?: object } = {}): Model {
  const call: Activity = { ...declared('Care.#2'), kind: 'call', pathway: 'Follow' };
  return emptyModel({
    organisations: [{ ...declared('Hospital'), contact: {} }],
    resources: [bed('Bed', change.bed ?? 4), bed('OtherBed', change.other ?? 4)],
    pathways: [
      { ...declared('Care'), cohorts: [], owner: 'Hospital', body: [step('Care.Scan', 20, change.own), call] },
      { ...declared('Follow'), cohorts: [], body: [step('Follow.Talk', change.follow ?? 10)] },
    ],
  });
}

const hash = (model: Model, id = 'Care') => meaningHash(model, id);
const HASH = hash(made());

describe('a hash of a meaning', () => {
  test('has its version and the length of a commit', () => {
    expect(HASH).toMatch(MEANING_HASH);
    expect(hash(made(), 'Nothing')).toBeUndefined();
  });

  test.each([
    ['a place in the text', { own: { origin: { ...ORIGIN, line: 77 } } }],
    ['a comment', { own: { documentation: 'Said of whom.' } }],
    ['the unit of a quantity', { own: { takes: seconds(1200, 's') } }],
    ['what says nothing', { own: { remote: undefined, sources: [] } }],
    ['what it does not use', { other: 9 }],
  ])('does not change with %s', (_about, change) => {
    expect(hash(made(change))).toBe(HASH);
  });

  test.each([
    ['a time', { own: { takes: seconds(1260) } }],
    ['a title', { own: { title: 'CT' } }],
    ['what it uses', { bed: 5 }],
    ['what it calls', { follow: 11 }],
  ])('changes with %s', (_about, change) => {
    expect(hash(made(change))).not.toBe(HASH);
  });

  test('belongs to one declaration, even where two mean nearly the same', () => {
    expect(hash(made(), 'Bed')).not.toBe(hash(made(), 'OtherBed'));
  });

  test('does not change with the order of declarations, nor with approvals', () => {
    const model = made();
    expect(hash({ ...model, resources: model.resources.toReversed() })).toBe(HASH);
    const approval = { subject: 'Care', approver: 'Hospital', date: '2026-04-02', hash: HASH ?? '' };
    expect(hash({ ...model, approvals: [{ ...approval, id: 'Care by Hospital', origin: ORIGIN }] })).toBe(HASH);
  });

  test('does not change with the name of a file, which ids hold where a name is there twice', () => {
    const inFiles = (mine: string): Model => {
      const text = JSON.stringify(made()).replaceAll('"id":"Bed"', `"id":"${mine}.Bed"`);
      const model = JSON.parse(text.replaceAll('"resource":"Bed"', `"resource":"${mine}.Bed"`)) as Model;
      return { ...model, resources: [...model.resources, { ...bed('elsewhere.Bed', 1), name: 'Bed' }] };
    };
    expect(hash(inFiles('wards'))).toBe(HASH);
    expect(hash(inFiles('beds'))).toBe(HASH);
  });

  test('of a branch does not depend on how its condition is spaced, but on its title', () => {
    const withLabel = (label: string): Model => {
      const age = { kind: 'attribute' as const, name: 'age', origin: ORIGIN };
      const condition = { kind: 'binary' as const, operator: '<' as const, left: age, right: plain(90) };
      const choose: Activity = {
        ...declared('Care.#1'),
        kind: 'choose',
        by: 'condition',
        branches: [{ origin: ORIGIN, label, when: { kind: 'condition', condition }, body: [] }],
      };
      const [care, ...others] = made().pathways;
      return { ...made(), pathways: [...(care ? [{ ...care, body: [choose] }] : []), ...others] };
    };
    expect(hash(withLabel('age<90'))).toBe(hash(withLabel('age < 90')));
    expect(hash(withLabel('Young'))).not.toBe(hash(withLabel('age < 90')));
  });
});

test('the parts of a meaning are what it names, directly or through others', () => {
  expect([...(meaningParts(made(), 'Care') ?? [])].sort()).toEqual(['Bed', 'Care', 'Follow', 'Hospital']);
  expect([...(meaningParts(made(), 'Bed') ?? [])].sort()).toEqual(['Bed', 'Hospital']);
});

test('a hash of a meaning stays what it was where a category is given a title for readers', () => {
  const withRoute = (title?: string): Model => {
    const options = [{ value: 'ward', ...(title !== undefined && { title }) }, { value: 'home' }];
    const route = { name: 'route', origin: ORIGIN, categories: ['ward', 'home'], value: { kind: 'one of', options } };
    const model = made();
    return {
      ...model,
      cohorts: [{ ...declared('All'), attributes: [{ ...route, value: { kind: 'one of', options } }] }],
      pathways: model.pathways.map((pathway) => ({ ...pathway, cohorts: [{ cohort: 'All' }] })),
    };
  };
  expect(hash(withRoute('To the ward'))).toBe(hash(withRoute()));
});
