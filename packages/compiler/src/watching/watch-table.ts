import { type LocalClock, type Model, type Observable, parseUnit, readingText } from '@pathway/model';
import type { Words } from '@pathway/report';
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { type HaveLayout, readHaveValues } from './watch-have.js';

/** A value that a table gives from a time on; undefined is said to be not known. */
export interface Row {
  /** Unix seconds. */
  readonly time: number;
  readonly key: string;
  readonly value: number | undefined;
}

/** Something about a table that somebody has to look at. */
interface TableProblem {
  readonly line?: number;
  readonly message: string;
}

/** What is in a table, and what cannot be used of it. */
export interface TableContent {
  readonly rows: readonly Row[];
  readonly problems: readonly TableProblem[];
}

/** Which columns of a table give what. */
export type TableLayout =
  /** One series with a date and time beside each value. */
  | { readonly kind: 'dated'; readonly times: string; readonly column: string; readonly key: string }
  /** One series with a value each slot from a start on. */
  | {
      readonly kind: 'slots';
      readonly start: number;
      readonly slot: number;
      readonly column: string;
      readonly key: string;
    }
  /** A column `time`, and others called by what they give; or a report of hospitals. */
  | {
      readonly kind: 'values';
      readonly model: Model;
      readonly observables: readonly Observable[];
      readonly have: HaveLayout;
    };

const PROBLEMS_TOLD = 5;

/**
 * The values of a CSV table that may still grow, or of a report of hospitals (EDXL-HAVE). A line that cannot be read is told and left out, the others count.
 * @param isComplete whether the last line is whole though no line end stands after it
 */
export function readTable(
  text: string,
  layout: TableLayout,
  clock: LocalClock,
  isComplete: boolean,
  words: Words,
): TableContent {
  const reported =
    layout.kind === 'values' ? readHaveValues(text, layout.model, layout.observables, layout.have) : undefined;
  if (reported !== undefined) return { rows: reported.rows, problems: firstOf(reported.problems, words) };
  const whole = isComplete || text.endsWith('\n') ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const problems: TableProblem[] = [];
  const records = linesOf(whole, problems, words);
  const [head, ...lines] = records;
  if (head === undefined) return { rows: [], problems: whole.trim() === '' ? [] : problems };
  const rows = rowsOf(head.cells, lines, layout, clock, problems, words);
  return { rows, problems: firstOf(problems, words) };
}

function firstOf(problems: readonly TableProblem[], { say }: Words): readonly TableProblem[] {
  if (problems.length <= PROBLEMS_TOLD) return problems;
  const rest = problems.length - PROBLEMS_TOLD;
  return [...problems.slice(0, PROBLEMS_TOLD), { message: say`There are ${rest} more lines like this.` }];
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function linesOf(text: string, problems: TableProblem[], { say }: Words): readonly Line[] {
  try {
    const records: unknown = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    return (Array.isArray(records) ? records : [])
      .filter(isRecord)
      .map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : undefined;
    problems.push({
      ...(line !== undefined && { line }),
      message: say`A quotation mark is opened and not closed, so that the table cannot be read.`,
    });
    return [];
  }
}

function isRecord(value: unknown): value is { info: { lines: number }; record: string[] } {
  return (
    typeof value === 'object' && value !== null && 'info' in value && 'record' in value && Array.isArray(value.record)
  );
}

function rowsOf(
  head: readonly string[],
  lines: readonly Line[],
  layout: TableLayout,
  clock: LocalClock,
  problems: TableProblem[],
  words: Words,
): readonly Row[] {
  const { say } = words;
  const placeOf = (column: string): number | undefined => {
    const place = head.indexOf(column);
    if (place >= 0) return place;
    problems.push({
      line: 1,
      message: say`There is no column "${column}"; there are ${head.map((each) => `"${each}"`).join(', ')}.`,
    });
    return undefined;
  };
  const columns =
    layout.kind === 'values'
      ? valueColumns(head, layout, problems, words)
      : [{ key: layout.key, place: placeOf(layout.column) }];
  const times = layout.kind === 'slots' ? undefined : placeOf(layout.kind === 'dated' ? layout.times : 'time');
  if (layout.kind !== 'slots' && times === undefined) return [];
  const rows = lines.flatMap(({ line, cells }, i): readonly Row[] => {
    const time = layout.kind === 'slots' ? layout.start + i * layout.slot : timeOf(cells[times ?? 0] ?? '', clock);
    if (time === undefined) {
      problems.push({
        line,
        message: say`The time is not written like 2026-07-01 14:00, or as 2026-07-01T14:00:00+02:00.`,
      });
      return [];
    }
    return columns.flatMap(({ key, place }): readonly Row[] => {
      const cell = place === undefined ? '' : (cells[place] ?? '');
      if (cell === '') return [];
      const value = valueOf(cell);
      if (value === 'wrong') {
        problems.push({ line, message: say`The value of ${key} is no number, such as 38.5, 96% or 4 h.` });
        return [];
      }
      return [{ time, key, value }];
    });
  });
  const last = lines.length;
  // After the slot of the last value nothing is known.
  const end =
    layout.kind === 'slots' && last > 0
      ? [{ time: layout.start + last * layout.slot, key: layout.key, value: undefined }]
      : [];
  return [...rows, ...end];
}

function valueColumns(
  head: readonly string[],
  { model, observables }: Extract<TableLayout, { kind: 'values' }>,
  problems: TableProblem[],
  { say }: Words,
): readonly { readonly key: string; readonly place: number }[] {
  const known = columnNames(observables, model);
  return head.flatMap((column, place) => {
    if (column === 'time') return [];
    const key = known.get(plain(column));
    if (key !== undefined) return [{ key, place }];
    const names = observables.map(({ reading }) => readingText(reading, (id) => id)).join('; ');
    problems.push({
      line: 1,
      message:
        names === ''
          ? say`The column "${column}" is nothing that a trigger or gauge looks at, and is left out; they look at nothing.`
          : say`The column "${column}" is nothing that a trigger or gauge looks at, and is left out; these are: ${names}.`,
    });
    return [];
  });
}

/** What a column may be called, and what it gives: as the text has it, or its key; signals by their names. */
function columnNames(observables: readonly Observable[], model: Model): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { id } of model.signals ?? []) names.set(plain(id), id);
  for (const { key, reading } of observables) {
    names.set(plain(key), key);
    names.set(plain(readingText(reading, (id) => id)), key);
  }
  return names;
}

function plain(text: string): string {
  return text.replace(/[\s\u00a0]+/g, '').toLowerCase();
}

/** Unix seconds of a date, or a date and time, with a zone or on the local clock. */
function timeOf(text: string, clock: LocalClock): number | undefined {
  const [, date = '', time = '00:00', zone] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  const local = clock.timeOf(`${date}T${time}`);
  if (local === undefined || zone === undefined) return local;
  const moment = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}${zone}`);
  return Number.isNaN(moment) ? undefined : moment / 1000;
}

function valueOf(cell: string): number | undefined | 'wrong' {
  if (/^(?:na|n\/a|nan|unknown|\?|-)$/i.test(cell)) return undefined;
  const [, digits = '', unitText = ''] = /^([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*(\S*)$/i.exec(cell) ?? [];
  const unit = unitText === '' ? undefined : parseUnit(unitText);
  if (digits === '' || (unitText !== '' && unit === undefined)) return 'wrong';
  return Number(digits) * (unit?.factor ?? 1);
}
