import type {
  Activity,
  Arrivals,
  Attribute,
  Expression,
  Model,
  PresentPatients,
  Schedule,
  Step,
  Stock,
} from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import { runReplication } from '../src/index.js';
import {
  byRole,
  calculated,
  choose,
  cohort,
  convert,
  draw,
  every,
  finish,
  HERE,
  input,
  n,
  need,
  pathway,
  resource,
  since,
  staff,
  step,
  waited,
} from './build.js';

const RESOURCES = ['A', 'B', 'C'] as const;

/** A small activity without its name, which is given by its place. */
type Plan =
  | { readonly kind: 'step'; readonly needs: readonly number[]; readonly takes: number; readonly manner: number }
  | {
      readonly kind: 'hold';
      readonly need: number;
      readonly to: number;
      readonly manner: number;
      readonly body: readonly Plan[];
    }
  | { readonly kind: 'together' | 'race'; readonly branches: readonly (readonly Plan[])[] }
  | { readonly kind: 'gather'; readonly how: number; readonly body: readonly Plan[] }
  | { readonly kind: 'repeat'; readonly times: number; readonly body: readonly Plan[] }
  | { readonly kind: 'choose'; readonly branches: readonly (readonly Plan[])[] }
  | { readonly kind: 'wait'; readonly takes: number }
  | { readonly kind: 'travel' }
  | { readonly kind: 'set' }
  | { readonly kind: 'finish' };

