import type { Approval } from '../approval.js';
import * as z from 'zod';
import { activationSchema } from './crisis-schema.js';
import type { Expectation, Formula, Indicator, Measure, Statistic } from '../measurement.js';
import {
  binaryOperator,
  declaration,
  dimensionSchema,
  expressionSchema,
  functionName,
  originSchema,
  text,
  texts,
} from './common-schema.js';

const moment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('arrival') }),
  z.strictObject({ kind: z.literal('exit') }),
  z.strictObject({ kind: z.literal('activity'), activity: text, at: z.enum(['request', 'start', 'end']) }),
]);

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('activity'), activity: text }),
  z.strictObject({ kind: z.literal('resource'), resource: text }),
  z.strictObject({ kind: z.literal('role'), role: text }),
]);

export const statisticSchema: z.ZodType<Statistic> = z.union([
  z.enum(['mean', 'sd', 'minimum', 'maximum', 'count']),
  z.strictObject({ percentile: z.number() }),
]);

const formulaSchema: z.ZodType<Formula> = z
  .lazy(() => {
    const inner = formulaSchema;
    return z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('constant'), value: expressionSchema }),
      z.strictObject({ kind: z.literal('variable'), name: text }),
      z.strictObject({ kind: z.literal('operation'), operator: binaryOperator, left: inner, right: inner }),
      z.strictObject({ kind: z.enum(['negate', 'not']), operand: inner }),
      z.strictObject({ kind: z.literal('function'), name: functionName, arguments: z.array(inner) }),
      z.strictObject({ kind: z.literal('probability'), condition: inner }),
      z.strictObject({ kind: z.literal('census'), resource: text }),
      z.strictObject({ kind: z.literal('queue'), target }),
      z.strictObject({ kind: z.literal('utilisation'), target }),
      z.strictObject({ kind: z.literal('busy time'), target }),
      z.strictObject({ kind: z.literal('overtime'), role: text }),
      z.strictObject({
        kind: z.literal('time share'),
        of: z.union([activationSchema, z.strictObject({ kind: z.literal('response'), response: text })]),
      }),
      z.strictObject({ kind: z.literal('capacity'), target }),
      z.strictObject({ kind: z.literal('level'), stock: text }),
      z.strictObject({
        kind: z.literal('count'),
        of: z.enum(['arrivals', 'starts', 'completions', 'exits']),
        target: text.exactOptional(),
      }),
      z.strictObject({ kind: z.literal('cost'), of: z.enum(['steps', 'staff', 'resources', 'all']) }),
      z.strictObject({ kind: z.literal('duration of window') }),
      z.strictObject({
        kind: z.literal('indicator'),
        indicator: text,
        statistic: statisticSchema,
        argument: inner.exactOptional(),
      }),
    ]);
  })
  .meta({ id: 'Formula' });

const measureSchema: z.ZodType<Measure> = z
  .lazy(() => {
    const cohorts = texts.exactOptional();
    return z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('time'), from: moment, to: moment, cohorts }),
      z.strictObject({ kind: z.literal('wait'), of: target, cohorts }),
      z.strictObject({
        kind: z.literal('share'),
        of: measureSchema,
        operator: z.enum(['<', '<=', '>', '>=', '=']),
        limit: expressionSchema,
      }),
      z.strictObject({ kind: z.literal('outcome share'), outcome: text, cohorts }),
      z.strictObject({ kind: z.literal('value'), value: formulaSchema }),
    ]);
  })
  .meta({ id: 'Measure' });

export const indicatorSchema: z.ZodType<Indicator> = z.strictObject({
  ...declaration,
  measure: measureSchema,
  aim: z.enum(['health', 'experience', 'cost', 'staff', 'equity']).exactOptional(),
  by: text.exactOptional(),
  table: z.strictObject({ variable: text, values: z.array(z.number()) }).exactOptional(),
  dimension: dimensionSchema,
  percentage: z.boolean(),
});

export const expectationSchema: z.ZodType<Expectation> = z.strictObject({
  id: text,
  origin: originSchema,
  text,
  indicator: text,
  statistic: statisticSchema,
  argument: z.number().exactOptional(),
  operator: z.enum(['<', '<=', '>', '>=']),
  limit: expressionSchema,
  scenarios: texts,
  against: z
    .strictObject({
      indicator: text,
      statistic: statisticSchema,
      argument: z.number().exactOptional(),
      scenario: text,
      factor: expressionSchema.exactOptional(),
    })
    .exactOptional(),
});

export const approvalSchema: z.ZodType<Approval> = z.strictObject({
  id: text,
  origin: originSchema,
  subject: text,
  approver: text,
  date: text,
  hash: text,
});
