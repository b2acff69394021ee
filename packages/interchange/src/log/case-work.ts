import type { EventLog } from './event-log.js';

/** One piece of work of a case: an activity with the moments that the log knows of it (NaN where it does not). */
export interface Work {
  readonly activity: number;
  readonly request: number;
  readonly start: number;
  readonly end: number;
  readonly resource: number;
}

/** What did not pair up. */
export interface Unpaired {
  /** Starts whose end is not in the log. */
  started: number;
  /** Ends without a start, of activities that have starts elsewhere. */
  ended: number;
}

/**
 * The work of each case in the order in which it ended (ties in the order of the log). A start belongs to the next end
 * of the same activity, first in, first out; so does a request.
 */
export class CaseWork {
  readonly unpaired: Unpaired = { started: 0, ended: 0 };
  /** Activities that have a start anywhere in the log. */
  readonly hasStarts: readonly boolean[];

  /** @param keeps whether an activity is looked at; others are passed over */
  constructor(
    private readonly log: EventLog,
    readonly keeps: (activity: number) => boolean,
  ) {
    const hasStarts = log.activities.map(() => false);
    for (let one = 0; one < log.cases; one++) {
      log.forEachEvent(one, ({ activity, transition }) => {
        if (transition === 'start') hasStarts[activity] = true;
      });
    }
    this.hasStarts = hasStarts;
  }

  /** The work of a case. Counts what does not pair up, so each case is asked for once. */
  of(caseNumber: number): Work[] {
    const requests = new Map<number, number[]>();
    const starts = new Map<number, { time: number; request: number; resource: number }[]>();
    const work: Work[] = [];
    this.log.forEachEvent(caseNumber, ({ activity, transition, time, resource }) => {
      if (!this.keeps(activity)) return;
      if (transition === 'request') listIn(requests, activity).push(time);
      else if (transition === 'start') {
        const request = requests.get(activity)?.shift() ?? Number.NaN;
        listIn(starts, activity).push({ time, request, resource });
      } else {
        const begun = starts.get(activity)?.shift();
        if (begun === undefined && this.hasStarts[activity] === true) this.unpaired.ended += 1;
        work.push({
          activity,
          request: begun?.request ?? requests.get(activity)?.shift() ?? Number.NaN,
          start: begun?.time ?? Number.NaN,
          end: time,
          resource: resource === 0 ? (begun?.resource ?? 0) : resource,
        });
      }
    });
    for (const open of starts.values()) this.unpaired.started += open.length;
    return work;
  }
}

function listIn<T>(lists: Map<number, T[]>, key: number): T[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
