import { jsonText, shownFile, type ProjectCompilation } from '@pathway/compiler';
import { LANGUAGE_VERSION, type Origin } from '@pathway/model';
import * as z from 'zod';
import { countSeverities } from './diagnostics-text.js';

/** A place in a text. */
export const placeSchema = z
  .strictObject({
    file: z.string().describe('From the folder in which the command ran, with forward slashes.'),
    line: z.int().min(1),
    column: z.int().min(1).describe('In UTF-16 code units, as editors count.'),
    endLine: z.int().min(1),
    endColumn: z.int().min(1).describe('Exclusive.'),
  })
  .meta({ id: 'place' });

/** What `pathway check --format json` prints, published as `docs/schemas/check.schema.json`. */
export const checkSchema = z
  .strictObject({
    format: z.literal('pathway-check'),
    formatVersion: z.literal(1),
    languageVersion: z.string(),
    files: z.array(z.string()).describe('Every pathway file that was read.'),
    counts: z.strictObject({ error: z.int(), warning: z.int(), information: z.int(), hint: z.int() }),
    diagnostics: z.array(
      z.strictObject({
        code: z.string(),
        severity: z.enum(['error', 'warning', 'information', 'hint']),
        message: z.string(),
        place: placeSchema,
        related: z.array(z.strictObject({ message: z.string(), place: placeSchema })),
        fixes: z.array(
          z.strictObject({
            title: z.string(),
            edits: z.array(z.strictObject({ place: placeSchema, newText: z.string() })),
          }),
        ),
      }),
    ),
  })
  .meta({ title: 'Findings of pathway check' });

/** The JSON Schema of the findings. */
export function checkJsonSchema(): object {
  return { $id: 'urn:pathway:schema:check:1', ...z.toJSONSchema(checkSchema) };
}

/** The findings of `pathway check` for machines. */
export function checkJson(compilations: readonly ProjectCompilation[]): string {
  const document: z.infer<typeof checkSchema> = {
    format: 'pathway-check',
    formatVersion: 1,
    languageVersion: LANGUAGE_VERSION,
    files: compilations.flatMap(({ project, files }) => files.map((file) => shownFile(project, file))),
    counts: countSeverities(compilations.flatMap(({ diagnostics }) => diagnostics)),
    diagnostics: compilations.flatMap((compilation) => {
      const placeOf = (origin: Origin): z.infer<typeof placeSchema> => ({
        ...origin,
        file: shownFile(compilation.project, origin.file),
      });
      return compilation.diagnostics.map(({ code, severity, message, range, related, fixes }) => ({
        code,
        severity,
        message,
        place: placeOf(range),
        related: related.map(({ message: text, origin }) => ({ message: text, place: placeOf(origin) })),
        fixes: (fixes ?? []).map(({ title, edits }) => ({
          title,
          edits: edits.map(({ origin, newText }) => ({ place: placeOf(origin), newText })),
        })),
      }));
    }),
  };
  return jsonText(document);
}
