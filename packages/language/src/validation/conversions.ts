import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, formatNumber, NUMBER, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { constantOf } from './constants.js';
import type { ValidationContext } from './context.js';
import { originOf, originOfProperty } from './places.js';
import { targetOf } from './references.js';

/**
 * Units of a resource can become units of another: of both there is a number, there are as many as are converted at
 * some time at least, and the end comes after the beginning.
 */
export function* conversionIsPossible(conversion: ast.Conversion, context: ValidationContext): Generator<Diagnostic> {
  const resource = targetOf(conversion.resource);
  const target = targetOf(conversion.target);
  const told = (sentence: string, property: string): Diagnostic =>
    createDiagnostic('PW5020', { sentence }, originOfProperty(conversion, property));
  if (resource !== undefined && resource === target) {
    yield told(`Units of \`${resource.name}\` become units of \`${resource.name}\`, which changes nothing.`, 'target');
    return;
  }
  for (const [property, each] of [['resource', resource] as const, ['target', target] as const]) {
    if (each === undefined || !isUnlimited(each)) continue;
    yield told(`\`${each.name}\` is unlimited, so that no unit of it is converted: give it a count.`, property);
  }
  if (resource !== undefined) yield* thereAreAsMany(conversion, resource, context);
  yield* endsAfterItBegins(conversion);
}

/** What a resource says of its number; a scenario may set it to something else. */
function countsOf(resource: ast.Resource): readonly ast.ScheduleRule[] {
  return resource.properties.filter(ast.isCountProperty).flatMap(({ schedule }) => schedule?.rules ?? []);
}

function isUnlimited(resource: ast.Resource): boolean {
  return resource.properties
    .filter(ast.isCountProperty)
    .some(({ schedule }) => schedule !== undefined && schedule.$cstNode?.text.includes('unlimited') === true);
}

function* thereAreAsMany(
  conversion: ast.Conversion,
  resource: ast.Resource,
  context: ValidationContext,
): Generator<Diagnostic> {
  const scenario = conversion.$container;
  // What a scenario sets, itself or through another, is not looked at.
  if (scenario.bases.length > 0 || scenario.settings.some((setting) => targetOf(setting.element) === resource)) return;
  const type = context.types.of(conversion.amount);
  if (type.kind !== 'quantity' || !sameDimension(type.dimension, NUMBER)) return;
  const amounts = countsOf(resource).flatMap((rule) => [constantOf(rule.amount), constantOf(rule.reaches)]);
  const most = Math.max(...amounts.map((amount) => amount ?? 0));
  const amount = constantOf(conversion.amount);
  if (amounts.length === 0 || isUnlimited(resource) || amount === undefined || amount <= most) return;
  if (countsOf(resource).some((rule) => constantOf(rule.amount) === undefined)) return;
  const there = `there are never more than ${formatNumber(most)} of \`${resource.name}\``;
  const sentence = `${formatNumber(amount)} are converted, but ${there}.`;
  yield createDiagnostic('PW5020', { sentence }, originOf(conversion.amount));
}

function* endsAfterItBegins({ begins, ends }: ast.Conversion): Generator<Diagnostic> {
  if (begins === undefined || ends === undefined) return;
  const text = ends.$cstNode?.text ?? '';
  const sentence = `\`until ${text}\` does not come after \`from ${begins.$cstNode?.text ?? ''}\`.`;
  if (isAfter(ends, begins) === false) yield createDiagnostic('PW5020', { sentence }, originOf(ends));
}

/** Undefined where one is a date and the other counts days of the study. */
function isAfter(ends: ast.StudyMoment, begins: ast.StudyMoment): boolean | undefined {
  if (ends.day !== undefined && begins.day !== undefined) return ends.day > begins.day;
  if (ends.date === undefined || begins.date === undefined) return undefined;
  const moment = ({ date = '', time = '00:00' }: ast.StudyMoment): string => `${date}T${time.padStart(5, '0')}`;
  return moment(ends) > moment(begins);
}
