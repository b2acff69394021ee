import {
  DURATION,
  type Activity,
  type Expression,
  type Hold,
  type Model,
  NUMBER,
  type Origin,
  type Pathway,
  RATE,
  type Resource,
  type StaffGroup,
  type Step,
  emptyModel,
} from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { analyse } from '../src/index.js';

const at = (line: number): Origin => ({ file: 'test.pathway', line, column: 1, endLine: line, endColumn: 9 });
const plain = (value: number): Expression => ({ kind: 'number', value, dimension: NUMBER });
const hours = (value: number): Expression => ({ kind: 'number', value: value * 3600, dimension: DURATION });
const perDay = (value: number): Expression => ({ kind: 'number', value: value / 86_400, dimension: RATE });

function resource(id: string, count: number | 'unlimited'): Resource {
  const otherwise = count === 'unlimited' ? count : plain(count);
  return { id, name: id, origin: at(1), resourceKind: 'space', count: { rules: [], otherwise } };
}

const uses = (id: string, amount = 1): Step['needs'][number] => ({
  amount: plain(amount),
  of: [{ kind: 'resource', resource: id }],
  origin: at(20),
});

function step(name: string, more: Partial<Step> = {}): Step {
  return {
    kind: 'step',
    id: `P.${name}`,
    name,
    origin: at(10),
    needs: [],
    takes: hours(1),
    costs: [],
    dependsOn: [],
    remote: false,
    ...more,
  };
}

function hold(id: string, body: readonly Activity[], more: Partial<Hold> = {}): Hold {
  return {
    kind: 'hold',
    id: `P.hold-${id}-${body.length}`,
    name: id,
    origin: at(11),
    policy: 'all',
    needs: [uses(id)],
    freesFirst: false,
    body,
    ...more,
  };
}

function pathway(id: string, body: readonly Activity[], more: Partial<Pathway> = {}): Pathway {
  return { id, name: id, origin: at(5), cohorts: [], owner: 'Ward', body, ...more };
}

function model(changes: Partial<Model>): Model {
  return emptyModel({
    sourceHash: '',
    title: 'Test',
    organisations: ['Ward', 'Home'].map((id) => ({ id, name: id, origin: at(2), contact: {} })),
    resources: [resource('Bed', 2), resource('Theatre', 2), resource('Chair', 'unlimited')],
    ...changes,
  });
}

const codes = (changes: Partial<Model>): string[] => analyse(model(changes)).diagnostics.map(({ code }) => code);

describe('the order of holds', () => {
  const bedThenTheatre = pathway('First', [hold('Bed', [step('Wait'), hold('Theatre', [step('Operate')])])]);

  it('is told once where it differs, with the other place', () => {
    const opposite = pathway('Second', [hold('Theatre', [hold('Bed', [step('Lie')])])]);
    const found = analyse(model({ pathways: [bedThenTheatre, opposite] })).diagnostics;
    expect(found.map(({ code }) => code)).toEqual(['PW3008']);
    expect(found[0]?.message).toContain('Bed is held here while Theatre is asked for');
    expect(found[0]?.related[0]?.message).toBe('Theatre is held here while Bed is asked for.');
  });

  it('counts the hold that is entered directly after another, unless that frees first', () => {
    const next = (freesFirst: boolean): Pathway =>
      pathway('Second', [hold('Theatre', [step('Operate')]), hold('Bed', [step('Lie')], { freesFirst })]);
    expect(codes({ pathways: [bedThenTheatre, next(false)] })).toEqual(['PW3008']);
    expect(codes({ pathways: [bedThenTheatre, next(true)] })).toEqual([]);
  });

  it('sees through calls and steps that take a unit inside a hold', () => {
    const operate = pathway('Operation', [step('Operate', { needs: [uses('Bed')] })]);
    const caller = pathway('Second', [
      hold('Theatre', [{ kind: 'call', id: 'P.#1', origin: at(12), pathway: 'Operation' }]),
    ]);
    expect(codes({ pathways: [bedThenTheatre, operate, caller] })).toEqual(['PW3008']);
  });

  it('does not count a step between two holds, a released unit or what is never short', () => {
    const apart = pathway('Second', [hold('Theatre', [step('Operate')]), step('Walk'), hold('Bed', [step('Lie')])]);
    expect(codes({ pathways: [bedThenTheatre, apart] })).toEqual([]);
    const theatre = hold('Theatre', []);
    const released = pathway('Second', [
      {
        ...theatre,
        body: [
          { kind: 'release', id: 'P.#2', origin: at(13), targets: ['Theatre'], hold: theatre.id },
          hold('Bed', [step('Lie')]),
        ],
      },
    ]);
    expect(codes({ pathways: [bedThenTheatre, released] })).toEqual([]);
    const chairs = pathway('Second', [hold('Chair', [hold('Bed', [step('Sit')])])]);
    expect(codes({ pathways: [chairs, pathway('Third', [hold('Bed', [hold('Chair', [step('Sit')])])])] })).toEqual([]);
  });
});

