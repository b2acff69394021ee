import * as z from 'zod';
import type { Agreement } from '../regions/agreement.js';
import type { Payer } from '../regions/payer.js';
import { declaration, expressionSchema, isoDate, originSchema, text, texts } from './common-schema.js';

export const agreementSchema: z.ZodType<Agreement> = z.strictObject({
  ...declaration,
  parties: texts,
  handovers: texts,
  data: texts,
  signed: isoDate.exactOptional(),
  from: isoDate.exactOptional(),
  until: isoDate.exactOptional(),
  review: z
    .strictObject({ count: z.number().int().positive(), unit: z.enum(['day', 'month']), origin: originSchema })
    .exactOptional(),
  reviewed: isoDate.exactOptional(),
  url: text.exactOptional(),
  note: text.exactOptional(),
});

export const payerSchema: z.ZodType<Payer> = z.strictObject({
  ...declaration,
  tariffs: z.array(
    z.strictObject({
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('activity'), activity: text }),
        z.strictObject({ kind: z.literal('resource'), resource: text }),
        z.strictObject({ kind: z.literal('cohort'), cohort: text }),
        z.strictObject({ kind: z.literal('organisation'), organisation: text }),
        z.strictObject({ kind: z.literal('response'), response: text }),
      ]),
      price: expressionSchema,
      per: z.enum(['time', 'second', 'cost']),
      origin: originSchema,
    }),
  ),
});
