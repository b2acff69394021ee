import * as z from 'zod';
import { SimulationError } from '../errors.js';
import { callSchema, controlSchema } from './control-schema.js';
import { functionName, operator } from './schema-words.js';
import type { SimulationInput } from './types.js';
import type { InputExpression } from './expression-types.js';
import type { InputFormula, InputMeasure } from './measure-types.js';

/** Identifies the JSON Schema of the simulation input, with its version. */
export const SIMULATION_INPUT_SCHEMA_ID = 'urn:pathway:schema:simulation-input:1';

const place = z.int().min(0);
const number = z.number();
const text = z.string();

const expression: z.ZodType<InputExpression> = z
  .lazy(() =>
    z.discriminatedUnion('op', [
      z.strictObject({ op: z.literal('number'), value: number }),
      z.strictObject({ op: z.literal('attribute'), attribute: place }),
      z.strictObject({ op: z.enum(['negate', 'not']), of: expression }),
      z.strictObject({ op: z.literal('operation'), operator, left: expression, right: expression }),
      z.strictObject({ op: z.literal('function'), name: functionName, arguments: z.array(expression) }),
      z.strictObject({
        op: z.literal('draw'),
        family: text,
        form: place,
        parameters: z.array(expression),
        scale: number.exactOptional(),
        from: expression.exactOptional(),
        to: expression.exactOptional(),
      }),
      z.strictObject({
        op: z.literal('pick'),
        values: z.array(number),
        weights: z.array(expression),
        scale: number.exactOptional(),
        from: expression.exactOptional(),
        to: expression.exactOptional(),
      }),
      z.strictObject({ op: z.literal('element'), values: z.array(number).min(1), at: expression }),
      z.strictObject({ op: z.literal('row'), of: z.int().min(1) }),
      z.strictObject({
        op: z.literal('match'),
        attribute: place,
        cases: z.array(z.strictObject({ values: z.array(place), then: expression })),
        otherwise: expression.exactOptional(),
      }),
      z.strictObject({
        op: z.literal('state'),
        measure: z.enum(['queue', 'busy', 'free', 'occupancy', 'capacity']),
        facilities: z.array(place),
      }),
      z.strictObject({ op: z.literal('waiting'), requests: z.array(place) }),
      z.strictObject({ op: z.enum(['since', 'waited']), clock: place.exactOptional() }),
      z.strictObject({ op: z.literal('variable'), variable: place }),
    ]),
  )
  .meta({ id: 'Expression' });

const statistic = z.union([
  z.enum(['mean', 'sd', 'minimum', 'maximum', 'count']),
  z.strictObject({ percentile: number.min(0).max(100) }),
]);

const facilities = z.array(place);

const formula: z.ZodType<InputFormula> = z
  .lazy(() =>
    z.discriminatedUnion('op', [
      z.strictObject({ op: z.literal('number'), value: number }),
      z.strictObject({ op: z.enum(['variable', 'window']) }),
      z.strictObject({ op: z.literal('operation'), operator, left: formula, right: formula }),
      z.strictObject({ op: z.enum(['negate', 'not']), of: formula }),
      z.strictObject({ op: z.literal('function'), name: functionName, arguments: z.array(formula) }),
      z.strictObject({ op: z.literal('probability'), condition: formula }),
      z.strictObject({
        op: z.enum(['census', 'queue', 'utilisation', 'busy time', 'overtime', 'capacity']),
        facilities,
      }),
      z.strictObject({
        op: z.literal('time share'),
        of: z.union([callSchema, z.strictObject({ response: place })]),
      }),
      z.strictObject({ op: z.literal('activations'), response: place }),
      z.strictObject({ op: z.literal('response cost'), response: place, of: z.enum(['beyond', 'all']) }),
      z.strictObject({ op: z.literal('waiting'), requests: z.array(place) }),
      z.strictObject({ op: z.literal('arrivals'), cohorts: z.array(place).exactOptional() }),
      z.strictObject({ op: z.enum(['starts', 'completions']), activities: z.array(place).exactOptional() }),
      z.strictObject({ op: z.literal('time in'), activities: z.array(place) }),
      z.strictObject({ op: z.literal('exits'), outcome: place.exactOptional() }),
      z.strictObject({
        op: z.literal('cost'),
        of: z.enum(['steps', 'staff', 'resources', 'all']),
        facilities: z.array(place).exactOptional(),
      }),
      z.strictObject({ op: z.literal('indicator'), indicator: place, statistic, argument: formula.exactOptional() }),
    ]),
  )
  .meta({ id: 'Formula' });