describe('handovers', () => {
  /** Agreements and breaks are told of by codes of their own. */
  const told = (parts: Partial<Model>): string[] => codes(parts).filter((code) => !code.startsWith('PW8'));
  const talk = (returns?: string): Step =>
    step('Talk', { handover: { to: ['Home'], by: ['phone'], origin: at(14), ...(returns && { returns }) } });

  it('need a receiver who acts afterwards, also in a pathway that calls this one', () => {
    const visit = step('Call', { organisation: 'Home' });
    expect(told({ pathways: [pathway('A', [talk('phone')])] })).toEqual(['PW3009']);
    expect(told({ pathways: [pathway('A', [visit, talk('phone')])] })).toEqual(['PW3009']);
    expect(told({ pathways: [pathway('A', [talk('phone'), visit])] })).toEqual([]);
    const caller = pathway('B', [{ kind: 'call', id: 'B.#1', origin: at(15), pathway: 'A' }, visit]);
    expect(told({ pathways: [pathway('A', [talk('phone')]), caller] })).toEqual([]);
  });

  it('need a way back', () => {
    expect(told({ pathways: [pathway('A', [talk(), step('Call', { organisation: 'Home' })])] })).toEqual(['PW3010']);
  });
});

describe('people', () => {
  const nurse = { id: 'Nurse', name: 'Nurse', origin: at(3), codes: {}, skills: [{ skill: 'Lysis' }] };
  const skill = { id: 'Lysis', name: 'Lysis', origin: at(3), levels: [], codes: {} };
  const group = (headcount: number, onDuty: number | undefined): StaffGroup => ({
    id: 'Nurses',
    name: 'Nurses',
    origin: at(4),
    role: 'Nurse',
    organisation: 'Ward',
    headcount: plain(headcount),
    people: [],
    shifts: [],
    leave: [],
    supportShares: [],
    ...(onDuty !== undefined && { onDuty: { rules: [], otherwise: plain(onDuty) } }),
  });
  const treat = (amount: number): Pathway =>
    pathway('A', [
      step('Treat', {
        needs: [{ amount: plain(amount), of: [{ kind: 'skill', skill: 'Lysis' }], origin: at(20) }],
      }),
    ]);
  const with_ = (staff: StaffGroup[], amount = 1): string[] =>
    codes({ roles: [nurse], skills: [skill], staff, pathways: [treat(amount)] });

  it('who have a skill are none, one or enough', () => {
    expect(with_([])).toEqual(['PW5002']);
    expect(with_([group(1, 1)])).toEqual(['PW5003']);
    expect(with_([group(2, 1)])).toEqual([]);
  });

  it('on duty are not more than there are, nor fewer than a step needs at once', () => {
    expect(with_([group(2, 3)])).toEqual(['PW5006']);
    expect(with_([group(6, 2)], 3)).toEqual(['PW5004']);
    expect(with_([group(6, undefined)])).toEqual(['PW5008']);
  });
});

describe('overload by hour', () => {
  it('is told where the mean is within capacity and an hour is not', () => {
    // 24 patients a day, all in the hour from 09:00, 0.25 h each: 24 × 0.25 = 6 under way in that hour at most against 2;
    // on average 24 × 0.25 / 24 = 0.25.
    const cohort = {
      id: 'Patients',
      name: 'Patients',
      origin: at(6),
      attributes: [],
      arrivals: {
        kind: 'rate' as const,
        rate: perDay(24),
        profile: {
          slot: 3600,
          values: Array.from({ length: 24 }, (_, hour) => Number(hour === 9)),
          anchor: 'day' as const,
        },
      },
    };
    const visit = pathway('A', [step('Examine', { needs: [uses('Bed')], takes: hours(0.25) })], {
      cohorts: [{ cohort: 'Patients' }],
    });
    const { facts, diagnostics } = analyse(model({ cohorts: [cohort], pathways: [visit] }));
    expect(facts.loads.find(({ id }) => id === 'Bed')?.load).toBeCloseTo(0.25, 10);
    const found = diagnostics.find(({ code }) => code === 'PW5007');
    expect(found?.message).toMatch(/^Bed is asked for more than there is in 7 hours of the week, most on Mon 09:00: /);
    const plenty = model({ cohorts: [cohort], pathways: [visit], resources: [resource('Bed', 7)] });
    expect(analyse(plenty).diagnostics.map(({ code }) => code)).toEqual(['PW7001']);
  });
});

describe('essential pathways', () => {
  const essential = (
    more: NonNullable<Pathway['essential']>,
    needs: Step['needs'],
    dependsOn: string[] = [],
  ): Pathway =>
    pathway('A', [step('Treat', { needs, dependsOn, takes: hours(8) })], {
      cohorts: [{ cohort: 'Patients' }],
      essential: more,
    });
  const cohort = {
    id: 'Patients',
    name: 'Patients',
    origin: at(6),
    attributes: [],
    arrivals: { kind: 'rate' as const, rate: perDay(12) },
  };

  it('reach their minimum', () => {
    // 12 a day × 8 h = 4 beds asked for and 2 there: half the demand can be served.
    const below = analyse(model({ cohorts: [cohort], pathways: [essential({ minimum: plain(0.7) }, [uses('Bed')])] }));
    expect(below.diagnostics.find(({ code }) => code === 'PW6001')?.message).toBe(
      'A can serve 50% of its demand, below its minimum of 70%.',
    );
    expect(codes({ cohorts: [cohort], pathways: [essential({ minimum: plain(0.5) }, [uses('Bed')])] })).not.toContain(
      'PW6001',
    );
  });

  it('do not hang on a single thing', () => {
    const one = [resource('Network', 1), resource('Bed', 9)];
    expect(codes({ resources: one, pathways: [essential({}, [], ['Network'])] })).toContain('PW3011');
    expect(codes({ resources: one, pathways: [essential({}, [uses('Bed')])] })).not.toContain('PW3011');
  });
});
