import { z } from 'zod';
import type { RosterDeclaration, RuleSet } from '../rosters.js';
import {
  declaration,
  expressionSchema,
  isoDate,
  optionalExpression,
  originSchema,
  text,
  texts,
  weekdays,
} from './common-schema.js';

const origin = originSchema;

export const ruleSetSchema: z.ZodType<RuleSet> = z.strictObject({
  ...declaration,
  bases: texts,
  rules: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('run'),
        bound: z.enum(['most', 'least']),
        what: z.enum(['days', 'nights', 'days off']),
        count: z.number(),
        origin,
      }),
      z.strictObject({ kind: z.literal('off after nights'), count: z.number(), origin }),
      z.strictObject({ kind: z.literal('hours'), limit: expressionSchema, average: z.boolean(), origin }),
      z.strictObject({ kind: z.literal('rest'), rest: expressionSchema, origin }),
      z.strictObject({ kind: z.literal('weekends off'), count: z.number(), of: z.number(), origin }),
    ]),
  ),
});

export const rosterSchema: z.ZodType<RosterDeclaration> = z.strictObject({
  ...declaration,
  from: isoDate,
  days: z.number(),
  groups: texts,
  ruleSets: texts,
  cover: z.array(
    z.strictObject({
      amount: expressionSchema,
      role: text.exactOptional(),
      skill: text.exactOptional(),
      level: text.exactOptional(),
      shifts: texts,
      days: weekdays.exactOptional(),
      origin,
    }),
  ),
  needs: z.array(
    z.strictObject({ pathways: texts, scenario: text.exactOptional(), target: optionalExpression, origin }),
  ),
  entries: z.array(
    z.strictObject({
      kind: z.enum(['request', 'set']),
      person: text,
      shift: text.exactOptional(),
      dates: z.array(isoDate),
      origin,
    }),
  ),
});
