import { IntList } from './arrays.ts';
import { Doubles } from './platform.ts';
import { f64, i32 } from './scalars.ts';
import { Instants } from './signals.ts';

export const AT_REST: i32 = 0;
export const PENDING: i32 = 1;
export const ACTIVE: i32 = 2;
/** Of a response: in force, though nothing calls for it any more. */
export const RECOVERING: i32 = 3;

/** Fires once what it waits for has lasted, and ends once what it lasts until has. */
export class Trigger {
  readonly index: i32;
  /** Codes of its conditions; -1 where an alert fires it, and where nothing is said. */
  readonly when: i32;
  readonly until: i32;
  readonly lasting: f64;
  readonly calm: f64;
  /** The level that it sets; -1 for none. */
  readonly place: i32;
  readonly level: i32;
  /** Alerts in force that fire it. */
  alerts: i32 = 0;
  phase: i32 = AT_REST;
  /** Since when; of rest, when it last ended. NaN for never. */
  since: f64 = NaN;
  calmSince: f64 = NaN;

  constructor(index: i32, when: i32, until: i32, lasting: f64, calm: f64, place: i32, level: i32) {
    this.index = index;
    this.when = when;
    this.until = until;
    this.lasting = lasting;
    this.calm = calm;
    this.place = place;
    this.level = level;
  }

  /** When it is due though nothing new is seen. */
  next(): f64 {
    if (this.phase === PENDING) return this.since + this.lasting;
    return this.phase === ACTIVE && !isNaN(this.calmSince) ? this.calmSince + this.calm : Infinity;
  }
}

/** Where a scale has a level. */
export class LevelPlace {
  level: i32 = 0;
  /** As it is worked out anew. */
  raised: i32 = 0;
}

/** A level from points, or from the levels of others. Members are pairs: 0 and a place, or 1 and a gauge. */
export class Gauge {
  readonly place: i32;
  /** Codes of what is scored, and for each how many lines it has, which are pairs of a limit and points. */
  readonly scores: IntList;
  readonly lineCounts: IntList;
  readonly lines: Doubles;
  /** Pairs of a level and the points from which on it holds. */
  readonly thresholds: Doubles;
  readonly thresholdCount: i32;
  readonly worst: IntList;
  /** For each: level, how many, least level, number of members, members. */
  readonly counted: IntList;
  readonly samples: Instants | null;
  /** NaN while points are not known. */
  score: f64 = NaN;
  level: i32 = 0;
  raised: i32 = 0;
  /** Whether it keeps its level at this instant, since it is read at others. */
  held: boolean = false;

  constructor(
    place: i32,
    scores: IntList,
    lineCounts: IntList,
    lines: Doubles,
    thresholds: Doubles,
    thresholdCount: i32,
    worst: IntList,
    counted: IntList,
    samples: Instants | null,
  ) {
    this.place = place;
    this.scores = scores;
    this.lineCounts = lineCounts;
    this.lines = lines;
    this.thresholds = thresholds;
    this.thresholdCount = thresholdCount;
    this.worst = worst;
    this.counted = counted;
    this.samples = samples;
  }
}
