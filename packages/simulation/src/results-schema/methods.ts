import * as z from 'zod';
import type {
  FindResult,
  FoundPoint,
  NumberSensitivity,
  PressureResult,
  RankingResult,
  SensitivityResult,
} from '../method-results.js';
import type { PlanComparison } from '../plan-results.js';
import { count, estimate, label, number, share, text, unit } from './parts.js';

export const ranking: z.ZodType<RankingResult> = z.strictObject({
  ...label,
  best: z.enum(['least', 'greatest']),
  certainty: share,
  indifference: number,
  decided: z.boolean(),
  probability: share,
  order: z.array(
    z.strictObject({
      scenario: text,
      title: text,
      estimate,
      behind: estimate.exactOptional(),
      leftOutAfter: count.exactOptional(),
    }),
  ),
  explained: text,
});

const uncertainNumber: z.ZodType<NumberSensitivity> = z.strictObject({
  number: text,
  title: text,
  low: text,
  high: text,
  atLow: estimate.exactOptional(),
  atHigh: estimate.exactOptional(),
  swing: estimate.exactOptional(),
  effect: z.strictObject({ mean: number, meanSize: number, meanSizeHalfWidth: number, spread: number }).exactOptional(),
  shares: z
    .strictObject({ first: number, firstHalfWidth: number, total: number, totalHalfWidth: number })
    .exactOptional(),
});

export const sensitivity: z.ZodType<SensitivityResult> = z.strictObject({
  ...label,
  scenario: text,
  method: z.enum(['one at a time', 'Morris', 'Sobol']),
  size: count,
  runs: count,
  base: estimate.exactOptional(),
  numbers: z.array(uncertainNumber),
  complete: z.boolean(),
  explained: text,
});

const point: z.ZodType<FoundPoint> = z
  .strictObject({
    values: z.array(count),
    objective: number,
    replications: count,
    confirmedBy: count.exactOptional(),
    verdict: z.enum(['meets', 'fails', 'not decided']),
    probability: share,
    expectations: z.array(z.strictObject({ text, unit, estimate, limit: number, probability: share })),
  })
  .meta({ id: 'FoundPoint' });

export const found: z.ZodType<FindResult> = z.strictObject({
  scenario: text,
  objective: z.enum(['cost', 'units']),
  currency: text.exactOptional(),
  certainty: share,
  levers: z.array(z.strictObject({ text, low: count, high: count })),
  answer: point.exactOptional(),
  tried: z.array(point),
  combinations: count,
  monotone: z.enum(['holds', 'assumed', 'not assumed']),
  explained: text,
  complete: z.boolean(),
});

const better = z.enum(['lower', 'higher']);

export const planComparison: z.ZodType<PlanComparison> = z
  .strictObject({
    without: text,
    usual: text.exactOptional(),
    alternatives: z.array(
      z.strictObject({ scenario: text, title: text, responses: z.array(z.strictObject({ id: text, title: text })) }),
    ),
    figures: z.array(
      z.strictObject({
        kind: z.enum(['indicator', 'waiting', 'outcome']),
        id: text,
        title: text,
        argument: number.exactOptional(),
        unit,
        currency: text.exactOptional(),
        aim: text.exactOptional(),
        better: better.exactOptional(),
        usual: estimate.exactOptional(),
        without: estimate,
        values: z.array(
          z.strictObject({ scenario: text, estimate, difference: estimate, certainty: share.exactOptional() }),
        ),
        best: z.strictObject({ scenario: text, certainty: share }).exactOptional(),
      }),
    ),
    leftOut: z.array(z.strictObject({ responses: z.array(text), between: z.array(text), place: text })),
  })
  .meta({ id: 'PlanComparison' });

export const pressure: z.ZodType<PressureResult> = z
  .strictObject({
    ...label,
    scenario: text,
    better,
    replications: count,
    runs: count,
    near: count,
    points: z.array(
      z.strictObject({
        id: text,
        title: text,
        kind: z.enum(['resource', 'staff', 'together']),
        utilisation: estimate.nullable(),
        queue: estimate,
        difference: estimate,
        certainty: share.exactOptional(),
        figures: z.array(
          z.strictObject({
            indicator: text,
            title: text,
            argument: number.exactOptional(),
            unit,
            currency: text.exactOptional(),
            better,
            difference: estimate,
          }),
        ),
      }),
    ),
    complete: z.boolean(),
    explained: text,
  })
  .meta({ id: 'PressureResult' });
