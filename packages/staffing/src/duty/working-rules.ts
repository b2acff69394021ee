import type { Model, Response, RosterDeclaration, Shift, WorkingRule } from '@pathway/model';
import {
  constantValue,
  isNightShift,
  isSameKindOfRule,
  ruleSetsIn,
  shiftLength,
  strictnessOf,
  titleOf,
  workingMinutes,
} from '@pathway/model';
import type { LineLimit, LineRules, OrderRules, RosterPerson, RulePhase } from '../roster/problem.js';
import { firstWeekday } from './roster-days.js';
import { RosterSituation } from './roster-situation.js';

const MINUTES_PER_DAY = 1440;

/**
 * The rules of a roster with all that they extend, each once, and with what responses in force put in their place on some
 * days: the weakest where several do.
 */
export function rulesOf(
  roster: RosterDeclaration,
  model: Model,
  situation = new RosterSituation(model, roster),
): readonly NamedRule[] {
  const inForce = Array.from({ length: roster.days }, (_, day) => situation.inForce(day).flatMap(relaxedBy));
  const anything = inForce.some((patches) => patches.length > 0);
  return ruleSetsIn(roster.ruleSets, model).flatMap((set) =>
    set.rules.map((rule): NamedRule => {
      const named = { ...rule, set: titleOf(set), setId: set.id };
      const instead = anything ? insteadOf(rule, set.id, inForce, model) : [];
      return instead.length === 0 ? named : { ...named, instead };
    }),
  );
}

/** A rule with the name of the set it stands in. */
export type NamedRule = WorkingRule & {
  readonly set: string;
  readonly setId: string;
  /** What holds in its place on some days; no day is in two of them. */
  readonly instead?: readonly RuleInstead[];
};

/** A rule that stands in place of another of its kind, while a response is in force. */
interface RuleInstead {
  readonly rule: WorkingRule;
  /** The title of the response. */
  readonly by: string;
  /** In ascending order. */
  readonly days: readonly number[];
}

interface RulesRelaxed {
  readonly by: string;
  readonly ruleSet: string;
  readonly rules: readonly WorkingRule[];
}

/** What a response puts in place of rules. */
export function relaxedBy(response: Response): readonly RulesRelaxed[] {
  return response.patches.flatMap((patch) =>
    patch.kind === 'relax rules' ? [{ by: titleOf(response), ruleSet: patch.ruleSet, rules: patch.rules }] : [],
  );
}

/** The weakest rule that some of these put in place of one, where the set it stands in is meant and it is weaker than that. */
export function weakestInstead(
  rule: WorkingRule,
  set: string,
  patches: readonly RulesRelaxed[],
  model: Model,
): { readonly rule: WorkingRule; readonly by: string } | undefined {
  const meant = patches
    .filter(({ ruleSet }) => ruleSetsIn([ruleSet], model).some(({ id }) => id === set))
    .flatMap(({ rules, by }) => rules.map((each) => ({ rule: each, by })))
    .filter((each) => isSameKindOfRule(each.rule, rule));
  const least = Math.min(...meant.map((each) => strictnessOf(each.rule, model)));
  return least < strictnessOf(rule, model) ? meant.find((each) => strictnessOf(each.rule, model) === least) : undefined;
}

function insteadOf(
  rule: WorkingRule,
  set: string,
  inForce: readonly (readonly RulesRelaxed[])[],
  model: Model,
): readonly RuleInstead[] {
  const found = new Map<WorkingRule, { readonly by: string; readonly days: number[] }>();
  for (const [day, patches] of inForce.entries()) {
    const weakest = weakestInstead(rule, set, patches, model);
    if (weakest === undefined) continue;
    const known = found.get(weakest.rule) ?? { by: weakest.by, days: [] };
    found.set(weakest.rule, known);
    known.days.push(day);
  }
  return [...found].map(([each, { by, days }]) => ({ rule: each, by, days }));
}

/** The rules that hold on a day. */
export function rulesOn(rules: readonly NamedRule[], day: number): readonly WorkingRule[] {
  return rules.map((rule) => ruleOn(rule, day));
}

