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
  /** Seconds between the end of a shift and the start of the next. */
  | { readonly kind: 'rest'; readonly rest: Expression }
  | { readonly kind: 'weekends off'; readonly count: number; readonly of: number }
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
}

/** People of a role, or with a skill, wanted on each of some shifts. */
export interface RosterCover {
  readonly amount: Expression;
  readonly role?: string;
  readonly skill?: string;
  readonly level?: string;
  readonly shifts: readonly string[];
  readonly days?: readonly Weekday[];
  readonly origin: Origin;
}

/** Cover from the demand of pathways, by hour; `target` is the share of work that does not wait for anybody. */
export interface RosterNeed {
  readonly pathways: readonly string[];
  readonly scenario?: string;
  readonly target?: Expression;
  readonly origin: Origin;
}

export interface RosterEntry {
  readonly kind: 'request' | 'set';
  /** The pseudonym of a person. */
  readonly person: string;
  /** Absent for days off. */
  readonly shift?: string;
  readonly dates: readonly string[];
  readonly origin: Origin;
}
