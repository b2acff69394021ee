import {
  constantValue,
  createDiagnostic,
  type Diagnostic,
  type Effect,
  formatDuration,
  meanOfExpression,
  type Model,
  type Stock,
  titleOf,
} from '@pathway/model';
import type { Demand } from '../../offered-load.js';
import type { Visit } from '../../traffic.js';
import { spanOf } from './crises-leave-what-is-needed.js';

const DAY = 86_400;

/**
 * Stocks last until what is ordered comes, and for as long as a crisis cuts their deliveries. What is used is the mean over
 * all visits if nobody ever waited; a stock that lasts on average may still run out by chance, which simulation shows.
 * @throws ModelError for impossible numbers
 */
export function suppliesLast(model: Model, demand: Demand): Diagnostic[] {
  return model.stocks.flatMap((stock) => {
    const used = usedPerSecond(stock.id, model, demand);
    if (used === undefined || used <= 0) return [];
    return [...ordersComeInTime(stock, used, model), ...cutsAreBridged(stock, used, model)];
  });
}

/** Mean units used a second; undefined where a rate or an amount has no closed form. */
function usedPerSecond(stock: string, model: Model, demand: Demand): number | undefined {
  let total = 0;
  for (const { cohort, kinds } of demand.traffic) {
    const visits = kinds.flatMap((kind) => kind.visits);
    const units = visits.map((visit) => visit.visits * (unitsOf(stock, visit, model) ?? Number.NaN));
    const mean = units.reduce((sum, each) => sum + each, 0);
    if (mean === 0) continue;
    total += mean * (demand.rates.get(cohort)?.rate ?? Number.NaN);
  }
  return Number.isNaN(total) ? undefined : total;
}

function unitsOf(stock: string, { activity }: Visit, model: Model): number | undefined {
  if (activity.kind !== 'step') return 0;
  const knowledge = { attributes: model.cohorts.flatMap(({ attributes }) => attributes) };
  const mean = (expression: Parameters<typeof meanOfExpression>[0]): number | undefined =>
    meanOfExpression(expression, model, knowledge).value;
  return (activity.consumes ?? [])
    .filter((each) => each.stock === stock)
    .reduce<number | undefined>((sum, { amount, overTime }) => {
      const units = mean(amount);
      const time = !overTime ? 1 : activity.takes === undefined ? 0 : mean(activity.takes);
      return sum === undefined || units === undefined || time === undefined ? undefined : sum + units * time;
    }, 0);
}

function ordersComeInTime(stock: Stock, used: number, model: Model): Diagnostic[] {
  if (stock.deliveries.some(({ kind }) => kind === 'scheduled')) return [];
  return stock.deliveries.flatMap((delivery) => {
    if (delivery.kind !== 'ordered') return [];
    const [below, after] = [constantValue(delivery.below, model), constantValue(delivery.after, model)];
    if (below === undefined || after === undefined || below / used >= after) return [];
    const params = {
      stock: titleOf(stock),
      lasts: formatDuration(below / used),
      next: `what is ordered then comes after ${formatDuration(after)}`,
    };
    return [createDiagnostic('PW6022', params, stock.origin)];
  });
}

function cutsAreBridged(stock: Stock, used: number, model: Model): Diagnostic[] {
  return (model.crises ?? []).flatMap((crisis) =>
    crisis.effects.flatMap((effect) => {
      if (effect.kind !== 'supply cut' || effect.stock !== stock.id) return [];
      const span = spanOf(effect.span ?? crisis.span, model);
      const lasts = span && lastsThrough(stock, effect, span.begin, used, model);
      if (span === undefined || lasts === undefined || lasts >= span.end - span.begin) return [];
      const params = {
        stock: titleOf(stock),
        lasts: formatDuration(lasts),
        next: `${titleOf(crisis)} cuts its deliveries for ${formatDuration(span.end - span.begin)}`,
      };
      return [createDiagnostic('PW6022', params, effect.origin)];
    }),
  );
}

/** For how long a stock lasts from the beginning of a cut on, with as much as there can be then. */
function lastsThrough(
  stock: Stock,
  { share: cut }: Extract<Effect, { kind: 'supply cut' }>,
  begin: number,
  used: number,
  model: Model,
): number | undefined {
  const share = cut === undefined ? 1 : constantValue(cut, model);
  const delivered = deliveredPerSecond(stock, model);
  const level = constantValue(stock.level, model);
  const most = stock.most === undefined ? Number.POSITIVE_INFINITY : constantValue(stock.most, model);
  if (share === undefined || delivered === undefined || level === undefined || most === undefined) return undefined;
  const there = Math.min(most, Math.max(0, level + (delivered - used) * begin));
  const lost = used - delivered * (1 - share);
  return lost <= 0 ? Number.POSITIVE_INFINITY : there / lost;
}

/** Mean units delivered a second by the calendar; undefined where stocks are ordered, or only for some time. */
function deliveredPerSecond({ deliveries }: Stock, model: Model): number | undefined {
  return deliveries.reduce<number | undefined>((sum, delivery) => {
    if (sum === undefined || delivery.kind === 'ordered') return undefined;
    if (delivery.since !== undefined || delivery.until !== undefined) return undefined;
    const amount = constantValue(delivery.amount, model);
    return amount === undefined ? undefined : sum + (amount * (delivery.days?.length ?? 7)) / (7 * DAY);
  }, 0);
}
