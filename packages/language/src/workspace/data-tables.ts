import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import { createDiagnostic, type Origin } from '@pathway/model';
import type * as ast from '../generated/ast.js';
import type { LoweringContext } from '../lowering/lowering-context.js';
import { fileOf } from './files.js';
import { resolveProjectPath } from './paths.js';
import { nodesOf } from '../tree/nodes.js';

/** One record of a CSV file with the line it starts on. */
export interface DataRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface DataTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly DataRow[];
}

/** A node that names a CSV file, with the file as written. */
interface DataFileName {
  readonly node: AstNode;
  readonly file: string;
}

/** Found once: a changed text is parsed to a new tree. */
const dataFilesByRoot = new WeakMap<ast.Document, readonly DataFileName[]>();

/** Nodes that name a CSV file. */
export function dataFilesIn(root: ast.Document): readonly DataFileName[] {
  const known = dataFilesByRoot.get(root);
  if (known !== undefined) return known;
  const found: DataFileName[] = [];
  for (const node of nodesOf(root)) {
    if ('file' in node && typeof node.file === 'string') found.push({ node, file: node.file });
  }
  dataFilesByRoot.set(root, found);
  return found;
}

/** What came of reading a file: a table, or the line that stopped it. */
export interface ParsedTable {
  readonly table?: DataTable;
  readonly failure?: { readonly line: number; readonly problem: string };
}

/** Reads the text of a CSV file; `parseTable` of `csv.ts`, which is loaded where there are such files. */
type TableParser = (path: string, text: string) => ParsedTable;

/** The tables of a compilation without data files. */
export function noTables(): DataTables {
  return new DataTables(new Map(), () => ({}));
}

/** The CSV files of a compilation, read beforehand, parsed when asked for. */
export class DataTables {
  private readonly parsed = new Map<string, ParsedTable>();

  /** `texts` holds the text of every data file by project path; undefined where a file is missing. */
  constructor(
    private readonly texts: ReadonlyMap<string, string | undefined>,
    private readonly parse: TableParser,
  ) {}

  /** The table a node names, or undefined where there is none to be read; `table` says why. */
  find(node: AstNode, file: string): DataTable | undefined {
    const path = resolveProjectPath(fileOf(AstUtils.getDocument(node).uri), file);
    return path === undefined ? undefined : this.read(path)?.table;
  }

  /** The table a node names, or undefined after saying what is wrong with it. */
  table(node: AstNode, file: string, context: LoweringContext): DataTable | undefined {
    const place = context.originOf(node);
    const path = resolveProjectPath(fileOf(AstUtils.getDocument(node).uri), file);
    if (path === undefined) {
      context.diagnostics.push(createDiagnostic('PW2009', { path: file }, place));
      return undefined;
    }
    context.reader?.table(path);
    const parsed = this.read(path);
    if (parsed === undefined) {
      const problem = 'there is no such file. Paths are relative to the file that names them.';
      context.diagnostics.push(createDiagnostic('PW2010', { path: file, problem }, place));
      return undefined;
    }
    if (parsed.failure !== undefined) {
      const { line, problem } = parsed.failure;
      const text = `line ${line}: ${problem}`;
      context.diagnostics.push(createDiagnostic('PW2010', { path, problem: text }, lineOrigin(path, line)));
    }
    return parsed.table;
  }

  /** The text of a data file; undefined where there is none. */
  textOf(path: string): string | undefined {
    return this.texts.get(path);
  }

  private read(path: string): ParsedTable | undefined {
    const text = this.texts.get(path);
    if (text === undefined) return undefined;
    const known = this.parsed.get(path) ?? this.parse(path, text);
    this.parsed.set(path, known);
    return known;
  }

  /** The numbers of one column, or none after saying which line or column is wrong and what was expected. */
  column(node: AstNode, file: string, column: string, context: LoweringContext): readonly number[] {
    const table = this.tableWith(node, file, [column], context);
    return table?.rows.map((row) => this.number(row, column, table, context)) ?? [];
  }

