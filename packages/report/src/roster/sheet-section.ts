import type { DutyLine } from '@pathway/staffing';
import { type Html, html, lines } from '../html/html.js';
import { named } from '../text.js';
import type { RosterContext } from './roster-context.js';
import {
  changedCells,
  clockTime,
  dayHead,
  placesOfOthers,
  type RosterDay,
  standsInFor,
  stretches,
  whoIs,
} from './roster-view.js';
import { shiftCodes } from './shift-codes.js';

/** Days in one table of who works when. */
const DAYS_IN_A_TABLE = 14;

/** Who works when: a row for each person, two weeks at a time, with the shifts by their codes, and who stands in for whom. */
export function sheetSection(context: RosterContext): Html {
  const { words, roster, days } = context;
  const codes = shiftCodes(roster.shifts);
  const first = [...codes.values()][0];
  const inPlaces = roster.people.filter((line) => line.standsInFor !== undefined);
  const legend = html`<ul class="key">
    ${roster.shifts.map(
      (shift, i) =>
        html`<li>
          <span class="code k${i % 6}">${codes.get(shift.id)}</span> ${named(shift.title)}
          ${clockTime(shift.from)}–${clockTime(shift.to)}
        </li>`,
    )}
    <li><span class="code">~</span> ${words.say`leave`}</li>
    <li><span class="code">·</span> ${words.say`day off`}</li>
    ${inPlaces.length === 0 ? undefined : html`<li><span class="code">*</span> ${words.say`In the place of others`}</li>`}
    ${roster.repair === undefined ? undefined : html`<li><span class="code changed">${first} → ·</span> ${words.say`changed, from what to what`}</li>`}
  </ul>`;
  const others = html`<p class="lead">${words.say`In the place of others`}</p>
    <ul>
      ${inPlaces.map((line) => html`<li>${named(line.person)}: ${placesOfOthers(context.input, line)}</li>`)}
    </ul>`;
  return lines([
    legend,
    ...stretches(days, DAYS_IN_A_TABLE).map((stretch) => sheetTable(context, stretch, codes)),
    inPlaces.length === 0 ? undefined : others,
  ]);
}

function sheetTable(
  { words, ids, roster, input }: RosterContext,
  days: readonly RosterDay[],
  codes: ReadonlyMap<string, string>,
): Html {
  const caption = ids.take('sheet');
  const [first, last] = [days[0]?.date ?? roster.from, days.at(-1)?.date ?? roster.from];
  const stood = changedCells(roster);
  const codeOf = (id: string | null): string => codes.get(id ?? '') ?? '·';
  const cell = (line: DutyLine, { index, date }: RosterDay): Html => {
    const id = line.shifts[index] ?? null;
    const number = roster.shifts.findIndex((shift) => shift.id === id);
    const was = stood.get(`${date} ${line.person}`);
    const code = number < 0 && line.leave.includes(index) ? '~' : codeOf(id);
    const classes = [...(number < 0 ? [] : [`k${number % 6}`]), ...(was === undefined ? [] : ['changed'])];
    const mark = standsInFor(input, line, index) === undefined ? '' : '*';
    const content = `${was === undefined ? '' : `${codeOf(was)}\u202f→\u202f`}${code}${mark}`;
    return classes.length === 0 ? html`<td>${content}</td>` : html`<td class="${classes.join(' ')}">${content}</td>`;
  };
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${caption}">
    <table class="days">
      <caption id="${caption}">
        <span>${words.date(first)} – ${words.date(last)}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.say`Person`}</th>
          ${days.map((day) => html`<th scope="col" ${day.weekday >= 5 ? html` class="weekend"` : undefined}>${dayHead(words, day)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${lines(
          roster.people.map(
            (line) =>
              html`<tr>
                <th scope="row">${whoIs(words, line)}</th>
                ${days.map((day) => cell(line, day))}
              </tr>`,
          ),
        )}
      </tbody>
    </table>
  </div>`;
}
