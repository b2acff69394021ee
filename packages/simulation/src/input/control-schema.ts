import * as z from 'zod';
import type { InputCall, InputChange, InputControl, InputReading } from './control-types.js';
import { functionName, operator } from './schema-words.js';
import type { StepFunction } from './types.js';
import type { InputExpression } from './expression-types.js';

const place = z.int().min(0);
const places = z.array(place);
const number = z.number();
const text = z.string();
const titled = { id: text, title: text, origin: text };

export const callSchema: z.ZodType<InputCall> = z.union([
  z.strictObject({ trigger: place }),
  z.strictObject({ place, level: place, only: z.boolean() }),
  z.strictObject({ gauge: place, level: place, only: z.boolean() }),
]);

const reading: z.ZodType<InputReading> = z
  .lazy(() =>
    z.discriminatedUnion('op', [
      z.strictObject({ op: z.literal('number'), value: number }),
      z.strictObject({ op: z.literal('signal'), signal: place }),
      z.strictObject({
        op: z.literal('state'),
        measure: z.enum(['queue', 'busy', 'free', 'occupancy', 'capacity']),
        facilities: places,
      }),
      z.strictObject({ op: z.literal('waiting'), requests: places }),
      z.strictObject({ op: z.literal('absence'), pools: places }),
      z.strictObject({ op: z.literal('recent'), recent: place }),
      z.strictObject({ op: z.enum(['negate', 'not']), of: reading }),
      z.strictObject({ op: z.literal('operation'), operator, left: reading, right: reading }),
      z.strictObject({ op: z.literal('function'), name: functionName, arguments: z.array(reading) }),
    ]),
  )
  .meta({ id: 'Reading' });

const recentOf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('arrivals'), cohort: place.exactOptional() }),
  z.strictObject({ kind: z.literal('exits'), outcome: place.exactOptional() }),
  z.strictObject({ kind: z.enum(['starts', 'completions']), activity: place }),
  z.strictObject({ kind: z.literal('wait'), requests: places }),
]);

const member = z.union([z.strictObject({ place }), z.strictObject({ gauge: place })]);
const samples = z.array(number).exactOptional();

/** The shape of the part of a simulation input that is about crises and responses. */
export function controlSchema(
  expression: z.ZodType<InputExpression>,
  steps: z.ZodType<StepFunction>,
): z.ZodType<InputControl> {
  const common = { id: text, title: text, lead: number.positive().exactOptional() };
  const change: z.ZodType<InputChange> = z.discriminatedUnion('kind', [
    z.strictObject({
      ...common,
      kind: z.literal('loss'),
      pools: places,
      loses: z.enum(['units', 'share', 'all']),
      amount: number.min(0),
      drawn: z.literal(true).exactOptional(),
      returnsOver: number.positive().exactOptional(),
    }),
    z.strictObject({ ...common, kind: z.literal('addition'), pool: place, units: place, cost: number }),
    z.strictObject({ ...common, kind: z.literal('conversion'), conversion: place }),
    z.strictObject({ ...common, kind: z.literal('factor'), variable: place, value: number.min(0) }),
    z.strictObject({ ...common, kind: z.literal('supply'), stock: place, share: number.min(0) }),
    z.strictObject({ ...common, kind: z.literal('alert'), trigger: place }),
    z.strictObject({ ...common, kind: z.literal('thinning'), cohort: place, share: z.union([number, steps]) }),
    z.strictObject({ ...common, kind: z.literal('multiplication'), cohort: place, more: number.min(0) }),
    z.strictObject({
      ...common,
      kind: z.literal('diversion'),
      cohort: place,
      share: number,
      to: place.exactOptional(),
    }),
    z.strictObject({ ...common, kind: z.enum(['pause', 'cancellation', 'start']), cohorts: places }),
    z.strictObject({ ...common, kind: z.literal('postponement'), cohort: place, by: expression }),
    z.strictObject({ ...common, kind: z.literal('source') }),
    z.strictObject({ ...common, kind: z.literal('substitution') }),
    z.strictObject({ ...common, kind: z.literal('team'), pool: place, team: place }),
    z.strictObject({ ...common, kind: z.literal('ways'), component: place, member: place }),
  ]);
  return z
    .strictObject({
      variables: place,
      components: place,
      standIns: z.array(z.strictObject({ activity: place, first: place, last: place })),
      places: z.array(
        z.strictObject({
          scale: text,
          title: text,
          organisation: text.exactOptional(),
          levels: z.array(z.strictObject({ name: text, title: text })).min(1),
        }),
      ),
      signals: z.array(
        z.strictObject({
          ...titled,
          reads: z.union([
            reading,
            z.strictObject({ at: z.array(number).min(1), value: z.array(number.nullable()).min(1) }),
          ]),
          window: number.positive().exactOptional(),
          samples,
        }),
      ),
      recents: z.array(z.strictObject({ over: number.positive(), of: recentOf })),
      triggers: z.array(
        z.strictObject({
          ...titled,
          when: reading.exactOptional(),
          lasting: number.min(0),
          until: reading.exactOptional(),
          calm: number.min(0),
          sets: z.strictObject({ place, level: place }).exactOptional(),
        }),
      ),
      gauges: z.array(
        z.strictObject({
          ...titled,
          place,
          scores: z.array(
            z.strictObject({
              value: reading,
              points: z.array(z.strictObject({ points: number, below: number.exactOptional() })),
            }),
          ),
          thresholds: z.array(z.strictObject({ level: place, from: number })),
          worstOf: z.array(member),
          counted: z.array(z.strictObject({ level: place, count: place, least: place, members: z.array(member) })),
          samples,
        }),
      ),
      responses: z.array(
        z.strictObject({
          ...titled,
          calls: z.array(callSchema),
          atMost: number.min(0).exactOptional(),
          delay: number.min(0),
          after: places,
          changes: places,
          cost: z.strictObject({ each: number.min(0), perSecond: number.min(0) }).exactOptional(),
        }),
      ),
      changes: z.array(change),
      allowances: z.array(
        z.strictObject({
          title: text,
          change: place,
          from: z.strictObject({ places, level: place }).exactOptional(),
          pools: places,
          supervision: z
            .strictObject({ pools: places, supervisors: z.int().min(1), per: z.int().min(1), leads: z.boolean() })
            .exactOptional(),
          speed: number.positive(),
        }),
      ),
      teams: z.array(
        z.strictObject({
          places,
          lines: z.array(
            z.strictObject({
              level: place,
              per: number.min(0),
              members: z.array(z.strictObject({ amount: number.min(0), pools: places })),
            }),
          ),
        }),
      ),
      effects: z.array(
        z.strictObject({
          ...titled,
          crisis: text,
          at: number,
          until: number.exactOptional(),
          lasts: expression.exactOptional(),
          changes: places,
        }),
      ),
      sources: z.array(
        z.strictObject({
          id: text,
          cohort: place,
          change: place,
          groups: z.literal(true).exactOptional(),
          arrivals: z.discriminatedUnion('kind', [
            z.strictObject({ kind: z.literal('poisson'), rate: steps }),
            z.strictObject({ kind: z.literal('recorded'), at: z.array(number) }),
          ]),
        }),
      ),
      dependences: z.array(z.strictObject({ title: text, pools: places, battery: number.min(0) })),
      needs: z.array(z.strictObject({ pool: place, dependences: places })),
    })
    .meta({ id: 'Control' });
}