  /** The ISO dates of one column, each once, ascending; none after saying what is wrong. */
  dates(node: AstNode, file: string, column: string, context: LoweringContext): readonly string[] {
    const table = this.tableWith(node, file, [column], context);
    const dates = new Set<string>();
    for (const row of table?.rows ?? []) {
      const text = row.cells[column] ?? '';
      if (isDate(text)) dates.add(text);
      else this.refuse(row, column, 'a date such as 2026-12-25', table, context);
    }
    return [...dates].sort();
  }

  /** The local dates and times of a column, ascending, ISO without zone; none after saying what is wrong. */
  moments(node: AstNode, file: string, column: string, context: LoweringContext): readonly string[] {
    const table = this.tableWith(node, file, [column], context);
    let before = '';
    return (table?.rows ?? []).map((row) => {
      const text = (row.cells[column] ?? '').replace(' ', 'T');
      const [, day = '', time = 'T00:00'] =
        /^(\d{4}-\d{2}-\d{2})(T(?:[01]\d|2[0-3]):[0-5]\d)?(?::00)?$/.exec(text) ?? [];
      const moment = `${day}${time}`;
      if (!isDate(day)) this.refuse(row, column, 'a date and time such as 2026-07-01 14:00', table, context);
      else if (moment <= before) this.refuse(row, column, `a time after ${before.replace('T', ' ')}`, table, context);
      before = moment > before ? moment : before;
      return moment;
    });
  }

  /** The table a node names, where it has all of these columns and a row; undefined after saying what is wrong. */
  tableWith(node: AstNode, file: string, columns: readonly string[], context: LoweringContext): DataTable | undefined {
    const table = this.table(node, file, context);
    if (table === undefined) return undefined;
    const missing = columns.find((each) => !table.columns.includes(each));
    const problem =
      missing !== undefined
        ? `it has no column "${missing}"; its columns are ${table.columns.map((each) => `"${each}"`).join(', ')}.`
        : table.rows.length === 0
          ? 'it has a heading and no rows.'
          : undefined;
    if (problem === undefined) return table;
    context.diagnostics.push(createDiagnostic('PW2010', { path: file, problem }, context.originOf(node)));
    return undefined;
  }

  /** A number of 0 or more in a cell; 0 after saying what is wrong with it. */
  number(row: DataRow, column: string, table: DataTable, context: LoweringContext): number {
    const text = row.cells[column] ?? '';
    const value = Number(text);
    if (text !== '' && /^[-+0-9.eE]+$/.test(text) && Number.isFinite(value) && value >= 0) return value;
    const expected = text.includes(',') ? 'a number with a decimal point' : 'a number of 0 or more';
    this.refuse(row, column, expected, table, context);
    return 0;
  }

  /** Any number in a cell; 0 after saying what is wrong with it. */
  anyNumber(row: DataRow, column: string, table: DataTable, context: LoweringContext): number {
    const text = row.cells[column] ?? '';
    const value = Number(text);
    if (/^[-+0-9.eE]+$/.test(text) && Number.isFinite(value)) return value;
    this.refuse(row, column, 'a number with a decimal point', table, context);
    return 0;
  }

  /** Says that a cell does not have what its column needs. */
  refuse(row: DataRow, column: string, expected: string, table: DataTable | undefined, context: LoweringContext): void {
    if (table === undefined) return;
    const problem = `line ${row.line}, column "${column}": expected ${expected}, found "${row.cells[column] ?? ''}".`;
    const origin = lineOrigin(table.path, row.line);
    context.diagnostics.push(createDiagnostic('PW2010', { path: table.path, problem }, origin));
  }
}

/** Whether a text is a day of the calendar as `2026-12-25`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A whole line of a data file. */
export function lineOrigin(file: string, line: number): Origin {
  return { file, line, column: 1, endLine: line + 1, endColumn: 1 };
}
