import * as z from 'zod';
import type { Crisis, EpidemicCurve } from '../crisis/crisis.js';
import type { ActionCard, Activation, ChangedProperties, Patch, Response } from '../crisis/response.js';
import type { Gauge, Reading, Scale, Signal, Trigger } from '../crisis/watching.js';
import {
  binaryOperator,
  declaration,
  expressionSchema,
  functionName,
  isoDate,
  minutesOfDay,
  optionalExpression,
  originSchema,
  positiveWhole,
  text,
  texts,
  titlesSchema,
} from './common-schema.js';
import { profileSchema } from './elements-schema.js';
import { activitySchema, stepParts } from './flow-schema.js';
import { workingRuleSchema } from './rosters-schema.js';

const optionalText = text.exactOptional();

export const scaleSchema: z.ZodType<Scale> = z.strictObject({
  ...declaration,
  levels: z.array(
    z.strictObject({ name: text, title: optionalText, titles: titlesSchema.exactOptional(), origin: originSchema }),
  ),
});

const readingSchema: z.ZodType<Reading> = z
  .lazy(() => {
    const inner = readingSchema;
    return z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('constant'), value: expressionSchema }),
      z.strictObject({ kind: z.literal('operation'), operator: binaryOperator, left: inner, right: inner }),
      z.strictObject({ kind: z.enum(['negate', 'not']), operand: inner }),
      z.strictObject({ kind: z.literal('function'), name: functionName, arguments: z.array(inner) }),
      z.strictObject({ kind: z.literal('signal'), signal: text }),
      z.strictObject({
        kind: z.literal('state'),
        measure: z.enum(['queue', 'busy', 'free', 'occupancy', 'capacity', 'level', 'absence']),
        of: text,
      }),
      z.strictObject({
        kind: z.literal('recent'),
        measure: z.enum(['arrivals', 'starts', 'completions', 'exits', 'wait']),
        of: optionalText,
        over: expressionSchema,
      }),
    ]);
  })
  .meta({ id: 'Reading' });

export const signalSchema: z.ZodType<Signal> = z.strictObject({
  ...declaration,
  unit: optionalText,
  reads: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('series'),
      file: text,
      column: text,
      values: z.array(z.number()),
      slot: z.number().positive().exactOptional(),
      times: texts.exactOptional(),
      dated: optionalText,
    }),
    z.strictObject({ kind: z.literal('measure'), value: readingSchema }),
  ]),
  averagedOver: optionalExpression,
  sampledAt: minutesOfDay.exactOptional(),
});

const members = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('organisation'), organisation: text }),
    z.strictObject({ kind: z.literal('gauge'), gauge: text }),
  ]),
);

export const gaugeSchema: z.ZodType<Gauge> = z.strictObject({
  ...declaration,
  scale: text,
  organisation: optionalText,
  sampledAt: minutesOfDay.exactOptional(),
  scores: z.array(
    z.strictObject({
      value: readingSchema,
      points: z.array(z.strictObject({ points: z.number(), below: optionalExpression })),
      origin: originSchema,
    }),
  ),
  thresholds: z.array(z.strictObject({ level: text, from: z.number(), origin: originSchema })),
  worstOf: members,
  counted: z.array(z.strictObject({ level: text, count: positiveWhole, members, least: text, origin: originSchema })),
});

const level = { scale: text, level: text, organisation: optionalText };

export const triggerSchema: z.ZodType<Trigger> = z.strictObject({
  ...declaration,
  sets: z.strictObject(level).exactOptional(),
  fires: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('condition'), when: readingSchema, lasting: optionalExpression }),
    z.strictObject({
      kind: z.literal('alert'),
      filter: z.strictObject({
        categories: texts,
        events: texts,
        severities: texts,
        urgencies: texts,
        certainties: texts,
        messageTypes: texts,
        territories: texts,
      }),
    }),
  ]),
  until: readingSchema.exactOptional(),
  calm: optionalExpression,
});

