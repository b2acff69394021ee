import { type Activity, type Attribute, type Expression, NUMBER } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trafficOf } from '../src/index.js';
import {
  age,
  attribute,
  binary,
  call,
  care,
  category,
  categorical,
  choose,
  cohort,
  condition,
  DAY,
  draw,
  finish,
  goTo,
  HOUR,
  hold,
  model,
  numeric,
  OTHERWISE,
  pathway,
  plain,
  repeat,
  resource,
  seconds,
  share,
  step,
  together,
  visits,
} from './build.js';

/** P(Z ≤ 1) of a standard normal, from tables. */
const PHI_1 = 0.841_344_746_068_543;
/** P(Z ≤ 0.5). */
const PHI_HALF = 0.691_462_461_274_013;

const below = (limit: number): Expression => binary(attribute('age'), '<', plain(limit));
const from = (limit: number): Expression => binary(attribute('age'), '>=', plain(limit));
const not = (operand: Expression): Expression => ({ kind: 'unary', operator: 'not', operand });
const withAttributes = (...attributes: Attribute[]) => ({ cohorts: [cohort({ attributes })] });

describe('visits by choice', () => {
  it('follow shares, the rest going on', () => {
    const body = [
      choose(
        'c',
        'shares',
        [share(0.2), [step('A')]],
        [share(0.5), [step('B'), finish('f')]],
        [OTHERWISE, [step('C')]],
      ),
      step('D'),
    ];
    const found = visits(care(body));
    expect(found.limits).toEqual([]);
    expect(found.visits.A).toBeCloseTo(0.2, 14);
    expect(found.visits.B).toBeCloseTo(0.5, 14);
    expect(found.visits.C).toBeCloseTo(0.3, 14);
    expect(found.visits.D).toBeCloseTo(0.5, 14);
  });

  it('follow an attribute that depends on another one', () => {
    const route: Expression = {
      kind: 'cases',
      attribute: 'severity',
      cases: [
        {
          values: ['severe'],
          then: {
            kind: 'one of',
            options: [
              { value: 'ward', share: plain(0.9) },
              { value: 'home', share: plain(0.1) },
            ],
          },
        },
      ],
      otherwise: { kind: 'category', value: 'home' },
    };
    const body = [
      choose('c', { attribute: 'route' }, [category('ward'), [step('Ward')]], [category('home'), [step('Home')]]),
      choose('d', { attribute: 'severity' }, [category('severe'), [step('Call')]], [OTHERWISE, []]),
    ];
    const found = visits(
      care(
        body,
        withAttributes(categorical('severity', { severe: 0.3, mild: 0.7 }), {
          ...numeric('route', route),
          categories: ['ward', 'home'],
        }),
      ),
    );
    expect(found.limits).toEqual([]);
    expect(found.visits.Ward).toBeCloseTo(0.27, 14);
    expect(found.visits.Home).toBeCloseTo(0.73, 14);
    expect(found.visits.Call).toBeCloseTo(0.3, 14);
  });

  it('follow thresholds of one number in order, by its distribution', () => {
    const body = [
      choose(
        'c',
        'condition',
        [condition(below(62)), [step('Young')]],
        [condition(below(80)), [step('Middle')]],
        [OTHERWISE, [step('Old')]],
      ),
    ];
    const found = visits(care(body, withAttributes(age(74, 12))));
    expect(found.limits).toEqual([]);
    expect(found.visits.Young).toBeCloseTo(1 - PHI_1, 12);
    expect(found.visits.Middle).toBeCloseTo(PHI_HALF - (1 - PHI_1), 12);
    expect(found.visits.Old).toBeCloseTo(1 - PHI_HALF, 12);
  });

  it('follow conditions joined by and, or, not over one and over independent numbers', () => {
    const weight = numeric('weight', draw('uniform', { low: 0, high: 100 }, NUMBER));
    const found = (when: Expression) => visits(care([step('A', { when })], withAttributes(age(74, 12), weight)));
    const outside = binary(below(62), 'or', from(80));
    expect(found(outside).visits.A).toBeCloseTo(1 - PHI_1 + (1 - PHI_HALF), 12);
    expect(found(not(outside)).visits.A).toBeCloseTo(PHI_HALF - (1 - PHI_1), 12);
    const light = binary(plain(25), '>', attribute('weight'));
    expect(found(binary(outside, 'and', light)).visits.A).toBeCloseTo(0.25 * (2 - PHI_1 - PHI_HALF), 12);
    expect(found(binary(light, 'and', binary(below(62), 'and', from(62)))).visits.A ?? 0).toBe(0);
    expect(found(outside).limits).toEqual([]);
  });

  it('say so where conditions compare numbers that depend on each other', () => {
    const risk = numeric('risk', binary(attribute('age'), '*', plain(2)));
    const both = binary(below(62), 'or', binary(attribute('risk'), '>', plain(160)));
    const found = visits(care([step('A', { when: both })], withAttributes(age(74, 12), risk)));
    expect(found.limits.join(' ')).toContain('How often its condition holds does not follow');
  });

  it('say so where one number decides twice, also through what is made from it', () => {
    const risk = numeric('risk', binary(attribute('age'), '*', plain(2)));
    const highRisk = binary(attribute('risk'), '>', plain(160));
    const twice = visits(
      care([step('A', { when: below(62) }), step('B', { when: highRisk })], withAttributes(age(74, 12), risk)),
    );
    expect(twice.limits).toContain('age decides more than one thing; each is counted as if it were drawn anew.');
    const once = visits(care([step('A', { when: highRisk })], withAttributes(age(74, 12), risk)));
    expect(once.limits).toEqual([]);
  });

  it('say so where one number gives the amount and the time', () => {
    const needs = [
      { amount: attribute('size'), of: [{ kind: 'resource' as const, resource: 'Bed' }], origin: step('A').origin },
    ];
    const takes = binary(attribute('size'), '*', seconds(HOUR));
    const size = numeric('size', draw('poisson', { mean: 3 }, NUMBER));
    const found = visits(
      care([step('A', { needs, takes })], { ...withAttributes(size), resources: [resource('Bed', 9)] }),
    );
    expect(found.limits.join(' ')).toContain('size decides more than one thing');
  });

  it('say so where a number decides again on the way back', () => {
    const again = choose('c', 'condition', [condition(below(62)), [goTo('g', 'A')]], [OTHERWISE, []]);
    const found = visits(care([step('A'), again], withAttributes(age(74, 12))));
    expect(found.limits.join(' ')).toContain('age decides more than one thing');
  });
});

