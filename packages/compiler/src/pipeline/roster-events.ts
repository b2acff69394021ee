import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import type { Model, Origin, RosterChange, RosterCover } from '@pathway/model';
import { nearestText, NUMBER } from '@pathway/model';
import * as z from 'zod';
import { ProjectError } from '../project-error.js';

const COLUMNS = ['what', 'person', 'from', 'until', 'role', 'shift', 'count', 'level'] as const;
type Column = (typeof COLUMNS)[number];

const rowsSchema = z.array(z.record(z.string(), z.string()));
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What happened to a roster, from a table with the columns `what` (`absent`, `cover` or `level`), `person`, `from`, `until`,
 * `role`, `shift`, `count` and `level` (`Surge crisis`), of which a row fills what it needs.
 * @param known when it became known, as `2026-12-13T18:00`; the start of the first day of the table where absent
 * @throws ProjectError that names the line and column of what cannot be read
 */
export function readRosterEvents(text: string, file: string, model: Model, known?: string): RosterChange {
  const rows = rowsOf(text, file).map((cells, index) => new EventRow(cells, file, index + 2, model));
  const [first] = rows.map((row) => row.date('from')).sort();
  if (first === undefined)
    throw new ProjectError(
      `${file} has no rows.`,
      'Give a row for each absence: absent,Nurse 03,2026-12-14,2026-12-18',
    );
  const of = (what: string): readonly EventRow[] => rows.filter((row) => row.what === what);
  return {
    // Where the file lies is nobody's business who reads the roster.
    name: file.replace(/^.*[\\/]/, ''),
    known: known ?? `${first}T00:00`,
    absences: of('absent').map((row) => ({
      person: row.needed('person'),
      spans: [{ from: row.date('from'), ...row.until() }],
      origin: row.origin,
    })),
    cover: of('cover').map((row) => row.cover()),
    levels: of('level').map((row) => ({ ...row.level(), since: row.date('from'), ...row.until(), origin: row.origin })),
    origin: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

function rowsOf(text: string, file: string): z.infer<typeof rowsSchema> {
  try {
    return rowsSchema.parse(
      parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, relax_column_count_less: true }),
    );
  } catch (error) {
    if (error instanceof CsvError) throw new ProjectError(`${file} cannot be read as a table: ${error.message}`);
    throw error;
  }
}

/** Reads one line, and says what is wrong in it by line and column. */
class EventRow {
  readonly what: string;
  readonly origin: Origin;

  constructor(
    private readonly cells: Readonly<Record<string, string>>,
    private readonly file: string,
    line: number,
    private readonly model: Model,
  ) {
    this.origin = { file, line, column: 1, endLine: line, endColumn: 1 };
    this.what = this.cell('what');
    if (!['absent', 'cover', 'level'].includes(this.what)) this.refuse('what', '`absent`, `cover` or `level`');
  }

  needed(column: Column): string {
    const text = this.cell(column);
    return text === '' ? this.refuse(column, 'something') : text;
  }

  date(column: Column): string {
    const text = this.cell(column);
    return DATE.test(text) && !Number.isNaN(Date.parse(text)) ? text : this.refuse(column, 'a date such as 2026-12-14');
  }

  until(): { readonly until?: string } {
    return this.cell('until') === '' ? {} : { until: this.date('until') };
  }

  cover(): RosterCover {
    const count = Number(this.needed('count'));
    if (!Number.isInteger(count) || count < 0) this.refuse('count', 'a whole number of people');
    return {
      amount: { kind: 'number', value: count, dimension: NUMBER },
      role: this.declared('role', this.model.roles),
      shifts: [this.declared('shift', this.model.shifts)],
      since: this.date('from'),
      ...this.until(),
      origin: this.origin,
    };
  }

  level(): { readonly scale: string; readonly level: string } {
    const [scaleName = '', levelName = ''] = this.needed('level').split(/\s+/);
    const scale = (this.model.scales ?? []).find(({ id, name }) => id === scaleName || name === scaleName);
    const level = scale?.levels.find(({ name }) => name === levelName);
    if (scale === undefined || level === undefined)
      return this.refuse('level', 'a scale and one of its levels, such as `Surge crisis`');
    return { scale: scale.id, level: level.name };
  }

  private declared(
    column: Column,
    all: readonly { readonly id: string; readonly name: string; readonly title?: string }[],
  ): string {
    const text = this.needed(column);
    const found = all.find(({ id, name, title }) => id === text || name === text || title === text);
    if (found !== undefined) return found.id;
    const near = nearestText(text, all.map(({ name }) => name)); // prettier-ignore
    return this.refuse(column, `a declared ${column}${near === undefined ? '' : ` (did you mean ${near}?)`}`);
  }

  private cell(column: Column): string {
    return (this.cells[column] ?? '').trim();
  }

  private refuse(column: Column, expected: string): never {
    throw new ProjectError(
      `${this.file}, line ${this.origin.line}, column ${column}: expected ${expected}, found "${this.cell(column)}".`,
      `Columns are ${COLUMNS.join(', ')}.`,
    );
  }
}
