import { type BedNames, HaveError, looksLikeXml, matchHave, readHave } from '@pathway/interchange';
import type { Model, Observable } from '@pathway/model';
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import * as z from 'zod';
import { ProjectError } from '../project-error.js';
import type { TableContent } from './watch-table.js';

/** What is needed to read reports of hospitals: which beds are which resources, and whether this is a drill. */
export interface HaveLayout {
  readonly beds: readonly BedNames[];
  readonly isDrill: boolean;
}

/**
 * The values that a report of Hospital Availability Exchange gives of resources, at the time of each hospital's report;
 * undefined where the text is no XML, and so is a table.
 */
export function readHaveValues(
  text: string,
  model: Model,
  observables: readonly Observable[],
  { beds: names, isDrill }: HaveLayout,
): TableContent | undefined {
  if (!looksLikeXml(text)) return undefined;
  try {
    const report = readHave(text);
    const wanted = isDrill ? 'Exercise' : 'Actual';
    if (report.status !== undefined && report.status !== wanted)
      return problem(`Its distribution has the status ${report.status}, and ${wanted} counts here; it is left out.`);
    const { found, problems } = matchHave(report, model, names);
    const rows = found.flatMap(({ resource, facility, beds }) =>
      observables.flatMap(({ key, reading }) => {
        if (reading.kind !== 'state' || reading.of !== resource.id || facility.time === undefined) return [];
        const value = measureOf(reading.measure, beds);
        return value === undefined ? [] : [{ time: facility.time, key, value }];
      }),
    );
    return { rows, problems: [...report.problems, ...problems] };
  } catch (error) {
    if (!(error instanceof HaveError)) throw error;
    return problem(`${error.message} ${error.advice}`, error.place?.line);
  }
}

function problem(message: string, line?: number): TableContent {
  return { rows: [], problems: [{ message, ...(line !== undefined && { line }) }] };
}

function measureOf(
  measure: string,
  { available, baseline }: { readonly available?: number; readonly baseline?: number },
): number | undefined {
  const busy = available === undefined || baseline === undefined ? undefined : Math.max(0, baseline - available);
  switch (measure) {
    case 'free':
      return available;
    case 'capacity':
      return baseline;
    case 'busy':
      return busy;
    case 'occupancy':
      return busy === undefined || baseline === undefined || baseline === 0 ? undefined : busy / baseline;
    default:
      return undefined;
  }
}

const bedRow = z.object({ hospital: z.string().min(1), bed: z.string().min(1), resource: z.string().min(1) });

/**
 * A table that says which beds are which resources: columns `hospital`, `bed` and `resource`.
 * @throws ProjectError with the line of what is wrong
 */
export function readBedNames(text: string, file: string): readonly BedNames[] {
  const advice = 'Write a CSV table with the columns hospital, bed and resource: Royal Devon,AdultICU,ICUBed.';
  let records: unknown;
  try {
    records = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? `:${error.lines}` : '';
    throw new ProjectError(`${file}${line} is no table that can be read.`, advice);
  }
  return z
    .array(z.object({ record: z.unknown(), info: z.object({ lines: z.number() }) }))
    .parse(records)
    .map(({ record, info }) => {
      const row = bedRow.safeParse(record);
      if (!row.success)
        throw new ProjectError(`${file}:${info.lines}: a hospital, bed or resource is missing.`, advice);
      const { hospital, bed, resource } = row.data;
      return { hospital, type: bed, resource, line: info.lines };
    });
}
