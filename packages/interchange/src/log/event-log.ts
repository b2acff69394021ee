import { LogError } from '../log-error.js';
import { type AttributeValues, CaseAttributes, ownCopy } from './case-attributes.js';
import { CaseTable } from './case-table.js';
import { float64Column, int16Column, uint16Column, uint32Column, uint8Column } from './growing-columns.js';
import { LOG_LIMITS } from './limits.js';
import type { LocalClock } from './local-clock.js';

/** What an event says of its activity. `other` transitions (suspend, abort, …) are counted and not used. */
export type Transition = 'request' | 'start' | 'complete' | 'other';

const TRANSITIONS: readonly Transition[] = ['request', 'start', 'complete', 'other'];

const TRANSITION_WORDS: ReadonlyMap<string, Transition> = new Map([
  ['request', 'request'],
  ['schedule', 'request'],
  ['scheduled', 'request'],
  ['enqueue', 'request'],
  ['start', 'start'],
  ['started', 'start'],
  ['begin', 'start'],
  ['complete', 'complete'],
  ['completed', 'complete'],
  ['end', 'complete'],
  ['finish', 'complete'],
  ['', 'complete'],
]);

/** The transition behind the words of XES' lifecycle extension and their like. */
export function transitionOf(word: string): Transition {
  return TRANSITION_WORDS.get(word.trim().toLowerCase()) ?? 'other';
}

/** One event as a reader hands it on. */
export interface LogEvent {
  readonly caseNumber: number;
  readonly activity: string;
  readonly transition: Transition;
  readonly wall: number;
  readonly offset: number | undefined;
  readonly resource: string | undefined;
}

/** What was left out while reading, and why. */
export interface LeftOut {
  withoutCase: number;
  withoutActivity: number;
  withoutTime: number;
  /** Transitions that are neither request, start nor complete. */
  otherTransitions: number;
}

/**
 * An event log in columns: about 20 bytes an event whatever texts it had, so that ten million events take a fifth of a
 * gigabyte. Cases may lie scattered over the log: their events are brought together by a counting sort over the case
 * numbers, which keeps the order of the log, and by time within a case.
 */
export class EventLogBuilder {
  readonly cases = new CaseTable();
  readonly attributes = new CaseAttributes();
  readonly leftOut: LeftOut = { withoutCase: 0, withoutActivity: 0, withoutTime: 0, otherTransitions: 0 };
  private readonly caseOf = uint32Column();
  private readonly activityOf = uint16Column();
  private readonly instants = float64Column();
  private readonly offsets = int16Column();
  private readonly transitions = uint8Column();
  private readonly resourceOf = uint16Column();
  private readonly activities = new Map<string, number>();
  private readonly resources = new Map<string, number>();

  constructor(private readonly clock: LocalClock) {}

  add(event: LogEvent): void {
    if (event.transition === 'other') {
      this.leftOut.otherTransitions += 1;
      return;
    }
    if (this.caseOf.length >= LOG_LIMITS.events)
      throw new LogError(`The log has more than ${LOG_LIMITS.events} events.`, 'Cut it into shorter periods.');
    this.caseOf.push(event.caseNumber);
    this.activityOf.push(this.activityNumber(event.activity));
    this.instants.push(this.clock.instantOf(event.wall, event.offset));
    this.offsets.push(event.offset ?? 0);
    this.transitions.push(TRANSITIONS.indexOf(event.transition));
    this.resourceOf.push(event.resource === undefined ? 0 : this.resourceNumber(event.resource));
  }

  /** Groups what was read by case. */
  finish(): EventLog {
    const cases = this.cases.size;
    const starts = new Uint32Array(cases + 1);
    for (let event = 0; event < this.caseOf.length; event++) starts[this.caseOf.get(event) + 1]! += 1;
    for (let one = 0; one < cases; one++) starts[one + 1]! += starts[one]!;
    const order = new Uint32Array(this.caseOf.length);
    const next = starts.slice(0, cases);
    for (let event = 0; event < order.length; event++) order[next[this.caseOf.get(event)]!++] = event;
    for (let one = 0; one < cases; one++) this.sortByTime(order, starts[one]!, starts[one + 1]!);
    return new EventLog(
      {
        order,
        starts,
        activityOf: this.activityOf,
        instants: this.instants,
        offsets: this.offsets,
        transitions: this.transitions,
        resourceOf: this.resourceOf,
      },
      [...this.activities.keys()],
      this.attributes.finish(),
      this.clock,
      { ...this.leftOut },
    );
  }

