import type { Estimate, StudyResults } from '@pathway/simulation';
import { STUDY } from './fixture.js';

function estimate(mean: number, halfWidth: number): Estimate {
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, replications: 20 };
}

const WAITED = { indicator: 'Waited', title: 'Waited <for> a bed', statistic: 'mean', unit: 'share' } as const;
const WAIT = { indicator: 'Wait', title: 'Wait for a bed', statistic: 'p90', unit: 'duration' } as const;
const [FIRST, SECOND] = STUDY.scenarios;
const A = FIRST?.scenario ?? '';
const B = SECOND?.scenario ?? '';

/** A study in which every method was used. */
export const METHODS: StudyResults = {
  ...STUDY,
  scenarios: STUDY.scenarios.map((scenario) => ({
    ...scenario,
    precisions: [
      { ...WAITED, wanted: 0.01, reached: 0.012, relative: false, met: false },
      { ...WAIT, wanted: 0.05, reached: 0.04, relative: true, met: true },
    ],
  })),
  replicationsExplained: '20 replications of each scenario, as the study says.',
  warmUpChoice: {
    method: 'MSER-5',
    warmUp: 10 * 86_400,
    settled: false,
    pilots: 10,
    scenario: A,
    subject: 'Bed',
    title: 'Stroke bed',
    slot: 43_200,
    series: [0, 3, 5, 6, 7, 7.5, 7.2, 7.4],
    movingMean: [0, 2.7, 4.2, 5.7, 6.6, 7, 7.3, 7.4],
  },
  batches: {
    batches: 20,
    length: 30 * 86_400,
    correlations: [
      { ...WAITED, scenario: A, lag1: 0.41, limit: 0.35, tooShort: true },
      { ...WAIT, scenario: B, lag1: -0.02, limit: 0.35, tooShort: false },
    ],
  },
  ranking: {
    ...WAITED,
    best: 'least',
    certainty: 0.95,
    indifference: 0.01,
    decided: true,
    probability: 0.9871,
    explained: 'B has the lowest Waited for a bed with 95% certainty.',
    order: [
      { scenario: B, title: 'B', estimate: estimate(0.1, 0.02) },
      { scenario: A, title: 'A', estimate: estimate(0.2, 0.02), behind: estimate(0.1, 0.015), leftOutAfter: 12 },
    ],
  },
  sensitivities: [
    {
      ...WAIT,
      scenario: A,
      method: 'one at a time',
      size: 1,
      runs: 60,
      base: estimate(7200, 600),
      complete: true,
      explained: 'One at a time.',
      numbers: [
        {
          number: 'Length',
          title: 'Length of stay of everybody who stays on the unit or on the ward',
          low: '2 d',
          high: '4 d',
          atLow: estimate(3600, 300),
          atHigh: estimate(14_400, 900),
          swing: estimate(10_800, 800),
        },
        {
          number: 'Gap',
          title: 'Gap',
          low: '6 h',
          high: '9 h',
          atLow: estimate(8000, 300),
          atHigh: estimate(7000, 900),
          swing: estimate(-1000, 400),
        },
      ],
    },
    {
      ...WAITED,
      scenario: A,
      method: 'Morris',
      size: 8,
      runs: 16,
      complete: true,
      explained: 'Morris.',
      numbers: [
        {
          number: 'Length',
          title: 'Length',
          low: '2 d',
          high: '4 d',
          effect: { mean: -0.01, meanSize: 0.3, meanSizeHalfWidth: 0.1, spread: 0.2 },
        },
      ],
    },
    {
      ...WAITED,
      scenario: B,
      method: 'Sobol',
      size: 32,
      runs: 96,
      complete: false,
      explained: 'Sobol.',
      numbers: [
        {
          number: 'Length',
          title: 'Length',
          low: '2 d',
          high: '4 d',
          shares: { first: 0.7, firstHalfWidth: 0.1, total: 0.8, totalHalfWidth: 0.12 },
        },
      ],
    },
  ],
  found: {
    scenario: A,
    objective: 'cost',
    currency: 'GBP',
    certainty: 0.95,
    levers: [{ text: 'Bed.count', low: 8, high: 20 }],
    combinations: 13,
    monotone: 'assumed',
    complete: true,
    explained: 'Bed.count = 13 is the cheapest.',
    tried: [
      {
        values: [12],
        objective: 12 / 86_400,
        replications: 20,
        verdict: 'not decided',
        probability: 0.6,
        expectations: [
          { text: 'Waited <= 20%', unit: 'share', estimate: estimate(0.19, 0.03), limit: 0.2, probability: 0.6 },
        ],
      },
    ],
  },
};
