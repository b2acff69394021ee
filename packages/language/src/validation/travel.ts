import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, DURATION, explainUnknownUnit, LENGTH, parseUnit, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { ValidationContext } from './context.js';
import { describeType } from './kinds-of-value.js';
import { originOf, originOfHead, originOfProperty } from './places.js';
import { targetOf } from './references.js';

/** Ways given as distances have a speed; each way is given once. */
export function* travelIsPossible(travel: ast.Travel, { types }: ValidationContext): Generator<Diagnostic> {
  const legs = travel.properties.filter(ast.isTravelLeg);
  const tables = travel.properties.filter(ast.isTravelTable);
  if (legs.length === 0 && tables.length === 0) {
    const sentence = `\`${travel.name}\` leads nowhere; give it ways such as \`from Depot to Hospital 12 km\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOfHead(travel));
  }
  const isDistance = [
    ...legs
      .map(({ length }) => types.of(length))
      .map((type) => type.kind === 'quantity' && sameDimension(type.dimension, LENGTH)),
    ...tables.map(({ unit }) => unit !== undefined && parseUnit(unit)?.dimension.length === 1),
  ].some(Boolean);
  if (isDistance && !travel.properties.some(ast.isSpeedProperty)) {
    const sentence = `\`${travel.name}\` gives distances and no speed; add one such as \`speed 50 km/h\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOfHead(travel));
  }
  const seen = new Set<string>();
  for (const leg of legs) {
    const key = JSON.stringify([targetOf(leg.from)?.name, targetOf(leg.to)?.name]);
    if (seen.has(key)) {
      const sentence = `The way from ${leg.from.$refText} to ${leg.to.$refText} is given twice; keep one.`;
      yield createDiagnostic('PW4006', { sentence }, originOf(leg));
    }
    seen.add(key);
  }
}

/** The unit after `in` is one of time or of length. */
export function* travelTableHasAUnit(table: ast.TravelTable): Generator<Diagnostic> {
  if (table.unit === undefined) return;
  const unit = parseUnit(table.unit);
  if (unit === undefined) {
    yield createDiagnostic('PW4001', { sentence: explainUnknownUnit(table.unit) }, originOfProperty(table, 'unit'));
    return;
  }
  if (sameDimension(unit.dimension, DURATION) || sameDimension(unit.dimension, LENGTH)) return;
  const found = describeType({ kind: 'quantity', dimension: unit.dimension, percentage: unit.percentage });
  const params = { place: '`in`', expected: 'a unit of time or of length, such as `min` or `km`', found };
  yield createDiagnostic('PW4002', params, originOfProperty(table, 'unit'));
}

/** A call of a travel names two places: organisations, or attributes whose values are places. */
export function* travelEndsArePlaces(
  call: ast.FunctionCall,
  travel: ast.Travel,
  { types }: ValidationContext,
): Generator<Diagnostic> {
  const fits = call.arguments.map((argument) => {
    if (argument.name !== undefined || !ast.isNameReference(argument.value)) return false;
    const target = targetOf(argument.value.target);
    if (target === undefined || ast.isOrganisation(target) || ast.isCategoryOption(target)) return true;
    return ast.isAttribute(target) && types.of(argument.value).kind === 'category';
  });
  if (fits.length === 2 && fits.every(Boolean) && call.unit === undefined && call.from === undefined) return;
  const needs = 'two places: organisations, or attributes whose values are places';
  const wrong = call.arguments[fits.length === 2 ? fits.indexOf(false) : -1];
  yield createDiagnostic('PW4013', { function: travel.name, needs }, originOf(wrong ?? call));
}
