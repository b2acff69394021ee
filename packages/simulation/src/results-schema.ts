import * as z from 'zod';
import type { Comparison, ScenarioResults, StudyResults } from './results.js';
import type {
  ActivityResult,
  Estimate,
  ExpectationResult,
  IndicatorResult,
  PathwayFlowResult,
  ResourceResult,
  StockResult,
} from './figure-results.js';
import type {
  FindResult,
  FoundPoint,
  NumberSensitivity,
  PressureResult,
  RankingResult,
  SensitivityResult,
} from './method-results.js';
import type { PlanComparison } from './plan-results.js';
import type { TimelineResult } from './timeline-results.js';

/** Identifies the schema; its version is that of the format. */
const RESULTS_SCHEMA_ID = 'urn:pathway:schema:results:1';

const text = z.string();
const number = z.number();
const numbers = z.array(number);
const count = z.int().min(0);
const share = number.min(0).max(1);
const unit = z.enum(['duration', 'share', 'count', 'money', 'number', 'rate']);
const orNothing = number.nullable();

const estimate: z.ZodType<Estimate> = z
  .strictObject({ mean: number, halfWidth: number, low: number, high: number, replications: count })
  .meta({ id: 'Estimate' });

/** What every figure that a method looked at has. */
const label = {
  indicator: text,
  title: text,
  statistic: text,
  argument: number.exactOptional(),
  unit,
  currency: text.exactOptional(),
};

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

const scenario: z.ZodType<ScenarioResults> = z
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
      .array(z.strictObject({ ...label, wanted: number, reached: number, relative: z.boolean(), met: z.boolean() }))
      .exactOptional(),
    warnings: z.array(
      z.strictObject({
        kind: z.enum(['overload', 'no arrivals', 'unfinished', 'locked', 'little', 'other']),
        message: text,
        subject: text.exactOptional(),
      }),
    ),
  })
  .meta({ id: 'Scenario' });

const comparison: z.ZodType<Comparison> = z.strictObject({
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

const ranking: z.ZodType<RankingResult> = z.strictObject({
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

const sensitivity: z.ZodType<SensitivityResult> = z.strictObject({
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
    verdict: z.enum(['meets', 'fails', 'not decided']),
    probability: share,
    expectations: z.array(z.strictObject({ text, unit, estimate, limit: number, probability: share })),
  })
  .meta({ id: 'FoundPoint' });

const found: z.ZodType<FindResult> = z.strictObject({
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

const planComparison: z.ZodType<PlanComparison> = z
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

const pressure: z.ZodType<PressureResult> = z
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

/** The results of a study as `results.json` has them. */
export const studyResultsSchema: z.ZodType<StudyResults> = z
  .strictObject({
    format: z.literal('pathway-results'),
    formatVersion: z.literal(1),
    languageVersion: text,
    sourceHash: text,
    study: text,
    title: text,
    seed: z.int(),
    start: text,
    timezone: text,
    runLength: number,
    warmUp: number,
    scenarios: z.array(scenario),
    comparisons: z.array(comparison),
    unmeasured: z.array(text).exactOptional(),
    interrupted: z.boolean(),
    replicationsExplained: text.exactOptional(),
    warmUpChoice: z
      .strictObject({
        method: z.literal('MSER-5'),
        warmUp: number,
        settled: z.boolean(),
        pilots: count,
        scenario: text,
        subject: text,
        title: text,
        slot: number,
        series: numbers,
        movingMean: numbers,
      })
      .exactOptional(),
    batches: z
      .strictObject({
        batches: count,
        length: number,
        correlations: z.array(
          z.strictObject({ ...label, scenario: text, lag1: number, limit: number, tooShort: z.boolean() }),
        ),
      })
      .exactOptional(),
    ranking: ranking.exactOptional(),
    sensitivities: z.array(sensitivity).exactOptional(),
    found: found.exactOptional(),
    plans: z.array(planComparison).exactOptional(),
    pressure: z.array(pressure).exactOptional(),
  })
  .meta({ id: 'StudyResults', title: 'Pathway results of a study' });

/** The JSON Schema (draft 2020-12) of the results of a study. */
export function studyResultsJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(studyResultsSchema, { reused: 'inline' }), $id: RESULTS_SCHEMA_ID };
}
