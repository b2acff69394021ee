import type { StaffingPlan } from '@pathway/staffing';
import { type Html, html, lines } from '../html/html.js';
import { table } from '../html/table.js';
import { noteWords, roleAtPlace, stretchFigures } from '../staff-words.js';
import { named } from '../text.js';
import type { PageContext } from './context.js';

/** Who is needed on the days of a scenario's crises, a table for each role, and what these figures assume. */
export function crisisDays({ words, ids, input }: PageContext, { byDay, title }: StaffingPlan): Html | undefined {
  if (byDay === undefined) return undefined;
  const { say } = words;
  const tables = byDay.roles.map((role) =>
    table(ids, {
      caption: say`On the days of crises: ${`${roleAtPlace(role, input.model)}, ${named(title)}`}`,
      columns: [
        { label: say`From` },
        { label: say`To` },
        ...[say`Cover, h a day`, say`Most needed at once`, say`On duty`, say`Called in`, say`Missing, h`].map(
          (label) => ({ label, numeric: true }),
        ),
        { label: say`What holds` },
      ],
      rows: role.stretches.map((each) => [
        words.date(each.from),
        words.date(each.until),
        ...stretchFigures(words, each),
      ]),
    }),
  );
  const notes = byDay.notes.map((note) => html`<li>${noteWords(words, note)}</li>`);
  return lines([
    ...tables,
    notes.length === 0
      ? undefined
      : html`<p class="lead">${say`How to read these figures:`}</p>
          <ul>
            ${notes}
          </ul>`,
  ]);
}
