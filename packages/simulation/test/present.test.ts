import type { PresentPatients, Study } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { compileInput, runReplication, simulateStudy, traceReplication } from '../src/index.js';
import {
  choose,
  cohort,
  draw,
  every,
  finish,
  HERE,
  hold,
  model,
  n,
  pathway,
  resource,
  step,
  type TestStudy,
} from './build.js';
import type { Model } from '@pathway/model';

const DAY = 86_400;

function compiled(parts: Partial<Model>, study: TestStudy, present: readonly Partial<PresentPatients>[]) {
  const whole = model(parts, study);
  const groups = present.map((group): PresentPatients => ({
    count: n(1),
    cohort: 'X',
    at: 'P.Stay',
    origin: HERE,
    ...group,
  }));
  const [first] = whole.studies;
  const studies: Study[] = first === undefined ? [] : [{ ...first, present: groups }];
  return compileInput({ ...whole, studies }, 'S', '');
}

function rows(parts: Partial<Model>, study: TestStudy, present: readonly Partial<PresentPatients>[]): string[] {
  return traceReplication(compiled(parts, study, present), 0)
    .filter((row) => ['arrive', 'start', 'end', 'finish'].includes(row.what))
    .map((row) => `${row.time} ${row.patient} ${row.what} ${row.subject.replace('P.', '')}`.trim());
}

