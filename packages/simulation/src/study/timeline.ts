import {
  TOLD_EFFECT,
  TOLD_LEVEL,
  TOLD_MEASURE,
  TOLD_RESPONSE,
  TOLD_SYSTEM,
  TOLD_TRIGGER,
} from '../../engine/control.js';
import type { ControlRecord, ToldRow } from '../engine/run-record.js';
import type { InputControl } from '../input/control-types.js';
import type { SimulationInput } from '../input/types.js';
import type { TimelineEvent, TimelineResult } from '../timeline-results.js';
import { type CensusGrid, censusGrid } from '../statistics/census-grid.js';
import { estimateOf, meanOf } from '../statistics/estimate.js';
import { spansInForce } from '../statistics/in-force.js';

/** What was in force when, in one replication: shares of the window, and of each slot of its series. */
export interface ReplicationTimeline {
  /** By place and level. */
  readonly levels: readonly (readonly StateTimes[])[];
  readonly responses: readonly StateTimes[];
  readonly effects: readonly StateTimes[];
  /** By change: people whom it concerned. */
  readonly people: readonly number[];
  /** What began and ended in the window, in order, of the first replication: time after the warm-up, kind, subject, value. */
  readonly told: readonly (readonly [time: number, kind: number, subject: number, value: number])[];
}

interface StateTimes {
  readonly share: number;
  /** How often it began, in the window. */
  readonly times: number;
  readonly series: readonly number[];
}

/** Rows that are kept of the first replication. */
const MOST_TOLD = 400;

/** The timeline of a finished run. */
export function replicationTimeline(
  input: SimulationInput,
  control: InputControl,
  record: ControlRecord,
  replication: number,
): ReplicationTimeline {
  const grid = censusGrid(input);
  const of = (kind: number, subject: number): readonly ToldRow[] =>
    record.told.filter((row) => row.kind === kind && row.subject === subject);
  const states = (rows: readonly ToldRow[], value: number): StateTimes => stateTimes(input, grid, rows, value);
  return {
    levels: control.places.map(({ levels }, place) => levels.map((_, level) => states(of(TOLD_LEVEL, place), level))),
    responses: control.responses.map((_, response) => states(of(TOLD_RESPONSE, response), 1)),
    effects: control.effects.map((_, effect) => states(of(TOLD_EFFECT, effect), 1)),
    people: Array.from(record.people),
    told:
      replication > 0
        ? []
        : record.told
            .filter(({ time }) => time >= input.warmUp)
            .slice(0, MOST_TOLD)
            .map(({ time, kind, subject, value }) => [time - input.warmUp, kind, subject, value] as const),
  };
}

/** How long a state that rows tell of had a value, which is 0 before the first of them. */
function stateTimes(input: SimulationInput, grid: CensusGrid, rows: readonly ToldRow[], value: number): StateTimes {
  const slot = grid.tick * grid.ticksPerSlot;
  const series = new Array<number>(grid.slots).fill(0);
  let total = 0;
  let times = 0;
  for (const { from, to, begins } of spansInForce(input, rows, (each) => each === value)) {
    if (begins) times++;
    total += to - from;
    for (let s = Math.floor(from / slot); s < grid.slots && s * slot < to; s++) {
      series[s] = series[s]! + (Math.min(to, (s + 1) * slot) - Math.max(from, s * slot));
    }
  }
  return {
    share: total / input.run,
    times,
    series: series.map((time, s) => time / Math.min(slot, input.run - s * slot)),
  };
}

/** The timeline of a scenario from those of its replications. */
export function mergeTimelines(
  input: SimulationInput,
  timelines: readonly (ReplicationTimeline | undefined)[],
): TimelineResult | undefined {
  const { control } = input;
  const own = timelines.flatMap((each) => each ?? []);
  if (control === undefined || own.length === 0) return undefined;
  const grid = censusGrid(input);
  const merged = (of: (timeline: ReplicationTimeline) => StateTimes | undefined): Merged => {
    const states = own.flatMap((each) => of(each) ?? []);
    return {
      share: estimateOf(states.map(({ share }) => share)),
      times: estimateOf(states.map(({ times }) => times)),
      series: Array.from({ length: grid.slots }, (_, slot) => meanOf(states.map(({ series }) => series[slot] ?? 0))),
    };
  };
  return {
    from: 0,
    slot: grid.tick * grid.ticksPerSlot,
    levels: control.places.map(({ scale, title, organisation, levels }, place) => ({
      scale,
      title: organisation === undefined ? title : `${title}, ${organisation}`,
      levels: levels.map((level, l) => ({
        level: level.name,
        title: level.title,
        ...merged((each) => each.levels[place]?.[l]),
      })),
    })),
    responses: control.responses.map(({ id, title }, r) => ({ id, title, ...merged((each) => each.responses[r]) })),
    effects: control.effects.map(({ id, title, crisis }, e) => ({
      id,
      title,
      crisis,
      ...merged((each) => each.effects[e]),
    })),
    people: control.changes.flatMap(({ id, title, kind }, c) => {
      const people = estimateOf(own.map((each) => each.people[c] ?? 0));
      return people.mean > 0 ? [{ id, title, what: WHAT_PEOPLE[kind] ?? 'concerned', people }] : [];
    }),
    events: (own[0]?.told ?? []).flatMap((row) => eventOf(control, row) ?? []),
  };
}

interface Merged {
  readonly share: ReturnType<typeof estimateOf>;
  readonly times: ReturnType<typeof estimateOf>;
  readonly series: readonly number[];
}

const WHAT_PEOPLE: Readonly<Record<string, TimelineResult['people'][number]['what']>> = {
  thinning: 'stayed away',
  multiplication: 'came besides',
  diversion: 'diverted',
  pause: 'waited outside',
  cancellation: 'turned away',
  postponement: 'postponed',
};

function eventOf(
  control: InputControl,
  [time, kind, subject, value]: ReplicationTimeline['told'][number],
): TimelineEvent | undefined {
  const began = value > 0;
  switch (kind) {
    case TOLD_EFFECT: {
      const effect = control.effects[subject];
      return effect && { time, kind: 'effect', title: `${effect.crisis}: ${effect.title}`, began };
    }
    case TOLD_TRIGGER: {
      const trigger = control.triggers[subject];
      return trigger && { time, kind: 'trigger', title: trigger.title, began };
    }
    case TOLD_LEVEL: {
      const place = control.places[subject];
      const level = place?.levels[value]?.title ?? '';
      const where = place?.organisation === undefined ? '' : `, ${place.organisation}`;
      return place && { time, kind: 'level', title: `${place.title}${where}: ${level}`, began };
    }
    case TOLD_RESPONSE: {
      const response = control.responses[subject];
      return response && { time, kind: 'response', title: response.title, began };
    }
    case TOLD_MEASURE: {
      const change = control.changes[subject];
      return change && { time, kind: 'measure', title: change.title, began };
    }
    case TOLD_SYSTEM: {
      const dependence = control.dependences[subject];
      return dependence && { time, kind: 'system', title: dependence.title, began };
    }
    default:
      return undefined;
  }
}
