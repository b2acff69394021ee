import type { Diagnostic, Origin } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { originOf, originOfHead, originOfProperty } from './places.js';

/** A roster says when it is, who is in it and what is to be covered. */
export function* rosterIsComplete(roster: ast.Roster): Generator<Diagnostic> {
  const { properties } = roster;
  const missing = [
    properties.some(ast.isRosterPeriod) ? [] : ['when it is (`from 2026-12-07 for 4 weeks`)'],
    properties.some(ast.isRosterStaff) ? [] : ['who works (`with staff at …`)'],
    properties.some((each) => ast.isRosterCover(each) || ast.isRosterNeed(each))
      ? []
      : ['what is to be covered (`cover 3 Nurse on Early`)'],
  ].flat();
  if (missing.length === 0) return;
  const sentence = `The roster \`${roster.name}\` does not say ${missing.join(', nor ')}.`;
  yield createDiagnostic('PW5030', { sentence }, originOfHead(roster));
}

/** It lasts whole days, up to a year. */
export function* periodIsPossible(period: ast.RosterPeriod): Generator<Diagnostic> {
  const { count, unit } = period;
  if (count === undefined || unit === undefined) return;
  const days = unit === 'week' || unit === 'weeks' ? count * 7 : count;
  if (Number.isInteger(days) && days >= 1 && days <= 371) return;
  const sentence = `A roster lasts from 1 day to 53 weeks, not ${count} ${unit}.`;
  yield createDiagnostic('PW4006', { sentence }, originOfProperty(period, 'count'));
}

/** Counts in rules are whole numbers that can be kept. */
export function* ruleCanBeKept(
  rule: ast.RunRule | ast.CountRule | ast.OffAfterNights | ast.WeekendRule,
): Generator<Diagnostic> {
  const { count } = rule;
  const fewest = ast.isWeekendRule(rule) || ast.isCountRule(rule) ? 0 : 1;
  if (count !== undefined && !(Number.isInteger(count) && count >= fewest)) {
    const sentence = `A rule counts whole days, ${fewest} or more, not ${count}.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(rule, 'count'));
  }
  if (
    ast.isWeekendRule(rule) &&
    rule.of !== undefined &&
    (!Number.isInteger(rule.of) || rule.of < 1 || rule.of < count)
  ) {
    const sentence = `Of ${rule.of} weekends there cannot be ${count} off.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(rule, 'of'));
  }
  if (ast.isRunRule(rule) && rule.what === 'nights' && (rule.off || rule.bound === 'least')) {
    const sentence = 'Nights in a row have a most only: `at most 5 nights in a row`.';
    yield createDiagnostic('PW4006', { sentence }, originOf(rule));
  }
  if (ast.isRunRule(rule) && rule.what === 'days' && rule.off && rule.bound === 'most') {
    const sentence = 'Days off in a row have a least only: `at least 2 days off in a row`.';
    yield createDiagnostic('PW4006', { sentence }, originOf(rule));
  }
}

/** Refused requests are whole ones; nights and weekends have shares, from which one may be half of one away. */
export function* refusalsAreWhole(rule: ast.FairRule): Generator<Diagnostic> {
  if (rule.what !== 'refusals' || rule.spread === undefined || Number.isInteger(rule.spread)) return;
  const sentence = `Requests are refused whole: \`share refusals within 1\`, not ${rule.spread}.`;
  yield createDiagnostic('PW4006', { sentence }, originOfProperty(rule, 'spread'));
}

/** A person is no colleague of their own, and what stands has no price. */
export function* pairIsPossible(pair: ast.RosterPair): Generator<Diagnostic> {
  if (pair.person !== undefined && pair.person === pair.other) {
    const sentence = `"${pair.person}" cannot be asked to work with "${pair.other}": they are one person.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(pair, 'other'));
  }
  yield* onlyRequestsCost(pair);
}

/** What stands is kept, whatever it costs. */
export function* onlyRequestsCost(entry: ast.RosterDay | ast.RosterPair): Generator<Diagnostic> {
  if (entry.kind !== 'set' || entry.cost === undefined) return;
  const sentence = 'What is `set` stands, so that it has no cost; a `request` can have one.';
  yield createDiagnostic('PW4006', { sentence }, originOfProperty(entry, 'cost'));
}

/** Cover for each so many is for one or more; a ratio of zero has no meaning. */
export function* ratioIsPossible(cover: ast.RosterCover): Generator<Diagnostic> {
  if (cover.units === undefined || cover.units > 0) return;
  const sentence = 'Cover is `per` one or more: `cover 1 Nurse per 4 Bed on Night`.';
  yield createDiagnostic('PW4006', { sentence }, originOfProperty(cover, 'units'));
}

interface Span {
  readonly from: number;
  readonly days: number;
  readonly date: string;
}

function spanOf(roster: ast.Roster): Span | undefined {
  const period = roster.properties.find(ast.isRosterPeriod);
  if (period?.date === undefined || period.count === undefined) return undefined;
  const days = period.unit === 'week' || period.unit === 'weeks' ? period.count * 7 : period.count;
  return { from: Date.parse(`${period.date}T00:00:00Z`), days, date: period.date };
}

/** A day that somebody asks for, or is absent on, is a day of the roster. */
export function* dayIsInTheRoster(roster: ast.Roster): Generator<Diagnostic> {
  const span = spanOf(roster);
  if (span === undefined) return;
  const changes = roster.properties.filter(ast.isRosterChange);
  const entries = [
    ...roster.properties.filter(ast.isRosterDay),
    ...changes.flatMap(({ properties }) => properties.filter(ast.isRosterAbsence)),
  ];
  for (const entry of entries)
    for (const [index, date] of entry.dates.entries())
      if (isOutside(date, span)) yield outside(roster, date, span, originOfProperty(entry, 'dates', index));
  for (const change of changes)
    if (change.date !== undefined && Date.parse(`${change.date}T00:00:00Z`) >= span.from + span.days * 86_400_000)
      yield outside(roster, change.date, span, originOfProperty(change, 'date'));
}

function isOutside(date: string, { from, days }: Span): boolean {
  const day = (Date.parse(`${date}T00:00:00Z`) - from) / 86_400_000;
  return !Number.isNaN(day) && (day < 0 || day >= days);
}

function outside(roster: ast.Roster, date: string, span: Span, origin: Origin): Diagnostic {
  const sentence = `${date} is no day of the roster \`${roster.name}\`, which lasts ${span.days} days from ${span.date}.`;
  return createDiagnostic('PW5031', { sentence }, origin);
}

/** Changes of a roster have a name each. */
export function* changesDiffer(roster: ast.Roster): Generator<Diagnostic> {
  const seen = new Set<string>();
  for (const change of roster.properties.filter(ast.isRosterChange)) {
    if (seen.has(change.name)) {
      const sentence = `The roster \`${roster.name}\` has two changes \`${change.name}\`; \`--given\` could not tell them apart.`;
      yield createDiagnostic('PW4006', { sentence }, originOfProperty(change, 'name'));
    }
    seen.add(change.name);
  }
}