describe('patients who are there at the start', () => {
  const ward: Partial<Model> = {
    resources: [resource('Bed', 2)],
    cohorts: [cohort('X', [5])],
    pathways: [pathway([hold('Ward', ['Bed'], [step('Stay', 10), step('Leave', 1)]), finish('Home')], ['X'])],
  };
  const first = 'X 1073741824';

  test('are told of where nobody else arrives', async () => {
    const nobody: Partial<Model> = { ...ward, cohorts: [cohort('X', [])] };
    const warningsOf = async (present: readonly Partial<PresentPatients>[]): Promise<string[]> => {
      const whole = model(nobody, { run: 100 });
      const groups = present.map((group) => ({ count: n(1), cohort: 'X', at: 'P.Stay', origin: HERE, ...group }));
      const studies = whole.studies.map((study): Study => ({ ...study, present: groups }));
      const { scenarios } = await simulateStudy({ ...whole, studies }, 'S');
      return scenarios.flatMap(({ warnings }) => warnings.map(({ kind }) => kind));
    };
    expect(await warningsOf([])).toContain('no arrivals');
    expect(await warningsOf([{ count: n(0) }])).toContain('no arrivals');
    expect(await warningsOf([{ count: n(2) }])).not.toContain('no arrivals');
  });

  test('take their places at once, in order, and wait where there is no room', () => {
    expect(rows(ward, { run: 100 }, [{ at: 'P.Ward', count: n(3) }]).slice(0, 4)).toEqual([
      `0 ${first} start Ward`,
      `0 ${first} start Stay`,
      '0 X 1073741825 start Ward',
      '0 X 1073741825 start Stay',
    ]);
    const { facilities, flows } = runReplication(compiled(ward, { run: 100 }, [{ at: 'P.Ward', count: n(3) }]), 0);
    // Two in bed until 11, then the third until 22 and the one who arrived at 5 (both began in the window).
    expect(facilities[0]).toMatchObject({ census: 0.44, queue: (11 + 6) / 100, wait: (11 + 6) / 2 });
    expect(flows[0]).toMatchObject({ arrivals: 1, finished: 4, time: 17 });
  });

  test('begin in the middle of a hold, a choice or a round with what these keep', () => {
    const parts: Partial<Model> = {
      ...ward,
      pathways: [
        pathway(
          [
            choose([{ share: 0, body: [hold('Ward', ['Bed'], [step('Talk', 1), step('Stay', 10)])] }, { body: [] }]),
            { kind: 'repeat', id: 'P.#r', origin: HERE, times: n(2), body: [step('Check', 2)] },
            finish('Home'),
          ],
          ['X'],
        ),
      ],
    };
    expect(
      rows(parts, { run: 100 }, [{ at: 'P.Stay' }, { at: 'P.Check' }]).filter((row) => !row.includes('X 0')),
    ).toEqual([
      `0 ${first} start Ward`,
      `0 ${first} start Stay`,
      '0 X 1073741825 start Check',
      '2 X 1073741825 end Check',
      '2 X 1073741825 start Check',
      '4 X 1073741825 end Check',
      '4 X 1073741825 finish Home',
      `10 ${first} end Stay`,
      `10 ${first} end Ward`,
      `10 ${first} start Check`,
      `12 ${first} end Check`,
      `12 ${first} start Check`,
      `14 ${first} end Check`,
      `14 ${first} finish Home`,
    ]);
  });

  test('have what remains of the first step, and go on like everybody else', () => {
    expect(rows(ward, { run: 100 }, [{ at: 'P.Ward', remaining: n(3) }]).slice(0, 6)).toEqual([
      `0 ${first} start Ward`,
      `0 ${first} start Stay`,
      `3 ${first} end Stay`,
      `3 ${first} start Leave`,
      `4 ${first} end Leave`,
      `4 ${first} end Ward`,
    ]);
  });

  test('are no arrivals, and no time from arrival is theirs', () => {
    const whole = compiled({ ...ward, cohorts: [cohort('X', [])], indicators: [] }, { run: 100 }, [
      { at: 'P.Ward', count: n(2) },
    ]);
    const { flows, checks } = runReplication(whole, 0);
    expect(flows[0]).toMatchObject({ arrivals: 0, finished: 2, time: null });
    expect(checks.filter((check) => !check.holds)).toEqual([]);
  });

  test('leave a M/M/∞ ward as the transient solution says', () => {
    // Mean 8·exp(−t/τ) + λτ(1 − exp(−t/τ)) with λ = 2/d, τ = 3 d, averaged over the first six days.
    const parts: Partial<Model> = {
      resources: [resource('Bed', 'unlimited')],
      cohorts: [cohort('X', every(DAY / 2))],
      pathways: [pathway([step('Stay', draw('exponential', { mean: 3 * DAY }), ['Bed'])], ['X'])],
    };
    const whole = compiled(parts, { run: 6 * DAY }, [{ count: n(20) }]);
    const means = Array.from({ length: 400 }, (_, r) => runReplication(whole, r).facilities[0]!.census);
    const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
    const share = (1 - Math.exp(-2)) / 2;
    const sd = Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (means.length - 1));
    expect(Math.abs(mean - (20 * share + 6 * (1 - share)))).toBeLessThan((3 * sd) / Math.sqrt(means.length));
  });

  test('with the residual times of M/G/∞ lie in the ward as the transient solution says', () => {
    // Stays are uniform up to b = 6 d, what remains of those under way has the density 2 (1 − x/b) / b, which is triangular.
    // Of n at the start n (1 − E(t)) are there after t, and of the load ρ = 6 of others ρ E(t), with E(t) = 2t/b − t²/b².
    const parts: Partial<Model> = {
      resources: [resource('Bed', 'unlimited')],
      cohorts: [cohort('X', every(DAY / 2))],
      pathways: [pathway([step('Stay', draw('uniform', { low: 0, high: 6 * DAY }), ['Bed'])], ['X'])],
    };
    const remaining = draw('triangular', { low: 0, mode: 0, high: 6 * DAY });
    const meanOver3Days = (present: number): readonly [number, number] => {
      const whole = compiled(parts, { run: 3 * DAY }, [{ count: n(present), remaining }]);
      const means = Array.from({ length: 400 }, (_, r) => runReplication(whole, r).facilities[0]!.census);
      const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
      const variance = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (means.length - 1);
      return [mean, Math.sqrt(variance / means.length)];
    };
    for (const [present, exact] of [
      [6, 6],
      [20, 20 * (7 / 12) + 6 * (5 / 12)],
    ] as const) {
      const [mean, error] = meanOver3Days(present);
      expect(Math.abs(mean - exact)).toBeLessThan(3 * error);
      expect(error).toBeLessThan(0.02 * exact);
    }
  });

  test.each([
    [{ cohort: 'Y' }, /Nobody of Y enters the pathway of P.Stay/],
    [{ count: n(-1) }, /lies from 0 to a million/],
    [{ at: 'P.Nowhere' }, /Nobody of X enters the pathway of P.Nowhere/],
  ])('are refused where they cannot be: %#', (group, message) => {
    expect(() => compiled({ ...ward, cohorts: [cohort('X', [5]), cohort('Y', [5])] }, { run: 10 }, [group])).toThrow(
      message,
    );
  });
});