/** The rule that holds on a day in the place of one. */
export function ruleOn(rule: NamedRule, day: number): WorkingRule {
  return rule.instead?.find(({ days }) => days.includes(day))?.rule ?? rule;
}

/** What a rule limits to: a count, a share of time, seconds, or a share of weekends. */
function amountIn(rule: WorkingRule, model: Model): number {
  return Math.abs(strictnessOf(rule, model));
}

/** A limit over several days is the mean of those that hold on each of them. */
function meanLimit(rule: NamedRule, days: readonly number[], model: Model): number {
  if (rule.instead === undefined || days.length === 0) return amountIn(rule, model);
  return days.reduce((sum, day) => sum + amountIn(ruleOn(rule, day), model), 0) / days.length;
}

interface Worker {
  /** Working time of the person over the roster, less leave. */
  readonly contractMinutes: number;
  readonly leave: readonly number[];
  /** Shifts, by their place, that the person works: their own, and those that are set for them. */
  readonly shifts: readonly number[];
}

/**
 * Rules as the solver has them; where several say the same kind of thing the strictest holds. Averages leave out days of
 * leave (Directive 2003/88/EC, article 16b). Where other rules stand in their place on some days, the order of days is judged
 * by those of each day, and what is limited over several days by the mean of the limits of these days.
 */
export function lineRules(
  rules: readonly NamedRule[],
  shifts: readonly Shift[],
  roster: RosterDeclaration,
  worker: Worker,
  model: Model,
): LineRules {
  const nights = nightsAmong(shifts);
  const there = Array.from({ length: roster.days }, (_, day) => day).filter((day) => !worker.leave.includes(day));
  const minutesThere = there.length * MINUTES_PER_DAY;
  // Whoever normally works nights (Directive 2003/88/EC, article 2(4)), whether or not this roster has any for them.
  const worksNights = worker.shifts.some((shift) => nights.includes(shift));
  const averages = rules.flatMap((rule) => {
    if (rule.kind === 'hours' && rule.average) return [inMinutes(rule, meanLimit(rule, there, model) * minutesThere)];
    // A day of rest in seven is no day of night work, over which its hours would be averaged.
    if (rule.kind === 'night hours' && rule.average && worksNights)
      return [inMinutes(rule, meanLimit(rule, there, model) * minutesThere * (6 / 7))];
    return [];
  });
  const overtime = rules.some((rule) => rule.kind === 'hours' && rule.average);
  const { contractMinutes } = worker;
  const phases = phasesOf(rules, shifts, roster, model);
  return {
    minMinutes: 0,
    maxMinutes: Math.min(...averages, ...(overtime ? [] : [contractMinutes])),
    ...(overtime && { overtime: { beyond: contractMinutes, costPerMinute: OVERTIME_PER_MINUTE } }),
    ...orderRules(rules, shifts, roster, model),
    ...(phases.length > 0 && { phases }),
    limits: rules.flatMap((rule) => limitsOf(rule, roster, shifts, model)),
  };
}

/** Days on which responses have put other rules of the order of days in place. */
function phasesOf(
  rules: readonly NamedRule[],
  shifts: readonly Shift[],
  roster: RosterDeclaration,
  model: Model,
): readonly RulePhase[] {
  const changed = [...new Set(rules.flatMap(({ instead = [] }) => instead.flatMap(({ days }) => days)))];
  const usual = JSON.stringify(orderRules(rules, shifts, roster, model));
  const phases = new Map<string, { readonly order: OrderRules; readonly days: number[] }>();
  for (const day of changed.sort((a, b) => a - b)) {
    const order = orderRules(rulesOn(rules, day), shifts, roster, model);
    const key = JSON.stringify(order);
    if (key === usual) continue;
    const known = phases.get(key) ?? { order, days: [] };
    phases.set(key, known);
    known.days.push(day);
  }
  return [...phases.values()].map(({ order, days }) => ({ ...order, days }));
}

