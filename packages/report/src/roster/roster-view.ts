import type { Model } from '@pathway/model';
import { byId, titleOf } from '@pathway/model';
import type { DutyLine, DutyRoster, RequestFinding, RuleFinding, Shortfall } from '@pathway/staffing';
import { plain } from '../figures.js';
import { named } from '../text.js';
import type { Language } from '../words/languages.js';
import type { Words } from '../words/words.js';

/** A finished roster to be shown. */
export interface RosterInput {
  /** In the language of the reader; gives roles their titles. */
  readonly model: Model;
  /** People stand in it as they are to be shown. */
  readonly roster: DutyRoster;
  /** Whether names of people stand in it, which the reader is told. */
  readonly hasNames?: boolean;
  readonly language?: Language;
}

const MS_PER_DAY = 86_400_000;

/** A day of a roster. */
export interface RosterDay {
  readonly index: number;
  /** ISO date. */
  readonly date: string;
  /** 0 for a Monday. */
  readonly weekday: number;
  readonly dayOfMonth: number;
}

/** All days of a roster in order. */
export function rosterDays({ from, days }: DutyRoster): readonly RosterDay[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(first + index * MS_PER_DAY);
    return {
      index,
      date: day.toISOString().slice(0, 10),
      weekday: (day.getUTCDay() + 6) % 7,
      dayOfMonth: day.getUTCDate(),
    };
  });
}

/** Days in stretches of so many; the last may be shorter. */
export function stretches(days: readonly RosterDay[], most: number): readonly (readonly RosterDay[])[] {
  return Array.from({ length: Math.ceil(days.length / most) }, (_, i) => days.slice(i * most, (i + 1) * most));
}

/** `Mon 7`. */
export function dayHead(words: Words, day: RosterDay): string {
  return `${words.weekdays[day.weekday] ?? ''} ${day.dayOfMonth}`;
}

export function roleTitle(input: RosterInput, line: DutyLine): string {
  return titleOfRole(input, line.role);
}

function titleOfRole({ model }: RosterInput, id: string): string {
  const role = byId(model.roles, id);
  return named(role === undefined ? id : titleOf(role));
}

/** Which role somebody stands in for on a day of the roster, by its title; undefined where for none. */
export function standsInFor(input: RosterInput, line: DutyLine, day: number): string | undefined {
  const instead = line.standsInFor?.find((each) => each.day === day);
  return instead === undefined ? undefined : titleOfRole(input, instead.role);
}

/** Roles that somebody stands in for, each with the dates: `Nurse (2026-12-07, 2026-12-08)`. */
export function placesOfOthers(input: RosterInput, { standsInFor = [] }: DutyLine): string {
  const days = rosterDays(input.roster);
  const roles = [...new Set(standsInFor.map(({ role }) => role))];
  const datesOf = (role: string): string =>
    standsInFor.flatMap((each) => (each.role === role ? [days[each.day]?.date ?? ''] : [])).join(', ');
  return roles.map((role) => `${titleOfRole(input, role)} (${datesOf(role)})`).join('; ');
}

/** Somebody by their name, and by which response they are called in. */
export function whoIs({ say }: Words, { person, calledIn }: DutyLine): string {
  return calledIn === undefined ? named(person) : `${named(person)} (${say`called in by ${named(calledIn)}`})`;
}

/** `Stroke nurse`, or `with Thrombolysis`. */
export function whoTitle({ say }: Words, { of, who }: Pick<Shortfall, 'of' | 'who'>): string {
  return of === 'skill' ? say`with ${named(who)}` : named(who);
}

/** `7 December 2026, Early: 1 of 5 Stroke nurse missing.` */
export function shortfallSentence(words: Words, roster: DutyRoster, shortfall: Shortfall): string {
  const { date: day, from, to, shift, wanted, ratio, pair } = shortfall;
  const { say } = words;
  const [date, when] = [words.date(day), shift === undefined ? `${clockTime(from)}–${clockTime(to)}` : named(shift)];
  if (pair !== undefined) {
    const [person, other] = [named(shortfall.who), named(pair.other)];
    return pair.apart
      ? say`${date}, ${when}: ${person} works with ${other}.`
      : say`${date}, ${when}: ${person} works without ${other}.`;
  }
  const [missing, who] = [plain(words, shortfall.missing), whoTitle(words, shortfall)];
  if (ratio === undefined) return say`${date}, ${when}: ${missing} of ${plain(words, wanted)} ${who} missing.`;
  const [amount, units] = [plain(words, ratio.amount), plain(words, ratio.units)];
  return say`${date}, ${when}: ${missing} ${who} missing; wanted are ${amount} for each ${units} ${named(ratio.of)}.`;
}

