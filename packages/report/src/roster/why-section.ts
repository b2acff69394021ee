import type { RosterExplanation } from '@pathway/staffing';
import { type Html, html, type IdSource, lines } from '../html/html.js';
import { table } from '../html/table.js';
import type { Words } from '../words/words.js';
import { conflictHead, conflictNote, conflictWords, outcomeWords, relaxationWords } from './explanation-words.js';

/** Why somebody is missing, or has no line: what cannot all be kept, with its lines, and ways out, the cheapest first. */
export function whySection(
  words: Words,
  ids: IdSource,
  { conflicts, relaxations, missingHours }: RosterExplanation,
): Html {
  const { say } = words;
  const code = (place: string): Html => html`<code>${place}</code>`;
  return lines([
    ...conflicts.map((conflict) =>
      table(ids, {
        caption: conflictHead(words, conflict),
        columns: [{ label: say`What cannot all be kept` }, { label: say`Written in` }],
        rows: conflict.parts.map(({ fact, place }) => [
          conflictWords(words, fact),
          place === undefined ? '–' : code(place),
        ]),
        note: conflictNote(words, conflict),
      }),
    ),
    relaxations.length === 0
      ? undefined
      : table(ids, {
          caption: say`What would help, the cheapest first`,
          columns: [{ label: say`Way out` }, { label: say`What comes of it` }, { label: say`Written in` }],
          rows: relaxations.map((each) => [
            relaxationWords(words, each),
            outcomeWords(words, each, missingHours),
            each.places.length === 0
              ? '–'
              : html`${each.places.map((place, i) => html`${i === 0 ? undefined : ', '}${code(place)}`)}`,
          ]),
        }),
  ]);
}