describe('visits by rounds', () => {
  it('count exact numbers of rounds', () => {
    expect(visits(care([repeat('r', { times: plain(3) }, [step('A')]), step('B')])).visits).toEqual({ A: 3, B: 1 });
    expect(visits(care([repeat('r', { times: plain(0) }, [step('A')]), step('B')])).visits).toEqual({ B: 1 });
    expect(visits(care([repeat('r', { times: plain(2.6) }, [step('A')])])).visits.A).toBe(3);
    expect(visits(care([repeat('r', { times: plain(5), atMost: plain(2) }, [step('A')])])).visits.A).toBe(2);
  });

  it('are (1 - pⁿ) / (1 - p) for n at most with p again, however they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 0.95, noNaN: true }), (n, p) => {
        const expected = (1 - p ** n) / (1 - p);
        const limits = { atMost: plain(n), again: plain(p) };
        const plainRounds = visits(care([repeat('r', limits, [step('A')]), step('B')])).visits;
        const spaced = visits(care([repeat('r', { ...limits, every: seconds(DAY) }, [step('A')]), step('B')])).visits;
        expect(plainRounds.A).toBeCloseTo(expected, 10);
        expect(spaced.A).toBeCloseTo(expected, 10);
        expect(plainRounds.B).toBeCloseTo(1, 10);
        expect(spaced.B).toBeCloseTo(1, 10);
      }),
      { numRuns: 40 },
    );
  });

  it('without a limit are the geometric sum, as is a go to', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.97, noNaN: true }), (p) => {
        const rounds = visits(care([repeat('r', { again: plain(p) }, [step('A')])])).visits.A;
        const back = choose('c', 'shares', [share(p), [goTo('g', 'A')]], [OTHERWISE, []]);
        const jumps = visits(care([step('A'), back])).visits.A;
        expect(rounds).toBeCloseTo(1 / (1 - p), 8);
        expect(jumps).toBeCloseTo(1 / (1 - p), 8);
      }),
      { numRuns: 40 },
    );
  });

  it('end where a round finishes, also at gaps and in large numbers', () => {
    // A fifth leave in every round: 1 + 0.8 + 0.64 rounds, and 0.512 go on.
    const body = [step('A'), choose('c', 'shares', [share(0.2), [finish('f')]], [OTHERWISE, []])];
    for (const gap of [{}, { every: seconds(DAY) }]) {
      const found = visits(care([repeat('r', { times: plain(3), ...gap }, body), step('B')])).visits;
      expect(found.A).toBeCloseTo(2.44, 12);
      expect(found.B).toBeCloseTo(0.512, 12);
    }
    const endless = visits(care([repeat('r', { every: seconds(DAY), again: plain(1) }, body), step('B')])).visits;
    expect(endless.A).toBeCloseTo(5, 10);
    expect(endless.B ?? 0).toBe(0);
  });

  it('say so where nothing ends them', () => {
    expect(visits(care([repeat('r', { every: seconds(DAY) }, [step('A')])])).limits).toContain(
      'Nothing ends its rounds; one is counted.',
    );
    const endless = visits(care([step('A'), goTo('g', 'A')]));
    expect(endless.limits.join(' ')).toContain('never leaves it');
  });

  it('at gaps keep a hold around them for the gaps and one round', () => {
    const inside = repeat('r', { times: plain(3), every: seconds(DAY) }, [step('A', { takes: seconds(HOUR) })]);
    const [traffic] = trafficOf(care([hold('H', 'Bed', [inside])], { resources: [resource('Bed', 1)] }));
    const visit = traffic?.kinds[0]?.visits.find(({ activity }) => activity.name === 'H');
    expect(visit?.kept[0]).toBeCloseTo(2 * DAY + HOUR, 8);
  });
});