function orderRules(
  rules: readonly WorkingRule[],
  shifts: readonly Shift[],
  roster: RosterDeclaration,
  model: Model,
): OrderRules {
  const counts = (kind: (rule: WorkingRule) => number | undefined): readonly number[] =>
    rules.map(kind).filter((count) => count !== undefined);
  const run = (what: string, bound: string): readonly number[] =>
    counts((rule) => (rule.kind === 'run' && rule.what === what && rule.bound === bound ? rule.count : undefined));
  const nights = nightsAmong(shifts);
  return {
    maxRun: Math.min(roster.days + 1, ...run('days', 'most')),
    minRun: Math.max(1, ...run('days', 'least')),
    minOff: Math.max(1, ...run('days off', 'least')),
    forbidden: tooClose(shifts, rules, model),
    ...(nights.length > 0 && {
      nights: {
        shifts: nights,
        maxRun: Math.min(roster.days + 1, ...run('nights', 'most')),
        minOffAfter: Math.max(0, ...counts((rule) => (rule.kind === 'off after nights' ? rule.count : undefined))),
      },
    }),
  };
}

function nightsAmong(shifts: readonly Shift[]): readonly number[] {
  return shifts.flatMap((shift, index) => (isNightShift(shift) ? [index] : []));
}

/** Shifts, by their place, that no rule forbids by themselves: a night may be longer than nights are allowed to be. */
function allowedShifts(rules: readonly WorkingRule[], shifts: readonly Shift[], model: Model): readonly number[] {
  const longest = Math.min(
    ...rules.flatMap((rule) =>
      rule.kind === 'night hours' && !rule.average ? [(constantValue(rule.limit, model) ?? 0) / 60] : [],
    ),
  );
  return shifts.flatMap((shift, index) =>
    isNightShift(shift) && workingMinutes(shift, model) > longest ? [] : [index],
  );
}

/** Shifts of days on which the rules of that day forbid them by themselves, where other days let them be worked. */
export function forbiddenCells(
  rules: readonly NamedRule[],
  shifts: readonly Shift[],
  days: number,
  model: Model,
): RosterPerson['away'] {
  if (!rules.some(({ kind, instead }) => kind === 'night hours' && instead !== undefined)) return [];
  return Array.from({ length: days }, (_, day) => {
    const allowed = allowedShifts(rulesOn(rules, day), shifts, model);
    return shifts.flatMap((_shift, shift) => (allowed.includes(shift) ? [] : [{ day, shift }]));
  }).flat();
}

/** Shifts that the rules of some day of a roster let be worked. */
export function shiftsOfSomeDay(
  rules: readonly NamedRule[],
  shifts: readonly Shift[],
  days: number,
  model: Model,
): readonly number[] {
  if (!rules.some(({ kind, instead }) => kind === 'night hours' && instead !== undefined))
    return allowedShifts(rules, shifts, model);
  const some = new Set(
    Array.from({ length: days }, (_, day) => allowedShifts(rulesOn(rules, day), shifts, model)).flat(),
  );
  return [...some].sort((a, b) => a - b);
}

/** An hour of overtime costs a tenth of what a missing person costs. */
const OVERTIME_PER_MINUTE = 10 / 60;

function limitsOf(
  rule: NamedRule,
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  model: Model,
): readonly LineLimit[] {
  if (rule.kind === 'hours' && !rule.average)
    return byLimit(rule, roster, model).map(({ limit, weeks }) => ({
      of: 'minutes',
      most: inMinutes(rule, limit * 7 * MINUTES_PER_DAY),
      per: 'week',
      ...weeks,
    }));
  if (rule.kind === 'count') {
    const counted = shifts.flatMap((shift, index) => (rule.what === 'days' || isNightShift(shift) ? [index] : []));
    if (rule.week)
      return byLimit(rule, roster, model).map(({ limit, weeks }) => ({
        of: 'shifts',
        shifts: counted,
        most: Math.floor(limit + 1e-9),
        per: 'week',
        ...weeks,
      }));
    const days = Array.from({ length: roster.days }, (_, day) => day);
    return [{ of: 'shifts', shifts: counted, most: Math.floor(meanLimit(rule, days, model) + 1e-9), per: 'period' }];
  }
  if (rule.kind !== 'weekends off') return [];
  const weekends = firstDaysOfWeekends(roster);
  return [{ of: 'weekends', most: weekends.length - weekendsOff(rule, weekends, model) }];
}

