import { z } from 'zod';
import type { Scenario, Study } from '../study.js';
import {
  declaration,
  expressionSchema,
  isoDate,
  originSchema,
  positiveWhole,
  scheduleSchema,
  text,
  texts,
} from './common-schema.js';
import { arrivalsSchema } from './elements-schema.js';

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), id: text }),
  z.strictObject({ kind: z.literal('resource'), id: text, property: z.enum(['count', 'cost']) }),
  z.strictObject({
    kind: z.literal('staff'),
    id: text,
    property: z.enum(['headcount', 'on duty', 'absence', 'contract']),
  }),
  z.strictObject({ kind: z.literal('role'), id: text, property: z.literal('cost') }),
  z.strictObject({ kind: z.literal('cohort'), id: text, property: z.enum(['arrives', 'priority']) }),
  z.strictObject({ kind: z.literal('attribute'), cohort: text, name: text }),
  z.strictObject({ kind: z.literal('step'), id: text, property: z.enum(['takes', 'within', 'priority']) }),
  z.strictObject({ kind: z.literal('share'), id: text, branch: z.int().min(0) }),
]);

const value = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('expression'), expression: expressionSchema }),
  z.strictObject({ kind: z.literal('arrivals'), arrivals: arrivalsSchema }),
  z.strictObject({ kind: z.literal('schedule'), schedule: scheduleSchema }),
]);

export const scenarioSchema: z.ZodType<Scenario> = z.strictObject({
  ...declaration,
  basedOn: texts,
  overrides: z.array(z.strictObject({ origin: originSchema, text, target, value })),
});

const replications = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), times: positiveWhole }),
  z.strictObject({ kind: z.literal('precision'), indicator: text, halfWidth: expressionSchema, atMost: positiveWhole }),
]);

export const studySchema: z.ZodType<Study> = z.strictObject({
  ...declaration,
  scenarios: texts,
  start: text,
  timezone: text,
  holidays: z.array(isoDate).exactOptional(),
  run: expressionSchema,
  warmUp: expressionSchema,
  replications,
  seed: z.int(),
  indicators: texts,
  pathways: texts,
});