describe('visits through calls, entries and branches', () => {
  it('enter called pathways and end the whole way at their finish', () => {
    const called = pathway(
      [{ ...step('Inner'), id: 'Q.Inner' }, choose('q', 'shares', [share(0.25), [finish('f')]], [OTHERWISE, []])],
      { id: 'Q', name: 'Q', cohorts: [] },
    );
    const found = visits(
      model({ pathways: [pathway([call('c1', 'Q'), step('A'), call('c2', 'Q'), step('B')]), called] }),
    );
    expect(found.limits).toEqual([]);
    expect(found.visits.Inner).toBeCloseTo(1.75, 12);
    expect(found.visits.A).toBeCloseTo(0.75, 12);
    expect(found.visits.B).toBeCloseTo(0.5625, 12);
  });

  it('say so where pathways call one another in a circle', () => {
    const found = visits(care([step('A'), call('c', 'P')]));
    expect(found.limits).toEqual(['The call of P cannot be followed.']);
  });

  it('begin at the entry of the cohort', () => {
    const late = pathway([step('A'), step('B')], { cohorts: [{ cohort: 'Patients', entry: 'P.B' }] });
    expect(visits(model({ pathways: [late] })).visits).toEqual({ B: 1 });
  });

  it('visit all branches that run together, and leave after them where one finishes', () => {
    const leave = choose('c', 'shares', [share(0.2), [finish('f')]], [OTHERWISE, []]);
    const alsoLeave = choose('d', 'shares', [share(0.5), [finish('g')]], [OTHERWISE, []]);
    const nested = together('t', [step('A'), leave, step('A2')], [together('u', [step('B'), alsoLeave], [step('C')])]);
    const found = visits(care([nested, step('D')]));
    expect(found.visits.A).toBeCloseTo(1, 12);
    expect(found.visits.A2).toBeCloseTo(0.8, 12);
    expect(found.visits.C).toBeCloseTo(1, 12);
    // Both may finish: 0.8 × 0.5 go on.
    expect(found.visits.D).toBeCloseTo(0.4, 12);
  });

  it('see a go to inside a branch when they count who leaves', () => {
    // Half finish after each try, a quarter try again: 0.5 / (1 - 0.25) = 2/3 leave.
    const tries = choose('c', 'shares', [share(0.5), [finish('f')]], [share(0.25), [goTo('g', 'A')]], [OTHERWISE, []]);
    const found = visits(care([together('t', [step('A'), tries], [step('B')]), step('D')]));
    expect(found.visits.D).toBeCloseTo(1 / 3, 12);
  });
});

