import {
  type Activity,
  activitiesOf,
  composeResponses,
  compositionOrder,
  type Model,
  type Patch,
  type Response,
  stableJson,
  unsoundnessOf,
  emptyModel,
} from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { either, goTo, hold, pathway, plain, response, seconds, step, together } from './build.js';

const body: readonly Activity[] = [
  step('Call'),
  together('Tests', [step('Scan')], [step('Bloods')]),
  hold('Bed', 'Beds', [step('Stay', { needs: [] }), goTo('Again', 'Stay')]),
  step('Review', { within: { limit: seconds(600), of: 'Bloods' } }),
];
const straight: readonly Activity[] = [step('Call'), hold('Bed', 'Beds', [step('Stay')]), step('Review')];

function modelOf(activities: readonly Activity[], responses: readonly Response[]): Model {
  return emptyModel({ pathways: [pathway(activities)], responses });
}

function idsAfter(activities: readonly Activity[], ...responses: readonly Response[]): readonly string[] {
  const { model, problems } = composeResponses(
    modelOf(activities, responses),
    responses.map(({ id }) => id),
  );
  expect(problems).toEqual([]);
  return model.pathways.flatMap((each) => activitiesOf(each)).map(({ id }) => id);
}

describe('a patch', () => {
  it('inserts before and after a place, wherever it stands', () => {
    const plan = response('R', [
      { kind: 'insert', where: 'before', place: 'Scan', with: [step('R.Ask')] },
      { kind: 'insert', where: 'after', place: 'Bed', with: [step('R.Tell'), step('R.Write')] },
    ]);
    expect(idsAfter(body, plan)).toEqual([
      'Call',
      'Tests',
      'R.Ask',
      'Scan',
      'Bloods',
      'Bed',
      'Stay',
      'Again',
      'R.Tell',
      'R.Write',
      'Review',
    ]);
  });

  it('gives a single replacement the identity of its place, also where the replacement leads to itself', () => {
    const again = hold('R.Ward', 'Chairs', [step('R.Rest'), goTo('R.#1', 'R.Rest')]);
    const { model } = composeResponses(
      modelOf(straight, [response('R', [{ kind: 'replace', place: 'Bed', with: [again] }])]),
      ['R'],
    );
    expect(model.pathways[0]?.body[1]).toMatchObject({
      id: 'Bed',
      name: 'R.Ward',
      needs: [{ of: [{ resource: 'Chairs' }] }],
    });
  });

  it('lets several activities stand for a place, and leads there whatever led to it', () => {
    const plan = response('R', [{ kind: 'replace', place: 'Stay', with: [step('R.Short'), step('R.Home')] }]);
    const { model, standIns } = composeResponses(modelOf(body, [plan]), ['R']);
    expect(standIns).toEqual([{ place: 'Stay', activities: ['R.Short', 'R.Home'] }]);
    expect(activitiesOf(model.pathways[0] ?? pathway([]))).toContainEqual(goTo('Again', 'R.Short'));
  });

  it('takes a place out, and leaves a mark that takes no time where something counts from it', () => {
    const plan = response('R', [
      { kind: 'remove', place: 'Scan' },
      { kind: 'remove', place: 'Bloods' },
    ]);
    expect(idsAfter(body, plan)).not.toContain('Scan');
    const { model } = composeResponses(modelOf(body, [plan]), ['R']);
    const mark = model.pathways.flatMap((each) => activitiesOf(each)).find(({ id }) => id === 'Bloods');
    expect(mark).toMatchObject({ kind: 'step', needs: [] });
    expect(mark).not.toHaveProperty('takes');
  });

  it('changes staff and things apart', () => {
    const needs = (kind: 'role' | 'resource', id: string) => [
      {
        amount: plain(1),
        of: [kind === 'role' ? { kind, role: id } : { kind, resource: id }],
        origin: step('x').origin,
      },
    ];
    const scan = step('Scan', { needs: [...needs('role', 'Nurse'), ...needs('resource', 'CT')] });
    const plan = response('R', [
      { kind: 'change', place: 'Scan', relaxes: false, to: { staff: needs('role', 'Helper'), takes: seconds(30) } },
    ]);
    const { model } = composeResponses(modelOf([scan], [plan]), ['R']);
    expect(model.pathways[0]?.body).toEqual([
      { ...scan, takes: seconds(30), needs: [...needs('role', 'Helper'), ...needs('resource', 'CT')] },
    ]);
  });

  it('reroutes all who come, or those of whom a condition holds, and holds others back', () => {
    const when = { kind: 'boolean', value: true } as const;
    const plan = response('R', [
      { kind: 'reroute', place: 'Call', to: 'Review', when },
      { kind: 'hold back', place: 'Review', by: seconds(60) },
    ]);
    expect(idsAfter(straight, plan)).toEqual(['R.#1', 'R.#1.to', 'Call', 'Bed', 'Stay', 'R.#2', 'Review']);
    const all = response('R', [{ kind: 'reroute', place: 'Call', to: 'Review' }]);
    const { model } = composeResponses(modelOf(straight, [all]), ['R']);
    expect(model.pathways[0]?.body[0]).toMatchObject({ kind: 'go to', id: 'Call', to: 'Review' });
    expect(
      unsoundnessOf(model.pathways[0] ?? pathway([])).map(({ activity, reason }) => `${activity.id} ${reason}`),
    ).toEqual(['Bed is reached by nobody']);
  });

  it('pools what is merged, and orders who asks for what is rationed', () => {
    const chairs = { kind: 'resource', resource: 'Chairs' } as const;
    const beds = { kind: 'resource', resource: 'Beds' } as const;
    const plan = response('R', [
      { kind: 'merge', of: [chairs, beds] },
      { kind: 'ration', target: beds, by: plain(3) },
    ]);
    const { model } = composeResponses(modelOf(straight, [plan]), ['R']);
    expect(model.pathways[0]?.body[1]).toMatchObject({ needs: [{ of: [beds, chairs] }], priority: plain(3) });
    expect(model.pathways[0]?.body[0]).toEqual(straight[0]);
  });
});

