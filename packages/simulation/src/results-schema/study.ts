import * as z from 'zod';
import type { StudyResults } from '../results.js';
import { comparison, scenario } from './figures.js';
import { found, planComparison, pressure, ranking, sensitivity } from './methods.js';
import { count, label, number, numbers, text } from './parts.js';

/** Identifies the schema; its version is that of the format. */
const RESULTS_SCHEMA_ID = 'urn:pathway:schema:results:1';

/** The results of a study as `results.json` has them. */
export const studyResultsSchema: z.ZodType<StudyResults> = z
  .strictObject({
    format: z.literal('pathway-results'),
    formatVersion: z.literal(1),
    languageVersion: text,
    sourceHash: text,
    study: text,
    title: text,
    seed: z.int(),
    start: text,
    timezone: text,
    runLength: number,
    warmUp: number,
    scenarios: z.array(scenario),
    comparisons: z.array(comparison),
    unmeasured: z.array(text).exactOptional(),
    interrupted: z.boolean(),
    replicationsExplained: text.exactOptional(),
    warmUpChoice: z
      .strictObject({
        method: z.literal('MSER-5'),
        warmUp: number,
        settled: z.boolean(),
        pilots: count,
        scenario: text,
        subject: text,
        title: text,
        slot: number,
        series: numbers,
        movingMean: numbers,
      })
      .exactOptional(),
    batches: z
      .strictObject({
        batches: count,
        length: number,
        correlations: z.array(
          z.strictObject({ ...label, scenario: text, lag1: number, limit: number, tooShort: z.boolean() }),
        ),
      })
      .exactOptional(),
    ranking: ranking.exactOptional(),
    sensitivities: z.array(sensitivity).exactOptional(),
    found: found.exactOptional(),
    plans: z.array(planComparison).exactOptional(),
    pressure: z.array(pressure).exactOptional(),
  })
  .meta({ id: 'StudyResults', title: 'Pathway results of a study' });

/** The JSON Schema (draft 2020-12) of the results of a study. */
export function studyResultsJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(studyResultsSchema, { reused: 'inline' }), $id: RESULTS_SCHEMA_ID };
}
