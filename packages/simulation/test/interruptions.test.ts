import type { Model, Schedule } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import {
  byRole,
  calculated,
  cohort,
  draw,
  hold,
  log,
  n,
  need,
  pathway,
  race,
  resource,
  run,
  staff,
  step,
  waited,
  waitFor,
} from './build.js';

const seen = ['start', 'end'];

/** `many` during the first ten minutes of a day, then `few`. */
const until10 = (many: number, few: number): Schedule => ({
  rules: [{ amount: n(many), from: 0, to: 10 }],
  otherwise: n(few),
});

/** Two pathways that ask for one room: what Low does there, then what High does. */
function rivals(
  low: Parameters<typeof step>[3],
  high: Parameters<typeof step>[3] = { preempts: true },
): Partial<Model> {
  return {
    resources: [resource('R', 1)],
    cohorts: [cohort('Low', [0], { priority: n(2) }), cohort('High', [4], { priority: n(1) })],
    pathways: [
      pathway([step('Check', 10, ['R'], low)], ['Low']),
      pathway([step('Rescue', 3, ['R'], high)], ['High'], { id: 'Q', name: 'Q' }),
    ],
  };
}

describe('pre-emption', () => {
  test('lets interrupted work go on with what is left of it', () => {
    expect(log(rivals({ interruption: 'resumes' }), { run: 100 }, seen)).toEqual([
      '0 Low 0 start Check',
      '4 High 0 start Rescue',
      '7 High 0 end Rescue',
      '13 Low 0 end Check',
    ]);
  });

  test('lets interrupted work be done anew where it says so', () => {
    expect(log(rivals({ interruption: 'restarts' }), { run: 100 }, seen).at(-1)).toBe('17 Low 0 end Check');
  });

  test('lets work be left where it says so, past the step or by the way of those who gave up waiting', () => {
    const on = (low: Parameters<typeof step>[3], after = 5): Partial<Model> => ({
      ...rivals(low),
      pathways: [
        pathway([step('Check', 10, ['R'], low), step('Home', after, [])], ['Low']),
        ...(rivals({}).pathways ?? []).slice(1),
      ],
    });
    expect(log(on({ interruption: 'leaves' }), { run: 100 }, seen)).toEqual([
      '0 Low 0 start Check',
      '4 High 0 start Rescue',
      '4 Low 0 start Home',
      '7 High 0 end Rescue',
      '9 Low 0 end Home',
    ]);
    const waits = { atMost: n(0), otherwise: [step('Elsewhere', 2, [])] };
    expect(log(on({ interruption: 'leaves', waits }), { run: 100 }, seen)).toEqual([
      '0 Low 0 start Check',
      '4 High 0 start Rescue',
      '4 Low 0 start Elsewhere',
      '6 Low 0 end Elsewhere',
      '6 Low 0 start Home',
      '7 High 0 end Rescue',
      '11 Low 0 end Home',
    ]);
  });

  test('lets work be left where a count goes down and where a unit fails', () => {
    const few = { resources: [resource('R', until10(2, 1))], cohorts: [cohort('X', [0, 2])] };
    const left = step('Stay', 700, ['R'], { interruption: 'leaves' });
    expect(log({ ...few, pathways: [pathway([left, step('Ward', 1, [])], ['X'])] }, { run: 900 }, seen)).toEqual([
      '0 X 0 start Stay',
      '2 X 1 start Stay',
      '600 X 1 start Ward',
      '601 X 1 end Ward',
      '700 X 0 end Stay',
      '700 X 0 start Ward',
      '701 X 0 end Ward',
    ]);
    const breaks = resource('R', 1, { breakdown: { every: n(5), lasts: n(3) } });
    const fails = { resources: [breaks], cohorts: [cohort('X', [0])] };
    expect(log({ ...fails, pathways: [pathway([left, step('Ward', 1, [])], ['X'])] }, { run: 50 }, seen)).toEqual([
      '0 X 0 start Stay',
      '5 X 0 start Ward',
      '6 X 0 end Ward',
    ]);
  });

  test('of two branches of a race whose work is left at once, the first wins and the other is abandoned on its way', () => {
    const none = resource('R', until10(2, 0));
    const left = (name: string) => step(name, 700, ['R'], { interruption: 'leaves' });
    const parts = {
      resources: [none],
      cohorts: [cohort('X', [0])],
      pathways: [pathway([race([left('A')], [left('B')]), step('After', 5, [])], ['X'])],
    };
    const [result] = run(parts, { run: 900 }, 1);
    expect(log(parts, { run: 900 }, seen).slice(4)).toEqual(['600 X 0 start After', '605 X 0 end After']);
    expect(result?.flows[0]).toMatchObject({ finished: 1, inProgress: 0 });
    expect(result?.checks.every((check) => check.holds)).toBe(true);
  });

  test('touches neither work that is not interruptible nor work that is as urgent', () => {
    expect(log(rivals({}), { run: 100 }, seen)[2]).toBe('10 High 0 start Rescue');
    const parts = rivals({ interruption: 'resumes', priority: n(1) });
    expect(log(parts, { run: 100 }, seen)[2]).toBe('10 High 0 start Rescue');
  });

  test('leaves alone work that ends at this very instant', () => {
    const parts = rivals({ interruption: 'restarts' });
    const sameTime = {
      ...parts,
      cohorts: [cohort('High', [0], { priority: n(1) }), cohort('Low', [0], { priority: n(2) })],
    };
    const pathways = [
      pathway([waitFor(10), step('Rescue', 3, ['R'], { preempts: true })], ['High']),
      pathway([step('Check', 10, ['R'], { interruption: 'restarts' })], ['Low'], { id: 'Q', name: 'Q' }),
    ];
    // The wait of High is scheduled first, and so ends first.
    expect(log({ ...sameTime, pathways }, { run: 100 }, seen).slice(-3)).toEqual([
      '10 Low 0 end Check',
      '10 High 0 start Rescue',
      '13 High 0 end Rescue',
    ]);
  });

  test('is only for those who say so', () => {
    expect(log(rivals({ interruption: 'resumes' }, {}), { run: 100 }, seen)[2]).toBe('10 High 0 start Rescue');
  });

  test('interrupts the least urgent work, then what began last', () => {
    const low = step('Check', 20, ['R'], { interruption: 'resumes' });
    const parts = {
      resources: [resource('R', 3)],
      cohorts: [
        cohort('Third', [0], { priority: n(3) }),
        cohort('Second', [1, 2], { priority: n(2) }),
        cohort('First', [5, 6], { priority: n(1) }),
      ],
      pathways: [
        pathway([low], ['Third', 'Second']),
        pathway([step('Rescue', 3, ['R'], { preempts: true })], ['First'], { id: 'Q', name: 'Q' }),
      ],
    };
    // At 5 the third in rank gives way, at 6 the one of the second who began last; both come back as soon as they can.
    expect(log(parts, { run: 100 }, seen)).toEqual([
      '0 Third 0 start Check',
      '1 Second 0 start Check',
      '2 Second 1 start Check',
      '5 First 0 start Rescue',
      '6 First 1 start Rescue',
      '8 First 0 end Rescue',
      '9 First 1 end Rescue',
      '21 Second 0 end Check',
      '24 Second 1 end Check',
      '24 Third 0 end Check',
    ]);
  });

  test('interrupts nobody where that would not be enough, and nobody who is not needed', () => {
    const parts = (amount: number, fixed: boolean) => ({
      resources: [resource('R', 3), resource('Q', 1)],
      cohorts: [
        cohort('Third', [0], { priority: n(3) }),
        cohort('Second', [1], { priority: n(2) }),
        cohort('First', [5], { priority: n(1) }),
      ],
      pathways: [
        pathway([step('One', 20, ['R'], { interruption: 'resumes' })], ['Third'], { id: 'A', name: 'A' }),
        pathway([step('Two', 20, [need('R', 2), 'Q'], fixed ? {} : { interruption: 'resumes' })], ['Second'], {
          id: 'B',
          name: 'B',
        }),
        pathway([step('Rescue', 3, [need('R', amount), 'Q'], { preempts: true })], ['First']),
      ],
    });
    // The room Q is with the second, whose work must not be interrupted: the first gives nothing up either.
    expect(log(parts(1, true), { run: 100 }, seen).filter((row) => row.includes('One'))).toEqual([
      '0 Third 0 start One',
      '20 Third 0 end One',
    ]);
    // The second frees all that is wanted, so that the third is spared.
    expect(log(parts(2, false), { run: 100 }, seen)).toEqual([
      '0 Third 0 start One',
      '1 Second 0 start Two',
      '5 First 0 start Rescue',
      '8 First 0 end Rescue',
      '20 Third 0 end One',
      '24 Second 0 end Two',
    ]);
  });

  test('gives the interrupted their first place in the queue, and leaves them their holds', () => {
    const parts = {
      resources: [resource('R', 1), resource('Bed', 2)],
      cohorts: [cohort('Low', [0, 1], { priority: n(2) }), cohort('High', [4], { priority: n(1) })],
      pathways: [
        pathway([hold('Stay', ['Bed'], [step('Check', 10, ['R'], { interruption: 'resumes' })])], ['Low']),
        pathway([step('Rescue', 3, ['R'], { preempts: true })], ['High'], { id: 'Q', name: 'Q' }),
      ],
    };
    expect(log(parts, { run: 100 }, seen)).toEqual([
      '0 Low 0 start Stay',
      '0 Low 0 start Check',
      '1 Low 1 start Stay',
      '4 High 0 start Rescue',
      '7 High 0 end Rescue',
      '13 Low 0 end Check',
      '13 Low 0 end Stay',
      '13 Low 1 start Check',
      '23 Low 1 end Check',
      '23 Low 1 end Stay',
    ]);
  });

  test('is tried again whenever something that is wanted becomes free', () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 1)],
      cohorts: [
        cohort('Low', [2], { priority: n(2) }),
        cohort('Fixed', [0], { priority: n(2) }),
        cohort('High', [1], { priority: n(1) }),
      ],
      pathways: [
        pathway([step('UseA', 20, ['A'], { interruption: 'resumes' })], ['Low'], { id: 'L', name: 'L' }),
        pathway([step('UseB', 10, ['B'])], ['Fixed'], { id: 'F', name: 'F' }),
        pathway([step('Both', 5, ['A', 'B'], { preempts: true })], ['High']),
      ],
    };
    // High waits for B alone, and A, which it does not reserve, goes to Low until B is there.
    expect(log(parts, { run: 100 }, seen)).toEqual([
      '0 Fixed 0 start UseB',
      '2 Low 0 start UseA',
      '10 Fixed 0 end UseB',
      '10 High 0 start Both',
      '15 High 0 end Both',
      '27 Low 0 end UseA',
    ]);
  });

  test('works for holds, which keep what they took', () => {
    const parts = {
      resources: [resource('R', 1)],
      cohorts: [cohort('Low', [0], { priority: n(2) }), cohort('High', [4], { priority: n(1) })],
      pathways: [
        pathway([step('Check', 10, ['R'], { interruption: 'resumes' })], ['Low']),
        pathway([hold('Stay', ['R'], [waitFor(6)], { preempts: true })], ['High'], { id: 'Q', name: 'Q' }),
      ],
    };
    expect(log(parts, { run: 100 }, seen).at(-1)).toBe('16 Low 0 end Check');
  });
});

