import * as z from 'zod';
import type { RosterDeclaration, RuleSet, WorkingRule } from '../rosters.js';
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

export const workingRuleSchema: z.ZodType<WorkingRule> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run'),
    bound: z.enum(['most', 'least']),
    what: z.enum(['days', 'nights', 'days off']),
    count: z.number(),
    origin,
  }),
  z.strictObject({ kind: z.literal('off after nights'), count: z.number(), origin }),
  z.strictObject({ kind: z.literal('hours'), limit: expressionSchema, average: z.boolean(), origin }),
  z.strictObject({
    kind: z.literal('count'),
    what: z.enum(['nights', 'days']),
    count: z.number(),
    week: z.boolean(),
    origin,
  }),
  z.strictObject({ kind: z.literal('night hours'), limit: expressionSchema, average: z.boolean(), origin }),
  z.strictObject({ kind: z.literal('rest'), rest: expressionSchema, after: texts, before: texts, origin }),
  z.strictObject({ kind: z.literal('weekends off'), count: z.number(), of: z.number(), origin }),
  z.strictObject({ kind: z.literal('notice'), notice: expressionSchema, always: z.boolean(), origin }),
  z.strictObject({
    kind: z.literal('fair'),
    what: z.enum(['nights', 'weekends', 'refusals']),
    spread: z.number(),
    cost: z.number().exactOptional(),
    origin,
  }),
]);

export const ruleSetSchema: z.ZodType<RuleSet> = z.strictObject({
  ...declaration,
  bases: texts,
  rules: z.array(workingRuleSchema),
});

const cover = z.array(
  z.strictObject({
    amount: expressionSchema,
    role: text.exactOptional(),
    skill: text.exactOptional(),
    level: text.exactOptional(),
    team: texts.exactOptional(),
    per: z.strictObject({ units: z.number(), of: text }).exactOptional(),
    shifts: texts,
    days: weekdays.exactOptional(),
    reached: z.strictObject({ scale: text, level: text }).exactOptional(),
    since: isoDate.exactOptional(),
    until: isoDate.exactOptional(),
    origin,
  }),
);

const levels = z.array(
  z.strictObject({ scale: text, level: text, since: isoDate, until: isoDate.exactOptional(), origin }),
);

const changes = z.array(
  z.strictObject({
    name: text,
    title: text.exactOptional(),
    known: text,
    absences: z.array(
      z.strictObject({
        person: text,
        spans: z.array(z.strictObject({ from: isoDate, until: isoDate.exactOptional() })),
        origin,
      }),
    ),
    cover,
    levels,
    origin,
  }),
);

export const rosterSchema: z.ZodType<RosterDeclaration> = z.strictObject({
  ...declaration,
  from: isoDate,
  days: z.number(),
  groups: texts,
  ruleSets: texts,
  cover,
  needs: z.array(
    z.strictObject({ pathways: texts, scenario: text.exactOptional(), target: optionalExpression, origin }),
  ),
  entries: z.array(
    z.strictObject({
      kind: z.enum(['request', 'set']),
      person: text,
      only: z.literal(true).exactOptional(),
      shifts: texts,
      dates: z.array(isoDate),
      cost: z.number().exactOptional(),
      origin,
    }),
  ),
  pairs: z.array(
    z.strictObject({
      kind: z.enum(['request', 'set']),
      person: text,
      other: text,
      apart: z.boolean(),
      cost: z.number().exactOptional(),
      origin,
    }),
  ),
  changes,
  levels: levels.exactOptional(),
});
