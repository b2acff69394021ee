import { constantValue, type Expression, meanOfExpression, type Model } from '@pathway/model';
import type { FhirElement } from './fhir-json.js';

/** Units of UCUM, the largest first. */
const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A quantity of time in UCUM. */
export interface FhirDuration extends FhirElement {
  readonly value: number;
  readonly unit: string;
  readonly system: string;
  readonly code: string;
}

/** A duration in the largest unit in which it has at most two decimals. */
export function durationOf(seconds: number): FhirDuration {
  const fits = ([, size]: (typeof UNITS)[number]): boolean =>
    seconds >= size && Math.abs((seconds / size) * 100 - Math.round((seconds / size) * 100)) < 1e-9;
  const [unit, size] = UNITS.find(fits) ?? ['s', 1];
  return { value: Number((seconds / size).toFixed(6)), unit, system: 'http://unitsofmeasure.org', code: unit };
}

/** How long something takes, in seconds; `isMean` where a law is told by its mean alone. */
export interface ToldTime {
  readonly seconds: number;
  readonly isMean: boolean;
}

/** Undefined where the time depends on the patient in a way that has no mean in closed form. */
export function timeOf(expression: Expression, model: Model): ToldTime | undefined {
  const constant = constantValue(expression, model);
  if (constant !== undefined) return { seconds: Math.max(0, constant), isMean: false };
  const attributes = model.cohorts.flatMap((cohort) => cohort.attributes);
  const { value } = meanOfExpression(expression, model, { attributes });
  return value === undefined || !Number.isFinite(value) ? undefined : { seconds: Math.max(0, value), isMean: true };
}