const moment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('day'), day: expressionSchema, at: minutesOfDay.exactOptional() }),
  z.strictObject({ kind: z.literal('date'), date: isoDate, at: minutesOfDay.exactOptional() }),
]);
const span = z
  .strictObject({ begin: moment.exactOptional(), lasting: optionalExpression, end: moment.exactOptional() })
  .exactOptional();

const epidemic = z.strictObject({
  kind: z.enum(['sir', 'seir']),
  population: expressionSchema,
  infected: expressionSchema,
  reproduction: expressionSchema,
  infectious: expressionSchema,
  latent: optionalExpression,
  admitted: optionalExpression,
  delay: optionalExpression,
});
const curve: z.ZodType<EpidemicCurve> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('logistic'),
    total: expressionSchema,
    doubling: expressionSchema,
    peak: expressionSchema,
  }),
  epidemic,
  z.strictObject({ kind: z.literal('table'), profile: profileSchema }),
]);
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('share'), share: expressionSchema }),
  z.strictObject({ kind: z.literal('rate'), rate: expressionSchema }),
  z.strictObject({ kind: z.literal('people'), people: expressionSchema }),
  z.strictObject({ kind: z.literal('curve'), curve }),
]);
const place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('step'), step: text }),
  z.strictObject({ kind: z.literal('pathway'), pathway: text }),
  z.strictObject({ kind: z.literal('organisation'), organisation: text }),
]);
const effect = { id: text, origin: originSchema, span };

export const crisisSchema: z.ZodType<Crisis> = z.strictObject({
  ...declaration,
  span,
  effects: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ ...effect, kind: z.literal('arrivals'), cohorts: texts, change }),
      z.strictObject({
        ...effect,
        kind: z.literal('diversion'),
        cohort: text,
        share: expressionSchema,
        to: optionalText,
      }),
      z.strictObject({
        ...effect,
        kind: z.literal('absence'),
        role: text,
        organisation: optionalText,
        share: expressionSchema,
      }),
      z.strictObject({
        ...effect,
        kind: z.literal('loss'),
        resource: text,
        amount: optionalExpression,
        share: optionalExpression,
        returnsOver: optionalExpression,
      }),
      z.strictObject({ ...effect, kind: z.literal('closure'), organisations: texts }),
      z.strictObject({ ...effect, kind: z.literal('slowdown'), places: z.array(place), share: expressionSchema }),
      z.strictObject({ ...effect, kind: z.literal('supply cut'), stock: text, share: optionalExpression }),
      z.strictObject({ ...effect, kind: z.literal('alert'), trigger: text }),
    ]),
  ),
});

export const activationSchema: z.ZodType<Activation> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trigger'), trigger: text, origin: originSchema }),
  z.strictObject({ kind: z.literal('level'), ...level, only: z.boolean(), origin: originSchema }),
  z.strictObject({ kind: z.literal('gauge'), gauge: text, level: text, only: z.boolean(), origin: originSchema }),
]);

const card: z.ZodType<ActionCard> = z.strictObject({
  id: text,
  role: text,
  organisation: optionalText,
  from: z.strictObject(level).exactOptional(),
  actions: z.array(
    z.strictObject({
      text,
      titles: titlesSchema.exactOptional(),
      within: optionalExpression,
      origin: originSchema,
    }),
  ),
  origin: originSchema,
});

const whenTrue = z.literal(true).exactOptional();

const changedProperties: z.ZodType<ChangedProperties> = z.strictObject({
  organisation: optionalText,
  staff: stepParts.needs.exactOptional(),
  things: stepParts.needs.exactOptional(),
  consumes: stepParts.consumes.exactOptional(),
  takes: optionalExpression,
  within: stepParts.within.exactOptional(),
  costs: z.array(expressionSchema).exactOptional(),
  priority: optionalExpression,
  waits: z.strictObject({ atMost: expressionSchema, otherwise: z.array(activitySchema) }).exactOptional(),
  handover: stepParts.handover.exactOptional(),
  dependsOn: texts.exactOptional(),
  fallbacks: z
    .array(
      z.strictObject({
        on: texts,
        battery: optionalExpression,
        workaround: z.array(activitySchema).exactOptional(),
        origin: originSchema,
      }),
    )
    .exactOptional(),
  remote: whenTrue,
  interruption: z.enum(['resumes', 'restarts', 'leaves']).exactOptional(),
  preempts: whenTrue,
  fitsShift: whenTrue,
  handedOver: whenTrue,
  freesFirst: whenTrue,
  moves: stepParts.moves.exactOptional(),
});

