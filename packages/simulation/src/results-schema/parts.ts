import * as z from 'zod';
import type { Estimate } from '../figure-results.js';

// What all schemas of results are made of.

export const text = z.string();
export const number = z.number();
export const numbers = z.array(number);
export const count = z.int().min(0);
export const share = number.min(0).max(1);
export const unit = z.enum(['duration', 'share', 'count', 'money', 'number', 'rate']);
export const orNothing = number.nullable();

export const estimate: z.ZodType<Estimate> = z
  .strictObject({
    mean: number,
    halfWidth: number,
    low: number,
    high: number,
    replications: count,
    open: z.literal(true).exactOptional(),
  })
  .meta({ id: 'Estimate' });

/** What every figure that a method looked at has. */
export const label = {
  indicator: text,
  title: text,
  statistic: text,
  argument: number.exactOptional(),
  unit,
  currency: text.exactOptional(),
};
