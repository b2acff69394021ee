import { z } from 'zod';
import type { DutyRoster } from './duty-roster.js';
import { RULE_KINDS } from './rule-report.js';

export const ROSTER_SCHEMA_ID = 'urn:pathway:schema:roster:1';

const minutes = z.number().nonnegative();

const hours = z.array(z.number().nonnegative());
const kindOfWho = z.enum(['role', 'skill']);

const rosterSchema: z.ZodType<DutyRoster> = z.strictObject({
  format: z.literal('pathway-roster'),
  formatVersion: z.literal(1),
  languageVersion: z.string(),
  sourceHash: z.string(),
  roster: z.string(),
  title: z.string(),
  from: z.string(),
  days: z.number().int().positive(),
  seed: z.number(),
  effort: z.number(),
  cost: z.number(),
  bound: z.number(),
  gap: z.number().min(0).max(1),
  optimal: z.boolean(),
  shifts: z.array(
    z.strictObject({ id: z.string(), title: z.string(), from: minutes, to: minutes, night: z.boolean() }),
  ),
  people: z.array(
    z.strictObject({
      person: z.string(),
      role: z.string(),
      shifts: z.array(z.string().nullable()),
      leave: z.array(z.number()),
      hours: z.number(),
      contractHours: z.number(),
      nights: z.number(),
      weekendDays: z.number(),
      requestsMissed: z.number(),
    }),
  ),
  shortfalls: z.array(
    z.strictObject({
      date: z.string(),
      from: minutes,
      to: minutes,
      of: kindOfWho,
      who: z.string(),
      shift: z.string().exactOptional(),
      wanted: z.number(),
      there: z.number(),
      sentence: z.string(),
    }),
  ),
  cover: z.array(z.strictObject({ of: kindOfWho, who: z.string(), wanted: hours, there: hours })),
  rules: z.array(
    z.strictObject({
      kind: z.enum(RULE_KINDS),
      limit: z.number(),
      reached: z.number().nullable(),
      brokenBy: z.array(z.string()),
      of: z.number().exactOptional(),
      file: z.string(),
      line: z.number(),
    }),
  ),
  withoutLine: z.array(z.string()),
});

/** The JSON Schema (draft 2020-12) of a roster, published as `docs/schemas/roster.schema.json`. */
export function rosterJsonSchema(): Readonly<Record<string, unknown>> {
  return { $id: ROSTER_SCHEMA_ID, ...z.toJSONSchema(rosterSchema) };
}
