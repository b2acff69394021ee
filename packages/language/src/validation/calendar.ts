import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, formatClock } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { nodesOf } from '../tree/nodes.js';
import type { ValidationContext } from './context.js';
import { originOf, originOfKeyword, originOfProperty } from './places.js';

/** Clock times lie from 00:00 to 23:59; 24:00 is the end of a day, so it can end a time span only. */
export function* clockTimesExist(node: AstNode): Generator<Diagnostic> {
  if (ast.isShift(node) || ast.isScheduleRule(node) || ast.isAppointmentArrivals(node)) {
    yield* clockTimeExists(node, 'from', node.from, false);
    yield* clockTimeExists(node, 'to', node.to, true);
    yield* timesDiffer(node, node.from, node.to);
  }
  if (ast.isCountedArrivals(node) || ast.isDeliveryProperty(node) || ast.isSampledProperty(node))
    yield* clockTimeExists(node, 'at', node.at, false);
  if (ast.isCountedArrivals(node)) {
    yield* clockTimeExists(node, 'to', node.to, true);
    yield* timesDiffer(node, node.at, node.to);
  }
  if (ast.isRosterChange(node)) yield* clockTimeExists(node, 'time', node.time, false);
  if (ast.isFromProperty(node) || ast.isWait(node) || ast.isCrisisMoment(node) || ast.isStudyMoment(node))
    yield* clockTimeExists(node, 'time', node.time, false);
}

function* timesDiffer(node: AstNode, from: string | undefined, to: string | undefined): Generator<Diagnostic> {
  if (from === undefined || from !== to) return;
  const reason = 'it has no length; for a whole day write `00:00-24:00`';
  yield createDiagnostic('PW4009', { text: `${from}-${to}`, reason }, originOfProperty(node, 'to'));
}

function* clockTimeExists(
  node: AstNode,
  property: string,
  text: string | undefined,
  isEnd: boolean,
): Generator<Diagnostic> {
  if (text === undefined) return;
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  const inDay = hours * 60 + minutes;
  const range = originOfProperty(node, property);
  if (minutes > 59 || inDay > 24 * 60) {
    const reason = minutes > 59 ? 'an hour has 60 minutes' : 'a day ends at 24:00';
    yield createDiagnostic('PW4009', { text, reason }, range);
    return;
  }
  if (inDay === 24 * 60 && !isEnd) {
    const reason = '24:00 can only end a time span; write 00:00 of the next day';
    yield createDiagnostic('PW4009', { text, reason }, range, {
      fixes: [{ title: `Write \`${formatClock(0)}\``, edits: [{ origin: range, newText: formatClock(0) }] }],
    });
  }
}

/** Dates are days of the calendar, and the first of two comes first. */
export function* datesExist(node: AstNode): Generator<Diagnostic> {
  if (ast.isDateLiteral(node) || ast.isDateProperty(node)) yield* dateExists(node, 'date', node.date);
  if (ast.isSignedProperty(node) || ast.isValidProperty(node)) yield* dateExists(node, 'date', node.date);
  if (ast.isFromProperty(node) || ast.isCrisisMoment(node) || ast.isStudyMoment(node))
    yield* dateExists(node, 'date', node.date);
  if (ast.isRosterPeriod(node) || ast.isRosterChange(node)) yield* dateExists(node, 'date', node.date);
  if (ast.isRosterDay(node) || ast.isRosterAbsence(node))
    for (const [index, date] of node.dates.entries()) yield* dateExists(node, 'dates', date, index);
  if (ast.isRosterCover(node) || ast.isRosterAbsence(node) || ast.isRosterLevel(node)) {
    yield* dateExists(node, 'since', node.since);
    yield* dateExists(node, 'until', node.until);
    // Both days are days of it, so one day is a span too.
    if (node.since !== undefined && node.until !== undefined && node.until < node.since)
      yield createDiagnostic(
        'PW4009',
        { text: node.until, reason: `it is before ${node.since}, where it begins` },
        originOfProperty(node, 'until'),
      );
  }
  if (!ast.isScheduleRule(node) && !ast.isDeliveryProperty(node)) return;
  yield* dateExists(node, 'since', node.since);
  yield* dateExists(node, 'until', node.until);
  if (node.since === undefined || node.until === undefined || node.since < node.until) return;
  const reason = `it is not after ${node.since}, where the rule begins`;
  yield createDiagnostic('PW4009', { text: node.until, reason }, originOfProperty(node, 'until'));
}

function* dateExists(node: AstNode, property: string, text: string | undefined, index?: number): Generator<Diagnostic> {
  const reason = text === undefined ? undefined : impossibleDate(text);
  if (text === undefined || reason === undefined) return;
  yield createDiagnostic('PW4009', { text, reason }, originOfProperty(node, property, index));
}

function impossibleDate(text: string): string | undefined {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12) return 'a year has 12 months';
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day < 1 || day > days) return `${text.slice(0, 7)} has ${days} days`;
  return undefined;
}

/** A ramp has both ends, a cycle has the week that is named, and holidays are listed somewhere. */
export function* timetableLineIsPossible(
  rule: ast.ScheduleRule,
  { documents }: ValidationContext,
): Generator<Diagnostic> {
  if (rule.reaches !== undefined && (rule.since === undefined || rule.until === undefined)) {
    const sentence = 'A ramp needs both of its dates, as in `10 to 14 from 2026-03-01 until 2026-03-15`.';
    yield createDiagnostic('PW4006', { sentence }, originOf(rule.reaches));
  }
  const { week, cycle } = rule;
  if (week !== undefined && cycle !== undefined && !isWeekOf(week, cycle)) {
    const sentence = `There is no week ${week} in a cycle of ${cycle}; write one such as \`in week 1 of 2\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(rule, 'week'));
  }
  if (rule.holidays && !documents.some(listsHolidays)) {
    yield createDiagnostic('PW2016', undefined, originOfKeyword(rule, 'holidays'));
  }
}

function listsHolidays(document: ast.Document): boolean {
  return nodesOf(document).some((node) => ast.isHolidaysProperty(node) && node.file !== undefined);
}

function isWeekOf(week: number, cycle: number): boolean {
  return Number.isInteger(week) && Number.isInteger(cycle) && week >= 1 && week <= cycle && cycle <= MOST_WEEKS;
}

/** A cycle of a year: longer ones are dates. */
const MOST_WEEKS = 53;

/** A weekday range runs from one day to another. */
export function* weekdaysDiffer(range: ast.DayRange): Generator<Diagnostic> {
  if (range.to === undefined || range.to !== range.from) return;
  yield createDiagnostic(
    'PW4009',
    { text: `${range.from}-${range.to}`, reason: `write \`${range.from}\` for one day` },
    originOfProperty(range, 'to'),
  );
}
