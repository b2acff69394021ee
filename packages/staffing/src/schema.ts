import * as z from 'zod';
import type { StaffingPlan } from './plan.js';

export const STAFFING_PLAN_SCHEMA_ID = 'urn:pathway:schema:staffing-plan:1';

const hours = z.array(z.number().nonnegative()).length(168);
const hoursOfDays = z.array(z.number().nonnegative());
const message = z.strictObject({ subject: z.string(), message: z.string() });

const wisn = z.strictObject({
  possibleDays: z.number(),
  absences: z.array(z.strictObject({ name: z.string(), daysPerYear: z.number().nonnegative() })),
  hoursPerDay: z.number(),
  availableHoursPerYear: z.number(),
  activities: z.array(
    z.strictObject({
      activity: z.string(),
      title: z.string(),
      volumePerYear: z.number(),
      hoursEach: z.number(),
      required: z.number(),
    }),
  ),
  categoryAllowanceShare: z.number(),
  categoryAllowanceFactor: z.number(),
  support: z.array(z.strictObject({ name: z.string(), share: z.number() })),
  individual: z.array(z.strictObject({ name: z.string(), people: z.number(), hoursPerYear: z.number() })),
  individualAllowanceHours: z.number(),
  individualAllowanceFactor: z.number(),
  required: z.number(),
  rounded: z.number().int(),
  existing: z.number(),
  ratio: z.number(),
});

const share = z.number().min(0).max(1);
const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delay'), most: share }),
  z.strictObject({ kind: z.literal('wait'), share, within: z.number() }),
  z.strictObject({ kind: z.literal('mean wait'), most: z.number() }),
  z.strictObject({ kind: z.literal('workload'), percentile: share }),
]);
const team = z.strictObject({
  scale: z.string(),
  level: z.string(),
  resource: z.string(),
  amount: z.number(),
  per: z.number(),
  byHour: hours,
});
const simulated = z.strictObject({
  study: z.string(),
  mean: z.number(),
  meanByHour: hours.nullable(),
  percentiles: z.strictObject({ p50: z.number(), p90: z.number(), p95: z.number() }),
});
const patientDays = z.strictObject({
  patients: z.number(),
  hoursEach: z.number(),
  source: z.enum(['given', 'team', 'work']),
  productiveHoursPerShift: z.number(),
  workersPerDay: z.number(),
  shiftsPerWeek: z.number(),
  absence: z.number(),
  required: z.number(),
});

const role = z.strictObject({
  role: z.string(),
  title: z.string(),
  organisation: z.string().optional(),
  countedInPart: z.literal(true).optional(),
  loadByHour: hours,
  load90ByHour: hours,
  coverByHour: hours,
  minimumByHour: hours,
  minimumFrom: z.array(z.string()),
  teams: z.array(team),
  worstDelay: share.nullable(),
  onDutyByHour: hours.nullable(),
  target,
  simulated: simulated.nullable(),
  workHoursPerWeek: z.number(),
  coverHoursPerWeek: z.number(),
  headcount: z
    .strictObject({
      existing: z.number(),
      needed: z.number(),
      contractHoursPerWeek: z.number(),
      absence: z.number(),
      leave: z.number(),
      shiftHours: z.number(),
      productiveHours: z.number(),
      lostPerShift: z.array(z.strictObject({ name: z.string(), hours: z.number() })),
      shortfall: z.number(),
      neededAtHighAbsence: z.number().nullable(),
    })
    .nullable(),
  workByActivity: z.array(z.strictObject({ activity: z.string(), title: z.string(), hoursPerWeek: z.number() })),
  wisn: wisn.nullable(),
  patientDays: patientDays.nullable(),
  notes: z.array(z.string()),
});

const byDay = z.strictObject({
  from: z.string(),
  days: z.number().int().nonnegative(),
  spells: z.array(
    z.strictObject({
      kind: z.enum(['effect', 'response']),
      id: z.string(),
      title: z.string(),
      from: z.number(),
      until: z.number(),
      assumed: z.literal(true).optional(),
    }),
  ),
  roles: z.array(
    z.strictObject({
      role: z.string(),
      title: z.string(),
      organisation: z.string().optional(),
      loadByHour: hoursOfDays,
      coverByHour: hoursOfDays,
      minimumByHour: hoursOfDays,
      onDutyByHour: hoursOfDays.nullable(),
      calledInByHour: hoursOfDays,
      stretches: z.array(
        z.strictObject({
          from: z.string(),
          until: z.string(),
          crises: z.array(z.string()),
          responses: z.array(z.string()),
          coverHoursPerDay: z.number(),
          mostNeeded: z.number(),
          onDuty: z.number().nullable(),
          calledIn: z.number(),
          missingHours: z.number(),
          mostMissing: z.number(),
        }),
      ),
    }),
  ),
  notes: z.array(z.string()),
});

/** A staffing plan as JSON. */
const staffingPlanSchema = z.strictObject({
  format: z.literal('pathway-staffing-plan'),
  formatVersion: z.literal(1),
  languageVersion: z.string(),
  sourceHash: z.string(),
  scenario: z.string(),
  title: z.string(),
  roles: z.array(role),
  skills: z.array(
    z.strictObject({
      skill: z.string(),
      level: z.string().optional(),
      title: z.string(),
      loadByHour: hours,
      workHoursPerWeek: z.number(),
      holders: z.number(),
    }),
  ),
  byDay: byDay.optional(),
  gaps: z.array(message),
});

/** Reads a staffing plan; throws ZodError for anything else. */
export function parseStaffingPlan(json: unknown): StaffingPlan {
  return staffingPlanSchema.parse(json) as StaffingPlan;
}

/** The JSON Schema that is published as `docs/schemas/staffing-plan.schema.json`. */
export function staffingPlanJsonSchema(): Readonly<Record<string, unknown>> {
  return { $id: STAFFING_PLAN_SCHEMA_ID, ...z.toJSONSchema(staffingPlanSchema) };
}