describe('responses together', () => {
  const shorter = (id: string, more: Partial<Response> = {}) =>
    response(id, [{ kind: 'change', place: 'Stay', relaxes: false, to: { takes: seconds(30) } }], more);
  const without = (id: string, more: Partial<Response> = {}) => response(id, [{ kind: 'remove', place: 'Bed' }], more);

  it('conflict where both change a place and neither comes first', () => {
    const { problems } = composeResponses(modelOf(straight, [shorter('A'), shorter('B', { priority: 1 })]), ['A', 'B']);
    expect(problems).toMatchObject([
      { kind: 'conflict', place: 'Stay', first: { response: { id: 'A' } }, second: { response: { id: 'B' } } },
    ]);
    expect(idsAfter(straight, shorter('A', { priority: 2 }), shorter('B', { priority: 1 }))).toHaveLength(4);
  });

  it('conflict where one takes away what the other changes inside it', () => {
    const { problems } = composeResponses(modelOf(straight, [without('A'), shorter('B')]), ['A', 'B']);
    expect(problems).toMatchObject([
      { kind: 'conflict', place: 'Stay' },
      { kind: 'missing', place: 'Stay', patch: { response: { id: 'B' } }, after: { response: { id: 'A' } } },
    ]);
  });

  it('miss what another one with less of a say has taken away', () => {
    const responses = [shorter('A', { priority: 1 }), without('B', { priority: 2 })];
    const { problems } = composeResponses(modelOf(straight, responses), ['A', 'B']);
    expect(problems).toMatchObject([{ kind: 'missing', place: 'Stay', after: { response: { id: 'B' } } }]);
  });

  it('are applied from the greatest number to the smallest, those without one before them', () => {
    const responses = [response('A', [], { priority: 1 }), response('B', []), response('C', [], { priority: 3 })];
    expect(compositionOrder(responses).map(({ id }) => id)).toEqual(['B', 'C', 'A']);
  });

  it('keep measures beside the way apart, in order', () => {
    const plan = response('R', [{ kind: 'pause', cohorts: ['Elective'] }]);
    const { measures, model } = composeResponses(modelOf(straight, [plan]), ['R']);
    expect(measures).toMatchObject([{ response: 'R', measure: { kind: 'pause', cohorts: ['Elective'] } }]);
    expect(model.pathways[0]?.body).toEqual(straight);
  });

  it('say so where one is unknown', () => {
    expect(() => composeResponses(modelOf(straight, []), ['R'])).toThrow('There is no response R; none is declared.');
  });
});