const cohorts = z.array(place).exactOptional();
const measure: z.ZodType<InputMeasure> = z
  .lazy(() =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('time'), from: place, to: place, cohorts }),
      z.strictObject({ kind: z.literal('wait'), requests: z.array(place), cohorts }),
      z.strictObject({
        kind: z.literal('share'),
        of: measure,
        operator: z.enum(['<', '<=', '>', '>=', '=']),
        limit: number,
      }),
      z.strictObject({ kind: z.literal('outcome share'), outcome: place, cohorts }),
      z.strictObject({ kind: z.literal('value'), value: formula }),
    ]),
  )
  .meta({ id: 'Measure' });

const steps = z
  .strictObject({
    at: z.array(number).min(1),
    value: z.array(number).min(1),
    period: number.positive().exactOptional(),
  })
  .meta({ id: 'StepFunction' });

const arrivals = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('renewal'),
    between: expression,
    first: expression.exactOptional(),
    group: expression.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('poisson'), rate: steps, group: expression.exactOptional() }),
  z.strictObject({ kind: z.literal('batch'), size: expression, at: z.array(number) }),
  z.strictObject({ kind: z.literal('appointments'), at: z.array(number), shows: expression, deviation: expression }),
  z.strictObject({ kind: z.literal('recorded'), at: z.array(number) }),
]);

const need = z
  .strictObject({ amount: expression, of: z.array(place), consumes: z.enum(['once', 'over time']).exactOptional() })
  .meta({ id: 'Need' });
const visits = { visits: place.exactOptional() };
const drawn = { activity: place, copy: place, ...visits };

const instruction = z
  .discriminatedUnion('op', [
    z.strictObject({
      op: z.literal('request'),
      ...drawn,
      needs: z.array(need),
      slot: place,
      pending: z.array(place),
      priority: expression.exactOptional(),
      patience: z.strictObject({ limit: expression, to: place }).exactOptional(),
      preempts: z.literal(true).exactOptional(),
      fits: expression.exactOptional(),
    }),
    z.strictObject({
      op: z.literal('try'),
      ...drawn,
      needs: z.array(need),
      slot: place,
      pending: z.array(place),
      to: place,
    }),
    z.strictObject({
      op: z.literal('least busy'),
      activity: place,
      options: z.array(z.strictObject({ facilities, to: place })),
    }),
    z.strictObject({ op: z.literal('begin'), activity: place, register: place }),
    z.strictObject({
      op: z.literal('work'),
      ...drawn,
      takes: expression,
      remaining: z.literal(true).exactOptional(),
      costs: z.array(expression),
      gives: z
        .strictObject({
          request: place,
          interruption: z.enum(['resumes', 'restarts']).exactOptional(),
          leaves: place.exactOptional(),
          handedOver: z.literal(true).exactOptional(),
          depends: place.exactOptional(),
        })
        .exactOptional(),
    }),
    z.strictObject({ op: z.literal('until'), activity: place, at: z.array(number) }),
    z.strictObject({ op: z.literal('set'), ...drawn, attribute: place, value: expression }),
    z.strictObject({ op: z.literal('end'), activity: place, register: place.exactOptional() }),
    z.strictObject({ op: z.literal('give back'), slots: z.array(place) }),
    z.strictObject({ op: z.literal('release'), up: place, slot: place }),
    z.strictObject({ op: z.literal('jump'), to: place }),
    z.strictObject({ op: z.literal('way'), component: place, to: z.array(place).min(2) }),
    z.strictObject({
      op: z.literal('depends'),
      activity: place,
      on: z.array(z.strictObject({ dependence: place, to: place.exactOptional() })),
    }),
    z.strictObject({ op: z.literal('unless'), ...drawn, condition: expression, to: place }),
    z.strictObject({
      op: z.literal('share'),
      ...drawn,
      branches: z.array(z.strictObject({ share: expression, to: place })),
      otherwise: place,
    }),
    z.strictObject({
      op: z.literal('match'),
      activity: place,
      attribute: place,
      branches: z.array(z.strictObject({ values: z.array(place), to: place })),
      otherwise: place,
    }),
    z.strictObject({
      op: z.literal('fork'),
      activity: place,
      branches: z.array(place),
      then: place,
      race: z.literal(true).exactOptional(),
    }),
    z.strictObject({
      op: z.literal('gather'),
      ...drawn,
      size: z.int().min(1).exactOptional(),
      after: expression.exactOptional(),
      every: number.positive().exactOptional(),
      most: z.int().min(1).exactOptional(),
      then: place,
    }),
    z.strictObject({
      op: z.literal('seek'),
      ...drawn,
      target: place,
      slot: place,
      priority: expression.exactOptional(),
    }),
    z.strictObject({ op: z.literal('stay'), slot: place }),
    z.strictObject({ op: z.enum(['join', 'exit']) }),
    z.strictObject({
      op: z.literal('rounds'),
      ...drawn,
      register: place,
      times: expression.exactOptional(),
      to: place,
    }),
    z.strictObject({
      op: z.literal('again'),
      ...drawn,
      register: place,
      until: expression.exactOptional(),
      again: expression.exactOptional(),
      every: expression.exactOptional(),
      to: place,
    }),
    z.strictObject({ op: z.literal('finish'), outcome: place }),
  ])
  .meta({ id: 'Instruction' });

