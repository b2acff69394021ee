import type { Declaration } from './elements.js';
import type { Expression } from './expression.js';
import type { Origin } from './origin.js';
import type { Weekday } from './schedule.js';

/** Rules of working time with a name. */
export interface RuleSet extends Declaration {
  /** Rule sets whose rules hold too. */
  readonly bases: readonly string[];
  readonly rules: readonly WorkingRule[];
}

export type WorkingRule = { readonly origin: Origin } & (
  | {
      readonly kind: 'run';
      readonly bound: 'most' | 'least';
      readonly what: 'days' | 'nights' | 'days off';
      readonly count: number;
    }
  | { readonly kind: 'off after nights'; readonly count: number }
  /** `limit` is a share of time: 48 h per week is 0.2857. In each week from Monday, or on average over the roster. */
  | { readonly kind: 'hours'; readonly limit: Expression; readonly average: boolean }
  /** Nights or days worked, in each week from Monday or in the whole roster. */
  | { readonly kind: 'count'; readonly what: 'nights' | 'days'; readonly count: number; readonly week: boolean }
  /** The longest night shift in seconds; averaged, the share of time that those who work nights work at most. */
  | { readonly kind: 'night hours'; readonly limit: Expression; readonly average: boolean }
  /** Seconds between the end of a shift and the start of the next; of all shifts where none are named. */
  | {
      readonly kind: 'rest';
      readonly rest: Expression;
      readonly after: readonly string[];
      readonly before: readonly string[];
    }
  | { readonly kind: 'weekends off'; readonly count: number; readonly of: number }
  /** Seconds between what becomes known and the start of a shift that is changed for it; `always`, or if possible. */
  | { readonly kind: 'notice'; readonly notice: Expression; readonly always: boolean }
  /**
   * How far from their share somebody's nights or weekends may be before each one more costs; how many requests of somebody
   * may be refused before each further one costs so much more than the one before.
   */
  | {
      readonly kind: 'fair';
      readonly what: 'nights' | 'weekends' | 'refusals';
      readonly spread: number;
      readonly cost?: number;
    }
);

/** Who is to work when over some days: what is wanted, who there is, and the rules. */
export interface RosterDeclaration extends Declaration {
  /** ISO date of the first day. */
  readonly from: string;
  readonly days: number;
  /** Ids of groups of staff. */
  readonly groups: readonly string[];
  readonly ruleSets: readonly string[];
  readonly cover: readonly RosterCover[];
  readonly needs: readonly RosterNeed[];
  /** What people ask for, and what stands. */
  readonly entries: readonly RosterEntry[];
  readonly pairs: readonly RosterPair[];
  readonly changes: readonly RosterChange[];
  /** Levels that are expected to be reached when the roster is made. */
  readonly levels?: readonly ReachedSpan[];
}

/** People of a role, with a skill, or of a team, wanted on each of some shifts. */
export interface RosterCover {
  readonly amount: Expression;
  readonly role?: string;
  readonly skill?: string;
  readonly level?: string;
  /** Pseudonyms. */
  readonly team?: readonly string[];
  /** Wanted for each so many people of a role on the same shift, or units of a resource. */
  readonly per?: { readonly units: number; readonly of: string };
  readonly shifts: readonly string[];
  readonly days?: readonly Weekday[];
  /** Only while this level, or one above it, is reached. */
  readonly reached?: ReachedLevel;
  /** ISO dates, both inclusive. */
  readonly since?: string;
  readonly until?: string;
  readonly origin: Origin;
}

export interface ReachedLevel {
  readonly scale: string;
  readonly level: string;
}

/** A level that is reached from one ISO date to another, both inclusive; to the end of the roster without `until`. */
export interface ReachedSpan extends ReachedLevel {
  readonly since: string;
  readonly until?: string;
  readonly origin: Origin;
}

/** Cover from the demand of pathways, by hour; `target` is the share of work that does not wait for anybody. */
export interface RosterNeed {
  readonly pathways: readonly string[];
  readonly scenario?: string;
  readonly target?: Expression;
  readonly origin: Origin;
}

/**
 * What one person asks for or what stands: without `only` to work a shift (or none) on some dates; with it to work on these
 * dates, or these shifts of them, and on no others.
 */
export interface RosterEntry {
  readonly kind: 'request' | 'set';
  /** The pseudonym of a person. */
  readonly person: string;
  readonly only?: true;
  /** Empty for days off, and for any shift with `only`. */
  readonly shifts: readonly string[];
  readonly dates: readonly string[];
  /** What it costs where a request is not met. */
  readonly cost?: number;
  readonly origin: Origin;
}

/** Two people who are to work together, or apart. */
export interface RosterPair {
  readonly kind: 'request' | 'set';
  readonly person: string;
  readonly other: string;
  readonly apart: boolean;
  readonly cost?: number;
  readonly origin: Origin;
}

/** What happened to a roster that stands: who is absent, what is wanted beside, which levels are reached. */
export interface RosterChange {
  readonly name: string;
  readonly title?: string;
  /** When it became known: ISO date and local time; nothing before it can change. */
  readonly known: string;
  readonly absences: readonly RosterAbsence[];
  readonly cover: readonly RosterCover[];
  readonly levels: readonly ReachedSpan[];
  readonly origin: Origin;
}

export interface RosterAbsence {
  readonly person: string;
  /** ISO dates, both inclusive; to the end of the roster without `until`. */
  readonly spans: readonly { readonly from: string; readonly until?: string }[];
  readonly origin: Origin;
}