/** `07:30`, also for minutes beyond midnight. */
export function clockTime(minutes: number): string {
  const at = minutes % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

/** Hours of work that nobody does, over all shortfalls. */
export function hoursMissing(shortfalls: readonly Shortfall[]): number {
  return shortfalls.reduce((sum, { missing, from, to }) => sum + (missing * (to - from)) / 60, 0);
}

/** How often people are missing, and for how many hours; two who are not together or apart as they should be are not people missing. */
export function missingSentence(words: Words, { shortfalls }: DutyRoster): string {
  const times = shortfalls.filter(({ missing }) => missing > 0).length;
  if (times === 0) return words.say`Nobody is missing on any shift.`;
  return words.say`Somebody is missing ${times} times, ${plain(words, hoursMissing(shortfalls))} hours in all.`;
}

/** How good a roster is, in one sentence. */
export function verdictSentence(words: Words, { optimal, gap }: DutyRoster): string {
  if (optimal) return words.say`It is proved that no roster is better.`;
  // Somebody without a line, or a roster that was repaired, leaves no bound.
  if (gap >= 1) return words.say`How much better a roster could be is not known.`;
  return words.say`No roster can be better by more than ${plain(words, gap * 100)} %.`;
}

/** A rule of working time in words, with what stood in its place while responses were in force: `at most 5 nights in a row`. */
export function ruleWords(words: Words, rule: RuleFinding): string {
  const relaxed = (rule.relaxed ?? []).flatMap(({ limit, by, spans }) => {
    const weaker = limitWords(words, { ...rule, limit });
    return spans.map(({ from, until }) => words.say`${weaker} from ${from} to ${until} (${named(by)})`);
  });
  return [limitWords(words, rule), ...relaxed].join('; ');
}

/** What a rule limits, in words. */
export function limitWords(
  words: Words,
  { kind, limit, of, after = [], before = [] }: Pick<RuleFinding, 'kind' | 'limit' | 'of' | 'after' | 'before'>,
): string {
  const { say } = words;
  switch (kind) {
    case 'most days in a row':
      return say`at most ${limit} days of work in a row`;
    case 'fewest days in a row':
      return say`at least ${limit} days of work in a row`;
    case 'most nights in a row':
      return say`at most ${limit} nights in a row`;
    case 'fewest nights in a row':
      return say`at least ${limit} nights in a row`;
    case 'fewest days off in a row':
      return say`at least ${limit} days off in a row`;
    case 'fewest days off after nights':
      return say`at least ${limit} days off after nights`;
    case 'most hours a week':
      return say`at most ${plain(words, limit)} h of work in each week`;
    case 'most hours a week on average':
      return say`at most ${plain(words, limit)} h of work a week on average`;
    case 'least rest': {
      const [hours, first, second] = [plain(words, limit), after.map(named).join(', '), before.map(named).join(', ')];
      if (first !== '' && second !== '') return say`at least ${hours} h of rest after ${first} before ${second}`;
      if (first !== '') return say`at least ${hours} h of rest after ${first}`;
      if (second !== '') return say`at least ${hours} h of rest before ${second}`;
      return say`at least ${hours} h of rest between shifts`;
    }
    case 'fewest weekends off':
      return say`at least ${limit} of ${of ?? 0} weekends off`;
    case 'most nights a week':
      return say`at most ${limit} nights in each week`;
    case 'most days a week':
      return say`at most ${limit} days of work in each week`;
    case 'most nights in the roster':
      return say`at most ${limit} nights in the roster`;
    case 'longest night':
      return say`night shifts of at most ${plain(words, limit)} h`;
    case 'most hours a day with nights on average':
      return say`at most ${plain(words, limit)} h a day on average for those who work nights`;
    case 'fair nights':
      return say`nights within ${plain(words, limit)} of the share by contract`;
    case 'fair weekends':
      return say`weekends within ${plain(words, limit)} of the share by contract`;
    case 'fair refusals':
      return say`requests of one person not met: at most ${limit}`;
    case 'least notice':
      return say`changes known at least ${plain(words, limit)} h before the shift`;
    case 'usual notice':
      return say`changes known ${plain(words, limit)} h before the shift, if possible`;
  }
}

/** What stood where a repair changed a day of somebody, a shift or null for a day off, by `2027-01-04 N01`. */
export function changedCells({ repair }: DutyRoster): ReadonlyMap<string, string | null> {
  return new Map((repair?.changes ?? []).map(({ date, person, was }) => [`${date} ${person}`, was]));
}

/** Dates that stand beside a person before the others are only counted. */
const MOST_DATES = 5;

/** Who does not keep a rule, and where it begins that they do not: `N01 (2026-12-07, 2026-12-19)`. */
export function breaksOf({ breaks }: RuleFinding): string {
  return breaks
    .map(({ person, dates }) => (dates.length === 0 ? named(person) : `${named(person)} (${someDates(dates)})`))
    .join(', ');
}

/** So many dates, and how many more. */
export function someDates(dates: readonly string[]): string {
  const shown = dates.slice(0, MOST_DATES);
  return dates.length > shown.length ? `${shown.join(', ')}, +${dates.length - shown.length}` : shown.join(', ');
}

/** What somebody asks for, or what stands: `day off`, `with N02`, `set: Night`. */
export function requestWords(words: Words, roster: DutyRoster, request: RequestFinding): string {
  const { say } = words;
  const shifts = request.shifts
    .map((id) => named(roster.shifts.find((shift) => shift.id === id)?.title ?? id))
    .join(', ');
  const other = named(request.other ?? '');
  const what = {
    off: say`day off`,
    shift: shifts,
    only: shifts === '' ? say`only on some days` : say`only ${shifts} on some days`,
    with: say`with ${other}`,
    'not with': say`not with ${other}`,
  }[request.what];
  return request.kind === 'set' ? say`set: ${what}` : what;
}

/** The shortest time between two shifts of a line, hours; undefined where no two are on days in a row. */
export function shortestRest(line: DutyLine, roster: DutyRoster): number | undefined {
  const shifts = new Map(roster.shifts.map((shift) => [shift.id, shift]));
  const rests = line.shifts.flatMap((id, day) => {
    const first = shifts.get(id ?? '');
    const second = shifts.get(line.shifts[day + 1] ?? '');
    return first === undefined || second === undefined ? [] : [(second.from + 1440 - first.to) / 60];
  });
  return rests.length === 0 ? undefined : Math.min(...rests);
}
