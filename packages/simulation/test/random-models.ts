import type { Activity, Cohort, Expression, Model, Resource } from '@pathway/model';
import fc from 'fast-check';
import {
  bySkill,
  byRole,
  choose,
  cohort,
  draw,
  every,
  finish,
  HERE,
  hold,
  indicator,
  n,
  need,
  pathway,
  resource,
  staff,
  step,
  together,
} from './build.js';

const HOUR = 3600;

const RESOURCES = ['A', 'B', 'C'];

const resources: fc.Arbitrary<Resource[]> = fc.tuple(...RESOURCES.map((id) => resourceOf(id)));

function resourceOf(id: string): fc.Arbitrary<Resource> {
  const shifting = { rules: [{ amount: n(3), from: 480, to: 960 }], otherwise: n(1) };
  const breakdown = {
    every: draw('exponential', { mean: 30 * HOUR }),
    lasts: draw('uniform', { low: 60, high: HOUR }),
  };
  return fc
    .record({ count: fc.constantFrom(1, 2, 5, shifting), fails: fc.boolean() })
    .map(({ count, fails }) => resource(id, count, fails ? { breakdown } : {}));
}

const duration: fc.Arbitrary<Expression> = fc.oneof(
  fc.integer({ min: 0, max: 4000 }).map(n),
  fc.integer({ min: 60, max: 4000 }).map((mean) => draw('exponential', { mean })),
  fc.integer({ min: 60, max: 4000 }).map((mean) => draw('lognormal', { mean, sd: mean / 2 })),
  fc.integer({ min: 60, max: 4000 }).map((mean) => draw('gamma', { shape: 2.5, scale: mean / 2.5 })),
  fc.integer({ min: 60, max: 4000 }).map((mean) => ({ ...draw('normal', { mean, sd: mean / 3 }), from: n(0) })),
  fc.constant<Expression>({ kind: 'number', value: 300, dimension: { time: 1, money: 0 } }),
);

const needs = fc.oneof(
  fc.subarray(RESOURCES, { minLength: 0, maxLength: 2 }).map((ids) => ids.map((id) => need(id))),
  fc.constantFrom(
    [need('A', 2)],
    [need([byRole('Nurse')])],
    [need([bySkill('Lysis')]), need([byRole('Nurse')])],
    [
      need([
        { kind: 'resource' as const, resource: 'A' },
        { kind: 'resource' as const, resource: 'B' },
      ]),
    ],
  ),
);

/** Activities with names that count on; nesting ends after a few levels. */
function activities(depth: number, prefix: string): fc.Arbitrary<Activity[]> {
  const one = (i: number): fc.Arbitrary<Activity> => activity(depth, `${prefix}${i}`);
  return fc.integer({ min: 1, max: 3 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => one(i))));
}

function activity(depth: number, name: string): fc.Arbitrary<Activity> {
  const plain: fc.Arbitrary<Activity> = fc
    .record({ takes: duration, needs, limit: fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined }) })
    .map(({ takes, needs: wanted, limit }) =>
      step(name, takes, wanted, limit === undefined ? {} : { waits: { atMost: n(limit), otherwise: [] } }),
    );
  if (depth === 0) return plain;
  const body = (tag: string): fc.Arbitrary<Activity[]> => activities(depth - 1, `${name}${tag}`);
  return fc.oneof(
    plain,
    fc
      .record({ unit: fc.constantFrom('A', 'B', 'C'), inner: body('h'), freesFirst: fc.boolean() })
      .map(({ unit, inner, freesFirst }) => hold(name, [unit], inner, { freesFirst })),
    fc
      .record({ share: fc.constantFrom(0.1, 0.5), a: body('a'), ends: fc.boolean() })
      .map(({ share, a, ends }) => choose([{ share, body: ends ? [...a, finish('Home')] : a }, { body: [] }])),
    fc.record({ a: body('a'), b: body('b') }).map(({ a, b }) => together(a, b)),
    fc.record({ inner: body('r'), gap: duration }).map(({ inner, gap }) => ({
      kind: 'repeat' as const,
      id: `P.${name}`,
      origin: HERE,
      atMost: n(3),
      again: n(0.4),
      every: gap,
      body: inner,
    })),
  );
}

const cohorts: fc.Arbitrary<Cohort[]> = fc
  .record({
    mean: fc.integer({ min: 900, max: 9000 }),
    batch: fc.array(
      fc.integer({ min: 0, max: 40 }).map((k) => k * HOUR),
      { maxLength: 8 },
    ),
    urgent: fc.boolean(),
  })
  .map(({ mean, batch, urgent }) => [
    cohort('X', every(mean), { priority: n(urgent ? -1 : 1) }),
    cohort(
      'Y',
      [...batch].sort((a, b) => a - b),
    ),
  ]);

/** Small models that mix all constructs, among them some that are overloaded or lock. */
export const randomModel: fc.Arbitrary<Partial<Model>> = fc
  .record({ resources, cohorts, body: activities(2, 'S') })
  .map(({ resources: own, cohorts: who, body }) => ({
    resources: own,
    skills: [{ id: 'Lysis', name: 'Lysis', origin: HERE, levels: [], codes: {} }],
    roles: [{ id: 'Nurse', name: 'Nurse', origin: HERE, codes: {}, skills: [] }],
    staff: [
      staff('G', 'Nurse', 9, {
        people: ['s1', 'n1', 'n2'].map((id) => ({
          id,
          skills: id === 's1' ? [{ skill: 'Lysis' }] : [],
          shifts: [],
          leave: [],
          origin: HERE,
        })),
      }),
    ],
    cohorts: who,
    pathways: [pathway(body, ['X', 'Y'])],
    indicators: [indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } })],
  }));
