import { byId, type Model, titleOf } from '@pathway/model';
import type { DailyStretch, RoleNeed } from '@pathway/staffing';
import { plain } from './figures.js';
import { named } from './text.js';
import type { Words } from './words/words.js';

/** A role of a staffing plan with the place where it is needed: `Nurse, Royal Devon hospital`. */
export function roleAtPlace(role: Pick<RoleNeed, 'title' | 'organisation'>, { organisations }: Model): string {
  const organisation = byId(organisations, role.organisation ?? '');
  const at = organisation === undefined ? role.organisation : titleOf(organisation);
  return at === undefined ? named(role.title) : `${named(role.title)}, ${named(at)}`;
}

/** What pages and printed documents say of days on which the same holds, after the dates: figures in people and hours, and what holds. */
export function stretchFigures(words: Words, stretch: DailyStretch): string[] {
  const { coverHoursPerDay, mostNeeded, onDuty, calledIn, missingHours, crises, responses } = stretch;
  return [
    plain(words, coverHoursPerDay),
    plain(words, mostNeeded),
    onDuty === null ? '–' : plain(words, onDuty),
    plain(words, calledIn),
    plain(words, missingHours),
    [...crises, ...responses].map((of) => named(of)).join(', ') || '–',
  ];
}

/**
 * A note of a staffing plan in the language. Some begin with what they are about, a colon, and a sentence that the catalogues
 * have alone.
 */
export function noteWords(words: Words, note: string): string {
  const text = named(note);
  const whole = words.known(text);
  if (whole !== text) return whole;
  for (let at = text.indexOf(': '); at >= 0; at = text.indexOf(': ', at + 1)) {
    const sentence = text.slice(at + 2);
    const said = words.known(sentence);
    if (said !== sentence) return `${text.slice(0, at)}: ${said}`;
  }
  return text;
}
