import * as z from 'zod';
import { SimulationError } from '../errors.js';
import type { Observations } from '../statistics/pooled-observations.js';
import type { SampleHistogram } from '../statistics/sample.js';
import type { ReplicationTimeline } from './timeline.js';
import type { BatchResult, ReplicationFacility, ReplicationFigure, ReplicationResult } from './replication.js';

const count = z.int().min(0);
const figure = z.number();
const figures = z.array(figure);
const packed = figures.transform((list) => Float64Array.from(list));
const orNothing = figure.nullable();

const histogram: z.ZodType<SampleHistogram> = z.strictObject({
  from: figure,
  step: figure,
  durations: z.boolean(),
  counts: figures,
});

const observations: z.ZodType<Observations> = z.strictObject({ values: packed, counts: packed.exactOptional() });

const replicationFigure: z.ZodType<ReplicationFigure> = z.strictObject({
  value: orNothing,
  people: z.strictObject({ of: figure, over: figure }).exactOptional(),
  sample: z
    .strictObject({
      count: figure,
      sd: orNothing,
      minimum: orNothing,
      maximum: orNothing,
      observations,
      histogram,
    })
    .exactOptional(),
});

const facility: z.ZodType<ReplicationFacility> = z.strictObject({
  capacity: orNothing,
  census: figure,
  utilisation: orNothing,
  queue: figure,
  wait: orNothing,
  waitedShare: orNothing,
  waits: figure,
  overtime: figure,
  waitingAtEnd: figure,
  requests: figure,
  distribution: packed,
  series: z.strictObject({ census: packed, queue: packed, capacity: packed.nullable() }),
  byHour: z.strictObject({ census: packed, queue: packed }).exactOptional(),
});

const states = z.strictObject({ share: figure, times: count, series: figures });
const timeline: z.ZodType<ReplicationTimeline> = z.strictObject({
  levels: z.array(z.array(states)),
  responses: z.array(states),
  effects: z.array(states),
  people: figures,
  told: z.array(z.tuple([figure, figure, figure, figure])),
});

const batchResult = z.strictObject({
  replication: count,
  events: count,
  hasDrawn: z.boolean(),
  indicators: z.array(z.array(replicationFigure)),
  expectations: z.array(orNothing),
  compared: z.array(orNothing).exactOptional(),
  facilities: z.array(facility),
  stocks: z.array(
    z.strictObject({ consumed: figure, delivered: figure, refused: figure, lowest: figure, short: figure }),
  ),
  flows: z.array(
    z.strictObject({
      arrivals: figure,
      finished: figure,
      inProgress: figure,
      time: orNothing,
      outcomes: figures,
    }),
  ),
  activities: z.array(
    z.strictObject({
      starts: figure,
      completions: figure,
      wait: orNothing,
      duration: orNothing,
      gaveUp: figure,
    }),
  ),
  work: z.array(z.strictObject({ activity: count, role: z.string(), hours: packed })),
  checks: z.array(
    z.strictObject({ law: z.string(), subject: z.string(), left: figure, right: figure, holds: z.boolean() }),
  ),
  locked: z.strictObject({ facilities: z.array(count), patients: count, since: figure }).exactOptional(),
  timeline: timeline.exactOptional(),
  impossible: z.array(count),
  negative: z.array(z.strictObject({ activity: count, times: count })),
});

const replicationResult: z.ZodType<ReplicationResult> = batchResult.extend({
  laterBatches: z.array(batchResult).exactOptional(),
});

/** What one replication found, in lists instead of typed arrays: what JSON makes of it parseReplicationResult reads. */
export function plainReplication({ laterBatches, ...first }: ReplicationResult): object {
  return { ...plainBatch(first), ...(laterBatches && { laterBatches: laterBatches.map(plainBatch) }) };
}

function plainBatch(result: BatchResult): object {
  return {
    ...result,
    indicators: result.indicators.map((figures) =>
      figures.map(({ sample, ...figure }) => ({ ...figure, ...(sample && { sample: plainSample(sample) }) })),
    ),
    facilities: result.facilities.map(({ distribution, series, byHour, ...figures }) => ({
      ...figures,
      distribution: list(distribution),
      series: {
        census: list(series.census),
        queue: list(series.queue),
        capacity: series.capacity && list(series.capacity),
      },
      ...(byHour && { byHour: { census: list(byHour.census), queue: list(byHour.queue) } }),
    })),
    work: result.work.map((each) => ({ ...each, hours: list(each.hours) })),
  };
}

function plainSample({
  observations: { values, counts },
  ...sample
}: NonNullable<ReplicationFigure['sample']>): object {
  return { ...sample, observations: { values: list(values), ...(counts && { counts: list(counts) }) } };
}

function list(numbers: Float64Array): number[] {
  return Array.from(numbers);
}

/**
 * What one replication found, from parsed JSON of unknown shape: a row that came from another machine or from a file.
 * Nothing is lost on the way through JSON, so that results made of such rows are those of a run in one place.
 * @throws SimulationError naming the first place that is wrong
 */
export function parseReplicationResult(value: unknown): ReplicationResult {
  const parsed = replicationResult.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? 'the row' : issue.path.join('.');
  throw new SimulationError(`This is not the result of a replication: ${at}: ${issue?.message ?? 'unknown'}`);
}
