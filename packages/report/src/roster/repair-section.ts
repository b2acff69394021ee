import type { DutyRoster, RosterCall, RosterRepair } from '@pathway/staffing';
import { type Html, html, type IdSource, lines } from '../html/html.js';
import { folded, table } from '../html/table.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { callHead, nowWords, repairHead, shiftOrOff, standInWords, tellWords } from './repair-words.js';
import { shortfallSentence } from './roster-view.js';

/** More calls or shortfalls than this are folded away until somebody asks for them. */
const MOST_OPEN = 40;

/** What a repair changes, until when each person has to be told, whom to call for what in which order, and what stays missing. */
export function repairSection(words: Words, ids: IdSource, roster: DutyRoster, repair: RosterRepair): Html {
  const { say } = words;
  const { changes, calls } = repair;
  const missing = repair.missing.map((each) => html`<li>${shortfallSentence(words, roster, each)}</li>`);
  return lines([
    changes.length === 0
      ? html`<p>${repairHead(words, repair)} ${say`Nothing changes.`}</p>`
      : table(ids, {
          caption: repairHead(words, repair),
          columns: [
            { label: say`Date` },
            { label: say`Person` },
            { label: say`Before` },
            { label: say`Now` },
            { label: say`To be told by` },
          ],
          rows: changes.map((change) => [
            words.date(change.date),
            named(change.person),
            shiftOrOff(words, roster, change.was),
            html`<strong>${nowWords(words, roster, change)}</strong>`,
            tellWords(words, change) ?? '–',
          ]),
        }),
    calls.length === 0 ? undefined : html`<h3>${say`Whom to call, in this order`}</h3>`,
    ...calls.slice(0, MOST_OPEN).map((call) => callList(words, call)),
    calls.length > MOST_OPEN
      ? folded(
          say`${calls.length - MOST_OPEN} more`,
          lines(calls.slice(MOST_OPEN).map((call) => callList(words, call))),
        )
      : undefined,
    html`<h3>${say`What stays missing`}</h3>`,
    missing.length === 0
      ? html`<p>${say`Nobody is missing on any shift.`}</p>`
      : html`<ul>
          ${missing.slice(0, MOST_OPEN)}
        </ul>`,
    missing.length > MOST_OPEN
      ? folded(
          say`${missing.length - MOST_OPEN} more`,
          html`<ul>
            ${missing.slice(MOST_OPEN)}
          </ul>`,
        )
      : undefined,
  ]);
}

function callList(words: Words, call: RosterCall): Html {
  const { say } = words;
  const people = call.people.map(
    ({ person, planned, fact }) =>
      html`<li>
        <strong>${named(person)}</strong>${planned ? ` (${say`planned`})` : undefined}: ${standInWords(words, fact)}
      </li>`,
  );
  return html`<p><strong>${callHead(words, call)}</strong></p>
    ${
      people.length === 0
        ? html`<p>${say`nobody who keeps the rules`}</p>`
        : html`<ol>
            ${people}
          </ol>`
    }`;
}
