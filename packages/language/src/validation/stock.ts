import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, DURATION, explainUnknownUnit, parseUnit, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { variationsOf } from './constants.js';
import { originOf, originOfHead, originOfProperty } from './places.js';
import { targetOf } from './references.js';

/** A stock says what there is of it at the start. */
export function* stockHasALevel(stock: ast.Stock): Generator<Diagnostic> {
  if (stock.properties.some(ast.isLevelProperty)) return;
  const sentence = `\`${stock.name}\` does not say what there is at the start; add \`count\` with a number.`;
  yield createDiagnostic('PW4006', { sentence }, originOfHead(stock));
}

/** A step uses up each stock in one way; what it uses over time needs a time and a rate that is no draw. */
export function* consumptionIsPossible(step: ast.Step): Generator<Diagnostic> {
  const seen = new Set<ast.Stock>();
  for (const consumption of step.properties.filter(ast.isConsumesProperty).flatMap((each) => each.amounts)) {
    const stock = targetOf(consumption.stock);
    if (stock !== undefined && seen.has(stock)) {
      const params = { name: `\`${stock.name}\``, place: `\`${step.name}\`` };
      yield createDiagnostic('PW3019', params, originOf(consumption));
    }
    if (stock !== undefined) seen.add(stock);
    if (consumption.per !== undefined) yield* usedOverTime(step, consumption, consumption.per);
  }
}

function* usedOverTime(step: ast.Step, consumption: ast.Consumption, per: string): Generator<Diagnostic> {
  const unit = parseUnit(per);
  if (unit === undefined || !sameDimension(unit.dimension, DURATION)) {
    const sentence = explainUnknownUnit(`per ${per}`);
    yield createDiagnostic('PW4001', { sentence }, originOfProperty(consumption, 'per'));
  }
  if (!step.properties.some(ast.isTakesProperty)) {
    const sentence = `\`${step.name}\` takes no time to consume anything over; add \`takes\`, or leave out \`per ${per}\`.`;
    yield createDiagnostic('PW4006', { sentence }, originOf(consumption));
  }
  const { amount } = consumption;
  if (amount !== undefined && variationsOf(amount).has('draw')) {
    const params = { place: '`consumes`', text: amount.$cstNode?.text ?? '' };
    yield createDiagnostic('PW4007', params, originOf(amount));
  }
}
