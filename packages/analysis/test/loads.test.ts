import {
  type Activity,
  type Cohort,
  type Expression,
  type Model,
  type NeedTarget,
  NUMBER,
  type Resource,
  type StaffGroup,
} from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { analyse, type OfferedLoad, ScenarioFigures } from '../src/index.js';
import {
  attribute,
  binary,
  care,
  categorical,
  choose,
  cohort,
  condition,
  DAY,
  draw,
  every,
  exponential,
  hold,
  HOUR,
  model,
  numeric,
  ORIGIN,
  OTHERWISE,
  pathway,
  perDay,
  plain,
  repeat,
  resource,
  seconds,
  share,
  step,
  study,
  together,
  uses,
} from './build.js';

function loadOf(id: string, of: Model): OfferedLoad {
  const { facts } = analyse(of);
  const found = facts.loads.find((load) => load.id === id);
  if (found === undefined) throw new Error(`There is no load of ${id}: ${JSON.stringify(facts.limits)}`);
  return found;
}

const bed = (count: number | 'unlimited'): { resources: Resource[] } => ({ resources: [resource('Bed', count)] });
const hours = (value: number): Expression => seconds(value * HOUR);

describe('offered loads by hand, at 24 patients a day', () => {
  it('of a hold are those of all steps in it', () => {
    const body = [
      hold('H', 'Bed', [
        step('A', { takes: hours(2) }),
        choose(
          'c',
          'shares',
          [share(0.25), [step('B', { takes: draw('lognormal', { mean: 4 * HOUR, sd: HOUR }) })]],
          [OTHERWISE, []],
        ),
        repeat('r', { times: plain(2) }, [step('C', { takes: hours(0.5) })]),
      ]),
    ];
    // One an hour × (2 + 0.25 × 4 + 2 × 0.5) h.
    const load = loadOf('Bed', care(body, bed(9)));
    expect(load.load).toBeCloseTo(4, 12);
    expect(load.utilisation).toBeCloseTo(4 / 9, 12);
    expect(load.meanTimeKept).toBeCloseTo(4 * HOUR, 8);
  });

  it('count all units, rounded to whole ones', () => {
    expect(loadOf('Bed', care([step('A', { needs: [uses('Bed', plain(2))] })], bed(9))).load).toBeCloseTo(2, 12);
    expect(loadOf('Bed', care([step('A', { needs: [uses('Bed', plain(1.6))] })], bed(9))).load).toBeCloseTo(2, 12);
    expect(loadOf('Bed', care([step('A', { needs: [uses('Bed', plain(-3))] })], bed(9))).load).toBe(0);
  });

  it('take the time of each kind of patients', () => {
    const takes: Expression = {
      kind: 'cases',
      attribute: 'route',
      cases: [{ values: ['short'], then: hours(1) }],
      otherwise: hours(5),
    };
    const attributes = [categorical('route', { short: 0.25, long: 0.75 })];
    const body = [
      step('A', { needs: [uses('Bed')], takes }),
      choose(
        'c',
        { attribute: 'route' },
        [{ kind: 'category', values: ['long'] }, [step('B', { needs: [uses('Bed')], takes })]],
        [OTHERWISE, []],
      ),
    ];
    // 0.25 × 1 + 0.75 × 5 + 0.75 × 5 hours.
    expect(loadOf('Bed', care(body, { cohorts: [cohort({ attributes })], ...bed(9) })).load).toBeCloseTo(7.75, 12);
  });

  it('take a number of the patient as time', () => {
    const stay = numeric('stay', draw('gamma', { mean: 3 * HOUR, sd: HOUR }));
    const body = [step('A', { needs: [uses('Bed')], takes: attribute('stay') })];
    expect(loadOf('Bed', care(body, { cohorts: [cohort({ attributes: [stay] })], ...bed(9) })).load).toBeCloseTo(3, 10);
  });

  it('end where a unit is released', () => {
    const body = [
      hold('H', 'Bed', [
        step('A', { takes: hours(2) }),
        { kind: 'release', id: 'P.#r', origin: ORIGIN, targets: ['Bed'], hold: 'P.H' },
        step('B', { takes: hours(7) }),
      ]),
    ];
    expect(loadOf('Bed', care(body, bed(9))).load).toBeCloseTo(2, 12);
  });

  it('last until the longest of branches that take fixed times', () => {
    const body = [hold('H', 'Bed', [together('t', [step('A')], [step('B', { takes: hours(3) })])])];
    expect(loadOf('Bed', care(body, bed(9))).load).toBeCloseTo(3, 12);
    const random = together('t', [step('A', { takes: exponential(HOUR) })], [step('B', { takes: exponential(HOUR) })]);
    const { facts } = analyse(care([hold('H', 'Bed', [random])], bed(9)));
    expect(facts.loads).toEqual([]);
    expect(facts.limits.map(({ message }) => message).join(' ')).toContain('longest of its branches');
  });
});

