import type { Model, Patch, Response, ResponseMeasure, Trigger } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { compileInput, runReplication, type SimulationInput, traceReplication } from '../src/index.js';
import { byRole, bySkill, cohort, HERE, hold, model, n, need, pathway, resource, staff, step } from './build.js';

const HOUR = 3600;
const declared = (id: string) => ({ id, name: id, origin: HERE });
const role = (id: string, skills: readonly { skill: string }[] = []) => ({ ...declared(id), codes: {}, skills });

type Measure = ResponseMeasure extends infer M ? (M extends ResponseMeasure ? Omit<M, 'id' | 'origin'> : never) : never;

/** A plan whose response is in force from the start on. */
function inForce(measures: readonly Measure[]): Partial<Model> {
  const trigger: Trigger = {
    ...declared('Always'),
    fires: { kind: 'condition', when: { kind: 'constant', value: n(1) } },
  };
  const response: Response = {
    ...declared('R'),
    activations: [{ kind: 'trigger', trigger: 'Always', origin: HERE }],
    patches: measures.map((measure, i): Patch => ({ ...measure, id: `R.#${i + 1}`, origin: HERE })),
    recovery: { after: [] },
    cards: [],
  };
  const scenario = { ...declared('Plan'), basedOn: [], overrides: [], crises: [], responses: ['R'] };
  return {
    triggers: [trigger],
    responses: [response],
    scenarios: [scenario],
    scales: [{ ...declared('Surge'), levels: ['calm', 'full'].map((name) => ({ name, origin: HERE })) }],
  };
}

function planned(parts: Partial<Model>, measures: readonly Measure[], run = 24 * HOUR): SimulationInput {
  return compileInput(model({ ...inForce(measures), ...parts }, { run }), 'S', 'Plan');
}

/** Hours at which work starts and ends, with who does it. */
function starts(input: SimulationInput): readonly string[] {
  return traceReplication(input, 0)
    .filter(({ what }) => what === 'start' || what === 'end')
    .map(({ time, patient, what }) => `${time / HOUR} ${patient} ${what}`);
}

/** Mean people of each group at work, in hours. */
function hoursOf(input: SimulationInput): Readonly<Record<string, number>> {
  const { facilities } = runReplication(input, 0);
  return Object.fromEntries(
    input.facilities.map(({ id }, f) => [id, (facilities[f]?.census ?? 0) * (input.run / HOUR)]),
  );
}

const three = [0, 0, 0];
const nurses: Partial<Model> = {
  skills: [{ ...declared('Lysis'), levels: [], codes: {} }],
  roles: [role('Nurse', [{ skill: 'Lysis' }]), role('Helper'), role('Doctor')],
  staff: [staff('N', 'Nurse', 1), staff('H', 'Helper', 3), staff('D', 'Doctor', 1)],
  cohorts: [cohort('X', three)],
  pathways: [pathway([step('Dress', HOUR, [need([byRole('Nurse')])])], ['X'])],
};

const helpers: Measure = { kind: 'allow', who: { kind: 'role', role: 'Helper' }, as: 'Nurse' };

