import { titleOf, type WorkingRule } from '@pathway/model';
import { dateOf } from './roster-days.js';
import type { RosterTask } from './roster-task.js';
import { measureOf, type RuleKind } from './rule-measures.js';

/** Spans of days as ISO dates, both inclusive: the first few, and how many days there are beside them. */
export interface SomeDays {
  readonly spans: readonly { readonly from: string; readonly until: string }[];
  readonly more: number;
}

/** A rule by its kind and limit, as in the report of rules, with the titles of the shifts that a rest is between. */
export interface RuleFact {
  readonly what: 'rule';
  readonly rule: RuleKind;
  readonly limit: number;
  /** For weekends: of so many in the roster. */
  readonly of?: number;
  readonly after?: readonly string[];
  readonly before?: readonly string[];
}

/** People of a group, or one of them by the pseudonym. */
export interface PeopleFact {
  readonly group: string;
  readonly people: number;
  readonly person?: string;
}

/** What is set for somebody: these shifts, only these shifts, or days off where there are none. */
interface SetFact {
  readonly what: 'set';
  readonly person: string;
  readonly shifts: readonly string[];
  readonly only: boolean;
  readonly dates: readonly string[];
}

/** A part of a conflict in parts, for those who say it in another language. Titles are those of the model. */
export type ConflictFact =
  | (RuleFact & { readonly set: string })
  | { readonly what: 'all shifts' | 'all contracts' | 'all leave' }
  | { readonly what: 'shifts'; readonly who: PeopleFact; readonly shifts: readonly string[] }
  | { readonly what: 'contract'; readonly who: PeopleFact; readonly hours: number }
  | { readonly what: 'leave'; readonly person: string; readonly days: SomeDays }
  | SetFact
  | { readonly what: 'all set'; readonly person: string }
  | CoverFact
  | { readonly what: 'people'; readonly of: 'role' | 'skill'; readonly who: string; readonly count: number };

/** What is to be covered; without shifts hour by hour for the pathways, without days on all that its line is about. */
export interface CoverFact {
  readonly what: 'cover';
  readonly amount: number;
  readonly of: 'role' | 'skill';
  readonly who: string;
  readonly per?: { readonly units: number; readonly of: string };
  readonly shifts: readonly string[];
  readonly days?: SomeDays;
}

/** A limit a step weaker. */
export type StepFact =
  | RuleFact
  | { readonly what: 'shifts'; readonly group: string; readonly shifts: readonly string[] }
  | { readonly what: 'leave' };

/** People from elsewhere on a weekday (0 for Monday) and shift, as a mean of its days; by hour without a shift. */
export interface BorrowedPeople {
  readonly amount: number;
  readonly of: 'role' | 'skill';
  readonly who: string;
  readonly weekday: number;
  readonly shift?: string;
}

/** What would help, in parts: all of them together. */
export interface RelaxationFact {
  readonly allow: readonly StepFact[];
  /** The response that would allow it. */
  readonly by?: string;
  /** Pseudonyms of those who use what is allowed. */
  readonly people: readonly string[];
  readonly borrow?: { readonly first: readonly BorrowedPeople[]; readonly more: number };
  readonly close?: { readonly units: number; readonly resource: string };
  readonly leaveOut?: SetFact;
  /** Whether it gives a line to somebody who has none, rather than to leave fewer hours missing. */
  readonly givesLine: boolean;
}

/** A rule as a fact. */
export function ruleFact(rule: WorkingRule, task: RosterTask): RuleFact {
  const { kind, limit, of } = measureOf(rule, task, task.model, []);
  return { what: 'rule', rule: kind, limit, ...(of !== undefined && { of }), ...shiftsOfRest(rule, task) };
}

/** The titles of the shifts that a rule of rest names. */
export function shiftsOfRest(rule: WorkingRule, { model }: RosterTask): Pick<RuleFact, 'after' | 'before'> {
  if (rule.kind !== 'rest') return {};
  const titles = (ids: readonly string[]): readonly string[] =>
    ids.map((id) => {
      const shift = model.shifts.find((each) => each.id === id);
      return shift === undefined ? id : titleOf(shift);
    });
  return {
    ...(rule.after.length > 0 && { after: titles(rule.after) }),
    ...(rule.before.length > 0 && { before: titles(rule.before) }),
  };
}

const MOST_SPANS = 3;

/** Days of a roster, by their numbers, as spans of dates. */
export function someDays({ roster }: RosterTask, days: readonly number[]): SomeDays {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const spans: { readonly first: number; last: number }[] = [];
  for (const day of sorted) {
    const span = spans.at(-1);
    if (span?.last === day - 1) span.last = day;
    else spans.push({ first: day, last: day });
  }
  return {
    spans: spans
      .slice(0, MOST_SPANS)
      .map(({ first, last }) => ({ from: dateOf(roster, first), until: dateOf(roster, last) })),
    more: spans.slice(MOST_SPANS).reduce((sum, { first, last }) => sum + last - first + 1, 0),
  };
}

/** Days in words: `on 2026-12-14`, `from 2026-12-14 until 2026-12-16`. */
export function daysInWords({ spans, more }: SomeDays): string {
  const words = spans.map(({ from, until }) => (from === until ? `on ${from}` : `from ${from} until ${until}`));
  return `${words.join(', ')}${more > 0 ? ` and on ${more} more days` : ''}`;
}
