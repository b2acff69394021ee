import { formatNumber, formatShare } from '@pathway/model';
import { shiftCodes } from '@pathway/report';
import type { DutyLine, DutyRoster, RosterExplanation, RosterRepair } from '@pathway/staffing';
import type { Colours } from '../shell/context.js';
import { counted } from './counted.js';
import { printable } from './printable.js';
import { table } from './table.js';

const DAYS_IN_A_TABLE = 14;
const WEEKDAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
const MOST_SHORTFALLS = 30;
const MOST_BREAKING = 6;
const MOST_DATES = 5;

/** A roster as it would hang on the wall: a line for each person, two weeks at a time, then what is missing. */
export function rosterText(roster: DutyRoster, colours: Colours): string {
  const codes = shiftCodes(roster.shifts);
  const parts = [colours.bold(printable(`${roster.title}, ${roster.days} days from ${roster.from}`))];
  for (let from = 0; from < roster.days; from += DAYS_IN_A_TABLE) parts.push(weeks(roster, from, codes));
  parts.push(roster.shifts.map(({ id, title }) => `${codes.get(id) ?? ''} ${printable(title)}`).join(', '));
  parts.push(...inPlacesText(roster));
  parts.push(totals(roster.people));
  parts.push(rulesText(roster));
  if (roster.repair !== undefined) parts.push(...repairText(roster.repair, colours));
  parts.push(shortfalls(roster, colours));
  if (roster.explanation !== undefined) parts.push(...explanationText(roster.explanation, colours));
  if (roster.notes !== undefined) parts.push(notesText(roster.notes));
  parts.push(verdict(roster));
  return `${parts.join('\n\n')}\n`;
}

function notesText(notes: readonly string[]): string {
  return ['On the need that pathways bring:', ...notes.map((note) => `- ${printable(note)}`)].join('\n');
}

/** Why somebody is missing, and what would help. */
function explanationText({ conflicts, relaxations }: RosterExplanation, colours: Colours): readonly string[] {
  const why = conflicts.map(({ person, parts, smallest }) => {
    const head =
      person === undefined
        ? 'Somebody is missing in every roster: these cannot all be kept'
        : `${person} has no line: these cannot all be kept`;
    const lines = parts.map(({ sentence, place }) => `  ${place === undefined ? '' : `${place}: `}${sentence}`);
    return [`${head}${smallest ? ', and without any one of them they could.' : '.'}`, ...lines]
      .map((line) => printable(line))
      .join('\n');
  });
  const help = relaxations.map(({ sentence, places }, index) =>
    printable(`  ${index + 1}. ${sentence}${places.length === 0 ? '' : ` (${places.join(', ')})`}`),
  );
  return [
    ...why,
    ...(help.length > 0 ? [[colours.bold('What would help, the cheapest first'), ...help].join('\n')] : []),
  ];
}

/** What changes, and whom to call, before what stays short. */
function repairText(repair: RosterRepair, colours: Colours): readonly string[] {
  const { changes, calls, lostShifts, changedDays } = repair;
  const head = `${repair.title}, known ${repair.known.replace('T', ' ')}: ${counted(lostShifts, 'shift')} lost, ${counted(changedDays, 'day')} changed beside them.`;
  const callLines = calls.map(({ date, shift, of, who, missing, left, people }) => {
    const list = people.map(
      ({ person, planned, reason }, index) => `  ${index + 1}. ${person}${planned ? ' (planned)' : ''}: ${reason}`,
    );
    const none = '  nobody who keeps the rules';
    const wanted = of === 'skill' ? `with ${who}` : who;
    const still = left > 0 ? `, ${formatNumber(left)} still with these changes` : '';
    const title = `${date}, ${shift}: ${formatNumber(missing)} ${wanted} missing${still}`;
    return [title, ...(list.length > 0 ? list : [none])].map((line) => printable(line)).join('\n');
  });
  return [
    colours.bold(printable(head)),
    changes.length === 0
      ? 'Nothing changes.'
      : changes.map((each) => printable(`${each.sentence}${tellText(each)}`)).join('\n'),
    ...(callLines.length > 0 ? [colours.bold('Whom to call, in this order'), callLines.join('\n')] : []),
  ];
}

/** ` Tell by 2026-12-11 07:00.`; who is away knows. */
function tellText({ tell }: RosterRepair['changes'][number]): string {
  if (tell === undefined) return '';
  const by = tell.by.replace('T', ' ');
  return tell.atOnce ? ` Tell at once, by ${by} at the latest.` : ` Tell by ${by}.`;
}

