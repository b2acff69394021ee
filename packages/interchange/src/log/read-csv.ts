import { unguarded } from '../csv-table.js';
import { LogError, shapeOf } from '../log-error.js';
import { type ColumnChoice, type LogColumns, recogniseColumns } from './columns.js';
import { CsvRows, delimiterOf } from './csv-rows.js';
import { decoded, type LogChunks } from './decode.js';
import { EventLogBuilder, type EventLog, transitionOf } from './event-log.js';
import { LOG_LIMITS } from './limits.js';
import { LocalClock } from './local-clock.js';
import { type DateOrder, type Moment, parseTimestamp } from './timestamps.js';

export interface ReadOptions {
  readonly columns?: ColumnChoice;
  readonly dates?: DateOrder;
  /** IANA name of the zone in which the log's clocks run. */
  readonly timezone?: string;
  /** Called now and then with the number of characters read. */
  readonly onProgress?: (characters: number) => void;
}

/**
 * Reads an event log from CSV text with a heading: one row an event, or one row with the start and the end of one piece
 * of work.
 * @throws LogError with line and column of what is wrong
 */
export async function readCsvLog(chunks: LogChunks, options: ReadOptions = {}): Promise<EventLog> {
  const builder = new EventLogBuilder(new LocalClock(options.timezone));
  let columns: LogColumns | undefined;
  const onRow = (cells: string[], line: number): void => {
    if (columns === undefined) columns = headingOf(cells, options);
    else addRow(builder, columns, cells, line, options.dates);
  };
  let rows: CsvRows | undefined;
  let heading = '';
  let characters = 0;
  for await (const text of decoded(chunks)) {
    characters += text.length;
    if (rows === undefined) {
      heading += text;
      if (!heading.includes('\n') && heading.length < LOG_LIMITS.characters) continue;
      rows = new CsvRows(delimiterOf(heading.slice(0, heading.indexOf('\n') + 1 || heading.length)), onRow);
      rows.push(heading);
    } else rows.push(text);
    options.onProgress?.(characters);
  }
  if (rows === undefined) {
    rows = new CsvRows(delimiterOf(heading), onRow);
    rows.push(heading);
  }
  rows.end();
  if (columns === undefined)
    throw new LogError('The log is empty.', 'Give a CSV file with a heading and a row for each event.');
  builder.attributes.checkSize(builder.cases.size);
  return builder.finish();
}

function headingOf(cells: readonly string[], { columns = {} }: ReadOptions): LogColumns {
  if (cells.length > LOG_LIMITS.columns)
    throw new LogError(`The heading has more than ${LOG_LIMITS.columns} columns.`, 'Give a CSV file with a heading.', {
      line: 1,
    });
  return recogniseColumns(cells, columns);
}

function addRow(
  builder: EventLogBuilder,
  columns: LogColumns,
  cells: readonly string[],
  line: number,
  order: DateOrder | undefined,
): void {
  if (cells.length !== columns.names.length)
    throw new LogError(
      `This row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, the heading has ${columns.names.length}.`,
      'A delimiter within a cell needs quotes around the cell.',
      { line, column: Math.min(cells.length, columns.names.length) + (cells.length > columns.names.length ? 1 : 0) },
    );
  const textOf = (column: number): string => unguarded(cells[column]!).trim();
  const id = textOf(columns.case);
  const activity = textOf(columns.activity);
  const timeText = textOf(columns.time);
  const startText = columns.start === undefined ? '' : textOf(columns.start);
  if (id === '') {
    builder.leftOut.withoutCase += 1;
    return;
  }
  if (activity === '') {
    builder.leftOut.withoutActivity += 1;
    return;
  }
  if (timeText === '' && startText === '') {
    builder.leftOut.withoutTime += 1;
    return;
  }
  const caseNumber = builder.cases.numberOf(id);
  const resource = (columns.resource === undefined ? '' : textOf(columns.resource)) || undefined;
  const moment = (text: string, column: number): Moment => timeOf(text, columns, column, line, order);
  const shared = { caseNumber, activity, resource };
  if (startText !== '' && columns.start !== undefined) {
    const start = moment(startText, columns.start);
    builder.add({ ...shared, transition: 'start', ...start });
    if (timeText !== '') {
      const end = moment(timeText, columns.time);
      if (end.wall - (end.offset ?? 0) * 60 < start.wall - (start.offset ?? 0) * 60)
        throw new LogError('The work ends before it starts.', 'Check the columns of --start and --time.', {
          line,
          column: columns.time + 1,
        });
      builder.add({ ...shared, transition: 'complete', ...end });
    }
  } else {
    const transition = columns.lifecycle === undefined ? 'complete' : transitionOf(cells[columns.lifecycle]!);
    builder.add({ ...shared, transition, ...moment(timeText, columns.time) });
  }
  for (const { name, column } of columns.attributes) builder.attributes.add(caseNumber, name, textOf(column));
}

function timeOf(text: string, columns: LogColumns, column: number, line: number, order: DateOrder | undefined): Moment {
  const found = parseTimestamp(text, order);
  if (found === 'order')
    throw new LogError(
      `In the column "${columns.names[column] ?? ''}" the day or the month may come first.`,
      'Say which with --dates day-first or --dates month-first.',
      { line, column: column + 1 },
    );
  if (found === undefined)
    throw new LogError(
      `The column "${columns.names[column] ?? ''}" has no time here but something like \`${shapeOf(text)}\`.`,
      'Times look like 2014-10-22T11:15:41 or 22.10.2014 11:15; seconds or milliseconds since 1970 are read too.',
      { line, column: column + 1 },
    );
  return found;
}
