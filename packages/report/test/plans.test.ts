import type { PlanComparison, PlanFigure, StudyResults } from '@pathway/simulation';
import { describe, expect, it } from 'vitest';
import { reportMarkdown } from '../src/index.js';
import { estimate, INPUT, STUDY } from './fixture.js';

function figure(more: Partial<PlanFigure> & Pick<PlanFigure, 'values'>): PlanFigure {
  return {
    kind: 'indicator',
    id: 'BedDelay',
    title: 'Waited for a stroke bed',
    unit: 'share',
    better: 'lower',
    without: estimate(0.2, 0.02),
    ...more,
  };
}

/** The study of the other tests, in which its second scenario is the first with a plan. */
function withPlans(figures: readonly PlanFigure[], more: Partial<PlanComparison> = {}): StudyResults {
  const plan = { scenario: 'MoreBeds', title: 'Two more beds', responses: [{ id: 'Beds', title: 'Surge beds' }] };
  return { ...STUDY, plans: [{ without: 'Today', alternatives: [plan], figures, leftOut: [], ...more }] };
}

function answer(study: StudyResults): string {
  const [, , first = ''] = reportMarkdown({ ...INPUT, results: [study] }).split('\n\n');
  return first.replaceAll('\u00a0', ' ');
}

const value = (mean: number, halfWidth: number, difference: number, half: number, certainty: number) => ({
  scenario: 'MoreBeds',
  estimate: estimate(mean, halfWidth),
  difference: estimate(difference, half),
  certainty,
});

describe('the answer of a study with plans', () => {
  it('says in its first paragraph how much a plan helps, with its interval and how surely', () => {
    const better = figure({
      values: [value(0.05, 0.01, -0.15, 0.02, 0.9999)],
      best: { scenario: 'MoreBeds', certainty: 0.9999 },
    });
    expect(answer(withPlans([better]))).toContain(
      'Waited for a stroke bed is 20 % (18–22 %) without a plan, and 5.0 % (4.0–6.0 %) with Two more beds: a difference of −15 percentage points (−17 to −13), better with a certainty of more than 99.9 %.',
    );
  });

  it('claims nothing where the interval includes zero', () => {
    const open = figure({
      values: [value(0.19, 0.02, -0.01, 0.02, 0.8)],
      best: { scenario: 'MoreBeds', certainty: 0.8 },
    });
    expect(answer(withPlans([open]))).toContain('which is better is not decided');
    expect(answer(withPlans([open]))).not.toContain('better with');
  });

  it('says where a plan is worse, and where it changes nothing', () => {
    const worse = figure({
      values: [value(0.3, 0.02, 0.1, 0.02, 0.0001)],
      best: { scenario: 'Today', certainty: 0.9999 },
    });
    expect(answer(withPlans([worse]))).toContain('which is worse');
    const same = figure({ values: [value(0.2, 0.02, 0, 0, 0.5)] });
    expect(answer(withPlans([same]))).toContain('20 % (18–22 %) with and without a plan');
  });

  it('takes the larger value for better where that is better', () => {
    const more = figure({
      better: 'higher',
      values: [value(0.3, 0.02, 0.1, 0.02, 0.9999)],
      best: { scenario: 'MoreBeds', certainty: 0.9999 },
    });
    expect(answer(withPlans([more]))).toContain('better with a certainty of more than 99.9 %');
  });
});

describe('the table of plans', () => {
  it('has sets that do not go together under it, with their reason', () => {
    const leftOut = [{ responses: ['A', 'B'], between: ['A', 'B'], place: 'Stay' }];
    const study = withPlans([figure({ values: [value(0.05, 0.01, -0.15, 0.02, 0.99)] })], { leftOut });
    const text = reportMarkdown({ ...INPUT, results: [study] });
    expect(text).toContain('A + B was not run: A and B do not go together at Stay.');
  });

  it('leaves out outcomes that no plan surely changes', () => {
    const outcome = (id: string, half: number): PlanFigure => {
      const { better: _, ...rest } = figure({
        kind: 'outcome',
        id,
        title: id,
        unit: 'count',
        values: [value(5, 1, -2, half, 0)],
      });
      return rest;
    };
    const text = reportMarkdown({ ...INPUT, results: [withPlans([outcome('Died', 1), outcome('Home', 3)])] });
    expect(text).toContain('People who left: Died');
    expect(text).not.toContain('People who left: Home');
  });
});

describe('pressure points', () => {
  const point = (title: string, difference: number, half: number) => ({
    id: title,
    title,
    kind: 'resource' as const,
    utilisation: estimate(0.9, 0.01),
    queue: estimate(2, 0.1),
    difference: estimate(difference, half),
    certainty: 0.99,
    figures: [],
  });
  const pressure = {
    indicator: 'BedDelay',
    title: 'Waited for a stroke bed',
    statistic: 'mean',
    unit: 'share',
    scenario: 'Today',
    better: 'lower',
    replications: 20,
    runs: 40,
    near: 3,
    complete: true,
    explained: 'English.',
  } as const;

  it('say which place binds most and what was not tried, in the answer and in a table', () => {
    const study = {
      ...STUDY,
      pressure: [{ ...pressure, points: [point('Bed', -0.05, 0.01), point('Nurse', -0.01, 0.02)] }],
    };
    const text = reportMarkdown({ ...INPUT, results: [study] }).replaceAll('\u00a0', ' ');
    expect(text).toContain(
      'As it is: Bed binds most; one more changes Waited for a stroke bed by −5.0 percentage points (−6.0 to −4.0).',
    );
    expect(text).toContain(
      '20 replications each, 40 in all. 1 more places are used much or waited for, and were not tried.',
    );
  });

  it('do not claim that a place binds whose interval includes zero', () => {
    const study = { ...STUDY, pressure: [{ ...pressure, points: [point('Bed', -0.01, 0.02)] }] };
    expect(reportMarkdown({ ...INPUT, results: [study] })).toContain('one more unit of no single place surely helps');
  });
});