describe('others stand in', () => {
  test('for those of a role, who go first', () => {
    const input = planned(nurses, [helpers]);
    expect(starts(input).filter((each) => each.endsWith('start'))).toEqual([
      '0 X 0 start',
      '0 X 1 start',
      '0 X 2 start',
    ]);
    expect(hoursOf(input)).toMatchObject({ N: 1, H: 2, D: 0 });
  });

  test('more slowly, with the same draws, the slowest of several deciding', () => {
    const two = {
      ...nurses,
      cohorts: [cohort('X', [0])],
      pathways: [pathway([step('Lift', HOUR, [need([byRole('Nurse')], 2)])], ['X'])],
    };
    expect(starts(planned(two, [{ ...helpers, speed: n(0.5) }]))).toEqual(['0 X 0 start', '2 X 0 end']);
  });

  test('once they are trained', () => {
    expect(starts(planned(nurses, [{ ...helpers, training: n(HOUR / 2) }]))).toContain('0.5 X 1 start');
  });

  test('never where a skill is asked for', () => {
    const skilled = { ...nurses, pathways: [pathway([step('Lyse', HOUR, [need([bySkill('Lysis')])])], ['X'])] };
    expect(hoursOf(planned(skilled, [helpers]))).toMatchObject({ N: 3, H: 0 });
  });

  test('as persons by their names', () => {
    const people = [{ id: 'h7', skills: [], shifts: [], leave: [], origin: HERE }];
    const named = { ...nurses, staff: [staff('N', 'Nurse', 1), staff('H', 'Helper', 1, { people })] };
    const person: Measure = { kind: 'allow', who: { kind: 'person', person: 'h7' }, as: 'Nurse' };
    expect(hoursOf(planned(named, [person]))).toMatchObject({ N: 2, H: 1 });
    expect(planned(named, [{ ...person, who: { kind: 'person', person: 'h8' } }]).notes.join(' ')).toContain(
      'Nobody called h8 is declared, who may stand in for Nurse',
    );
  });

  test('under somebody who is busy with it, and only where somebody is free to be', () => {
    const supervised: Measure = { ...helpers, supervision: { role: 'Doctor', supervisors: 1, per: 2 } };
    expect(hoursOf(planned(nurses, [supervised]))).toMatchObject({ N: 1, H: 2, D: 1 });
    // One each: the second waits for the doctor who supervises the first.
    const single: Measure = { ...helpers, supervision: { role: 'Doctor', supervisors: 1, per: 1 } };
    const four = { ...nurses, cohorts: [cohort('X', [0, 0, 0, 0])] };
    expect(hoursOf(planned(four, [single]))).toMatchObject({ N: 2, H: 2, D: 2 });
  });

  test('under the last of the role, who leaves the work to more than she is', () => {
    const own: Measure = { ...helpers, supervision: { role: 'Nurse', supervisors: 1, per: 3 } };
    const input = planned(nurses, [own]);
    expect(hoursOf(input)).toMatchObject({ N: 1, H: 3 });
    const alone = { ...nurses, staff: [staff('N', 'Nurse', 1), staff('H', 'Helper', 1), staff('D', 'Doctor', 1)] };
    // One helper under one nurse would be no more hands.
    expect(hoursOf(planned(alone, [own]))).toMatchObject({ N: 3, H: 0 });
  });

  test('from a level on, which nothing reaches here', () => {
    const from: Measure = { ...helpers, from: { scale: 'Surge', level: 'full' } };
    expect(hoursOf(planned(nurses, [from]))).toMatchObject({ N: 3, H: 0 });
  });

  test('for the whole of a hold', () => {
    const held = {
      ...nurses,
      pathways: [pathway([hold('Keep', [need([byRole('Nurse')])], [step('A', HOUR), step('B', HOUR)])], ['X'])],
    };
    expect(hoursOf(planned(held, [{ ...helpers, speed: n(0.5) }]))).toMatchObject({ N: 2, H: 4 });
  });

  test('and are told off where that makes no sense', () => {
    expect(() => planned(nurses, [{ ...helpers, speed: n(0) }])).toThrow(/must work at a speed above 0/);
    const half: Measure = { ...helpers, supervision: { role: 'Doctor', supervisors: 0.5, per: 2 } };
    expect(() => planned(nurses, [half])).toThrow(/Whole people supervise, at least one, and not 0.5/);
  });

  test('so that nobody is told to wait for ever who waits for them', () => {
    const nobody = { ...nurses, staff: [staff('H', 'Helper', 3), staff('D', 'Doctor', 1)] };
    const input = planned(nobody, [{ ...helpers, training: n(30 * HOUR) }]);
    expect(input.notes.join(' ')).not.toContain('waits for ever');
    expect(hoursOf(planned(nobody, [helpers]))).toMatchObject({ H: 3 });
  });
});

describe('teams on duty', () => {
  const day = { rules: [{ amount: n(2), from: 360, to: 1320 }], otherwise: n(1) };
  const ward: Partial<Model> = {
    roles: [role('Nurse')],
    staff: [staff('N', 'Nurse', day)],
    resources: [resource('Bed', 6)],
    cohorts: [cohort('X', [HOUR, HOUR, HOUR, HOUR])],
    pathways: [pathway([hold('Stay', ['Bed'], [step('Rest', 10 * HOUR)])], ['X'])],
  };
  const team = (per: number, amount = 1): Measure => ({
    kind: 'team',
    resource: 'Bed',
    scale: 'Surge',
    teams: [{ level: 'calm', members: [{ role: 'Nurse', amount }], per }],
  });

  test('let so many units be used as they can look after, from the very change of the shift on', () => {
    expect(starts(planned(ward, [team(2)])).filter((each) => each.endsWith('start'))).toEqual([
      '1 X 0 start',
      '1 X 0 start',
      '1 X 1 start',
      '1 X 1 start',
      '6 X 2 start',
      '6 X 2 start',
      '6 X 3 start',
      '6 X 3 start',
    ]);
  });

  test('are whole teams', () => {
    // Two nurses are one team, and there are two by day only.
    expect(starts(planned(ward, [team(3, 2)]))[0]).toBe('6 X 0 start');
  });

  test('of people that nobody is are refused', () => {
    const missing: Measure = {
      kind: 'team',
      resource: 'Bed',
      scale: 'Surge',
      teams: [{ level: 'calm', members: [{ role: 'Aid', amount: 1 }], per: 2 }],
    };
    expect(() => planned(ward, [missing])).toThrow(/Nobody of Aid is declared, who must be there/);
  });
});