/** How many rules and requests are kept, and for each that is not by whom, when, and where it is written. */
function rulesText({ rules, requests }: DutyRoster): string {
  const broken = rules.filter(({ breaks }) => breaks.length > 0);
  const gaveWay = rules.flatMap(({ kind, limit, relaxed = [], file, line }) =>
    relaxed.map(({ limit: weaker, by, spans }) => {
      const when = spans.map(({ from, until }) => (from === until ? from : `${from} to ${until}`)).join(', ');
      return `  ${file}:${line}: ${kind}, ${formatNumber(limit)}, but ${formatNumber(weaker)} on ${when}, while ${by} is in force`;
    }),
  );
  const missed = requests.filter((request) => request.missed.length > 0);
  const someDates = (dates: readonly string[]): string =>
    dates.length > MOST_DATES ? `${dates.slice(0, MOST_DATES).join(', ')}, …` : dates.join(', ');
  const lines = broken.map(({ kind, limit, breaks, weighed, kept, file, line }) => {
    const first = breaks
      .slice(0, MOST_BREAKING)
      .map(({ person, dates }) => (dates.length === 0 ? person : `${person} (${someDates(dates)})`));
    const who = breaks.length > first.length ? [...first, `${breaks.length - first.length} more`] : first;
    return `  ${file}:${line}: ${kind}, ${formatNumber(limit)}${weighed ? ', if possible' : ''}: kept by ${kept}, not by ${who.join(', ')}`;
  });
  const asked = missed
    .slice(0, MOST_SHORTFALLS)
    .map(
      ({ person, kind, what, missed: dates, file, line }) =>
        `  ${file}:${line}: ${kind} of ${person}${what === 'shift' ? '' : ` (${what})`} not met on ${someDates(dates)}`,
    );
  const rest = missed.length - asked.length;
  return [
    `${counted(rules.length - broken.length, 'rule')} of ${rules.length} kept by everyone, ${counted(requests.length - missed.length, 'request')} of ${requests.length} met.`,
    ...gaveWay,
    ...lines,
    ...asked,
    ...(rest > 0 ? [`  … and ${rest} more.`] : []),
  ]
    .map((line) => printable(line))
    .join('\n');
}

function weeks(roster: DutyRoster, from: number, codes: ReadonlyMap<string, string>): string {
  const days = Array.from({ length: Math.min(DAYS_IN_A_TABLE, roster.days - from) }, (_, index) => from + index);
  const heads = days.map((day) => {
    const date = dayAt(roster, day);
    return `${WEEKDAYS[date.getUTCDay()] ?? ''}${date.getUTCDate()}`;
  });
  return table(
    ['', ...heads],
    roster.people.map((line) => [printable(line.person), ...days.map((day) => cell(line, day, codes))]),
  );
}

function cell(line: DutyLine, day: number, codes: ReadonlyMap<string, string>): string {
  const shift = line.shifts[day] ?? null;
  const isInPlace = line.standsInFor?.some((each) => each.day === day) === true;
  if (shift !== null) return `${codes.get(shift) ?? shift}${isInPlace ? '*' : ''}`;
  return line.leave.includes(day) ? '~' : '·';
}

function dayAt({ from }: DutyRoster, day: number): Date {
  return new Date(Date.parse(`${from}T00:00:00Z`) + day * 86_400_000);
}

/** Who works in the place of whom, and when. */
function inPlacesText(roster: DutyRoster): readonly string[] {
  const dateOf = (day: number): string => dayAt(roster, day).toISOString().slice(0, 10);
  const lines = roster.people.flatMap(({ person, standsInFor = [] }) =>
    [...new Set(standsInFor.map(({ title }) => title))].map((title) => {
      const dates = standsInFor.flatMap((each) => (each.title === title ? [dateOf(each.day)] : []));
      return printable(`  ${person} stands in for ${title}: ${dates.join(', ')}`);
    }),
  );
  return lines.length === 0 ? [] : [['* in the place of others', ...lines].join('\n')];
}

function totals(people: readonly DutyLine[]): string {
  return table(
    ['', 'hours', 'contract', 'nights', 'weekend days', 'requests not met'],
    people.map((line) => [
      printable(line.calledIn === undefined ? line.person : `${line.person}, called in by ${line.calledIn}`),
      ...[line.hours, line.contractHours, line.nights, line.weekendDays, line.requestsMissed].map((value) =>
        formatNumber(value),
      ),
    ]),
    [1, 2, 3, 4, 5],
  );
}

function shortfalls(roster: DutyRoster, colours: Colours): string {
  const lines = roster.withoutLine.map((person) =>
    colours.red(printable(`${person} has no line that keeps all rules and what stands; theirs is empty.`)),
  );
  if (roster.shortfalls.length === 0) return [...lines, 'Nobody is missing on any shift.'].join('\n');
  const shown = roster.shortfalls.slice(0, MOST_SHORTFALLS).map(({ sentence }) => colours.yellow(printable(sentence)));
  const rest = roster.shortfalls.length - shown.length;
  return [...lines, ...shown, ...(rest > 0 ? [`… and ${rest} more.`] : [])].join('\n');
}

function verdict(roster: DutyRoster): string {
  const { cost, bound, gap, optimal } = roster;
  if (roster.repair !== undefined)
    return `Cost ${formatNumber(cost)}, with as much as possible as it stood; planned anew it could cost less.`;
  if (optimal) return `Cost ${formatNumber(cost)}: proved that no roster costs less.`;
  return `Cost ${formatNumber(cost)}; no roster costs less than ${formatNumber(bound)} (gap ${formatShare(gap)}).`;
}
