import * as z from 'zod';
import { deepFreeze } from '../json.js';
import { LANGUAGE_VERSION, type Model, type Template } from '../model.js';
import { ModelError } from '../model-error.js';
import { declaration, text } from './common-schema.js';
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
import {
  assessmentSchema,
  decisionSchema,
  deploymentSchema,
  instrumentSchema,
  needSchema,
  questionSchema,
  usageSchema,
} from './readiness-schema.js';
import { rosterSchema, ruleSetSchema } from './rosters-schema.js';
import { conversionSchema, scenarioSchema, studySchema } from './study-schema.js';

/** Identifies the JSON Schema of a model, with the language version that it belongs to. */
export const MODEL_SCHEMA_ID = `urn:pathway:schema:model:${LANGUAGE_VERSION}`;

/** The lists that hold the meaning of a model. */
const lists = {
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
  scales: z.array(scaleSchema),
  signals: z.array(signalSchema),
  gauges: z.array(gaugeSchema),
  triggers: z.array(triggerSchema),
  crises: z.array(crisisSchema),
  responses: z.array(responseSchema),
  agreements: z.array(agreementSchema),
  payers: z.array(payerSchema),
  ruleSets: z.array(ruleSetSchema),
  rosters: z.array(rosterSchema),
  scenarios: z.array(scenarioSchema),
  studies: z.array(studySchema),
};

/** The same, where each may be absent. */
const parts = {
  sources: lists.sources.exactOptional(),
  territories: lists.territories.exactOptional(),
  organisations: lists.organisations.exactOptional(),
  skills: lists.skills.exactOptional(),
  roles: lists.roles.exactOptional(),
  shifts: lists.shifts.exactOptional(),
  staff: lists.staff.exactOptional(),
  resources: lists.resources.exactOptional(),
  stocks: lists.stocks.exactOptional(),
  travel: lists.travel.exactOptional(),
  numbers: lists.numbers.exactOptional(),
  cohorts: lists.cohorts.exactOptional(),
  pathways: lists.pathways.exactOptional(),
  indicators: lists.indicators.exactOptional(),
  expectations: lists.expectations.exactOptional(),
  scales: lists.scales.exactOptional(),
  signals: lists.signals.exactOptional(),
  gauges: lists.gauges.exactOptional(),
  triggers: lists.triggers.exactOptional(),
  crises: lists.crises.exactOptional(),
  responses: lists.responses.exactOptional(),
  agreements: lists.agreements.exactOptional(),
  payers: lists.payers.exactOptional(),
  ruleSets: lists.ruleSets.exactOptional(),
  rosters: lists.rosters.exactOptional(),
  scenarios: lists.scenarios.exactOptional(),
  studies: lists.studies.exactOptional(),
};

const templateSchema: z.ZodType<Template> = z.strictObject({
  ...declaration,
  needs: z.array(needSchema),
  parts: z.strictObject(parts),
});

/** What a model looks like as JSON. */
export const modelSchema: z.ZodType<Model> = z
  .strictObject({
    languageVersion: text,
    sourceHash: text,
    title: text,
    sources: lists.sources,
    territories: lists.territories,
    organisations: lists.organisations,
    skills: lists.skills,
    roles: lists.roles,
    shifts: lists.shifts,
    staff: lists.staff,
    resources: lists.resources,
    stocks: lists.stocks,
    travel: lists.travel,
    numbers: lists.numbers,
    cohorts: lists.cohorts,
    pathways: lists.pathways,
    indicators: lists.indicators,
    expectations: lists.expectations,
    scales: parts.scales,
    signals: parts.signals,
    gauges: parts.gauges,
    triggers: parts.triggers,
    crises: parts.crises,
    responses: parts.responses,
    agreements: parts.agreements,
    payers: parts.payers,
    ruleSets: parts.ruleSets,
    rosters: parts.rosters,
    templates: z.array(templateSchema).exactOptional(),
    deployments: z.array(deploymentSchema).exactOptional(),
    instruments: z.array(instrumentSchema).exactOptional(),
    assessments: z.array(assessmentSchema).exactOptional(),
    usages: z.array(usageSchema).exactOptional(),
    questions: z.array(questionSchema).exactOptional(),
    decisions: z.array(decisionSchema).exactOptional(),
    scenarios: lists.scenarios,
    studies: lists.studies,
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