describe('a pathway is unsound', () => {
  const wrong = (activities: readonly Activity[]): readonly string[] =>
    unsoundnessOf(pathway(activities)).map(({ activity, reason }) => `${activity.id} ${reason}`);

  it('where a way leads nowhere, into the middle, or away from those who wait', () => {
    expect(wrong([goTo('G', 'Gone')])).toEqual(['G leads to Gone, which is not there']);
    expect(wrong([either('E', [goTo('G', 'Stay')], []), ...straight])).toEqual(['G leads into the middle of Bed']);
    expect(wrong([step('Call'), together('T', [goTo('G', 'Call')], [])])).toEqual([
      'G leaves T, for which others wait',
    ]);
  });

  it('where something is given back outside, and where nobody comes', () => {
    const release: Activity = { kind: 'release', id: 'R', origin: step('x').origin, targets: ['Beds'], hold: 'Bed' };
    expect(wrong([...straight, release])).toEqual(['R gives back what no hold around it keeps']);
    expect(wrong([step('A'), goTo('G', 'A'), step('B'), step('C')])).toEqual(['B is reached by nobody']);
  });

  it('and else it is not', () => {
    expect(wrong(body)).toEqual(['Review is reached by nobody']);
    expect(wrong(straight)).toEqual([]);
  });
});

/** Bodies of any form, whose activities are numbered afterwards. */
const shapes = fc.letrec<{ readonly body: readonly Activity[]; readonly activity: Activity }>((tie) => ({
  body: fc.array(tie('activity'), { minLength: 1, maxLength: 4 }),
  activity: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(step('?')),
    tie('body').map((inside) => hold('?', 'Beds', inside)),
    fc.tuple(tie('body'), tie('body')).map(([one, other]) => either('?', one, other)),
    fc.tuple(tie('body'), tie('body')).map(([one, other]) => together('?', one, other)),
  ),
}));

/** The same forms with ids `S0`, `S1`, … in textual order; holds begin with an `H`, so that no two share one. */
function numbered(activities: readonly Activity[], count: { value: number }): readonly Activity[] {
  return activities.map((activity): Activity => {
    const id = `${activity.kind === 'step' ? 'S' : 'H'}${count.value++}`;
    switch (activity.kind) {
      case 'hold':
        return { ...activity, id, body: numbered(activity.body, count) };
      case 'choose':
        return {
          ...activity,
          id,
          branches: activity.branches.map((each) => ({ ...each, body: numbered(each.body, count) })),
        };
      case 'together':
        return {
          ...activity,
          id,
          branches: activity.branches.map((each) => ({ ...each, body: numbered(each.body, count) })),
        };
      default:
        return { ...activity, id };
    }
  });
}

const bodies = shapes.body.map((activities) => numbered(activities, { value: 0 }));

interface Chosen {
  readonly kind: 'replace' | 'replace by two' | 'before' | 'after' | 'remove' | 'change' | 'hold back' | 'merge';
  readonly place: number;
}

