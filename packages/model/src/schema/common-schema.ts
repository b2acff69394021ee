import * as z from 'zod';
import type { Dimension } from '../dimension.js';
import type { Expression } from '../expression.js';
import type { Origin } from '../origin.js';
import { type Schedule, WEEKDAYS } from '../schedule.js';

export const text = z.string();
export const texts = z.array(text);
export const positiveWhole = z.int().min(1);
export const minutesOfDay = z.int().min(0).max(1440);
export const isoDate = text.regex(/^\d{4}-\d{2}-\d{2}$/);

export const originSchema: z.ZodType<Origin> = z
  .strictObject({
    file: text,
    line: positiveWhole,
    column: positiveWhole,
    endLine: positiveWhole,
    endColumn: positiveWhole,
  })
  .meta({ id: 'Origin' });

export const dimensionSchema: z.ZodType<Dimension> = z
  .strictObject({ time: z.int(), money: z.int(), length: z.int().exactOptional(), currency: text.exactOptional() })
  .meta({ id: 'Dimension' });

const origin = originSchema.exactOptional();
const binaryOperator = z.enum(['+', '-', '*', '/', '<', '<=', '>', '>=', '=', '!=', 'and', 'or']);
export const functionName = z.enum([
  'absolute',
  'floor',
  'ceiling',
  'round',
  'square root',
  'exponential function',
  'logarithm',
  'greatest',
  'least',
  'power',
]);
const family = z.enum([
  'exponential',
  'uniform',
  'triangular',
  'pert',
  'normal',
  'lognormal',
  'gamma',
  'erlang',
  'weibull',
  'beta',
  'poisson',
  'binomial',
  'geometric',
  'empirical',
]);
export { binaryOperator };

export const expressionSchema: z.ZodType<Expression> = z
  .lazy(() => {
    const inner = expressionSchema;
    return z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('number'),
        value: z.number(),
        dimension: dimensionSchema,
        unit: text.exactOptional(),
        origin,
      }),
      z.strictObject({ kind: z.literal('reference'), to: text, origin }),
      z.strictObject({ kind: z.literal('attribute'), name: text, origin }),
      z.strictObject({ kind: z.literal('category'), value: text }),
      z.strictObject({ kind: z.literal('boolean'), value: z.boolean() }),
      z.strictObject({ kind: z.literal('unary'), operator: z.enum(['-', 'not']), operand: inner }),
      z.strictObject({ kind: z.literal('binary'), operator: binaryOperator, left: inner, right: inner }),
      z.strictObject({ kind: z.literal('function'), name: functionName, arguments: z.array(inner) }),
      z.strictObject({
        kind: z.literal('distribution'),
        family,
        parameters: z.record(text, inner),
        values: z.array(z.number()).exactOptional(),
        weights: z.array(z.number()).exactOptional(),
        scale: z.number().exactOptional(),
        from: inner.exactOptional(),
        to: inner.exactOptional(),
        dimension: dimensionSchema,
        origin,
      }),
      z.strictObject({
        kind: z.literal('one of'),
        options: z.array(z.strictObject({ value: text, title: text.exactOptional(), share: inner.exactOptional() })),
        origin,
      }),
      z.strictObject({
        kind: z.literal('cases'),
        attribute: text,
        cases: z.array(z.strictObject({ values: texts, then: inner })),
        otherwise: inner.exactOptional(),
        origin,
      }),
      z.strictObject({
        kind: z.literal('column'),
        table: text,
        column: text,
        cells: z.union([z.array(z.number()), z.array(text)]),
        dimension: dimensionSchema.exactOptional(),
        origin,
      }),
      z.strictObject({
        kind: z.literal('state'),
        measure: z.enum(['queue', 'busy', 'free', 'occupancy', 'capacity', 'level']),
        of: text,
        origin,
      }),
      z.strictObject({ kind: z.literal('since'), of: text, origin }),
      z.strictObject({ kind: z.literal('waited'), of: text.exactOptional(), origin }),
    ]);
  })
  .meta({ id: 'Expression' });

/** An expression that may be left out. */
export const optionalExpression = expressionSchema.exactOptional();
export const weekdays = z.array(z.enum(WEEKDAYS));

export const scheduleSchema: z.ZodType<Schedule> = z
  .strictObject({
    rules: z.array(
      z.strictObject({
        amount: z.union([expressionSchema, z.literal('unlimited')]),
        reaches: expressionSchema.exactOptional(),
        days: weekdays.exactOptional(),
        holidays: z.literal(true).exactOptional(),
        week: z.strictObject({ number: positiveWhole, of: positiveWhole }).exactOptional(),
        from: minutesOfDay.exactOptional(),
        to: minutesOfDay.exactOptional(),
        since: isoDate.exactOptional(),
        until: isoDate.exactOptional(),
      }),
    ),
    otherwise: z.union([expressionSchema, z.literal('unlimited')]),
  })
  .meta({ id: 'Schedule' });

/** Titles in other languages, by tag. */
export const titlesSchema = z.record(text, text);

/** What every declaration has, to be spread into its schema. */
export const declaration = {
  id: text,
  name: text,
  title: text.exactOptional(),
  titles: titlesSchema.exactOptional(),
  documentation: text.exactOptional(),
  origin: originSchema,
  sources: texts.exactOptional(),
};
