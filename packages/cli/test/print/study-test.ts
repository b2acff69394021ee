import type { StudyTest, TestedExpectation } from '@pathway/simulation';

/** What a study found of expectations `share <= 1` that measured 10 %, 9 to 11. */
export function studyTest(
  title: string,
  expectations: readonly (Pick<TestedExpectation, 'text' | 'verdict'> & Partial<TestedExpectation>)[],
): StudyTest {
  return {
    study: 'Beds',
    title,
    seed: 1,
    interrupted: false,
    scenarios: [
      {
        scenario: 'Today',
        title: 'As it is',
        replications: 10,
        expectations: expectations.map((each, index) => ({
          expectation: `expect#${index}`,
          estimate: { mean: 0.1, halfWidth: 0.01, low: 0.09, high: 0.11, replications: 10 },
          operator: '<=',
          limit: 1,
          unit: 'share',
          confidence: 0.95,
          looks: 1,
          margin: { absolute: 0.9, relative: 0.9, least: 0.89 },
          ...each,
        })),
      },
    ],
  };
}