const patch = { id: text, origin: originSchema };
const body = z.array(activitySchema);
const scarce = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resource'), resource: text }),
  z.strictObject({ kind: z.literal('role'), role: text }),
]);
const cost = z.strictObject({ amount: expressionSchema, each: z.boolean() }).exactOptional();
const who = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), role: text }),
  z.strictObject({ kind: z.literal('person'), person: text }),
]);
const team = z.strictObject({
  level: text,
  members: z.array(z.strictObject({ role: text, amount: z.number() })),
  per: z.number(),
});

const patchSchema: z.ZodType<Patch> = z.discriminatedUnion('kind', [
  z.strictObject({ ...patch, kind: z.literal('replace'), place: text, with: body }),
  z.strictObject({ ...patch, kind: z.literal('insert'), where: z.enum(['before', 'after']), place: text, with: body }),
  z.strictObject({ ...patch, kind: z.literal('remove'), place: text }),
  z.strictObject({ ...patch, kind: z.literal('change'), place: text, relaxes: z.boolean(), to: changedProperties }),
  z.strictObject({ ...patch, kind: z.literal('reroute'), place: text, to: text, when: optionalExpression }),
  z.strictObject({ ...patch, kind: z.literal('hold back'), place: text, by: expressionSchema }),
  z.strictObject({ ...patch, kind: z.literal('merge'), of: z.array(scarce) }),
  z.strictObject({ ...patch, kind: z.literal('ration'), target: scarce, by: expressionSchema }),
  z.strictObject({ ...patch, kind: z.enum(['pause', 'cancel']), cohorts: texts }),
  z.strictObject({ ...patch, kind: z.literal('start'), cohorts: texts }),
  z.strictObject({ ...patch, kind: z.literal('postpone'), cohort: text, by: expressionSchema }),
  z.strictObject({ ...patch, kind: z.literal('divert'), cohort: text, share: expressionSchema, to: optionalText }),
  z.strictObject({
    ...patch,
    kind: z.literal('add'),
    resource: text,
    amount: expressionSchema,
    after: optionalExpression,
    cost,
  }),
  z.strictObject({
    ...patch,
    kind: z.literal('call in'),
    role: text,
    amount: expressionSchema,
    from: optionalText,
    after: optionalExpression,
    cost,
  }),
  z.strictObject({
    ...patch,
    kind: z.literal('convert'),
    amount: expressionSchema,
    from: text,
    to: text,
    after: optionalExpression,
  }),
  z.strictObject({
    ...patch,
    kind: z.literal('allow'),
    who,
    as: text,
    from: z.strictObject(level).exactOptional(),
    supervision: z.strictObject({ role: text, supervisors: z.number(), per: z.number() }).exactOptional(),
    training: optionalExpression,
    speed: optionalExpression,
  }),
  z.strictObject({ ...patch, kind: z.literal('team'), resource: text, scale: text, teams: z.array(team) }),
  z.strictObject({ ...patch, kind: z.literal('relax rules'), ruleSet: text, rules: z.array(workingRuleSchema) }),
]);

export const responseSchema: z.ZodType<Response> = z.strictObject({
  ...declaration,
  pathway: optionalText,
  activations: z.array(activationSchema),
  priority: z.number().exactOptional(),
  atMost: optionalExpression,
  patches: z.array(patchSchema),
  costs: z.array(expressionSchema).exactOptional(),
  recovery: z.strictObject({ delay: optionalExpression, after: texts }),
  cards: z.array(card),
});
