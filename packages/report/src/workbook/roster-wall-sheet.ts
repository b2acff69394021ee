import type { DutyLine, DutyRoster } from '@pathway/staffing';
import { shiftCodes } from '../roster/shift-codes.js';
import { LIGHT } from '../palette.js';
import {
  changedCells,
  clockTime,
  dayHead,
  hoursMissing,
  missingSentence,
  roleTitle,
  type RosterDay,
  type RosterInput,
  shortestRest,
  standsInFor,
  verdictSentence,
} from '../roster/roster-view.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Cell, cellAddress, type ColourRule, headCell, type Sheet } from './workbook.js';

/** More days than this are printed on A3, so that codes can be read from some steps away. */
const DAYS_ON_A4 = 14;
/** Rows above the first person: title, sentence, months, days. */
const HEAD_ROWS = 4;
/** Columns before the first day: person and role. */
const HEAD_COLUMNS = 2;

/** A colour of the series, light enough for print and for dark letters on it. */
function tint(index: number): string {
  const colour = LIGHT.series[index % LIGHT.series.length] ?? LIGHT.panel;
  const channel = (from: number): string =>
    Math.round(255 - (255 - Number.parseInt(colour.slice(from, from + 2), 16)) * 0.3)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/** Where things stand on the sheet to hang up. */
interface Places {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly firstPerson: number;
  readonly lastPerson: number;
  readonly firstShift: number;
  readonly lastShift: number;
  /** The column of hours, of people as of shifts. */
  readonly hours: number;
}

/** The sheet to hang up: a row for each person, a column for each day, with colours and totals that follow a shift changed by hand. */
export function wallSheet(words: Words, input: RosterInput, days: readonly RosterDay[]): Sheet {
  const { say } = words;
  const { roster } = input;
  const firstPerson = HEAD_ROWS + 1;
  const places: Places = {
    firstDay: HEAD_COLUMNS + 1,
    lastDay: HEAD_COLUMNS + days.length,
    firstPerson,
    lastPerson: HEAD_ROWS + roster.people.length,
    firstShift: firstPerson + roster.people.length + 1,
    lastShift: firstPerson + roster.people.length + roster.shifts.length,
    hours: HEAD_COLUMNS + days.length + 1,
  };
  const [first, last] = [days[0]?.date ?? roster.from, days.at(-1)?.date ?? roster.from];
  return {
    name: say`Roster ${first}`,
    widths: [24, 18, ...days.map(() => 7), 8, 16, 14, 8, 14, 16],
    frozenRows: HEAD_ROWS,
    frozenColumns: 1,
    ...(days.length > DAYS_ON_A4 && { paper: 'A3' as const }),
    colours: wallColours(roster, places),
    rows: [
      [{ value: `${named(roster.title)}, ${words.date(first)} – ${words.date(last)}`, bold: true }],
      [{ value: `${missingSentence(words, roster)} ${verdictSentence(words, roster)}` }],
      [{}, {}, ...days.map((day, i): Cell => (i === 0 || day.dayOfMonth === 1 ? { value: day.date.slice(0, 7) } : {}))],
      [
        ...[say`Person`, say`Role`].map(headCell),
        ...days.map((day) => headCell(dayHead(words, day))),
        ...[
          say`Hours`,
          say`Contract hours`,
          say`Difference, h`,
          say`Nights`,
          say`Weekend days`,
          say`Shortest rest, h`,
        ].map(headCell),
      ],
      ...roster.people.map((line, row) => personRow(input, line, days, places, firstPerson + row)),
      [],
      ...roster.shifts.map((_, number) => shiftRow(roster, number, days, places)),
      dayTotals(words, roster, days, places),
      missingRow(words, roster, days),
      [],
      [{ value: `~ ${say`leave`}` }],
      ...(roster.people.some((line) => line.standsInFor !== undefined)
        ? [[{ value: `* ${say`In the place of others`}` }]]
        : []),
      ...(roster.repair === undefined
        ? []
        : [[{ value: '→', framed: true }, { value: say`changed, from what to what` }]]),
      [
        {
          value: say`Whoever changes a shift here changes the colours and totals with it, but not the rules or the need.`,
        },
      ],
      ...(input.hasNames === true
        ? [[{ value: say`This page holds names of people: keep it where only those may read it who need to.` }]]
        : []),
    ],
  };
}

/** Colours by shift, of leave, and of hours that are missing. */
function wallColours(roster: DutyRoster, places: Places): readonly ColourRule[] {
  const people = {
    from: { row: places.firstPerson, column: places.firstDay },
    to: { row: Math.max(places.firstPerson, places.lastPerson), column: places.lastDay },
  };
  const missing = places.lastShift + 2;
  return [
    ...[...shiftCodes(roster.shifts).values()].map((code, index): ColourRule => ({
      ...people,
      when: { is: code },
      surface: tint(index),
      colour: LIGHT.text,
    })),
    { ...people, when: { is: '~' }, surface: LIGHT.grid, colour: LIGHT.text },
    {
      from: { row: missing, column: places.firstDay },
      to: { row: missing, column: places.lastDay },
      when: { above: 0 },
      surface: LIGHT.warningSurface,
      colour: LIGHT.warningText,
    },
  ];
}

function personRow(
  input: RosterInput,
  line: DutyLine,
  days: readonly RosterDay[],
  places: Places,
  row: number,
): readonly Cell[] {
  const { roster } = input;
  const codes = shiftCodes(roster.shifts);
  const stood = changedCells(roster);
  const shiftAt = (day: RosterDay) => roster.shifts.find(({ id }) => id === line.shifts[day.index]);
  const share = days.length / roster.days;
  const hours = days.reduce((sum, day) => sum + lengthOf(shiftAt(day)), 0);
  const contract = line.contractHours * share;
  const nights = days.filter((day) => shiftAt(day)?.night === true).length;
  const weekend = days.filter((day) => day.weekday >= 5 && shiftAt(day) !== undefined).length;
  const at = (column: number): string => cellAddress({ row, column });
  const kinds = span(places.firstShift, 1, places.lastShift, 1);
  const counted = `${at(places.firstDay)}:${at(places.lastDay)}`;
  const nightShifts = roster.shifts.flatMap(({ night }, i) => (night ? [places.firstShift + i] : []));
  return [
    { value: named(line.person), bold: true },
    { value: roleTitle(input, line) },
    ...days.map((day): Cell => {
      const shift = shiftAt(day);
      const was = stood.get(`${day.date} ${line.person}`);
      const free = line.leave.includes(day.index) ? '~' : was === undefined ? undefined : '·';
      const value = shift === undefined ? free : codes.get(shift.id);
      const isInPlace = standsInFor(input, line, day.index) !== undefined;
      return {
        value,
        ...(day.weekday >= 5 && { surface: LIGHT.panel, colour: LIGHT.text }),
        // What stood, and that it is in the place of others, is a part of how the code is shown, so that totals and colours go on counting the code alone.
        ...(was !== undefined && { framed: true, bold: true }),
        ...((was !== undefined || isInPlace) && {
          format: `${was === undefined ? '' : `"${codes.get(was ?? '') ?? '·'}→"`}@${isInPlace ? '"*"' : ''}`,
        }),
      };
    }),
    {
      value: hours,
      formula: `SUMPRODUCT(COUNTIF(${counted},${kinds}),${span(places.firstShift, places.hours, places.lastShift, places.hours)})`,
      format: '0.0',
    },
    { value: contract, format: '0.0' },
    { value: hours - contract, formula: `${at(places.hours)}-${at(places.hours + 1)}`, format: '+0.0;-0.0;0.0' },
    nightShifts.length === 0
      ? { value: 0 }
      : { value: nights, formula: nightShifts.map((r) => `COUNTIF(${counted},${fixedPlace(r, 1)})`).join('+') },
    {
      value: weekend,
      ...formulaOf(
        runsOfWeekend(days).map(
          ([from, to]) => `SUMPRODUCT(COUNTIF(${at(places.firstDay + from)}:${at(places.firstDay + to)},${kinds}))`,
        ),
      ),
    },
    { value: shortestRest(line, roster), format: '0.0' },
  ];
}

/** A sum of parts, or nothing where there are none. */
function formulaOf(parts: readonly string[]): Pick<Cell, 'formula'> {
  return parts.length === 0 ? {} : { formula: parts.join('+') };
}

/** Stretches of weekend days, by their places among the days. */
function runsOfWeekend(days: readonly RosterDay[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [i, { weekday }] of days.entries()) {
    if (weekday < 5) continue;
    const last = runs.at(-1);
    if (last?.[1] === i - 1) last[1] = i;
    else runs.push([i, i]);
  }
  return runs;
}

function lengthOf(shift: DutyRoster['shifts'][number] | undefined): number {
  return shift === undefined ? 0 : (shift.to - shift.from) / 60;
}

function fixedPlace(row: number, column: number): string {
  return cellAddress({ row, column }).replace(/([A-Z]+)(\d+)/, '$$$1$$$2');
}

function span(fromRow: number, fromColumn: number, toRow: number, toColumn: number): string {
  return `${fixedPlace(fromRow, fromColumn)}:${fixedPlace(toRow, toColumn)}`;
}

/** A shift in the legend, with how many work it on each day. */
function shiftRow(roster: DutyRoster, number: number, days: readonly RosterDay[], places: Places): readonly Cell[] {
  const shift = roster.shifts[number];
  const code = shift === undefined ? '' : (shiftCodes(roster.shifts).get(shift.id) ?? '');
  const row = places.firstShift + number;
  return [
    { value: code, bold: true, surface: tint(number), colour: LIGHT.text },
    { value: shift === undefined ? '' : `${named(shift.title)} ${clockTime(shift.from)}–${clockTime(shift.to)}` },
    ...days.map((day, i): Cell => {
      const column = cellAddress({ row: 1, column: places.firstDay + i }).replace(/\d+/, '');
      return {
        value: roster.people.filter((line) => line.shifts[day.index] === shift?.id).length,
        formula: `COUNTIF(${column}$${places.firstPerson}:${column}$${places.lastPerson},$A${row})`,
      };
    }),
    { value: lengthOf(shift), format: '0.0' },
  ];
}

function dayTotals(words: Words, roster: DutyRoster, days: readonly RosterDay[], places: Places): readonly Cell[] {
  const sum = (column: number): string =>
    `SUM(${cellAddress({ row: places.firstShift, column })}:${cellAddress({ row: places.lastShift, column })})`;
  const worked = new Set(roster.shifts.map(({ id }) => id));
  return [
    { value: words.say`People at work`, bold: true },
    {},
    ...days.map((day, i): Cell => ({
      value: roster.people.filter((line) => worked.has(line.shifts[day.index] ?? '')).length,
      formula: sum(places.firstDay + i),
      bold: true,
    })),
  ];
}

function missingRow(words: Words, roster: DutyRoster, days: readonly RosterDay[]): readonly Cell[] {
  return [
    { value: words.say`Hours missing`, bold: true },
    {},
    ...days.map((day): Cell => ({
      value: hoursMissing(roster.shortfalls.filter(({ date }) => date === day.date)),
      format: '0.#',
    })),
  ];
}