describe('fewer units', () => {
  test('interrupt the work that began last, which goes on when there is one again', () => {
    const parts = {
      resources: [resource('R', until10(2, 1))],
      cohorts: [cohort('X', [0, 100])],
      pathways: [pathway([step('Check', 900, ['R'], { interruption: 'resumes' })], ['X'])],
    };
    expect(log(parts, { run: 4000 }, seen)).toEqual([
      '0 X 0 start Check',
      '100 X 1 start Check',
      '900 X 0 end Check',
      '1300 X 1 end Check',
    ]);
  });

  test('a breakdown interrupts work, which waits for the repair', () => {
    const parts = {
      resources: [resource('R', 1, { breakdown: { every: n(10), lasts: n(5) } })],
      cohorts: [cohort('X', [0])],
      pathways: [pathway([step('Scan', 18, ['R'], { interruption: 'resumes' })], ['X'])],
    };
    expect(log(parts, { run: 100 }, seen)).toEqual(['0 X 0 start Scan', '23 X 0 end Scan']);
    const anew = { ...parts, pathways: [pathway([step('Scan', 10, ['R'], { interruption: 'restarts' })], ['X'])] };
    // Work of ten that ends at the very instant of the failure is done.
    expect(log(anew, { run: 100 }, seen)).toEqual(['0 X 0 start Scan', '10 X 0 end Scan']);
    const never = { ...parts, pathways: [pathway([step('Scan', 11, ['R'], { interruption: 'restarts' })], ['X'])] };
    expect(log(never, { run: 1000 }, seen)).toEqual(['0 X 0 start Scan']);
  });

  test('work that may be handed over goes on with whoever is free next, without overtime from then on', () => {
    const early = staff('Early', 'Nurse', until10(1, 0));
    const late = staff('Late', 'Nurse', until10(0, 1));
    const parts = (handedOver: boolean): Partial<Model> => ({
      staff: [early, late],
      cohorts: [cohort('X', [300]), cohort('Y', [400])],
      pathways: [
        pathway([step('Watch', 900, [need([byRole('Nurse')])], { ...(handedOver && { handedOver }) })], ['X']),
        pathway([step('Talk', 100, [need([byRole('Nurse')])])], ['Y'], { id: 'Q', name: 'Q' }),
      ],
    });
    // Without it, the early nurse stays until 1200, and the late one is free for Y at once.
    expect(log(parts(false), { run: 4000 }, seen)).toEqual([
      '300 X 0 start Watch',
      '600 Y 0 start Talk',
      '700 Y 0 end Talk',
      '1200 X 0 end Watch',
    ]);
    // With it, the watch asked first, and so goes to the late nurse first.
    expect(log(parts(true), { run: 4000 }, seen)).toEqual([
      '300 X 0 start Watch',
      '1200 X 0 end Watch',
      '1200 Y 0 start Talk',
      '1300 Y 0 end Talk',
    ]);
  });

  test('work that would not fit before the end of a shift does not begin', () => {
    const nurses = staff('Nurses', 'Nurse', { rules: [{ amount: n(2), from: 0, to: 10 }], otherwise: n(1) });
    const parts = (fitsShift: boolean): Partial<Model> => ({
      staff: [nurses],
      cohorts: [cohort('X', [0, 100, 400])],
      pathways: [
        pathway(
          [step('Dialysis', draw('uniform', { low: 300, high: 300 }), [need([byRole('Nurse')])], { fitsShift })],
          ['X'],
        ),
      ],
    });
    expect(log(parts(false), { run: 4000 }, ['start'])).toEqual([
      '0 X 0 start Dialysis',
      '100 X 1 start Dialysis',
      '400 X 2 start Dialysis',
    ]);
    // Of two nurses one leaves at 600: at 400 one would have to stay, at 400 the other is free from 300 on.
    const busy: Partial<Model> = { ...parts(true), cohorts: [cohort('X', [200, 290, 350])] };
    expect(log(busy, { run: 4000 }, ['start'])).toEqual([
      '200 X 0 start Dialysis',
      '290 X 1 start Dialysis',
      '590 X 2 start Dialysis',
    ]);
    const late: Partial<Model> = { ...parts(true), cohorts: [cohort('X', [310, 320])] };
    expect(log(late, { run: 4000 }, ['start'])).toEqual(['310 X 0 start Dialysis', '610 X 1 start Dialysis']);
  });
});

