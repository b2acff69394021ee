import type { Consumption, Delivery, Expression, Stock } from '@pathway/model';
import { DURATION, parseUnit } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression, MISSING } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerDays, minutesOf } from './schedules.js';

export function lowerStock(node: ast.Stock, context: LoweringContext): Stock {
  const organisation = node.properties.find(ast.isAtProperty)?.organisation.ref;
  const unit = node.properties.find(ast.isUnitProperty)?.unit;
  const level = node.properties.find(ast.isLevelProperty)?.level;
  const most = node.properties.find(ast.isMostProperty)?.most;
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
    ...(unit === undefined ? {} : { unit }),
    level: level === undefined ? MISSING : lowerExpression(level, context),
    ...(most === undefined ? {} : { most: lowerExpression(most, context) }),
    deliveries: node.properties.filter(ast.isDeliveryProperty).map((each) => lowerDelivery(each, context)),
  };
}

function lowerDelivery(node: ast.DeliveryProperty, context: LoweringContext): Delivery {
  const amount = lowerExpression(node.amount, context);
  if (node.at === undefined) {
    const below = lowerExpression(node.below, context);
    return { kind: 'ordered', amount, below, after: lowerExpression(node.after, context) };
  }
  return {
    kind: 'scheduled',
    amount,
    at: minutesOf(node.at),
    ...(node.days === undefined ? {} : { days: lowerDays(node.days) }),
    ...(node.since === undefined ? {} : { since: node.since }),
    ...(node.until === undefined ? {} : { until: node.until }),
  };
}

/** What a step uses up. */
export function lowerConsumption(node: ast.Consumption, context: LoweringContext): Consumption {
  const amount = lowerExpression(node.amount, context);
  const seconds = node.per === undefined ? undefined : parseUnit(node.per)?.factor;
  const perSecond = (unit: number): Expression => ({
    kind: 'binary',
    operator: '/',
    left: amount,
    right: { kind: 'number', value: unit, dimension: DURATION, unit: node.per ?? 's' },
  });
  return {
    stock: context.idOf(node.stock.ref),
    amount: seconds === undefined ? amount : perSecond(seconds),
    overTime: node.per !== undefined,
    origin: context.originOf(node),
  };
}
