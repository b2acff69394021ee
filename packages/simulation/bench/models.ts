import type { Expression, Model, Schedule } from '@pathway/model';
import { choose, cohort, draw, goTo, HERE, hold, n, need, pathway, release, resource, step } from '../test/build.js';

/** M/M/10 with a load of 0.8: one arrival a time unit on average. */
export function mmc(): Partial<Model> {
  return {
    resources: [resource('R', 10)],
    cohorts: [cohort('X', { kind: 'every', between: draw('exponential', { mean: 1 }) })],
    pathways: [pathway([step('S', draw('exponential', { mean: 8 }), ['R'])], ['X'])],
  };
}

const MINUTE = 60;
const LN = (mean: number, sd: number): Expression => draw('lognormal', { mean: mean * MINUTE, sd: sd * MINUTE });
const G = (shape: number, mean: number): Expression => draw('gamma', { shape, scale: (mean * MINUTE) / shape });

const HOURLY = [
  0.4, 0.35, 0.3, 0.3, 0.3, 0.35, 0.5, 0.75, 1.1, 1.5, 1.7, 1.7, 1.6, 1.5, 1.45, 1.45, 1.4, 1.4, 1.35, 1.3, 1.2, 1, 0.7,
  0.4,
];

/** So many at night (00–08), by day (08–16) and in the evening (16–24). */
function shifts(night: number, day: number, evening: number): Schedule {
  return {
    rules: [
      { amount: n(night), from: 0, to: 480 },
      { amount: n(day), from: 480, to: 960 },
    ],
    otherwise: n(evening),
  };
}

/** The urgent-care network: sixteen resources, four priorities, boarding in cubicles. Rooms are held, staff join them. No blocking but by boarding. */
export function network(): Partial<Model> {
  const inRoom = (name: string, room: string, who: string, takes: Expression) =>
    hold(`${name}Room`, [room], [step(name, takes, [who])], { freesFirst: true });
  const shared = (share: number, body: Parameters<typeof choose>[0][number]['body']) =>
    choose([{ share, body }, { body: [] }]);
  const bed = need('WardBed');
  const resus = [
    inRoom('Resus', 'ResusBay', 'Doctor', LN(60, 30)),
    inRoom('CT0', 'CT', 'Radiographer', G(3, 25)),
    shared(0.6, [hold('Ward0', [bed], [step('Stay0', LN(2880, 2000))], { freesFirst: true })]),
  ];
  const major = [
    hold(
      'Cubicle1',
      ['Cubicle'],
      [
        inRoom('See1', 'Doctor', 'Nurse', LN(20, 10)),
        step('L', G(2, 6), ['Nurse']),
        step('Lab', LN(35, 15), ['LabTech']),
        shared(0.45, [inRoom('CT1', 'CT', 'Radiographer', G(3, 25))]),
        step('Review', LN(12, 6), ['Doctor']),
        shared(0.15, [goTo('L')]),
        shared(0.35, [
          hold(
            'Ward1',
            [bed],
            [step('Move', n(15 * MINUTE), ['Porter']), release('Cubicle1', 'Cubicle'), step('Stay1', G(1.5, 2880))],
          ),
          { kind: 'finish', id: 'P.admitted', origin: HERE, outcome: 'Admitted' },
        ]),
      ],
      { freesFirst: true },
    ),
    shared(0.5, [step('Dispense1', LN(10, 5), ['Pharmacist'])]),
  ];
  const minor = [
    inRoom('Treat2', 'MinorRoom', 'NP', LN(18, 9)),
    shared(0.3, [inRoom('XRay', 'XRayRoom', 'Radiographer', G(2, 12)), step('After2', LN(8, 4), ['NP'])]),
  ];
  const gp = [step('See3', LN(12, 5), ['GP']), shared(0.4, [step('Dispense3', LN(10, 5), ['Pharmacist'])])];
  return {
    resources: [
      resource('Clerk', shifts(1, 2, 2)),
      resource('TriageRoom', 3),
      resource('Nurse', shifts(3, 5, 5)),
      resource('Doctor', shifts(2, 4, 4)),
      resource('ResusBay', 3),
      resource('CT', 2),
      resource('Radiographer', shifts(1, 3, 3)),
      resource('Cubicle', 14),
      resource('LabTech', shifts(2, 4, 4)),
      resource('WardBed', 62),
      resource('Porter', 1),
      resource('MinorRoom', 3),
      resource('NP', shifts(1, 3, 3)),
      resource('GP', shifts(1, 2, 1)),
      resource('Pharmacist', 1),
      resource('XRayRoom', 1),
    ],
    cohorts: [
      cohort(
        'Patient',
        { kind: 'table', profile: { slot: 3600, values: HOURLY.map((m) => (m * 8.3333) / 3600), anchor: 'day' } },
        {
          priority: {
            kind: 'cases',
            attribute: 'class',
            cases: ['c0', 'c1', 'c2', 'c3'].map((value, i) => ({ values: [value], then: n(i) })),
          },
          attributes: [
            {
              name: 'class',
              origin: HERE,
              categories: ['c0', 'c1', 'c2', 'c3'],
              value: {
                kind: 'one of',
                options: [0.05, 0.3, 0.4, 0.25].map((share, i) => ({ value: `c${i}`, share: n(share) })),
              },
            },
          ],
        },
      ),
    ],
    pathways: [
      pathway(
        [
          step('Register', LN(5, 2), ['Clerk']),
          inRoom('Triage', 'TriageRoom', 'Nurse', G(2, 8)),
          choose(
            [
              { values: ['c0'], body: resus },
              { values: ['c1'], body: major },
              { values: ['c2'], body: minor },
              { values: ['c3'], body: gp },
            ],
            'class',
          ),
        ],
        ['Patient'],
      ),
    ],
  };
}

/** So many networks beside each other, each with resources, patients and activities of its own. */
export function networks(count: number): Partial<Model> {
  const all = Array.from({ length: count }, (_, i) => renamed(network(), String(i)));
  return {
    resources: all.flatMap((each) => each.resources ?? []),
    cohorts: all.flatMap((each) => each.cohorts ?? []),
    pathways: all.flatMap((each) => each.pathways ?? []),
  };
}

/** A copy in which all that is declared has another name. */
function renamed(parts: Partial<Model>, tag: string): Partial<Model> {
  const names = new Set([...(parts.resources ?? []), ...(parts.cohorts ?? [])].map((each) => each.id));
  const rename = (value: unknown, key?: string): unknown => {
    if (typeof value === 'string') {
      if (names.has(value) && key !== 'name') return `${value}${tag}`;
      return value === 'P' ? `P${tag}` : value.replace(/^P\./, `P${tag}.`);
    }
    if (Array.isArray(value)) return value.map((each) => rename(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([each, own]) => [each, rename(own, each)]));
  };
  // It has the shape of what it is a copy of.
  return rename(parts) as Partial<Model>;
}
