import type { CalendarWords, DutyRoster, PersonNames, RosterCall, RosterRepair, StandInFact } from '@pathway/staffing';
import { plain } from '../figures.js';
import type { Language } from '../words/languages.js';
import { named } from '../text.js';
import { type Words, wordsOf } from '../words/words.js';
import { whoTitle } from './roster-view.js';

type Change = RosterRepair['changes'][number];

/** `Influenza, known 14 December 2026, 05:00: 2 shifts lost, 3 days changed beside them.` */
export function repairHead(words: Words, { title, known, lostShifts, changedDays }: RosterRepair): string {
  const { say } = words;
  const lost = say`${lostShifts} shifts lost`;
  const changed = say`${changedDays} days changed beside them`;
  return say`${named(title)}, known ${words.date(known)}: ${lost}, ${changed}.`;
}

/** The title of a shift, or that the day is off. */
export function shiftOrOff({ say }: Words, roster: DutyRoster, id: string | null): string {
  return id === null ? say`day off` : named(roster.shifts.find((shift) => shift.id === id)?.title ?? id);
}

/** What stands now: the shift, a day off, or that the person cannot work. */
export function nowWords(words: Words, roster: DutyRoster, { now, tell }: Change): string {
  return now === null && tell === undefined ? words.say`cannot work` : shiftOrOff(words, roster, now);
}

/** Until when somebody has to be told; nothing of who is away and knows. */
export function tellWords(words: Words, { tell }: Change): string | undefined {
  if (tell === undefined) return undefined;
  return tell.atOnce ? words.say`at once, by ${words.date(tell.by)} at the latest` : words.date(tell.by);
}

/** `12 December 2026, Night: 1 Nurse missing`, and how many of them stay so. */
export function callHead(words: Words, call: RosterCall): string {
  const { say } = words;
  const head = say`${words.date(call.date)}, ${named(call.shift)}: ${call.missing} ${whoTitle(words, call)} missing`;
  return call.left > 0 ? say`${head}, ${plain(words, call.left)} also with these changes` : head;
}

/** Why somebody may take a shift: what they do that day, their rest, their hours and the notice they get. */
export function standInWords(words: Words, fact: StandInFact): string {
  const { say } = words;
  const { thatDay, insteadOf = '', restAfter, restBefore, offAround, hours, contractHours, noticeHours } = fact;
  const figure = (value: number): string => plain(words, value);
  const day = {
    off: say`off that day`,
    'same shift': say`works it already`,
    'other shift': say`instead of ${named(insteadOf)}`,
  }[thatDay];
  const beyond = hours - contractHours;
  return [
    day,
    ...(restAfter === undefined ? [] : [say`${figure(restAfter.hours)} h of rest after ${named(restAfter.shift)}`]),
    ...(restBefore === undefined ? [] : [say`${figure(restBefore.hours)} h before ${named(restBefore.shift)}`]),
    ...(offAround ? [say`a day off before and after`] : []),
    beyond > 0
      ? say`${figure(beyond)} h beyond the contract with it`
      : say`${figure(hours)} h of ${figure(contractHours)} h with it`,
    noticeHours >= 48 ? say`${Math.floor(noticeHours / 24)} days of notice` : say`${figure(noticeHours)} h of notice`,
  ].join('; ');
}

/**
 * What a calendar says of a repaired roster, English without a language.
 * @param names of people in place of their pseudonyms
 */
export function rosterCalendarWords(roster: DutyRoster, names: PersonNames, language?: Language): CalendarWords {
  const words = wordsOf(language);
  const { say } = words;
  const shown = (person: string): string => named(names.get(person) ?? person);
  const fromTo = (change: Change): string =>
    `${shiftOrOff(words, roster, change.was)} → ${nowWords(words, roster, change)}`;
  return {
    changed: (change) => say`Changed: ${fromTo(change)}`,
    tell: (change) => say`Tell ${shown(change.person)}: ${words.date(change.date)}, ${fromTo(change)}`,
    call: (call) => ({
      title: say`Call: ${callHead(words, call)}`,
      lines:
        call.people.length === 0
          ? [say`nobody who keeps the rules`]
          : call.people.map(
              ({ person, planned, fact }, index) =>
                `${index + 1}. ${shown(person)}${planned ? ` (${say`planned`})` : ''}: ${standInWords(words, fact)}`,
            ),
    }),
  };
}
