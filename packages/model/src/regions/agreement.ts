import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Day from 'temporal-polyfill/fns/PlainDate';
import type { Declaration } from '../elements.js';
import type { Origin } from '../origin.js';

/** What organisations have agreed. Dates are ISO dates. */
export interface Agreement extends Declaration {
  /** Ids of the organisations between which it holds; at least two. */
  readonly parties: readonly string[];
  /** Ids of the steps whose handovers it covers, and of pathways for all of theirs; every one between the parties if empty. */
  readonly handovers: readonly string[];
  /** What may be passed on with the patient, in the words of the agreement. */
  readonly data: readonly string[];
  readonly signed?: string;
  /** The first day on which it holds; that of signing where absent. */
  readonly from?: string;
  /** The first day on which it holds no longer. */
  readonly until?: string;
  readonly review?: ReviewPeriod;
  /** When it was last looked at. */
  readonly reviewed?: string;
  readonly url?: string;
  readonly note?: string;
}

/** A period of the calendar: so many months (12 for a year), or so many days. */
export interface ReviewPeriod {
  readonly count: number;
  readonly unit: 'day' | 'month';
  readonly origin: Origin;
}

/** The ISO date that a period of the calendar after another one ends on; the 31st of a shorter month is its last day. */
export function addPeriod(date: string, { count, unit }: Pick<ReviewPeriod, 'count' | 'unit'>): string {
  const begin = Day.fromString(date, getISO);
  return Day.toString(unit === 'month' ? Day.addMonths(begin, count) : Day.addDays(begin, count));
}
