import { readCsvLog, type ReadOptions } from '../src/log/read-csv.js';
import { readXesLog } from '../src/log/read-xes.js';
import { LogError } from '../src/log-error.js';
import type { EventLog } from '../src/log/event-log.js';

export const readCsv = (text: string, options: ReadOptions = {}): Promise<EventLog> => readCsvLog([text], options);
export const readXes = (text: string, options: ReadOptions = {}): Promise<EventLog> => readXesLog([text], options);

/** The error of a log that cannot be read, as `line:column message`. */
export async function fault(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    const { line, column } = error.place ?? {};
    return `${line ?? '-'}:${column ?? '-'} ${error.message}`;
  }
  return 'no fault';
}

/** Every case as the activities with their transitions and times, in the order of the log's cases. */
export function casesOf(log: EventLog): string[] {
  return Array.from({ length: log.cases }, (_, one) => {
    const events: string[] = [];
    log.forEachEvent(one, ({ activity, transition, time }) =>
      events.push(`${log.activities[activity] ?? ''} ${transition} ${time}`),
    );
    return events.join(', ');
  });
}
