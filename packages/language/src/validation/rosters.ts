import type { Diagnostic } from '@pathway/model';
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
export function* ruleCanBeKept(rule: ast.RunRule | ast.OffAfterNights | ast.WeekendRule): Generator<Diagnostic> {
  const { count } = rule;
  if (count !== undefined && !(Number.isInteger(count) && count >= (ast.isWeekendRule(rule) ? 0 : 1))) {
    const sentence = `A rule counts whole days, 1 or more, not ${count}.`;
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
}

/** A day that somebody asks for is a day of the roster, and names a shift or a day off of somebody. */
export function* dayIsInTheRoster(roster: ast.Roster): Generator<Diagnostic> {
  const period = roster.properties.find(ast.isRosterPeriod);
  if (period?.date === undefined || period.count === undefined) return;
  const days = period.unit === 'week' || period.unit === 'weeks' ? period.count * 7 : period.count;
  const first = Date.parse(`${period.date}T00:00:00Z`);
  for (const entry of roster.properties.filter(ast.isRosterDay)) {
    for (const [index, date] of entry.dates.entries()) {
      const day = (Date.parse(`${date}T00:00:00Z`) - first) / 86_400_000;
      if (Number.isNaN(day) || (day >= 0 && day < days)) continue;
      const sentence = `${date} is no day of the roster \`${roster.name}\`, which lasts ${days} days from ${period.date}.`;
      yield createDiagnostic('PW5031', { sentence }, originOfProperty(entry, 'dates', index));
    }
  }
}