describe('the limits of loads', () => {
  const group = (id: string, role: string, onDuty: number): StaffGroup => ({
    id,
    name: id,
    origin: ORIGIN,
    role,
    headcount: plain(9),
    people: [],
    shifts: [],
    leave: [],
    supportShares: [],
    onDuty: { rules: [], otherwise: plain(onDuty) },
  });
  const nurse = { id: 'Nurse', name: 'Nurse', origin: ORIGIN, codes: {}, skills: [] };
  const by = (...of: NeedTarget[]): Activity => step('A', { needs: [{ amount: plain(1), of, origin: ORIGIN }] });

  it('tell that alternatives are counted by the first', () => {
    const resources = [resource('Bed', 2), resource('Couch', 2)];
    const body = [by({ kind: 'resource', resource: 'Bed' }, { kind: 'resource', resource: 'Couch' })];
    const { facts } = analyse(care(body, { resources }));
    expect(facts.loads.map(({ load }) => load)).toEqual([1, 0]);
    expect(facts.limits).toEqual([
      { subject: 'P.A', message: 'Of several alternatives (`or`) the first alone is counted.' },
    ]);
  });

  it('tell that work of a role is shared over its groups', () => {
    const staff = [group('North', 'Nurse', 1), group('South', 'Nurse', 3)];
    const { facts } = analyse(care([by({ kind: 'role', role: 'Nurse' })], { roles: [nurse], staff }));
    expect(facts.loads.map(({ load }) => load)).toEqual([0.25, 0.75]);
    expect(facts.limits.map(({ subject }) => subject)).toEqual(['P.A']);
    expect(facts.limits[0]?.message).toContain('shared among them');
    const one = analyse(care([by({ kind: 'role', role: 'Nurse' })], { roles: [nurse], staff: staff.slice(1) }));
    expect(one.facts.limits).toEqual([]);
  });
});

describe('Poisson requests', () => {
  const treat = (more = {}) => step('A', { needs: [uses('Bed')], takes: exponential(HOUR / 2), ...more });
  const arriving = (arrivals: Cohort['arrivals']): Partial<Model> => ({
    cohorts: [cohort({ ...(arrivals && { arrivals }) })],
    ...bed(1),
  });
  const wait = (of: Model): number | undefined => loadOf('Bed', of).expectedWait;

  it('at a single queue of exponential times wait as in M/M/1', () => {
    // One an hour, half an hour each: W = ρ s / (1 − ρ) = half an hour.
    expect(wait(care([treat()], bed(1)))).toBeCloseTo(HOUR / 2, 8);
    expect(wait(care([treat()], arriving(every(exponential(HOUR)))))).toBeCloseTo(HOUR / 2, 8);
    expect(loadOf('Bed', care([treat()], bed(1))).erlangB).toBeCloseTo(1 / 3, 12);
  });

  const SILENT: readonly (readonly [string, () => Model])[] = [
    ['arrivals at fixed gaps', () => care([treat()], arriving(every(seconds(HOUR))))],
    [
      'arrivals that are renewed otherwise',
      () => care([treat()], arriving(every(draw('uniform', { low: 0, high: 2 * HOUR })))),
    ],
    [
      'arrivals on some days only',
      () => care([treat()], arriving({ ...perDay(24), kind: 'rate', days: ['Mon'] } as Cohort['arrivals'])),
    ],
    [
      'a queue before it',
      () =>
        care([step('Q', { needs: [uses('Desk')] }), treat()], { resources: [resource('Bed', 1), resource('Desk', 3)] }),
    ],
    [
      'a queue around it',
      () => care([hold('H', 'Desk', [treat()])], { resources: [resource('Bed', 1), resource('Desk', 3)] }),
    ],
    ['patients who come back', () => care([repeat('r', { again: plain(0.2) }, [treat()])], bed(1))],
    [
      'patients who come back at gaps',
      () => care([repeat('r', { times: plain(2), every: seconds(DAY) }, [treat()])], bed(4)),
    ],
    [
      'two requests of one patient at once',
      () => care([together('t', [treat()], [treat({ id: 'P.B', name: 'B' })])], bed(9)),
    ],
    ['requests of several units', () => care([treat({ needs: [uses('Bed', plain(2))] })], bed(9))],
    ['units for two purposes at once', () => care([hold('H', 'Bed', [treat()])], bed(9))],
    [
      'people who give up waiting',
      () => care([treat({ waits: { atMost: seconds(HOUR), otherwise: [step('E')] } })], bed(1)),
    ],
    [
      'a choice that never waits',
      () =>
        care([hold('H', 'Desk', [step('D')], { policy: 'first free', otherwise: [] }), treat()], {
          resources: [resource('Bed', 1), resource('Desk', 3)],
        }),
    ],
    [
      'a cohort that enters two pathways at once',
      () =>
        model({
          pathways: [pathway([treat()]), pathway([{ ...treat(), id: 'Q.A' }], { id: 'Q', name: 'Q' })],
          ...bed(9),
        }),
    ],
  ];
  it.each(SILENT)('are not claimed for %s', (_, make) => {
    const load = loadOf('Bed', make());
    expect(load.poisson).toBe(false);
    expect(load.erlangB).toBeUndefined();
    expect(load.erlangC).toBeUndefined();
  });

  it('are not served as in M/M/c with other times, several means or priorities', () => {
    const general = [
      care([treat({ takes: draw('gamma', { mean: HOUR / 2, sd: HOUR / 4 }) })], bed(1)),
      care([treat({ priority: plain(1) })], bed(1)),
      care(
        [
          choose(
            'c',
            'shares',
            [share(0.5), [treat()]],
            [OTHERWISE, [treat({ id: 'P.B', name: 'B', takes: exponential(HOUR / 4) })]],
          ),
        ],
        bed(1),
      ),
    ];
    for (const each of general) {
      expect(loadOf('Bed', each).poisson).toBe(true);
      expect(loadOf('Bed', each).erlangC).toBeUndefined();
    }
  });

  it('keep an unlimited ward Poisson unless its patients wait in it for the next one', () => {
    const resources = [resource('Bed', 'unlimited'), resource('Rehab', 3)];
    const stay = hold('H', 'Bed', [step('A')]);
    const next = (more = {}): Activity => hold('N', 'Rehab', [step('B')], more);
    const poisson = (...body: Activity[]): boolean => loadOf('Bed', care(body, { resources })).poisson;
    expect(poisson(stay)).toBe(true);
    expect(poisson(stay, next())).toBe(false);
    expect(poisson(stay, choose('c', 'shares', [share(0.5), [next()]], [OTHERWISE, []]))).toBe(false);
    expect(poisson(stay, next({ freesFirst: true }))).toBe(true);
    expect(poisson(stay, step('Walk'), next())).toBe(true);
    const maybe = step('Walk', { when: binary(draw('uniform', { low: 0, high: 1 }, NUMBER), '<', plain(0.5)) });
    expect(poisson(stay, maybe, next())).toBe(false);
  });
});

