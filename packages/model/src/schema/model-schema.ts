import { z } from 'zod';
import { deepFreeze } from '../json.js';
import { LANGUAGE_VERSION, type Model } from '../model.js';
import { ModelError } from '../model-error.js';
import { text } from './common-schema.js';
import {
  crisisSchema,
  gaugeSchema,
  responseSchema,
  scaleSchema,
  signalSchema,
  triggerSchema,
} from './crisis-schema.js';
import {
  cohortSchema,
  numberSchema,
  organisationSchema,
  resourceSchema,
  roleSchema,
  shiftSchema,
  skillSchema,
  sourceSchema,
  staffSchema,
  stockSchema,
  territorySchema,
  travelSchema,
} from './elements-schema.js';
import { pathwaySchema } from './flow-schema.js';
import { approvalSchema, expectationSchema, indicatorSchema } from './measurement-schema.js';
import { agreementSchema, payerSchema } from './regions-schema.js';
import { rosterSchema, ruleSetSchema } from './rosters-schema.js';
import { conversionSchema, scenarioSchema, studySchema } from './study-schema.js';

/** Identifies the JSON Schema of a model, with the language version that it belongs to. */
export const MODEL_SCHEMA_ID = `urn:pathway:schema:model:${LANGUAGE_VERSION}`;

/** What a model looks like as JSON. */
export const modelSchema: z.ZodType<Model> = z
  .strictObject({
    languageVersion: text,
    sourceHash: text,
    title: text,
    sources: z.array(sourceSchema),
    territories: z.array(territorySchema),
    organisations: z.array(organisationSchema),
    skills: z.array(skillSchema),
    roles: z.array(roleSchema),
    shifts: z.array(shiftSchema),
    staff: z.array(staffSchema),
    resources: z.array(resourceSchema),
    stocks: z.array(stockSchema),
    travel: z.array(travelSchema),
    numbers: z.array(numberSchema),
    cohorts: z.array(cohortSchema),
    pathways: z.array(pathwaySchema),
    indicators: z.array(indicatorSchema),
    expectations: z.array(expectationSchema),
    scales: z.array(scaleSchema).exactOptional(),
    signals: z.array(signalSchema).exactOptional(),
    gauges: z.array(gaugeSchema).exactOptional(),
    triggers: z.array(triggerSchema).exactOptional(),
    crises: z.array(crisisSchema).exactOptional(),
    responses: z.array(responseSchema).exactOptional(),
    agreements: z.array(agreementSchema).exactOptional(),
    payers: z.array(payerSchema).exactOptional(),
    ruleSets: z.array(ruleSetSchema).exactOptional(),
    rosters: z.array(rosterSchema).exactOptional(),
    scenarios: z.array(scenarioSchema),
    studies: z.array(studySchema),
    conversions: z.array(conversionSchema).exactOptional(),
    approvals: z.array(approvalSchema).exactOptional(),
  })
  .meta({
    title: 'Pathway model',
    description: 'The meaning of a Pathway project. Canonical units: seconds, whole currency units, fractions of 1.',
  });

/** The JSON Schema (draft 2020-12) of a model. */
export function modelJsonSchema(): object {
  return { $id: MODEL_SCHEMA_ID, ...z.toJSONSchema(modelSchema) };
}

const MOST_COMPLAINTS = 5;

/**
 * A model from parsed JSON, checked and frozen.
 * @throws ModelError that names the first places which are not as a model has them
 */
export function parseModel(json: unknown): Model {
  const version = z.object({ languageVersion: z.string() }).safeParse(json).data?.languageVersion;
  if (version !== undefined && version !== LANGUAGE_VERSION) {
    throw new ModelError(
      `This model was written for language version ${version}; this is ${LANGUAGE_VERSION}. Build it again from its sources.`,
    );
  }
  const result = modelSchema.safeParse(json);
  if (result.success) return deepFreeze(result.data);
  const complaints = result.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  const more = complaints.length > MOST_COMPLAINTS ? `; and ${complaints.length - MOST_COMPLAINTS} more` : '';
  throw new ModelError(`This is not a Pathway model. ${complaints.slice(0, MOST_COMPLAINTS).join('; ')}${more}.`);
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => place + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), '$');
}
