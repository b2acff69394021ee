import type { Activity, Crisis, Effect, Expression, Model, Patch, Reading, Response, Trigger } from '@pathway/model';
import {
  composeResponses,
  emptyModel,
  isPathwayPatch,
  replaceActivities,
  unsoundnessOf,
  walkActivities,
} from '@pathway/model';
import fc from 'fast-check';
import { byRole, HERE, n, need, staff, step } from './build.js';
import { randomModel } from './random-models.js';

const HOUR = 3600;
const declared = (id: string) => ({ id, name: id, origin: HERE });

const share: fc.Arbitrary<Expression> = fc.constantFrom(0.1, 0.34, 0.5, 1).map(n);

type EffectPart = Effect extends infer E ? (E extends Effect ? Omit<E, 'id' | 'origin' | 'span'> : never) : never;

const effectPart: fc.Arbitrary<EffectPart> = fc.oneof(
  share.map((each): EffectPart => ({ kind: 'arrivals', cohorts: ['X', 'Y'], change: { kind: 'share', share: each } })),
  share.map((each): EffectPart => ({
    kind: 'arrivals',
    cohorts: ['X', 'Y'],
    change: { kind: 'share', share: { kind: 'unary', operator: '-', operand: each } },
  })),
  fc
    .integer({ min: 1, max: 20 })
    .map((people): EffectPart => ({ kind: 'arrivals', cohorts: ['Y'], change: { kind: 'people', people: n(people) } })),
  fc
    .record({ each: share, away: fc.boolean() })
    .map(({ each, away }): EffectPart => ({ kind: 'diversion', cohort: 'X', share: each, ...(!away && { to: 'Y' }) })),
  share.map((each): EffectPart => ({ kind: 'absence', role: 'Nurse', share: each })),
  fc
    .record({ resource: fc.constantFrom('A', 'B', 'C'), amount: fc.constantFrom(1, 2), returns: fc.boolean() })
    .map(({ resource, amount, returns }): EffectPart => ({
      kind: 'loss',
      resource,
      amount: n(amount),
      ...(returns && { returnsOver: n(5 * HOUR) }),
    })),
  fc.constantFrom('A', 'B', 'C', 'Net').map((resource): EffectPart => ({ kind: 'loss', resource })),
  fc.constant<EffectPart>({ kind: 'loss', resource: 'Net' }),
  share.map((each): EffectPart => ({ kind: 'supply cut', stock: 'Tank', share: each })),
  fc.constant<EffectPart>({ kind: 'closure', organisations: ['Clinic'] }),
  share.map((each): EffectPart => ({ kind: 'slowdown', places: [{ kind: 'pathway', pathway: 'P' }], share: each })),
);

