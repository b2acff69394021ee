import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import type { ParsedTable } from './data-tables.js';

/** A data file's text is refused beyond this size; a year of hourly values is a hundredth of it. */
const MAXIMUM_DATA_CHARACTERS = 50_000_000;

/** The table in the text of a CSV file, or the line that keeps it from being one. */
export function parseTable(path: string, text: string): ParsedTable {
  try {
    if (text.length > MAXIMUM_DATA_CHARACTERS) throw new DataTooLarge();
    const records: unknown = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true });
    const rows = (Array.isArray(records) ? records : []).filter(isRecord);
    return {
      table: {
        path,
        columns: headings(text),
        rows: rows.map(({ info, record }) => ({ line: info.lines, cells: record })),
      },
    };
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : 1;
    return { failure: { line, problem: describe(error) } };
  }
}

class DataTooLarge extends Error {}

function describe(error: unknown): string {
  if (error instanceof DataTooLarge)
    return `the file is larger than ${MAXIMUM_DATA_CHARACTERS / 1e6} million characters.`;
  if (!(error instanceof CsvError)) return 'it is not a CSV file.';
  if (error.code.includes('COLUMN') || error.code.includes('INCONSISTENT')) {
    return 'this line has another number of cells than the heading; every line needs the same, separated by commas.';
  }
  return 'a quotation mark is opened and not closed, or stands inside a cell without being doubled.';
}

function headings(text: string): readonly string[] {
  const first: unknown = parse(text, { bom: true, to_line: 1, trim: true, relax_quotes: true });
  const row: unknown = Array.isArray(first) ? first[0] : undefined;
  return Array.isArray(row) ? row.map(String) : [];
}

interface CsvRecord {
  readonly info: { readonly lines: number };
  readonly record: Readonly<Record<string, string>>;
}

function isRecord(value: unknown): value is CsvRecord {
  return typeof value === 'object' && value !== null && 'info' in value && 'record' in value;
}