const takes = fc.nat(4);
const { plan } = fc.letrec<{ plan: Plan; body: Plan[] }>((tie) => ({
  body: fc.array(tie('plan'), { maxLength: 3, depthIdentifier: 'nesting' }),
  plan: fc.oneof(
    { depthIdentifier: 'nesting', depthSize: 'small', maxDepth: 3 },
    fc.record({
      kind: fc.constant('step' as const),
      needs: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
      takes,
      manner: fc.nat(63),
    }),
    fc.record({ kind: fc.constant('wait' as const), takes }),
    fc.record({ kind: fc.constantFrom('set' as const, 'travel' as const) }),
    fc.record({ kind: fc.constant('finish' as const) }),
    fc.record({
      kind: fc.constant('hold' as const),
      need: fc.nat(2),
      to: fc.nat(2),
      manner: fc.nat(7),
      body: tie('body'),
    }),
    fc.record({
      kind: fc.constantFrom('together' as const, 'race' as const),
      branches: fc.array(tie('body'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('gather' as const), how: fc.nat(3), body: tie('body') }),
    fc.record({ kind: fc.constant('repeat' as const), times: fc.nat(2), body: tie('body') }),
    fc.record({
      kind: fc.constant('choose' as const),
      branches: fc.array(tie('body'), { minLength: 1, maxLength: 2 }),
    }),
  ),
}));

/** Makes activities of plans, with names that tell them apart. */
class Builder {
  #count = 0;

  body(plans: readonly Plan[], grouped = false): Activity[] {
    return plans.map((each) => this.#activity(each, grouped));
  }

  #activity(p: Plan, grouped: boolean): Activity {
    const name = `N${++this.#count}`;
    const base = { id: `P.${name}`, name, origin: HERE };
    switch (p.kind) {
      case 'step':
        return this.#step(base, p.needs, p.takes, p.manner);
      case 'hold': {
        const moves = p.manner % 2 === 1 && p.to !== p.need;
        const waits = (p.manner & 2) !== 0 && { waits: { atMost: time(2), otherwise: [] } };
        return {
          ...base,
          kind: 'hold',
          policy: 'all',
          needs: [need(RESOURCES[p.need]!)],
          freesFirst: p.manner > 5,
          body: this.body(p.body, grouped),
          ...waits,
          ...((p.manner & 4) !== 0 && { preempts: true }),
          ...(moves && { moves: { to: { kind: 'resource', resource: RESOURCES[p.to]! }, origin: HERE } }),
        };
      }
      case 'together':
      case 'race': {
        const branches = p.branches.map((body, i) => ({ name: `b${i}`, origin: HERE, body: this.body(body, grouped) }));
        return { ...base, kind: p.kind, branches };
      }
      case 'gather':
        // Groups do not gather again: inside one it is a plain block.
        if (grouped) return { ...base, kind: 'repeat', times: n(1), body: this.body(p.body, true) };
        return { ...base, kind: 'gather', ...GATHERINGS[p.how], body: this.body(p.body, true) };
      case 'repeat':
        return { ...base, kind: 'repeat', times: n(p.times), body: this.body(p.body, grouped) };
      case 'choose':
        return choose([
          { when: calculated(since('arrival'), '>', n(6)), body: this.body(p.branches[0] ?? [], grouped) },
          { body: this.body(p.branches[1] ?? [], grouped) },
        ]);
      case 'wait':
        return { ...base, kind: 'wait', duration: time(p.takes) };
      case 'travel':
        // The time of a way that begins where the patient lives.
        return this.#step(base, [], TRAVEL, 0);
      case 'set':
        return {
          ...base,
          kind: 'set',
          attribute: 'x',
          value: calculated({ kind: 'attribute', name: 'x' }, '+', n(1)),
        };
      case 'finish':
        return finish('Out');
    }
  }

  #step(
    base: Pick<Step, 'id' | 'name' | 'origin'>,
    needs: readonly number[],
    duration: number | Expression,
    manner: number,
  ): Step {
    const wanted = needs.map((i) => (i === 3 ? need([byRole('Nurse')]) : need(RESOURCES[i]!, i === 2 ? 2 : 1)));
    const priority = [n(1), n(2), calculated(n(3), '-', calculated(waited(), '/', n(4)))][manner % 3]!;
    return {
      ...base,
      kind: 'step',
      needs: wanted,
      takes: typeof duration === 'number' ? time(duration) : duration,
      costs: [],
      dependsOn: [],
      remote: false,
      priority,
      ...((manner & 1) !== 0 && { interruption: (manner & 8) !== 0 ? 'restarts' : 'resumes' }),
      ...((manner & 2) !== 0 && { preempts: true }),
      ...((manner & 4) !== 0 && { handedOver: true }),
      ...((manner & 16) !== 0 && { fitsShift: true }),
      ...((manner & 32) !== 0 && {
        consumes: [{ stock: 'Oxygen', amount: n(1), overTime: duration === 4, origin: HERE }],
      }),
    };
  }
}

const TRAVEL: Expression = {
  kind: 'cases',
  attribute: 'home',
  cases: [{ values: ['north'], then: n(3) }],
  otherwise: draw('exponential', { mean: 2 }),
};

const GATHERINGS = [
  { size: n(2) },
  { after: n(3) },
  { size: n(3), after: n(2) },
  { every: n(4), atMost: n(2) },
] as const;

/** 0 takes no time, 1 and 2 a fixed one, so that things happen at one instant, the others a random one. */
function time(code: number): Expression {
  return code < 3 ? n(code) : draw('exponential', { mean: code - 1 });
}

/** Two people in each of these minutes of an hour. */
function shifts(minutes: readonly number[]): Schedule {
  return { rules: minutes.map((from) => ({ amount: n(2), from, to: from + 1 })), otherwise: n(0) };
}

const ATTRIBUTES: readonly Attribute[] = [
  { name: 'x', origin: HERE, value: n(0), categories: [] },
  {
    name: 'home',
    origin: HERE,
    value: { kind: 'one of', options: [{ value: 'north', share: n(0.5) }, { value: 'south' }] },
    categories: ['north', 'south'],
  },
];

/** Who is booked every five seconds of the first five minutes, comes with 80 % and early or late. */
const booked: Arrivals = {
  kind: 'appointments',
  every: n(5),
  from: 0,
  to: 5,
  shows: n(0.8),
  deviation: draw('uniform', { low: -3, high: 3 }),
};

const oxygen: Stock = {
  id: 'Oxygen',
  name: 'Oxygen',
  origin: HERE,
  level: n(6),
  most: n(30),
  deliveries: [
    { kind: 'scheduled', amount: n(8), at: 2 },
    { kind: 'ordered', amount: n(5), below: n(4), after: draw('exponential', { mean: 5 }) },
  ],
};

const models = fc
  .record({
    bodies: fc.array(fc.array(plan, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 }),
    counts: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 })),
    breaks: fc.boolean(),
    converts: fc.boolean(),
    present: fc.nat(3),
    seed: fc.nat(1000),
  })
  .map(({ bodies, counts, breaks, converts, present, seed }) => {
    const builder = new Builder();
    const arrivals = [every(3), [0, 1, 1, 4, 4, 4, 20]];
    const cohorts = [...bodies.map((_, i) => arrivals[i]!), booked].map((each, i) =>
      cohort(`X${i}`, each, { priority: n(i), attributes: ATTRIBUTES }),
    );
    const breakdown = { breakdown: { every: draw('exponential', { mean: 9 }), lasts: n(2) } };
    const parts: Partial<Model> = {
      resources: RESOURCES.map((each, i) => resource(each, counts[i]!, breaks && i === 0 ? breakdown : {})),
      stocks: [oxygen],
      // One relieves the other every minute.
      staff: [staff('Early', 'Nurse', shifts([0, 2, 4])), staff('Late', 'Nurse', shifts([1, 3]))],
      cohorts,
      pathways: bodies.map((body, i) =>
        pathway(
          [step('Enter', draw('exponential', { mean: 1 })), ...builder.body(body)].map((each) =>
            i === 0 || each.kind !== 'step' || each.name !== 'Enter' ? each : { ...each, id: 'Q.Enter' },
          ),
          i === 0 ? ['X0', `X${bodies.length}`] : [`X${i}`],
          { id: i === 0 ? 'P' : 'Q', name: `P${i}` },
        ),
      ),
      ...(converts && { conversions: [convert(1, 'C', 'A', 30, 150)] }),
    };
    const group: PresentPatients = { count: n(present), cohort: 'X0', at: 'P.Enter', remaining: n(2), origin: HERE };
    return { parts, study: { run: 300, warmUp: 20, seed, present: [group] } };
  });

