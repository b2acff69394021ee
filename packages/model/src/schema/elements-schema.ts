import * as z from 'zod';
import type {
  Arrivals,
  Cohort,
  NamedNumber,
  Organisation,
  Resource,
  Role,
  Shift,
  Skill,
  Source,
  StaffGroup,
  Stock,
  Territory,
  Travel,
} from '../elements.js';
import {
  declaration,
  expressionSchema,
  isoDate,
  minutesOfDay,
  optionalExpression,
  originSchema,
  scheduleSchema,
  text,
  texts,
  weekdays,
  titlesSchema,
} from './common-schema.js';

const heldSkills = z.array(z.strictObject({ skill: text, level: text.exactOptional() }));
const codes = z.record(text, text);
const ageRange = { low: z.number(), high: z.number().exactOptional() };

export const sourceSchema: z.ZodType<Source> = z.strictObject({
  ...declaration,
  url: text.exactOptional(),
  date: text.exactOptional(),
  grade: z.enum(['A', 'B', 'C', 'D']).exactOptional(),
  note: text.exactOptional(),
});

export const territorySchema: z.ZodType<Territory> = z.strictObject({
  ...declaration,
  population: optionalExpression,
  ages: z.array(z.strictObject({ ...ageRange, people: expressionSchema })).exactOptional(),
  timezone: text.exactOptional(),
  holidays: text.exactOptional(),
  holidayDates: z.array(isoDate).exactOptional(),
  entrypoints: z.array(z.strictObject({ organisation: text, audiences: texts })),
  geocodes: z.array(z.strictObject({ system: text, codes: texts })).exactOptional(),
  polygons: z.array(z.array(z.tuple([z.number(), z.number()]))).exactOptional(),
});

export const organisationSchema: z.ZodType<Organisation> = z.strictObject({
  ...declaration,
  sector: text.exactOptional(),
  territory: text.exactOptional(),
  partOf: text.exactOptional(),
  contact: codes,
  languages: texts.exactOptional(),
  accepts: texts.exactOptional(),
});

export const skillSchema: z.ZodType<Skill> = z.strictObject({
  ...declaration,
  levels: texts,
  codes,
  trainableIn: optionalExpression,
});

export const roleSchema: z.ZodType<Role> = z.strictObject({
  ...declaration,
  codes,
  skills: heldSkills,
  cost: optionalExpression,
});

export const shiftSchema: z.ZodType<Shift> = z.strictObject({
  ...declaration,
  from: minutesOfDay,
  to: minutesOfDay,
  days: weekdays.exactOptional(),
  workingTime: optionalExpression,
});

const person = z.strictObject({
  id: text,
  skills: z.array(
    z.strictObject({
      skill: text,
      level: text.exactOptional(),
      since: isoDate.exactOptional(),
      until: isoDate.exactOptional(),
    }),
  ),
  contract: z.number().exactOptional(),
  shifts: texts,
  leave: z.array(z.strictObject({ from: isoDate, to: isoDate })),
  origin: originSchema,
});

export const staffSchema: z.ZodType<StaffGroup> = z.strictObject({
  ...declaration,
  role: text,
  organisation: text.exactOptional(),
  headcount: expressionSchema,
  people: z.array(person),
  contract: optionalExpression,
  shifts: texts,
  onDuty: scheduleSchema.exactOptional(),
  absence: optionalExpression,
  leave: z.array(z.strictObject({ name: text, perYear: expressionSchema })),
  supportShares: z.array(z.strictObject({ name: text, share: expressionSchema, people: z.number().exactOptional() })),
  lostPerShift: z.array(z.strictObject({ name: text, time: expressionSchema })).exactOptional(),
});

export const resourceSchema: z.ZodType<Resource> = z.strictObject({
  ...declaration,
  resourceKind: z.enum(['space', 'stuff', 'system', 'vehicle']),
  organisation: text.exactOptional(),
  count: scheduleSchema,
  breakdown: z.strictObject({ every: expressionSchema, lasts: expressionSchema }).exactOptional(),
  cost: optionalExpression,
  dependencies: z.array(z.strictObject({ on: texts, battery: optionalExpression })).exactOptional(),
  recovery: z.strictObject({ objective: optionalExpression, maximumOutage: optionalExpression }).exactOptional(),
});

export const stockSchema: z.ZodType<Stock> = z.strictObject({
  ...declaration,
  organisation: text.exactOptional(),
  unit: text.exactOptional(),
  level: expressionSchema,
  most: optionalExpression,
  deliveries: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('scheduled'),
        amount: expressionSchema,
        at: minutesOfDay,
        days: weekdays.exactOptional(),
        since: isoDate.exactOptional(),
        until: isoDate.exactOptional(),
      }),
      z.strictObject({
        kind: z.literal('ordered'),
        amount: expressionSchema,
        below: expressionSchema,
        after: expressionSchema,
      }),
    ]),
  ),
});

export const travelSchema: z.ZodType<Travel> = z.strictObject({
  ...declaration,
  speed: optionalExpression,
  legs: z.array(z.strictObject({ from: text, to: text, length: expressionSchema })),
});

const uncertainty = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('range'), low: expressionSchema, high: expressionSchema }),
  z.strictObject({ kind: z.literal('distribution'), distribution: expressionSchema }),
]);

export const numberSchema: z.ZodType<NamedNumber> = z.strictObject({
  ...declaration,
  value: expressionSchema,
  uncertainty: uncertainty.exactOptional(),
});

export const profileSchema = z.strictObject({
  slot: z.number().positive(),
  values: z.array(z.number()),
  anchor: z.enum(['day', 'week', 'study']),
});

export const arrivalsSchema: z.ZodType<Arrivals> = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('every'),
      between: expressionSchema,
      first: optionalExpression,
      group: optionalExpression,
    }),
    z.strictObject({
      kind: z.literal('rate'),
      rate: expressionSchema,
      days: weekdays.exactOptional(),
      hours: z.strictObject({ from: z.int().min(0).max(1440), to: z.int().min(0).max(1440) }).exactOptional(),
      profile: profileSchema.exactOptional(),
      group: optionalExpression,
    }),
    z.strictObject({
      kind: z.literal('table'),
      profile: profileSchema,
      scale: optionalExpression,
      group: optionalExpression,
    }),
    z.strictObject({
      kind: z.literal('batch'),
      size: expressionSchema,
      at: minutesOfDay,
      days: weekdays.exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('appointments'),
      amount: optionalExpression,
      every: expressionSchema,
      from: minutesOfDay,
      to: minutesOfDay,
      days: weekdays.exactOptional(),
      shows: optionalExpression,
      deviation: optionalExpression,
    }),
    z.strictObject({ kind: z.literal('recorded'), times: z.array(z.number()), table: text.exactOptional() }),
  ])
  .meta({ id: 'Arrivals' });

const attribute = z.strictObject({
  name: text,
  title: text.exactOptional(),
  titles: titlesSchema.exactOptional(),
  documentation: text.exactOptional(),
  origin: originSchema,
  value: expressionSchema,
  categories: texts,
});

export const cohortSchema: z.ZodType<Cohort> = z.strictObject({
  ...declaration,
  arrivals: arrivalsSchema.exactOptional(),
  population: z
    .strictObject({
      territory: text.exactOptional(),
      rates: z.array(z.strictObject({ ...ageRange, rate: expressionSchema, people: z.number(), origin: originSchema })),
      profile: profileSchema.exactOptional(),
    })
    .exactOptional(),
  attributes: z.array(attribute),
  priority: optionalExpression,
});