const unit = z.enum(['duration', 'share', 'count', 'money', 'number', 'rate']);

/** The shape of a simulation input. */
const simulationInputSchema: z.ZodType<SimulationInput> = z
  .strictObject({
    format: z.literal('pathway-simulation-input'),
    formatVersion: z.literal(1),
    languageVersion: text,
    sourceHash: text,
    study: text,
    scenario: text,
    title: text,
    seed: z.int(),
    start: text,
    timezone: text,
    warmUp: number.min(0),
    run: number.positive(),
    batches: z.int().min(1).exactOptional(),
    reads: z.strictObject({ indicators: z.array(place), expectations: z.boolean() }).exactOptional(),
    week: z.array(z.strictObject({ at: number, hour: number })).min(1),
    notes: z.array(text),
    categories: z.array(text),
    attributes: z.array(z.strictObject({ name: text, categories: z.array(place) })),
    facilities: z.array(
      z.strictObject({
        id: text,
        title: text,
        kind: z.enum(['resource', 'staff', 'stock']),
        role: text.exactOptional(),
        cost: number,
        origin: text,
      }),
    ),
    pools: z.array(
      z.strictObject({
        id: text,
        facility: place,
        capacity: z.union([z.literal('unlimited'), steps]),
        breakdown: z.strictObject({ every: expression, lasts: expression }).exactOptional(),
      }),
    ),
    stocks: z.array(
      z.strictObject({
        pool: place,
        unit: text.exactOptional(),
        most: number.min(0).exactOptional(),
        deliveries: z.array(z.strictObject({ at: z.array(number), amount: expression })),
        orders: z.array(z.strictObject({ below: number, amount: expression, after: expression })),
      }),
    ),
    conversions: z
      .array(
        z.strictObject({
          pool: place,
          to: place,
          units: place,
          at: number.exactOptional(),
          until: number.exactOptional(),
        }),
      )
      .exactOptional(),
    control: controlSchema(expression, steps).exactOptional(),
    targets: z.array(
      z.strictObject({
        name: text,
        members: z.array(z.strictObject({ pool: place, rank: place })),
        standIns: z.array(place).exactOptional(),
      }),
    ),
    cohorts: z.array(
      z.strictObject({
        id: text,
        title: text,
        origin: text,
        priority: expression,
        arrivals,
        attributes: z.array(z.strictObject({ attribute: place, value: expression })),
        entries: z.array(z.strictObject({ flow: place, instruction: place })),
      }),
    ),
    flows: z.array(z.strictObject({ pathway: text, title: text, cohort: place })),
    present: z.array(z.strictObject({ flow: place, instruction: place, count: place })),
    activities: z.array(z.strictObject({ id: text, title: text, kind: text, origin: text })),
    outcomes: z.array(text),
    clocks: z.array(z.strictObject({ activity: place.exactOptional(), of: z.enum(['end', 'wait']) })).exactOptional(),
    slots: place,
    registers: place,
    instructions: z.array(instruction),
    moments: z.array(
      z.union([
        z.strictObject({ at: z.enum(['arrival', 'exit']) }),
        z.strictObject({ at: z.enum(['request', 'start', 'end']), activity: place }),
      ]),
    ),
    indicators: z.array(
      z.strictObject({
        id: text,
        title: text,
        unit,
        currency: text.exactOptional(),
        aim: text.exactOptional(),
        by: place.exactOptional(),
        table: z.array(number).exactOptional(),
        percentiles: z.array(number).exactOptional(),
        measure,
      }),
    ),
    expectations: z.array(
      z.strictObject({
        id: text,
        text,
        indicator: place,
        statistic,
        argument: number.exactOptional(),
        operator: z.enum(['<', '<=', '>', '>=']),
        limit: number,
        against: z.strictObject({ scenario: text, factor: number }).exactOptional(),
      }),
    ),
    compared: z
      .array(z.strictObject({ expectation: text, indicator: place, statistic, argument: number.exactOptional() }))
      .exactOptional(),
  })
  .meta({ id: 'SimulationInput', title: 'Pathway simulation input' });

/**
 * A simulation input from parsed JSON of unknown shape.
 * @throws SimulationError naming the first place that is wrong
 */
export function parseSimulationInput(value: unknown): SimulationInput {
  const parsed = simulationInputSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = issue === undefined || issue.path.length === 0 ? 'the input' : issue.path.join('.');
  throw new SimulationError(`This is not a simulation input: ${at}: ${issue?.message ?? 'unknown'}`);
}

/** The JSON Schema (draft 2020-12) of the simulation input. */
export function simulationInputJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(simulationInputSchema, { reused: 'inline' }), $id: SIMULATION_INPUT_SCHEMA_ID };
}
