import type { Model } from '@pathway/model';
import { choose, cohort, draw, finish, freshIds, indicator, n, pathway, resource, step } from './build.js';

const MINUTE = 60;
/** Patients per hour by hour from 6:00 (exercise 13 of chapter 4 in Nelson, 2013). */
const RATES = [
  2.36667, 2.8, 8.83333, 10.43333, 14.8, 26.26667, 31.4, 18.06667, 16.46667, 12.03333, 11.6, 28.86667, 18.03333, 11.5,
  5.3, 4.06667, 2.2, 2.1,
];

/** The emergency treatment centre, with its bays, rooms and cubicles. */
export function treatmentCentre(
  capacity: { triage?: number; exam?: number; treat?: number; examMean?: number } = {},
): Partial<Model> {
  freshIds();
  const minutes = (family: 'lognormal' | 'normal', mean: number, variance: number) =>
    draw(family, { mean: mean * MINUTE, variance: variance * MINUTE * MINUTE });
  const wait = (name: string, activity: string) =>
    indicator(name, { kind: 'wait', of: { kind: 'activity', activity: `P.${activity}` } });
  const examination = {
    ...minutes('normal', capacity.examMean ?? 16, 3),
    from: n(0.5 * MINUTE),
  };
  return {
    resources: [
      resource('Triage', capacity.triage ?? 1),
      resource('TraumaRoom', 2),
      resource('TraumaCubicle', 1),
      resource('Clerk', 1),
      resource('Exam', capacity.exam ?? 3),
      resource('Cubicle', capacity.treat ?? 1),
    ],
    cohorts: [
      cohort('Patient', {
        kind: 'table',
        profile: { slot: 3600, values: RATES.map((rate) => rate / 3600), anchor: 'study' },
      }),
    ],
    pathways: [
      pathway(
        [
          step('Triaging', draw('exponential', { mean: 3 * MINUTE }), ['Triage']),
          choose([
            {
              share: 0.12,
              body: [
                step('Stabilising', draw('exponential', { mean: 90 * MINUTE }), ['TraumaRoom']),
                step('TraumaTreating', minutes('lognormal', 30, 4), ['TraumaCubicle']),
                finish('Trauma'),
              ],
            },
            {
              body: [
                step('Registering', minutes('lognormal', 5, 2), ['Clerk']),
                step('Examining', examination, ['Exam']),
                choose([
                  { share: 0.6, body: [step('Treating', minutes('lognormal', 13.3, 2), ['Cubicle'])] },
                  { body: [] },
                ]),
                finish('Other'),
              ],
            },
          ]),
        ],
        ['Patient'],
      ),
    ],
    indicators: [
      indicator('Arrivals', { kind: 'value', value: { kind: 'count', of: 'arrivals' } }),
      wait('Triage', 'Triaging'),
      wait('Registration', 'Registering'),
      wait('Examination', 'Examining'),
      wait('Treatment', 'Treating'),
      wait('TraumaRoom', 'Stabilising'),
      wait('TraumaCubicle', 'TraumaTreating'),
      indicator('Left', { kind: 'value', value: { kind: 'count', of: 'exits' } }),
    ],
  };
}