const crisis: fc.Arbitrary<Crisis> = fc
  .array(
    fc.record({
      part: effectPart,
      begin: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 1, max: 20 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((effects) => ({
    ...declared('Crisis'),
    effects: effects.map(({ part, begin, length }, i): Effect => ({
      ...part,
      id: `Crisis.#${i + 1}`,
      origin: HERE,
      span: { begin: { kind: 'day', day: n(begin / 24) }, lasting: n(length * HOUR) },
    })),
  }));

const reading: fc.Arbitrary<Reading> = fc.oneof(
  fc
    .record({ of: fc.constantFrom('A', 'B', 'C', 'Nurse'), limit: fc.constantFrom(0, 1, 3) })
    .map(({ of, limit }): Reading => compare({ kind: 'state', measure: 'queue', of }, limit)),
  fc
    .record({ of: fc.constantFrom('A', 'B'), limit: fc.constantFrom(0.4, 0.9) })
    .map(({ of, limit }): Reading => compare({ kind: 'state', measure: 'occupancy', of }, limit)),
  fc
    .integer({ min: 0, max: 6 })
    .map((limit): Reading => compare({ kind: 'recent', measure: 'arrivals', over: n(3 * HOUR) }, limit)),
);

function compare(left: Reading, limit: number): Reading {
  return { kind: 'operation', operator: '>', left, right: { kind: 'constant', value: n(limit) } };
}

/**
 * Random models with more that crises concern: a system with a battery or a workaround, a stock that is used up and ordered,
 * helpers and a student, a scale.
 */
export const randomCrisisModel: fc.Arbitrary<Partial<Model>> = fc
  .record({ parts: randomModel, battery: fc.constantFrom(undefined, 1800), around: fc.boolean(), uses: fc.boolean() })
  .map(({ parts, battery, around, uses }) => {
    let steps = 0;
    const pathways = (parts.pathways ?? []).map((each) => ({
      ...each,
      owner: 'Clinic',
      body: replaceActivities(each.body, (activity) => {
        if (activity.kind !== 'step') return [activity];
        steps++;
        const workaround = around ? [step(`Around${steps}`, 1200, [need([byRole('Helper')])])] : undefined;
        const fallback = {
          on: ['Net'],
          origin: HERE,
          ...(battery && { battery: n(battery) }),
          ...(workaround && { workaround }),
        };
        const bridged = battery !== undefined || around;
        return [
          {
            ...activity,
            ...(steps % 2 === 1 && { dependsOn: ['Net'], ...(bridged && { fallbacks: [fallback] }) }),
            ...(uses &&
              steps % 3 === 0 && { consumes: [{ stock: 'Tank', amount: n(2), overTime: false, origin: HERE }] }),
          },
        ];
      }),
    }));
    return {
      ...parts,
      pathways,
      organisations: [{ ...declared('Clinic'), contact: {} }],
      resources: [
        ...(parts.resources ?? []),
        {
          ...declared('Net'),
          resourceKind: 'system' as const,
          count: { rules: [], otherwise: n(1) },
          organisation: 'Clinic',
        },
      ],
      stocks: [
        {
          ...declared('Tank'),
          level: n(20),
          deliveries: [{ kind: 'ordered' as const, amount: n(20), below: n(8), after: n(HOUR) }],
        },
      ],
      roles: [...(parts.roles ?? []), ...['Helper', 'Pupil'].map((id) => ({ ...declared(id), codes: {}, skills: [] }))],
      staff: [
        ...(parts.staff ?? []),
        staff('H', 'Helper', 3),
        staff('K', 'Pupil', 1, {
          people: [{ id: 'student', skills: [], shifts: [], leave: [], origin: HERE }],
        }),
      ],
      scales: [{ ...declared('Surge'), levels: ['calm', 'full'].map((name) => ({ name, origin: HERE })) }],
    };
  });

/** Triggers that end when their condition does not hold any more. */
const trigger = (id: string): fc.Arbitrary<Trigger> =>
  fc
    .record({ when: reading, lasting: fc.constantFrom(0, 1800, HOUR), calm: fc.constantFrom(0, 1800) })
    .map(({ when, lasting, calm }) => ({
      ...declared(id),
      fires: { kind: 'condition', when, ...(lasting > 0 && { lasting: n(lasting) }) },
      ...(id === 'T2' && { sets: { scale: 'Surge', level: 'full' } }),
      until: { kind: 'not', operand: when },
      ...(calm > 0 && { calm: n(calm) }),
    }));

/** Patches of the named places of a pathway, and measures. */
function patch(places: readonly Activity[], response: string, index: number): fc.Arbitrary<Patch> {
  const base = { id: `${response}.#${index}`, origin: HERE };
  const name = `${response}${index}`;
  const brought = (suffix: string, takes: number): Activity => step(`${name}${suffix}`, takes, [need('C')]);
  const place = fc.constantFrom(...places);
  const working = places.filter(({ kind }) => kind === 'step' || kind === 'hold');
  return fc.oneof(
    place.map((each): Patch => ({ ...base, kind: 'replace', place: each.id, with: [brought('a', 900)] })),
    place.map((each): Patch => ({
      ...base,
      kind: 'replace',
      place: each.id,
      with: [brought('a', 900), brought('b', 60)],
    })),
    fc
      .record({ each: place, where: fc.constantFrom('before' as const, 'after' as const) })
      .map(({ each, where }): Patch => ({ ...base, kind: 'insert', where, place: each.id, with: [brought('i', 300)] })),
    place.map((each): Patch => ({ ...base, kind: 'remove', place: each.id })),
    place.map((each): Patch => ({ ...base, kind: 'hold back', place: each.id, by: n(600) })),
    ...(working.length === 0
      ? []
      : [
          fc.constantFrom(...working).map((each): Patch => ({
            ...base,
            kind: 'change',
            place: each.id,
            relaxes: false,
            to: { priority: n(-3) },
          })),
        ]),
    fc.constant<Patch>({
      ...base,
      kind: 'merge',
      of: [
        { kind: 'resource', resource: 'A' },
        { kind: 'resource', resource: 'B' },
      ],
    }),
    fc.constant<Patch>({ ...base, kind: 'ration', target: { kind: 'resource', resource: 'A' }, by: n(-1) }),
    fc
      .record({ resource: fc.constantFrom('A', 'B', 'C'), lead: fc.constantFrom(0, HOUR) })
      .map(({ resource, lead }): Patch => ({
        ...base,
        kind: 'add',
        resource,
        amount: n(2),
        ...(lead > 0 && { after: n(lead) }),
        cost: { amount: n(0.1), each: true },
      })),
    fc.constant<Patch>({ ...base, kind: 'call in', role: 'Nurse', amount: n(2), after: n(1800) }),
    fc.constant<Patch>({ ...base, kind: 'convert', amount: n(1), from: 'C', to: 'A' }),
    fc.constantFrom<'pause' | 'cancel'>('pause', 'cancel').map((kind): Patch => ({ ...base, kind, cohorts: ['Y'] })),
    fc
      .record({
        who: fc.constantFrom('Helper', 'Student'),
        from: fc.constantFrom(undefined, { scale: 'Surge', level: 'full' }),
        training: fc.constantFrom(undefined, HOUR),
        supervised: fc.constantFrom(undefined, 'Nurse', 'Helper'),
        speed: fc.constantFrom(undefined, 0.5),
      })
      .map(({ who, from, training, supervised, speed }): Patch => ({
        ...base,
        kind: 'allow',
        who: who === 'Helper' ? { kind: 'role', role: who } : { kind: 'person', person: 'student' },
        as: 'Nurse',
        ...(from && { from }),
        ...(training !== undefined && { training: n(training) }),
        ...(supervised !== undefined && { supervision: { role: supervised, supervisors: 1, per: 2 } }),
        ...(speed !== undefined && { speed: n(speed) }),
      })),
    fc.constantFrom('A', 'B').map((resource): Patch => ({
      ...base,
      kind: 'team',
      resource,
      scale: 'Surge',
      teams: [
        { level: 'calm', members: [{ role: 'Nurse', amount: 1 }], per: 1 },
        {
          level: 'full',
          members: [
            { role: 'Nurse', amount: 2 },
            { role: 'Helper', amount: 1 },
          ],
          per: 3,
        },
      ],
    })),
    fc.constant<Patch>({ ...base, kind: 'postpone', cohort: 'X', by: n(1200) }),
    fc.constant<Patch>({ ...base, kind: 'divert', cohort: 'X', share: n(0.4), to: 'Y' }),
  );
}

const response = (id: string, places: readonly Activity[], priority: number): fc.Arbitrary<Response> =>
  fc
    .record({
      patches: fc
        .integer({ min: 1, max: 3 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => patch(places, id, i + 1)))),
      atMost: fc.constantFrom(undefined, 4 * HOUR),
      delay: fc.constantFrom(undefined, 1800),
    })
    .map(({ patches, atMost, delay }) => ({
      ...declared(id),
      pathway: 'P',
      activations: [{ kind: 'trigger', trigger: id === 'R1' ? 'T1' : 'T2', origin: HERE }],
      priority,
      ...(atMost !== undefined && { atMost: n(atMost) }),
      patches,
      recovery: { ...(delay !== undefined && { delay: n(delay) }), after: [] },
      cards: [],
    }));

/** So many patches of the ways of a model's only pathway, where they can be put together in their order. */
export function randomPatches(parts: Partial<Model>, count: number): fc.Arbitrary<readonly Patch[]> {
  const places = namedPlaces(parts);
  if (places.length === 0) return fc.constant([]);
  return fc.tuple(
    ...Array.from({ length: count }, (_, i) => patch(places, `R${i}`, 1).filter((each) => isPathwayPatch(each))),
  );
}

function namedPlaces(parts: Partial<Model>): readonly Activity[] {
  return Array.from(walkActivities(parts.pathways?.[0]?.body ?? []), ({ activity }) => activity).filter(
    (activity) => 'name' in activity,
  );
}

/** A crisis, triggers and responses that hold together with a model's only pathway, one alone and both together. */
export function randomPlan(
  parts: Partial<Model>,
): fc.Arbitrary<Required<Pick<Model, 'crises' | 'responses' | 'triggers'>>> {
  const places = namedPlaces(parts);
  if (places.length === 0) return fc.constant({ crises: [], responses: [], triggers: [] });
  return fc
    .record({
      own: crisis,
      triggers: fc.tuple(trigger('T1'), trigger('T2')),
      responses: fc.tuple(response('R1', places, 1), response('R2', places, 2)),
    })
    .map(({ own, triggers, responses }) => ({ crises: [own], triggers, responses }))
    .filter(({ responses }) => {
      const model = emptyModel({ ...parts, responses });
      return [['R1'], ['R2'], ['R1', 'R2']].every((ids) => {
        const composed = composeResponses(model, ids);
        return (
          composed.problems.length === 0 && composed.model.pathways.every((each) => unsoundnessOf(each).length === 0)
        );
      });
    });
}