describe('an analysis', () => {
  it('tells numbers that cannot be computed with as diagnostics, each once', () => {
    const profile = { slot: HOUR, values: [0], anchor: 'day' as const };
    const arrivals = { ...perDay(24), kind: 'rate' as const, profile };
    const broken = care([step('A', { needs: [uses('Bed')] })], {
      cohorts: [cohort({ arrivals: arrivals as Cohort['arrivals'] & object })],
      ...bed(1),
    });
    const { facts, diagnostics } = analyse(broken);
    expect(diagnostics.filter(({ code }) => code === 'PW4006').map(({ message }) => message)).toEqual([
      'The profile of arrivals is 0 on every open day; give some slot a share above 0.',
    ]);
    expect(facts.loads).toEqual([]);
    expect(facts.limits).toHaveLength(1);
    const figures = new ScenarioFigures(broken);
    expect(figures.loads()).toEqual([]);
    expect(() => figures.activityDemand()).toThrow('The profile of arrivals is 0');
  });

  it('goes on with what does not depend on them', () => {
    const many: Resource = { ...resource('Bed', 1), count: { rules: [], otherwise: exponential(3) } };
    const { diagnostics } = analyse(care([step('A', { needs: [uses('Bed')] })], { resources: [many] }));
    const codes = diagnostics.map(({ code }) => code);
    expect(codes).toContain('PW4006');
    expect(codes).toContain('PW7001');
  });

  it('tells impossible shares and calendars', () => {
    const shares = categorical('route', { a: 0.6, b: 0.6 });
    const body = [choose('c', { attribute: 'route' }, [{ kind: 'category', values: ['a'] }, []], [OTHERWISE, []])];
    const wrong = analyse(care(body, { cohorts: [cohort({ attributes: [shares] })] }));
    expect(wrong.diagnostics.find(({ code }) => code === 'PW4006')?.message).toContain('add to 120%');
    const nowhere = analyse(
      care([step('A', { needs: [uses('Bed')] })], {
        cohorts: [cohort({ arrivals: { ...perDay(24), kind: 'rate', days: ['Mon'] } as Cohort['arrivals'] & object })],
        studies: [study({ timezone: 'Nowhere/Land' })],
        ...bed(2),
      }),
    );
    expect(nowhere.diagnostics.filter(({ code }) => code === 'PW4006')).toHaveLength(1);
  });

  it('refuses a scenario that there is not', () => {
    expect(() => analyse(care([]), 'Elsewhere')).toThrow('Elsewhere');
  });

  it('counts a condition on which arrivals depend by its place only', () => {
    const when = condition(binary(attribute('age'), '<', plain(50)));
    const ages = numeric('age', draw('uniform', { low: 0, high: 100 }, NUMBER));
    const body = [choose('c', 'condition', [when, [step('A', { needs: [uses('Bed')] })]], [OTHERWISE, []])];
    const load = loadOf('Bed', care(body, { cohorts: [cohort({ attributes: [ages] })], ...bed(2) }));
    expect(load.load).toBeCloseTo(0.5, 12);
    expect(load.poisson).toBe(true);
  });
});
