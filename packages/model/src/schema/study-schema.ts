import * as z from 'zod';
import type { Conversion, Scenario, Study } from '../study.js';
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
import { statisticSchema } from './measurement-schema.js';

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

const moment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('date'), at: text }),
  z.strictObject({ kind: z.literal('day'), day: z.number() }),
]);

export const conversionSchema: z.ZodType<Conversion> = z.strictObject({
  origin: originSchema,
  text,
  amount: expressionSchema,
  resource: text,
  target: text,
  begins: moment.exactOptional(),
  ends: moment.exactOptional(),
  lasts: expressionSchema.exactOptional(),
});

export const scenarioSchema: z.ZodType<Scenario> = z.strictObject({
  ...declaration,
  basedOn: texts,
  overrides: z.array(z.strictObject({ origin: originSchema, text, target, value })),
  conversions: z.array(conversionSchema).exactOptional(),
  crises: texts.exactOptional(),
  responses: texts.exactOptional(),
});

const figure = { indicator: text, statistic: statisticSchema, argument: z.number().exactOptional() };

const replications = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), times: positiveWhole }),
  z.strictObject({
    kind: z.literal('precision'),
    targets: z.array(z.strictObject({ ...figure, halfWidth: expressionSchema, relative: z.boolean() })),
    atMost: positiveWhole,
  }),
  z.strictObject({ kind: z.literal('batches'), batches: positiveWhole }),
]);

const variation = z.strictObject({
  origin: originSchema,
  text,
  target,
  values: z.array(z.strictObject({ text, value })),
});

const plans = z.strictObject({
  origin: originSchema,
  responses: texts,
  scenarios: texts.exactOptional(),
  most: positiveWhole,
});

const pressure = z.strictObject({
  ...figure,
  origin: originSchema,
  scenario: text.exactOptional(),
  most: positiveWhole,
});

const ranking = z.strictObject({
  ...figure,
  origin: originSchema,
  best: z.enum(['least', 'greatest']),
  certainty: expressionSchema,
  indifference: expressionSchema,
});

const sensitivity = z.strictObject({
  ...figure,
  origin: originSchema,
  method: z.enum(['one at a time', 'Morris', 'Sobol']),
  size: positiveWhole,
  scenario: text.exactOptional(),
});

const lever = z.strictObject({ origin: originSchema, text, target, low: z.int().min(0), high: z.int().min(0) });

const find = z.strictObject({
  origin: originSchema,
  levers: z.array(lever),
  objective: z.enum(['cost', 'units']),
  scenario: text.exactOptional(),
  certainty: expressionSchema,
});

export const studySchema: z.ZodType<Study> = z.strictObject({
  ...declaration,
  scenarios: texts,
  start: text,
  timezone: text,
  holidays: z.array(isoDate).exactOptional(),
  run: expressionSchema,
  warmUp: expressionSchema,
  automaticWarmUp: z.boolean().exactOptional(),
  replications,
  present: z
    .array(
      z.strictObject({
        count: expressionSchema,
        cohort: text,
        at: text,
        remaining: expressionSchema.exactOptional(),
        origin: originSchema,
      }),
    )
    .exactOptional(),
  seed: z.int(),
  indicators: texts,
  pathways: texts,
  plans: z.array(plans).exactOptional(),
  varied: z.array(variation).exactOptional(),
  ranking: ranking.exactOptional(),
  sensitivities: z.array(sensitivity).exactOptional(),
  pressure: z.array(pressure).exactOptional(),
  find: find.exactOptional(),
});
