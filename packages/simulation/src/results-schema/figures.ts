import * as z from 'zod';
import type {
  ActivityResult,
  ExpectationResult,
  IndicatorResult,
  PathwayFlowResult,
  ResourceResult,
  StockResult,
} from '../figure-results.js';
import type { Comparison, ScenarioResults } from '../results.js';
import type { TimelineResult } from '../timeline-results.js';
import { count, estimate, label, number, numbers, orNothing, text, unit } from './parts.js';

const indicator: z.ZodType<IndicatorResult> = z
  .strictObject({
    indicator: text,
    title: text,
    unit,
    currency: text.exactOptional(),
    aim: text.exactOptional(),
    argument: number.exactOptional(),
    group: text.exactOptional(),
    estimate,
    together: z.number().exactOptional(),
    gap: estimate.exactOptional(),
    distribution: z
      .strictObject({
        observationsPerReplication: number,
        sd: estimate,
        percentiles: z.array(z.strictObject({ percentile: number, estimate })),
        minimum: number,
        maximum: number,
        histogram: z.strictObject({ from: number, width: number, shares: numbers }),
      })
      .exactOptional(),
    closedForm: z.strictObject({ value: number, method: text }).exactOptional(),
  })
  .meta({ id: 'Indicator' });

const resource: z.ZodType<ResourceResult> = z
  .strictObject({
    id: text,
    title: text,
    kind: z.enum(['resource', 'staff']),
    capacity: orNothing,
    census: estimate,
    utilisation: estimate.nullable(),
    queue: estimate,
    wait: estimate,
    waitedShare: estimate,
    overtime: estimate.exactOptional(),
    censusDistribution: numbers,
    censusOverTime: z.strictObject({
      from: number,
      slot: number,
      mean: numbers,
      low: numbers,
      high: numbers,
      capacity: z.array(orNothing),
      queue: numbers,
    }),
    byHourOfWeek: z.strictObject({ census: numbers, queue: numbers }).exactOptional(),
  })
  .meta({ id: 'Resource' });

const stock: z.ZodType<StockResult> = z
  .strictObject({
    id: text,
    title: text,
    unit: text.exactOptional(),
    level: estimate,
    lowest: estimate,
    consumed: estimate,
    delivered: estimate,
    refused: estimate,
    short: estimate,
    wait: estimate,
    waitedShare: estimate,
    levelOverTime: z.strictObject({ from: number, slot: number, mean: numbers, low: numbers, high: numbers }),
  })
  .meta({ id: 'Stock' });

const flow: z.ZodType<PathwayFlowResult> = z.strictObject({
  pathway: text,
  title: text,
  cohort: text,
  arrivals: estimate,
  finished: estimate,
  inProgressAtEnd: estimate,
  timeInPathway: estimate,
  outcomes: z.array(z.strictObject({ outcome: text, share: estimate })),
});

const activity: z.ZodType<ActivityResult> = z.strictObject({
  activity: text,
  title: text,
  starts: estimate,
  completions: estimate,
  wait: estimate,
  duration: estimate,
  work: z.array(z.strictObject({ role: text, byHourOfWeek: numbers })).exactOptional(),
});

const expectation: z.ZodType<ExpectationResult> = z.strictObject({
  expectation: text,
  text,
  verdict: z.enum(['holds', 'fails', 'not decided']),
  estimate,
  operator: z.enum(['<', '<=', '>', '>=']),
  limit: number,
  unit,
  against: z
    .strictObject({
      scenario: text,
      title: text,
      factor: number,
      figure: estimate,
      compared: estimate,
      ratio: estimate.exactOptional(),
    })
    .exactOptional(),
});

const state = { share: estimate, times: estimate, series: z.array(number) };
const timeline: z.ZodType<TimelineResult> = z
  .strictObject({
    from: number,
    slot: number,
    levels: z.array(
      z.strictObject({
        scale: text,
        title: text,
        levels: z.array(z.strictObject({ level: text, title: text, ...state })),
      }),
    ),
    responses: z.array(z.strictObject({ id: text, title: text, ...state })),
    effects: z.array(z.strictObject({ id: text, title: text, crisis: text, ...state })),
    people: z.array(
      z.strictObject({
        id: text,
        title: text,
        what: z.enum([
          'stayed away',
          'came besides',
          'diverted',
          'waited outside',
          'turned away',
          'postponed',
          'concerned',
        ]),
        people: estimate,
      }),
    ),
    events: z.array(
      z.strictObject({
        time: number,
        kind: z.enum(['effect', 'trigger', 'level', 'response', 'measure', 'system']),
        title: text,
        began: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Timeline' });

export const scenario: z.ZodType<ScenarioResults> = z
  .strictObject({
    scenario: text,
    title: text,
    replications: count,
    events: count,
    indicators: z.array(indicator),
    resources: z.array(resource),
    stocks: z.array(stock).exactOptional(),
    timeline: timeline.exactOptional(),
    pathways: z.array(flow),
    activities: z.array(activity),
    expectations: z.array(expectation),
    checks: z.array(z.strictObject({ law: text, subject: text, left: number, right: number, holds: z.boolean() })),
    precisions: z
      .array(
        z.strictObject({
          ...label,
          wanted: number,
          reached: number,
          relative: z.boolean(),
          met: z.boolean(),
          open: z.literal(true).exactOptional(),
        }),
      )
      .exactOptional(),
    warnings: z.array(
      z.strictObject({
        kind: z.enum(['overload', 'no arrivals', 'unfinished', 'uneven', 'unseen', 'locked', 'little', 'other']),
        message: text,
        subject: text.exactOptional(),
      }),
    ),
  })
  .meta({ id: 'Scenario' });

export const comparison: z.ZodType<Comparison> = z.strictObject({
  base: text,
  scenario: text,
  indicators: z.array(
    z.strictObject({
      indicator: text,
      argument: number.exactOptional(),
      group: text.exactOptional(),
      difference: estimate,
    }),
  ),
});
