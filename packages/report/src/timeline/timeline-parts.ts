import type { CensusSeries, ScenarioResults, StudyResults, TimelineResult } from '@pathway/simulation';

/** Things and groups of staff whose use a picture shows, at most. */
const MOST_THINGS = 3;
const MOST_GROUPS = 2;

/** Something that is in force or not: its share of each slot, as a mean over replications. */
export interface TimelineBar {
  readonly title: string;
  readonly series: readonly number[];
}

/** The levels of one place; `atLeast[k]` is the share of each slot with level k + 1 or a worse one. */
export interface TimelineLevels {
  readonly title: string;
  /** Titles of the levels, the calmest first. */
  readonly levels: readonly string[];
  /** For each level but the calmest, its share of each slot. */
  readonly at: readonly (readonly number[])[];
  readonly atLeast: readonly (readonly number[])[];
}

/** The use of something over the same slots. */
export interface TimelineUse {
  readonly title: string;
  readonly kind: 'resource' | 'staff';
  readonly series: CensusSeries;
  /** The largest value that any scenario of the study has, so that pictures can be held side by side. */
  readonly most: number;
}

/** What a picture of a scenario shows, from top to bottom. */
export interface TimelineParts {
  readonly title: string;
  /** Seconds after the warm-up at which the slots begin, and how long each is. */
  readonly from: number;
  readonly slot: number;
  readonly slots: number;
  /** What happens, by crisis. */
  readonly crises: readonly { readonly title: string; readonly effects: readonly TimelineBar[] }[];
  readonly levels: readonly TimelineLevels[];
  readonly responses: readonly TimelineBar[];
  readonly uses: readonly TimelineUse[];
}

/** A scenario with what was in force in it. */
export type WithTimeline = ScenarioResults & { readonly timeline: TimelineResult };

/** Scenarios of a study in which something can be in force. */
export function scenariosWithTimeline(study: StudyResults): readonly WithTimeline[] {
  return study.scenarios.flatMap((scenario) => {
    const { timeline } = scenario;
    if (timeline === undefined) return [];
    const { effects, levels, responses } = timeline;
    return effects.length + levels.length + responses.length === 0 ? [] : [{ ...scenario, timeline }];
  });
}

/** What is to be drawn of each scenario that has a timeline; the same things in use in all of them. */
export function timelineParts(study: StudyResults): readonly TimelineParts[] {
  const shown = usesOf(study);
  return scenariosWithTimeline(study).map((scenario): TimelineParts => {
    const { timeline } = scenario;
    return {
      title: scenario.title,
      from: timeline.from,
      slot: timeline.slot,
      slots: slotsOf(scenario),
      crises: [...new Set(timeline.effects.map(({ crisis }) => crisis))].map((title) => ({
        title,
        effects: timeline.effects.filter(({ crisis }) => crisis === title),
      })),
      levels: timeline.levels.map(({ title, levels }) => ({
        title,
        levels: levels.map((level) => level.title),
        at: levels.slice(1).map(({ series }) => series),
        atLeast: levels.slice(1).map((_, k) => sumOf(levels.slice(k + 1).map(({ series }) => series))),
      })),
      responses: timeline.responses.map(({ title, series }) => ({ title, series })),
      uses: shown.flatMap(({ id, most }) => {
        const found = scenario.resources.find((each) => each.id === id);
        return found === undefined
          ? []
          : [{ title: found.title, kind: found.kind, series: found.censusOverTime, most }];
      }),
    };
  });
}

function slotsOf({ timeline, resources }: WithTimeline): number {
  const lengths = [
    ...timeline.effects.map(({ series }) => series.length),
    ...timeline.responses.map(({ series }) => series.length),
    ...timeline.levels.flatMap(({ levels }) => levels.map(({ series }) => series.length)),
    ...resources.map(({ censusOverTime }) => censusOverTime.mean.length),
  ];
  return Math.max(1, ...lengths);
}

/** Slot by slot. */
function sumOf(lists: readonly (readonly number[])[]): number[] {
  const length = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length }, (_, i) => lists.reduce((sum, list) => sum + (list[i] ?? 0), 0));
}

/** What is used most or waited for in any scenario: things first, then staff, each by its pressure. */
function usesOf(study: StudyResults): readonly { readonly id: string; readonly most: number }[] {
  const all = new Map<string, { readonly kind: 'resource' | 'staff'; pressure: number; most: number }>();
  for (const { resources } of study.scenarios) {
    for (const { id, kind, utilisation, queue, census, censusOverTime } of resources) {
      if (census.mean <= 0 && queue.mean <= 0) continue;
      const pressure = (utilisation?.mean ?? 0) + Math.min(1, queue.mean);
      const { high, capacity, queue: waiting } = censusOverTime;
      const most = Math.max(1, ...high, ...waiting, ...capacity.map((value) => value ?? 0));
      const before = all.get(id);
      all.set(id, {
        kind,
        pressure: Math.max(pressure, before?.pressure ?? 0),
        most: Math.max(most, before?.most ?? 0),
      });
    }
  }
  const first = (wanted: 'resource' | 'staff', count: number): readonly { id: string; most: number }[] =>
    [...all]
      .filter(([, { kind }]) => kind === wanted)
      .sort(([, a], [, b]) => b.pressure - a.pressure)
      .slice(0, count)
      .map(([id, { most }]) => ({ id, most }));
  return [...first('resource', MOST_THINGS), ...first('staff', MOST_GROUPS)];
}
