import type { DutyLine, DutyRoster } from '@pathway/staffing';
import { shiftCodes } from './shift-codes.js';
import { place } from '../chart/frame.js';
import { Html, html, type IdSource } from '../html/html.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { changedCells, dayHead, type RosterDay } from './roster-view.js';

const LABEL = 150;
const DAY = 128;
const ROW = 20;
const HEAD = 24;
const MINUTES_PER_DAY = 1440;

/** The shifts of some people over some days as bars on the clock, a row for each person; what passes midnight goes on. */
export function rosterGantt(
  words: Words,
  ids: IdSource,
  roster: DutyRoster,
  people: readonly DutyLine[],
  days: readonly RosterDay[],
): Html {
  const title = ids.take('gantt-title');
  const width = LABEL + days.length * DAY;
  const height = HEAD + people.length * ROW;
  const first = days[0];
  const span = first === undefined ? '' : `${words.date(first.date)} – ${words.date(days.at(-1)?.date ?? first.date)}`;
  return html`<svg
    class="gantt"
    role="img"
    aria-labelledby="${title}"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
  >
    <title id="${title}">${words.say`Shifts on the clock: ${span}`}</title>
    ${days.map((day, i) => dayColumn(words, day, i, height))}
    ${people.map((line, row) => personRow(roster, line, HEAD + row * ROW, days))}
  </svg>`;
}

function dayColumn(words: Words, day: RosterDay, index: number, height: number): Html {
  const x = LABEL + index * DAY;
  const weekend =
    day.weekday >= 5
      ? html`<rect class="weekend" x="${x}" y="${HEAD}" width="${DAY}" height="${height - HEAD}" />`
      : undefined;
  return html`${weekend}
    <path class="day" d="M${x} ${HEAD - 4}V${height}" />
    <text x="${x + DAY / 2}" y="${HEAD - 8}" text-anchor="middle">${dayHead(words, day)}</text>`;
}

function personRow(roster: DutyRoster, line: DutyLine, top: number, days: readonly RosterDay[]): Html {
  const letters = [...named(line.person)];
  const label = letters.length > 20 ? `${letters.slice(0, 19).join('')}…` : letters.join('');
  return html`<path class="row" d="M0 ${top}H${LABEL + days.length * DAY}" />
    <text x="0" y="${top + 14}">${label}</text>
    ${bars(roster, line, top, days)}`;
}

/** A bar on the clock; of what a repair changed the style sheet draws a frame, of what fell away the frame alone. */
function barOf(classes: string, x: number, top: number, width: number): Html {
  return new Html(
    `<rect class="${classes}" x="${place(x)}" y="${top + 3}" width="${place(width)}" height="${ROW - 6}" rx="2"/>`,
  );
}

function bars(roster: DutyRoster, line: DutyLine, top: number, days: readonly RosterDay[]): readonly Html[] {
  const begin = (days[0]?.index ?? 0) * MINUTES_PER_DAY;
  const end = begin + days.length * MINUTES_PER_DAY;
  const codes = shiftCodes(roster.shifts);
  const at = (minutes: number): number => LABEL + ((minutes - begin) / MINUTES_PER_DAY) * DAY;
  const onLeave = days
    .filter(({ index }) => line.leave.includes(index))
    .map(
      ({ index }) =>
        html`<rect class="leave" x="${place(at(index * MINUTES_PER_DAY))}" y="${top + 7}" width="${DAY}" height="6" />`,
    );
  const changed = changedCells(roster);
  const dateOf = (day: number): string | undefined => days.find(({ index }) => index === day)?.date;
  const worked = line.shifts.flatMap((id, day) => {
    const was = changed.get(`${dateOf(day) ?? ''} ${line.person}`);
    const gone = id === null && was !== null && was !== undefined;
    const number = roster.shifts.findIndex((shift) => shift.id === (gone ? was : id));
    const shift = roster.shifts[number];
    if (shift === undefined) return [];
    const from = Math.max(begin, day * MINUTES_PER_DAY + shift.from);
    const to = Math.min(end, day * MINUTES_PER_DAY + shift.to);
    if (from >= to) return [];
    const [x, width] = [at(from), at(to) - at(from)];
    if (gone) return [barOf('gone', x, top, width)];
    const isInPlace = line.standsInFor?.some((each) => each.day === day) === true;
    const code = `${codes.get(shift.id) ?? ''}${isInPlace ? '*' : ''}`;
    const text =
      width < 7 * code.length + 4
        ? undefined
        : html`<text class="code" x="${place(x + width / 2)}" y="${top + 14}" text-anchor="middle">${code}</text>`;
    return [html`${barOf(`bar k${number % 6}${was === undefined ? '' : ' changed'}`, x, top, width)}${text}`];
  });
  return [...onLeave, ...worked];
}