describe('whatever constructs are put together', () => {
  test('a run comes to its end, loses nobody and nothing, and is the same in both engines', () => {
    fc.assert(
      fc.property(models, ({ parts, study }) => {
        const compiled = input(parts, study);
        const [ours, reference] = [webAssemblyEngine, typescriptEngine].map((engine) =>
          runReplication(compiled, 0, undefined, engine),
        );
        expect(ours).toEqual(reference);
        // The same once more, and whatever order resources are declared in.
        expect(runReplication(compiled, 0)).toEqual(ours);
        const reordered = input({ ...parts, resources: parts.resources?.toReversed() ?? [] }, study);
        const other = runReplication(reordered, 0);
        const { facilities, checks: _checks, impossible: _impossible, locked: _locked, ...rest } = other;
        expect(ours).toMatchObject(rest);
        reordered.facilities.forEach(({ id }, f) => {
          const before = compiled.facilities.findIndex((each) => each.id === id);
          expect(facilities[f]).toEqual(ours?.facilities[before]);
        });
        expect(ours?.checks.filter((check) => !check.holds)).toEqual([]);
        // Nothing is in use beyond what there is but overtime of people and what breaks down.
        for (const facility of ours?.facilities ?? []) {
          const most = Math.max(...(facility.series.capacity ?? []), facility.capacity ?? 0);
          expect(facility.distribution.length - 1).toBeLessThanOrEqual(most + 2);
        }
      }),
      { seed: 20_261_122, numRuns: 120 },
    );
  });
});