describe('a priority that looks at the wait', () => {
  const priority = calculated(n(5), '-', waited());
  const parts = (frees: number): Partial<Model> => ({
    resources: [resource('R', 1)],
    cohorts: [cohort('Now', [0]), cohort('Patient', [1]), cohort('Urgent', [2])],
    pathways: [
      pathway([step('First', frees, ['R'])], ['Now'], { id: 'A', name: 'A' }),
      pathway([step('Slow', 10, ['R'], { priority })], ['Patient'], { id: 'B', name: 'B' }),
      pathway([step('Fast', 10, ['R'], { priority: n(2) })], ['Urgent']),
    ],
  });

  test('is worked out anew when a unit becomes free', () => {
    // At 3.5 the first has waited 2.5 and has priority 2.5; at 4.5 it has 1.5, and goes before 2.
    expect(log(parts(3.5), { run: 100 }, ['start']).map((row) => row.split(' ').at(-1))).toEqual([
      'First',
      'Fast',
      'Slow',
    ]);
    expect(log(parts(4.5), { run: 100 }, ['start']).map((row) => row.split(' ').at(-1))).toEqual([
      'First',
      'Slow',
      'Fast',
    ]);
  });

  test('can stand at the cohort', () => {
    const model: Partial<Model> = {
      resources: [resource('R', 1)],
      cohorts: [
        cohort('Now', [0]),
        cohort('Patient', [1], { priority: calculated(n(5), '-', waited()) }),
        cohort('Urgent', [2], { priority: n(2) }),
      ],
      pathways: [pathway([step('Talk', 4.5, ['R'])], ['Now', 'Patient', 'Urgent'])],
    };
    expect(log(model, { run: 100 }, ['start']).map((row) => row.split(' ')[1])).toEqual(['Now', 'Patient', 'Urgent']);
  });
});
