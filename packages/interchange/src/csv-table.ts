/** A cell of a table; undefined is an empty one. */
export type Cell = string | number | undefined;

/**
 * A table as CSV (RFC 4180, line feeds). Numbers keep every digit. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front, so that opening a file never computes what somebody else wrote; so does one that looks as if it had
 * got one already, so that {@link unguarded} has back whatever was written.
 */
export function csvTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map(csvRow).join('');
}

/** One line of such a table, with its line feed. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a cell without the apostrophe that keeps a spreadsheet from computing it, which other tools put there too. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