/** A mean of equal limits is that limit, whatever is lost in adding shares up. */
function inMinutes({ instead }: NamedRule, minutes: number): number {
  return instead === undefined ? minutes : Math.round(minutes * 1e6) / 1e6;
}

/** How many weekends must be off: the share of each weekend by the rule of its first day in the roster, rounded down. */
function weekendsOff(
  rule: NamedRule & { readonly kind: 'weekends off' },
  weekends: readonly number[],
  model: Model,
): number {
  if (rule.instead === undefined) return Math.floor((weekends.length * rule.count) / rule.of);
  return Math.floor(weekends.reduce((sum, day) => sum + amountIn(ruleOn(rule, day), model), 0) + 1e-9);
}

/** The limits of a rule over each week from Monday, and the weeks of each where they are not all alike. */
function byLimit(
  rule: NamedRule,
  roster: RosterDeclaration,
  model: Model,
): readonly { readonly limit: number; readonly weeks: { readonly weeks?: readonly number[] } }[] {
  if (rule.instead === undefined) return [{ limit: amountIn(rule, model), weeks: {} }];
  const weeks = new Map<number, number[]>();
  for (const [week, days] of daysByWeek(roster)) {
    const limit = meanLimit(rule, days, model);
    weeks.set(limit, [...(weeks.get(limit) ?? []), week]);
  }
  return [...weeks].map(([limit, own]) => ({ limit, weeks: { weeks: own } }));
}

/** Days of a roster by the weeks from Monday that it touches, of which 0 is that of its first day. */
function daysByWeek(roster: RosterDeclaration): ReadonlyMap<number, readonly number[]> {
  const weeks = new Map<number, number[]>();
  const first = firstWeekday(roster.from);
  for (let day = 0; day < roster.days; day += 1) {
    const week = Math.floor((day + first) / 7);
    weeks.set(week, [...(weeks.get(week) ?? []), day]);
  }
  return weeks;
}

/** The first day of each weekend that the roster touches. */
function firstDaysOfWeekends(roster: RosterDeclaration): readonly number[] {
  const first = firstWeekday(roster.from);
  return [...daysByWeek(roster).values()].flatMap((days) => days.find((day) => (day + first) % 7 >= 5) ?? []);
}

/** Pairs of shifts on two days in a row with too little rest between them. */
function tooClose(shifts: readonly Shift[], rules: readonly WorkingRule[], model: Model): LineRules['forbidden'] {
  const rests = rules.flatMap((rule) =>
    rule.kind === 'rest' ? [{ ...rule, minutes: (constantValue(rule.rest, model) ?? 0) / 60 }] : [],
  );
  return shifts.flatMap((first, a) =>
    shifts.flatMap((second, b): [number, number][] => {
      const wanted = rests
        .filter(({ after }) => after.length === 0 || after.includes(first.id))
        .filter(({ before }) => before.length === 0 || before.includes(second.id))
        .map(({ minutes }) => minutes);
      return second.from + MINUTES_PER_DAY - (first.from + shiftLength(first)) < Math.max(0, ...wanted) ? [[a, b]] : [];
    }),
  );
}

/** Minutes of notice that rules ask for: never less than `always`, and if possible `usual`. */
export function noticeOf(
  rules: readonly WorkingRule[],
  model: Model,
): { readonly always: number; readonly usual: number } {
  const longest = (always: boolean): number =>
    Math.max(
      0,
      ...rules.flatMap((rule) =>
        rule.kind === 'notice' && rule.always === always ? [(constantValue(rule.notice, model) ?? 0) / 60] : [],
      ),
    );
  return { always: longest(true), usual: longest(false) };
}