  /** Insertion sort: events of a case mostly come in order, and equal times keep the order of the log. */
  private sortByTime(order: Uint32Array, from: number, to: number): void {
    if (to - from > 64) {
      const sorted = Array.from(order.subarray(from, to));
      sorted.sort((a, b) => this.instants.get(a) - this.instants.get(b) || a - b);
      order.set(sorted, from);
      return;
    }
    for (let i = from + 1; i < to; i++) {
      const event = order[i]!;
      const time = this.instants.get(event);
      let at = i;
      for (; at > from && this.instants.get(order[at - 1]!) > time; at--) order[at] = order[at - 1]!;
      order[at] = event;
    }
  }

  private activityNumber(name: string): number {
    const known = this.activities.get(name);
    if (known !== undefined) return known;
    if (this.activities.size >= LOG_LIMITS.activities)
      throw new LogError(
        `The log has more than ${LOG_LIMITS.activities} different activities.`,
        'Check which column names the activity (--activity).',
      );
    this.activities.set(ownCopy(name), this.activities.size);
    return this.activities.size - 1;
  }

  private resourceNumber(name: string): number {
    const known = this.resources.get(name);
    if (known !== undefined) return known;
    if (this.resources.size >= LOG_LIMITS.resources) return 0xffff;
    this.resources.set(ownCopy(name), this.resources.size + 1);
    return this.resources.size;
  }
}

interface EventColumns {
  /** Numbers of events, case by case, by time within each. */
  readonly order: Uint32Array;
  /** Where the events of each case begin in `order`; one more at the end. */
  readonly starts: Uint32Array;
  readonly activityOf: ReturnType<typeof uint16Column>;
  readonly instants: ReturnType<typeof float64Column>;
  readonly offsets: ReturnType<typeof int16Column>;
  readonly transitions: ReturnType<typeof uint8Column>;
  readonly resourceOf: ReturnType<typeof uint16Column>;
}

/** One event of a case, filled anew for each. */
export interface EventView {
  activity: number;
  transition: Transition;
  /** Elapsed seconds since 1970. */
  time: number;
  /** 0 where there is none. */
  resource: number;
}

/** A log that was read to its end, with its events by case. Names of cases and performers are not in it. */
export class EventLog {
  constructor(
    private readonly columns: EventColumns,
    /** Names of activities by their numbers. */
    readonly activities: readonly string[],
    readonly attributes: readonly AttributeValues[],
    private readonly clock: LocalClock,
    readonly leftOut: Readonly<LeftOut>,
  ) {}

  get events(): number {
    return this.columns.order.length;
  }

  get cases(): number {
    return this.columns.starts.length - 1;
  }

  /** Calls back for each event of a case in order. The view is the same object each time. */
  forEachEvent(caseNumber: number, visit: (event: EventView) => void): void {
    const { order, starts } = this.columns;
    const view: EventView = { activity: 0, transition: 'complete', time: 0, resource: 0 };
    for (let at = starts[caseNumber]!; at < starts[caseNumber + 1]!; at++) {
      const event = order[at]!;
      view.activity = this.columns.activityOf.get(event);
      view.transition = TRANSITIONS[this.columns.transitions.get(event)]!;
      view.time = this.columns.instants.get(event);
      view.resource = this.columns.resourceOf.get(event);
      visit(view);
    }
  }

  /** The first event of a case: elapsed seconds, and what the clock on the wall showed; undefined without events. */
  arrivalOf(caseNumber: number): { readonly instant: number; readonly wall: number } | undefined {
    const { order, starts, instants, offsets } = this.columns;
    if (starts[caseNumber] === starts[caseNumber + 1]) return undefined;
    const event = order[starts[caseNumber]!]!;
    const instant = instants.get(event);
    return { instant, wall: this.clock.wallAt(instant, offsets.get(event)) };
  }

  /** Seconds from the first to the last event of a case; undefined without events. */
  spanOf(caseNumber: number): number | undefined {
    const { order, starts, instants } = this.columns;
    const [from, to] = [starts[caseNumber]!, starts[caseNumber + 1]!];
    return from === to ? undefined : instants.get(order[to - 1]!) - instants.get(order[from]!);
  }

  /** What the clock on the wall showed at the first and the last event of the log; undefined for an empty one. */
  range(): { readonly first: number; readonly last: number } | undefined {
    const { instants, offsets, order } = this.columns;
    let first: number | undefined;
    let last: number | undefined;
    for (let event = 0; event < order.length; event++) {
      if (first === undefined || instants.get(event) < instants.get(first)) first = event;
      if (last === undefined || instants.get(event) > instants.get(last)) last = event;
    }
    if (first === undefined || last === undefined) return undefined;
    const wall = (event: number): number => this.clock.wallAt(instants.get(event), offsets.get(event));
    return { first: wall(first), last: wall(last) };
  }
}
