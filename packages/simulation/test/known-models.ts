import { mmc, network } from '../bench/models.js';
import type { SimulationInput } from '../src/index.js';
import {
  byRole,
  bySkill,
  choose,
  cohort,
  draw,
  every,
  finish,
  freshIds,
  goTo,
  HERE,
  hold,
  indicator,
  input,
  n,
  need,
  pathway,
  release,
  resource,
  staff,
  step,
  together,
} from './build.js';
import { treatmentCentre } from './treatment-centre.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const stay = indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } });

/** Inputs whose results were written down when the engine was first one of plain TypeScript alone. */
export const knownModels: Readonly<Record<string, () => SimulationInput>> = {
  'M/M/10': () => input(mmc(), { run: 20_000, warmUp: 1000 }),
  'urgent-care network': () => {
    freshIds();
    return input(network(), { run: 30 * DAY, warmUp: 5 * DAY });
  },
  'treatment centre': () => input(treatmentCentre(), { run: DAY }),
  'priorities and patience': () => {
    freshIds();
    return input(
      {
        resources: [resource('R', 2), resource('Q', 1)],
        cohorts: [cohort('Low', every(900), { priority: n(2) }), cohort('High', every(2400), { priority: n(1) })],
        pathways: [
          pathway(
            [
              step('S', draw('gamma', { mean: 1100, sd: 500 }), ['R'], {
                waits: { atMost: n(2000), otherwise: [step('Else', 60)] },
              }),
              step('Both', draw('weibull', { shape: 1.5, scale: 300 }), [need('R', 2), 'Q']),
            ],
            ['Low', 'High'],
          ),
        ],
        indicators: [stay],
      },
      { run: 20 * DAY, warmUp: DAY },
    );
  },
  'branches, rounds and breakdown': () => {
    freshIds();
    return input(
      {
        resources: [
          resource('CT', 2, {
            breakdown: {
              every: draw('exponential', { mean: 9 * HOUR }),
              lasts: draw('uniform', { low: 600, high: 9000 }),
            },
          }),
          resource('Bed', 6),
        ],
        cohorts: [cohort('X', every(2 * HOUR))],
        pathways: [
          pathway(
            [
              hold(
                'Stay',
                ['Bed'],
                [
                  together(
                    [step('Scan', draw('triangular', { low: 600, mode: 1200, high: 2400 }), ['CT'])],
                    [step('Bloods', draw('lognormal', { mean: 2700, sd: 900 }))],
                  ),
                  {
                    kind: 'repeat',
                    id: 'P.Rounds',
                    origin: HERE,
                    atMost: n(5),
                    again: n(0.6),
                    every: n(4 * HOUR),
                    body: [step('Round', draw('pert', { low: 300, mode: 600, high: 1800 }))],
                  },
                ],
              ),
              choose([{ share: 0.2, body: [finish('Home')] }, { body: [step('After', n(100))] }]),
            ],
            ['X'],
          ),
        ],
        indicators: [stay],
      },
      { run: 30 * DAY, warmUp: DAY },
    );
  },
  'skills, shifts and blocking': () => {
    freshIds();
    return input(
      {
        skills: [{ id: 'Lysis', name: 'Lysis', origin: HERE, levels: [], codes: {} }],
        roles: [{ id: 'Nurse', name: 'Nurse', origin: HERE, codes: {}, skills: [] }],
        staff: [
          staff('G', 'Nurse', 9, {
            people: ['s1', 's2', 'n1', 'n2'].map((id) => ({
              id,
              skills: id.startsWith('s') ? [{ skill: 'Lysis' }] : [],
              shifts: [],
              leave: [],
              origin: HERE,
            })),
          }),
        ],
        resources: [
          resource('Acute', 3),
          resource('Rehab', { rules: [{ amount: n(4), from: 480, to: 960 }], otherwise: n(2) }),
        ],
        cohorts: [cohort('X', every(1.5 * HOUR))],
        pathways: [
          pathway(
            [
              hold(
                'AcuteBed',
                ['Acute'],
                [
                  step('Treat', draw('exponential', { mean: 1.2 * HOUR }), [
                    need([byRole('Nurse')]),
                    need([bySkill('Lysis')]),
                  ]),
                  choose([{ share: 0.1, body: [goTo('Treat')] }, { body: [] }]),
                ],
              ),
              hold(
                'RehabBed',
                ['Rehab'],
                [
                  step('Train', draw('erlang', { stages: 3, mean: 3 * HOUR })),
                  release('RehabBed', 'Rehab'),
                  step('Talk', draw('uniform', { low: 60, high: 600 }), [need([byRole('Nurse')])]),
                ],
              ),
            ],
            ['X'],
          ),
        ],
        indicators: [stay],
      },
      { run: 30 * DAY, warmUp: DAY },
    );
  },
};
