import type { ConflictFact, RelaxationFact, RosterExplanation, RuleFact, SomeDays } from '@pathway/staffing';
import { plain } from '../figures.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { limitWords, whoTitle } from './roster-view.js';

type Conflict = RosterExplanation['conflicts'][number];
type Relaxation = RosterExplanation['relaxations'][number];
type Step = RelaxationFact['allow'][number];

/** People of a way out who are named. */
const MOST_NAMES = 6;

/** What a conflict leaves undone. */
export function conflictHead({ say }: Words, { person }: Conflict): string {
  return person === undefined
    ? say`In every roster somebody is missing: these cannot all be kept.`
    : say`For ${named(person)} no line is possible: these cannot all be kept.`;
}

/** Whether all parts of a conflict are needed for it. */
export function conflictNote({ say }: Words, { smallest }: Conflict): string {
  return smallest
    ? say`Without any one of them, the others could be kept.`
    : say`Perhaps not all of them are needed for that: there was not enough effort to try each.`;
}

/** A part of a conflict: `at most 3 nights in a row (Ours)`. */
export function conflictWords(words: Words, fact: ConflictFact): string {
  const { say } = words;
  switch (fact.what) {
    case 'rule':
      return `${ruleFactWords(words, fact)} (${named(fact.set)})`;
    case 'all shifts':
      return say`the shifts that people work`;
    case 'all contracts':
      return say`the contracts`;
    case 'all leave':
      return say`the leave of people`;
    case 'shifts':
      return say`shifts of ${peopleWords(words, fact.who)}: only ${namedList(fact.shifts)}`;
    case 'contract':
      return say`contracts of ${peopleWords(words, fact.who)}: ${plain(words, fact.hours)} h in all`;
    case 'leave':
      return say`leave of ${named(fact.person)}: ${daysWords(words, fact.days)}`;
    case 'set':
      return setWords(words, fact);
    case 'all set':
      return say`what is set for ${named(fact.person)}`;
    case 'cover':
      return coverWords(words, fact);
    case 'people':
      return say`in the roster altogether: ${plain(words, fact.count)} ${whoTitle(words, fact)}`;
  }
}

function ruleFactWords(words: Words, { rule, ...fact }: RuleFact): string {
  return limitWords(words, { kind: rule, ...fact });
}

function peopleWords({ say }: Words, who: Extract<ConflictFact, { what: 'shifts' }>['who']): string {
  return who.person === undefined ? `${named(who.group)} (${say`${who.people} people`})` : named(who.person);
}

function daysWords(words: Words, { spans, more }: SomeDays): string {
  const dates = spans.map(({ from, until }) =>
    from === until ? words.date(from) : `${words.date(from)} – ${words.date(until)}`,
  );
  return [...dates, ...(more > 0 ? [words.say`and ${more} more days`] : [])].join(', ');
}

function setWords(words: Words, fact: Extract<ConflictFact, { what: 'set' }>): string {
  const { say } = words;
  const shifts = namedList(fact.shifts);
  const own = fact.shifts.length === 0 ? say`day off` : shifts;
  const only = fact.shifts.length === 0 ? say`only on some days` : say`only ${shifts} on some days`;
  const dates = fact.dates.map((date) => words.date(date)).join(', ');
  return `${named(fact.person)}, ${say`set: ${fact.only ? only : own}`} (${dates})`;
}

function coverWords(words: Words, fact: Extract<ConflictFact, { what: 'cover' }>): string {
  const { say } = words;
  const shifts = fact.shifts.length === 0 ? say`the hours that pathways need` : namedList(fact.shifts);
  const amount = plain(words, fact.amount);
  const who = whoTitle(words, fact);
  const what =
    fact.per === undefined
      ? say`cover: ${amount} ${who} on ${shifts}`
      : say`cover: ${amount} ${who} for each ${plain(words, fact.per.units)} ${named(fact.per.of)} on ${shifts}`;
  return fact.days === undefined ? what : `${what} (${daysWords(words, fact.days)})`;
}

/** A way out: `allow: at most 4 nights in a row (for 2 people: N1, N4); borrow: 0.6 Nurse, Thu Night`. */
export function relaxationWords(words: Words, { fact }: Relaxation): string {
  const { say } = words;
  const parts: string[] = [];
  if (fact.leaveOut !== undefined) parts.push(say`leave out: ${setWords(words, fact.leaveOut)}`);
  if (fact.allow.length > 0) parts.push(allowWords(words, fact));
  if (fact.borrow !== undefined) {
    const { first, more } = fact.borrow;
    const listed = first.map(
      (each) =>
        `${plain(words, each.amount)} ${whoTitle(words, each)}, ${words.weekdays[each.weekday] ?? ''} ${each.shift === undefined ? say`by the hour` : named(each.shift)}`,
    );
    parts.push(say`borrow: ${[...listed, ...(more > 0 ? [say`and for ${more} other shifts`] : [])].join('; ')}`);
  }
  if (fact.close !== undefined) parts.push(say`close ${plain(words, fact.close.units)} ${named(fact.close.resource)}`);
  return parts.join('; ');
}

function allowWords(words: Words, { allow, by, people }: RelaxationFact): string {
  const { say } = words;
  const what = allow.map((step) => stepWords(words, step)).join('; ');
  const names = `${namedList(people.slice(0, MOST_NAMES))}${people.length > MOST_NAMES ? ', …' : ''}`;
  return by === undefined
    ? say`allow: ${what} (for ${people.length} people: ${names})`
    : say`put ${named(by)} in force, which allows: ${what} (for ${people.length} people: ${names})`;
}

function stepWords(words: Words, step: Step): string {
  const { say } = words;
  switch (step.what) {
    case 'rule':
      return ruleFactWords(words, step);
    case 'shifts':
      return say`shifts ${namedList(step.shifts)} also for ${named(step.group)}`;
    case 'leave':
      return say`work on days of leave`;
  }
}

/** What a way out does: `12 of 40 missing hours go`. */
export function outcomeWords(words: Words, { fact, missingHours: left }: Relaxation, missing: number): string {
  const { say } = words;
  if (fact.givesLine) return say`${namedList(fact.people)} gets a line`;
  if (left <= 0) return say`nothing is missing`;
  return say`${plain(words, Math.round(missing - left))} of ${plain(words, Math.round(missing))} missing hours go`;
}

function namedList(titles: readonly string[]): string {
  return titles.map(named).join(', ');
}