describe('conservation', () => {
  const leaf = fc.constantFrom('step', 'finish', 'conditional step', 'hold').map((kind) => ({ kind }) as const);
  const share01 = fc.double({ min: 0, max: 1, noNaN: true });
  interface Block {
    readonly kind: string;
    readonly bodies?: readonly (readonly Block[])[];
    readonly p?: number;
    readonly n?: number;
  }
  const block = fc.letrec<{ block: Block; body: Block[] }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.record({
        kind: fc.constantFrom('choose', 'together', 'repeat', 'spaced', 'loop', 'hold', 'conditional step'),
        bodies: fc.array(tie('body'), { minLength: 1, maxLength: 3 }),
        p: share01,
        n: fc.integer({ min: 0, max: 4 }),
      }),
    ),
    body: fc.array(tie('block'), { maxLength: 3 }),
  })).body;

  function build(blocks: readonly Block[], next: { id: number }): Activity[] {
    return blocks.map(({ kind, bodies = [[]], p = 0.5, n = 2 }): Activity => {
      const id = `n${next.id++}`;
      const first = (): Activity[] => build(bodies[0] ?? [], next);
      switch (kind) {
        case 'finish':
          return finish(id);
        case 'conditional step':
          return step(id, { when: binary(draw('uniform', { low: 0, high: 1 }, NUMBER), '<', plain(p)) });
        case 'hold':
          return hold(id, 'Bed', first());
        case 'choose':
          return choose(id, 'shares', ...bodies.map((body) => [share(p / bodies.length), build(body, next)] as const), [
            OTHERWISE,
            [],
          ]);
        case 'together':
          return together(id, ...bodies.map((body) => build(body, next)));
        case 'repeat':
          return repeat(id, { atMost: plain(n), again: plain(p) }, first());
        case 'spaced':
          return repeat(id, { times: plain(n), every: seconds(DAY) }, first());
        case 'loop':
          return repeat(id, { again: plain(p * 0.9) }, first());
        default:
          return step(id);
      }
    });
  }

  it('everyone who enters comes to a finish or to the end', () => {
    fc.assert(
      fc.property(block, (blocks) => {
        const [traffic] = trafficOf(care(build(blocks, { id: 0 }), { resources: [resource('Bed', 1)] }));
        const kind = traffic?.kinds[0];
        expect(kind).toBeDefined();
        if (kind === undefined) return;
        const ended = (kind.flow[kind.graph.end] ?? 0) + (kind.flow[kind.graph.exit] ?? 0);
        expect(ended).toBeCloseTo(1, 8);
        for (const flow of kind.flow) expect(flow).toBeGreaterThanOrEqual(-1e-9);
      }),
      { numRuns: 150 },
    );
  });
});