const chosen: fc.Arbitrary<Chosen> = fc.record({
  kind: fc.constantFrom('replace', 'replace by two', 'before', 'after', 'remove', 'change', 'hold back', 'merge'),
  place: fc.nat(),
});

/** A patch of some place of a body, under the name of its response. */
function patchOf({ kind, place }: Chosen, ids: readonly string[], name: string, index: number): Patch {
  const own = { id: `${name}.#${index + 1}`, origin: step('x').origin };
  const at = ids[place % ids.length] ?? '';
  const fresh = step(`${name}.New${index}`);
  switch (kind) {
    case 'replace':
      return { ...own, kind, place: at, with: [fresh] };
    case 'replace by two':
      return { ...own, kind: 'replace', place: at, with: [fresh, step(`${name}.Then${index}`)] };
    case 'before':
    case 'after':
      return { ...own, kind: 'insert', where: kind, place: at, with: [fresh] };
    case 'change':
      return { ...own, kind, place: at, relaxes: false, to: { priority: plain(index) } };
    case 'hold back':
      return { ...own, kind, place: at, by: seconds(60) };
    case 'merge':
      return {
        ...own,
        kind,
        of: [
          { kind: 'resource', resource: 'Beds' },
          { kind: 'resource', resource: 'Chairs' },
        ],
      };
    default:
      return { ...own, kind, place: at };
  }
}

const cases = fc
  .tuple(bodies, fc.array(fc.array(chosen, { maxLength: 3 }), { minLength: 1, maxLength: 3 }))
  .map(([activities, plans]) => {
    const ids = activitiesOf(pathway(activities)).map(({ id }) => id);
    const responses = plans.map((patches, index) => ({
      ...response(`R${index}`, []),
      patches: patches.map((each, place) => patchOf(each, ids, `R${index}`, place)),
    }));
    return { activities, responses };
  });

const OPTIONS = { seed: 4, numRuns: 400 };

describe('properties of composition', () => {
  it('no response, and a response that does nothing, give the model itself', () => {
    fc.assert(
      fc.property(bodies, (activities) => {
        const model = modelOf(activities, [response('Empty', [])]);
        expect(composeResponses(model, []).model).toBe(model);
        expect(composeResponses(model, ['Empty']).model).toBe(model);
      }),
      OPTIONS,
    );
  });

  it('the order of declaration and of the ids does not matter to responses that go together', () => {
    let together = 0;
    fc.assert(
      fc.property(cases, ({ activities, responses }) => {
        const ids = responses.map(({ id }) => id);
        const there = composeResponses(modelOf(activities, responses), ids);
        fc.pre(there.problems.length === 0);
        together += ids.length > 1 ? 1 : 0;
        const back = composeResponses(modelOf(activities, responses.toReversed()), ids.toReversed());
        expect(back.problems).toEqual([]);
        expect(stableJson(back.model.pathways)).toBe(stableJson(there.model.pathways));
      }),
      OPTIONS,
    );
    expect(together).toBeGreaterThan(100);
  });

  it('patches keep a sound pathway sound, and every activity under an id of its own', () => {
    fc.assert(
      fc.property(cases, ({ activities, responses }) => {
        const ranked = responses.map((each, index) => ({ ...each, priority: index }));
        const { model } = composeResponses(
          modelOf(activities, ranked),
          ranked.map(({ id }) => id),
        );
        for (const each of model.pathways) {
          expect(unsoundnessOf(each)).toEqual([]);
          const ids = activitiesOf(each).map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      OPTIONS,
    );
  });

  it('the base stays as it is, and taking the responses away gives it back', () => {
    fc.assert(
      fc.property(cases, ({ activities, responses }) => {
        const model = modelOf(activities, responses);
        const before = stableJson(model);
        composeResponses(
          model,
          responses.map(({ id }) => id),
        );
        expect(stableJson(model)).toBe(before);
        expect(composeResponses(model, []).model).toBe(model);
      }),
      { ...OPTIONS, numRuns: 100 },
    );
  });
});
