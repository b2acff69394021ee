import type { RosterEntry } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { isDate, lineOrigin, type DataRow, type DataTable } from '../workspace/data-tables.js';
import type { LoweringContext } from './lowering-context.js';

const KINDS = ['request', 'set', 'only'];

/**
 * What people ask for, and what stands, from a CSV file. Columns: `person` (a pseudonym), `what` (`request`, `set` or
 * `only`), `shift` (a shift, `off`, or shifts with `;` and nothing for any with `only`), `date` (`2026-12-24`, or several
 * with `;`), and if wanted `costs`.
 */
export function readEntries(node: ast.RosterTable, context: LoweringContext): readonly RosterEntry[] {
  const table = context.tables.tableWith(node, node.file, ['person', 'what', 'shift', 'date'], context);
  return table === undefined ? [] : table.rows.flatMap((row) => entryOf(row, table, context));
}

function entryOf(row: DataRow, table: DataTable, context: LoweringContext): readonly RosterEntry[] {
  const cell = (column: string): string => (row.cells[column] ?? '').trim();
  const list = (column: string): readonly string[] =>
    cell(column)
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const refuse = (column: string, expected: string): readonly RosterEntry[] => {
    context.tables.refuse(row, column, expected, table, context);
    return [];
  };
  const what = cell('what');
  if (cell('person') === '') return refuse('person', 'a pseudonym');
  if (!KINDS.includes(what)) return refuse('what', '`request`, `set` or `only`');
  const names = list('shift').filter((name) => name !== 'off');
  const shifts = names.map((name) => context.idOf(context.declared(ast.isShift, name)));
  if (shifts.includes('') || (what !== 'only' && list('shift').length !== 1))
    return refuse('shift', what === 'only' ? 'declared shifts, or nothing' : 'a declared shift, or `off`');
  const dates = list('date');
  if (dates.length === 0 || !dates.every(isDate)) return refuse('date', 'dates such as "2026-12-24"');
  const cost = cell('costs') === '' ? {} : { cost: context.tables.number(row, 'costs', table, context) };
  return [
    {
      kind: what === 'request' ? 'request' : 'set',
      person: cell('person'),
      ...(what === 'only' && { only: true }),
      shifts,
      dates,
      ...cost,
      origin: lineOrigin(table.path, row.line),
    },
  ];
}
