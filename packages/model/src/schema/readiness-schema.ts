import * as z from 'zod';
import type { Decision, Question } from '../regions/dialogue.js';
import type { Assessment, Instrument } from '../regions/readiness.js';
import type { Deployment, Finding, TemplateNeed, Usage } from '../regions/template.js';
import { declaration, expressionSchema, isoDate, originSchema, text, texts } from './common-schema.js';

const origin = originSchema;

export const needSchema: z.ZodType<TemplateNeed> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['organisation', 'role', 'resource', 'number', 'agreement']),
    name: text,
    element: text,
    optional: z.boolean(),
    origin,
  }),
  z.strictObject({ kind: z.literal('maturity'), name: text, dimension: text, points: z.number(), origin }),
]);

export const deploymentSchema: z.ZodType<Deployment> = z.strictObject({
  ...declaration,
  template: text,
  territory: text,
  pathway: text,
  bindings: z.array(
    z.strictObject({
      need: text,
      to: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('element'), element: text }),
        z.strictObject({ kind: z.literal('value'), value: expressionSchema, sources: texts.exactOptional() }),
      ]),
      origin,
    }),
  ),
});

export const instrumentSchema: z.ZodType<Instrument> = z.strictObject({
  ...declaration,
  points: z.strictObject({ low: z.number().int(), high: z.number().int() }),
  split: z.strictObject({ share: z.number(), band: z.number().int().positive() }),
  stages: z.array(
    z.strictObject({
      name: text,
      title: text.exactOptional(),
      titles: z.record(text, text).exactOptional(),
      highest: z.number().int(),
    }),
  ),
  dimensions: z.array(
    z.strictObject({
      id: text,
      name: text,
      title: text.exactOptional(),
      titles: z.record(text, text).exactOptional(),
      documentation: text.exactOptional(),
      origin,
      anchors: z.array(z.strictObject({ points: z.number().int(), text })),
    }),
  ),
  url: text.exactOptional(),
});

export const assessmentSchema: z.ZodType<Assessment> = z.strictObject({
  ...declaration,
  territory: text,
  instrument: text,
  date: isoDate.exactOptional(),
  raters: z.array(
    z.strictObject({
      name: text,
      title: text.exactOptional(),
      organisation: text.exactOptional(),
      ratings: z.array(
        z.strictObject({ dimension: text, points: z.number().int(), reason: text.exactOptional(), origin }),
      ),
      origin,
    }),
  ),
  improvements: z.array(
    z.strictObject({
      dimension: text,
      points: z.number().int(),
      due: isoDate,
      owner: text,
      action: text.exactOptional(),
      origin,
    }),
  ),
});

export const questionSchema: z.ZodType<Question> = z.strictObject({
  ...declaration,
  organisations: texts,
  asked: isoDate.exactOptional(),
  blocks: texts,
  note: text.exactOptional(),
});

export const decisionSchema: z.ZodType<Decision> = z.strictObject({
  ...declaration,
  answers: texts,
  decided: isoDate.exactOptional(),
  organisations: texts,
  reason: text.exactOptional(),
  note: text.exactOptional(),
});

const findingSchema: z.ZodType<Finding> = z.strictObject({ text, sources: texts.exactOptional(), origin });

export const usageSchema: z.ZodType<Usage> = z.strictObject({
  ...declaration,
  templates: texts,
  from: isoDate.exactOptional(),
  until: isoDate.exactOptional(),
  results: z.array(findingSchema),
  lessons: z.array(findingSchema),
  url: text.exactOptional(),
  note: text.exactOptional(),
});
