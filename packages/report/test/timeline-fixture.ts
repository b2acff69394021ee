import type { ScenarioResults, StudyResults, TimelineResult } from '@pathway/simulation';
import { estimate, STUDY } from './fixture.js';

const SLOTS = 40;

function share(from: number, to: number, height = 1): readonly number[] {
  return Array.from({ length: SLOTS }, (_, slot) => (slot >= from && slot < to ? height : 0));
}

function state(series: readonly number[]): {
  share: ReturnType<typeof estimate>;
  times: ReturnType<typeof estimate>;
  series: readonly number[];
} {
  return {
    share: estimate(series.reduce((sum, value) => sum + value, 0) / SLOTS, 0.01),
    times: estimate(1, 0),
    series,
  };
}

/** A crisis of two effects, the levels of two organisations and so many responses. */
function timelineOf(responses: number): TimelineResult {
  const place = (title: string, from: number): TimelineResult['levels'][number] => ({
    scale: 'Surge',
    title,
    levels: [
      { level: 'conventional', title: 'Conventional', ...state(share(0, from)) },
      { level: 'contingency', title: 'Contingency: <not> usual', ...state(share(from, 20)) },
      { level: 'crisis', title: 'Crisis', ...state(share(20, SLOTS)) },
    ],
  });
  return {
    from: 0,
    slot: STUDY.runLength / SLOTS,
    levels: [place('Surge level, Royal Devon', 2), place('Surge level, North Devon hospital with a long name', 8)],
    responses: Array.from({ length: responses }, (_, i) => ({
      id: `Plan${i + 1}`,
      title: `Plan ${i + 1} of the district for many wards`,
      ...state(share(i, i + 5, 0.5)),
    })),
    effects: [
      { id: 'Winter.1', title: 'arrivals of Acute stroke', crisis: 'Winter', ...state(share(5, 30)) },
      { id: 'Winter.2', title: 'absence of Registration clerk', crisis: 'Winter', ...state(share(10, 30)) },
    ],
    people: [{ id: 'Winter.1', title: 'arrivals of Acute stroke', what: 'came besides', people: estimate(31, 2) }],
    events: [
      { time: 86_400, kind: 'effect', title: 'Winter: arrivals of Acute stroke', began: true },
      { time: 172_800, kind: 'level', title: 'Surge level, Royal Devon: Crisis', began: true },
      { time: 259_200, kind: 'response', title: 'Plan 1 of the district for many wards', began: false },
    ],
  };
}

/** The study of the other tests with something in force: its first scenario has no responses. */
export function crisisStudy(responses: number): StudyResults {
  const withTimeline = (scenario: ScenarioResults, count: number): ScenarioResults => ({
    ...scenario,
    timeline: timelineOf(count),
  });
  return {
    ...STUDY,
    scenarios: STUDY.scenarios.map((each, i) => withTimeline(each, i === 0 ? 0 : responses)),
  };
}
