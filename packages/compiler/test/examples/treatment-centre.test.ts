import { beforeAll, describe, expect, it } from 'vitest';
import { simulateStudy, type StudyResults } from '@pathway/simulation';
import { loadExample } from './load-example.js';

const SCENARIOS = ['Base', 'TriagePlus', 'ExaminationPlus', 'TreatmentPlus', 'Swap', 'ShortExamination'];

/**
 * Nelson 2013, exercise 13 of chapter 4, run with exact hourly rates: mean and 95 % half-width over 1,000 runs, in
 * minutes (patients for the last row), for the scenarios in the order above.
 */
const PUBLISHED: readonly {
  readonly indicator: string;
  readonly group?: string;
  readonly figures: readonly [number, number][];
}[] = [
  {
    indicator: 'TriageWait',
    figures: [
      [31.3, 1.12],
      [1.316, 0.055],
      [31.3, 1.12],
      [31.3, 1.12],
      [1.316, 0.055],
      [1.316, 0.055],
    ],
  },
  {
    indicator: 'RegistrationWait',
    figures: [
      [103.7, 1.4],
      [130.2, 1.8],
      [103.7, 1.4],
      [103.7, 1.4],
      [130.2, 1.8],
      [130.2, 1.8],
    ],
  },
  {
    indicator: 'ExaminationWait',
    figures: [
      [25.4, 0.54],
      [26.26, 0.55],
      [0.143, 0.004],
      [25.4, 0.54],
      [151.9, 0.9],
      [66.3, 0.68],
    ],
  },
  {
    indicator: 'TreatmentWait',
    figures: [
      [134.3, 1.6],
      [136.3, 1.6],
      [149.7, 1.6],
      [2.09, 0.06],
      [30.27, 1.11],
      [108.1, 1.7],
    ],
  },
  {
    indicator: 'TotalTime',
    group: 'other',
    figures: [
      [228.3, 1.5],
      [226, 1.5],
      [216.9, 1.5],
      [186.4, 1.5],
      [277.2, 1.3],
      [238.8, 1.4],
    ],
  },
  {
    indicator: 'TraumaRoomWait',
    figures: [
      [153.4, 4.8],
      [174.3, 5.1],
      [153.4, 4.8],
      [153.4, 4.8],
      [174.3, 5.1],
      [174.3, 5.1],
    ],
  },
  {
    indicator: 'TraumaCubicleWait',
    figures: [
      [17.68, 0.81],
      [18.32, 0.85],
      [17.68, 0.81],
      [17.68, 0.81],
      [18.32, 0.85],
      [18.32, 0.85],
    ],
  },
  {
    indicator: 'TotalTime',
    group: 'trauma',
    figures: [
      [292.4, 4.7],
      [285.7, 4.9],
      [292.4, 4.7],
      [292.4, 4.7],
      [285.7, 4.9],
      [285.7, 4.9],
    ],
  },
  {
    indicator: 'PatientsLeft',
    figures: [
      [166, 0.5],
      [166.7, 0.5],
      [169.9, 0.5],
      [198.6, 0.4],
      [141.1, 0.4],
      [160.2, 0.5],
    ],
  },
];

/** From a 95 % half-width to a joint interval over the 54 figures, which are dependent: 99 % for each and the family. */
const JOINT = 3.6 / 1.96;
const REPLICATIONS = 200;

describe('the published treatment centre', () => {
  let results: StudyResults;

  beforeAll(async () => {
    const { model } = await loadExample('treatment-centre');
    results = await simulateStudy(model, 'Day', { replicationsOverride: REPLICATIONS });
  }, 240_000);

  it('gives every published mean within joint intervals', () => {
    for (const { indicator, group, figures } of PUBLISHED) {
      for (const [index, [mean, halfWidth]] of figures.entries()) {
        const scenario = results.scenarios.find((each) => each.scenario === SCENARIOS[index]);
        const result = scenario?.indicators.find((each) => each.indicator === indicator && each.group === group);
        const factor = result?.unit === 'duration' ? 60 : 1;
        const ours = (result?.estimate.mean ?? Number.NaN) / factor;
        const ourHalfWidth = (result?.estimate.halfWidth ?? Number.NaN) / factor;
        const limit = JOINT * Math.hypot(halfWidth, ourHalfWidth);
        expect(Math.abs(ours - mean), `${indicator} ${group ?? ''} ${SCENARIOS[index] ?? ''}`).toBeLessThan(limit);
      }
    }
  });

  it('says that the centre is overloaded', () => {
    const kinds = results.scenarios.flatMap((scenario) => scenario.warnings.map((warning) => warning.kind));
    expect(kinds).toContain('overload');
  });

  it('sees the same patients in every scenario', () => {
    const arrived = results.scenarios.map(
      (scenario) => scenario.indicators.find((each) => each.indicator === 'Arrived')?.estimate.mean,
    );
    expect(new Set(arrived).size).toBe(1);
  });
});
