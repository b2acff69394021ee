import * as z from 'zod';
import type { Activity, Pathway } from '../flow.js';
import {
  declaration,
  expressionSchema,
  minutesOfDay,
  optionalExpression,
  originSchema,
  text,
  texts,
  titlesSchema,
  weekdays,
} from './common-schema.js';

const activity = {
  id: text,
  titles: titlesSchema.exactOptional(),
  origin: originSchema,
  documentation: text.exactOptional(),
};
const named = { name: text.exactOptional(), title: text.exactOptional() };

const needTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resource'), resource: text }),
  z.strictObject({ kind: z.literal('role'), role: text, from: text.exactOptional() }),
  z.strictObject({
    kind: z.literal('skill'),
    skill: text,
    level: text.exactOptional(),
    from: text.exactOptional(),
  }),
]);
const needs = z.array(z.strictObject({ amount: expressionSchema, of: z.array(needTarget), origin: originSchema }));
const flag = z.boolean().exactOptional();

const branchCondition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('share'), share: expressionSchema }),
  z.strictObject({ kind: z.literal('category'), values: texts }),
  z.strictObject({ kind: z.literal('condition'), condition: expressionSchema }),
  z.strictObject({ kind: z.literal('otherwise') }),
]);

const handover = z.strictObject({ to: texts, by: texts, returns: text.exactOptional(), origin: originSchema });

/** Parts of steps and holds that a patch can change too. */
export const stepParts = {
  needs,
  consumes: z.array(
    z.strictObject({ stock: text, amount: expressionSchema, overTime: z.boolean(), origin: originSchema }),
  ),
  within: z.strictObject({ limit: expressionSchema, of: text, share: optionalExpression }),
  handover,
  moves: z.strictObject({ to: needTarget, origin: originSchema }),
};

export const activitySchema: z.ZodType<Activity> = z
  .lazy(() => {
    const body = z.array(activitySchema);
    const branches = z.array(
      z.strictObject({
        name: text,
        title: text.exactOptional(),
        titles: titlesSchema.exactOptional(),
        origin: originSchema,
        body,
      }),
    );
    const waits = z.strictObject({ atMost: expressionSchema, otherwise: body }).exactOptional();
    const fallback = z.strictObject({
      on: texts,
      battery: optionalExpression,
      workaround: body.exactOptional(),
      origin: originSchema,
    });
    return z.discriminatedUnion('kind', [
      z.strictObject({
        ...activity,
        kind: z.literal('step'),
        name: text,
        title: text.exactOptional(),
        organisation: text.exactOptional(),
        needs,
        consumes: stepParts.consumes.exactOptional(),
        takes: optionalExpression,
        within: stepParts.within.exactOptional(),
        costs: z.array(expressionSchema),
        when: optionalExpression,
        priority: optionalExpression,
        waits,
        handover: handover.exactOptional(),
        dependsOn: texts,
        fallbacks: z.array(fallback).exactOptional(),
        remote: z.boolean(),
        interruption: z.enum(['resumes', 'restarts', 'leaves']).exactOptional(),
        preempts: flag,
        fitsShift: flag,
        handedOver: flag,
        sources: texts.exactOptional(),
      }),
      z.strictObject({
        ...activity,
        kind: z.literal('hold'),
        name: text,
        title: text.exactOptional(),
        policy: z.enum(['all', 'first free', 'least busy']),
        needs,
        otherwise: body.exactOptional(),
        waits,
        freesFirst: z.boolean(),
        when: optionalExpression,
        priority: optionalExpression,
        preempts: flag,
        moves: stepParts.moves.exactOptional(),
        body,
      }),
      z.strictObject({ ...activity, kind: z.literal('release'), targets: texts, hold: text }),
      z.strictObject({
        ...activity,
        ...named,
        kind: z.literal('choose'),
        by: z.enum(['shares', 'attribute', 'condition']),
        attribute: text.exactOptional(),
        branches: z.array(
          z.strictObject({
            origin: originSchema,
            label: text,
            titles: titlesSchema.exactOptional(),
            name: text.exactOptional(),
            when: branchCondition,
            body,
          }),
        ),
      }),
      z.strictObject({ ...activity, ...named, kind: z.literal('together'), branches }),
      z.strictObject({ ...activity, ...named, kind: z.literal('race'), branches }),
      z.strictObject({
        ...activity,
        ...named,
        kind: z.literal('gather'),
        size: optionalExpression,
        after: optionalExpression,
        every: optionalExpression,
        atMost: optionalExpression,
        body,
      }),
      z.strictObject({
        ...activity,
        ...named,
        kind: z.literal('wait'),
        duration: optionalExpression,
        until: z.strictObject({ at: minutesOfDay, days: weekdays.exactOptional() }).exactOptional(),
      }),
      z.strictObject({ ...activity, kind: z.literal('set'), attribute: text, value: expressionSchema }),
      z.strictObject({
        ...activity,
        ...named,
        kind: z.literal('repeat'),
        times: optionalExpression,
        atMost: optionalExpression,
        until: optionalExpression,
        again: optionalExpression,
        every: optionalExpression,
        body,
      }),
      z.strictObject({ ...activity, kind: z.literal('go to'), to: text }),
      z.strictObject({ ...activity, kind: z.literal('call'), pathway: text }),
      z.strictObject({ ...activity, kind: z.literal('finish'), outcome: text, title: text.exactOptional() }),
    ]);
  })
  .meta({ id: 'Activity' });

export const pathwaySchema: z.ZodType<Pathway> = z.strictObject({
  ...declaration,
  cohorts: z.array(z.strictObject({ cohort: text, entry: text.exactOptional() })),
  owner: text.exactOptional(),
  essential: z.strictObject({ maximumOutage: optionalExpression, minimum: optionalExpression }).exactOptional(),
  body: z.array(activitySchema),
});
