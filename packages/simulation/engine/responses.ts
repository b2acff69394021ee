import { IntList } from './arrays.ts';
import { AT_REST, RECOVERING } from './levels.ts';
import { f64, i32 } from './scalars.ts';

export const CALLED_BY_TRIGGER: i32 = 0;
export const CALLED_BY_LEVEL: i32 = 1;
export const CALLED_BY_GAUGE: i32 = 2;

/** In force while any of its calls is there, and for a time after. */
export class Response {
  readonly index: i32;
  /** For each: kind, subject, level, whether only at that level. */
  readonly calls: IntList;
  readonly atMost: f64;
  readonly delay: f64;
  /** Responses that have to end first. */
  readonly after: IntList;
  /** Numbers of its changes. */
  readonly changes: IntList;
  phase: i32 = AT_REST;
  since: f64 = NaN;
  /** Recovering: when what called for it ended. */
  calledUntil: f64 = NaN;
  /** At rest though it is still called for: its longest time is over. */
  spent: boolean = false;
  called: boolean = false;

  constructor(index: i32, calls: IntList, atMost: f64, delay: f64, after: IntList, changes: IntList) {
    this.index = index;
    this.calls = calls;
    this.atMost = atMost;
    this.delay = delay;
    this.after = after;
    this.changes = changes;
  }

  next(now: f64): f64 {
    if (this.phase === AT_REST) return Infinity;
    const end = this.since + this.atMost;
    const recovered = this.phase === RECOVERING ? this.calledUntil + this.delay : Infinity;
    // Once that is over, others have to end first.
    return recovered > now && recovered < end ? recovered : end;
  }
}
