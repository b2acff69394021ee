import {
  activitiesOf,
  byId,
  constantValue,
  createDiagnostic,
  type Crisis,
  type Diagnostic,
  type Effect,
  formatDuration,
  meanOfExpression,
  type Model,
  type Origin,
  scenarioChain,
  type Stock,
  titleOf,
} from '@pathway/model';
import type { Demand } from '../../offered-load.js';
import type { Visit } from '../../traffic.js';
import { dormantIn, startedCohorts } from '../../usual-demand.js';
import { spanOf } from './crises-leave-what-is-needed.js';
import { headOf } from './responses-go-together.js';

const DAY = 86_400;

/**
 * Stocks last until what is ordered comes, and for as long as a crisis cuts their deliveries. What is used is the mean over
 * all visits if nobody ever waited; a stock that lasts on average may still run out by chance, which simulation shows. Whom a
 * response alone starts uses something in a crisis with a scenario in which that response is at hand, and else nothing.
 * @throws ModelError for impossible numbers
 */
export function suppliesLast(model: Model, demand: Demand): Diagnostic[] {
  return model.stocks.flatMap((stock) => {
    const used = usedPerSecond(stock.id, model, demand, asUsually(model));
    if (used === undefined) return [];
    const usual = used > 0 ? ordersComeInTime(stock, used, model) : [];
    return [
      ...usual,
      ...cutsAreBridged(
        stock,
        used,
        model,
        (crisis) => usedPerSecond(stock.id, model, demand, timesIn(crisis, model)) ?? used,
      ),
      ...(usual.length > 0 ? [] : surgesAreMet(stock, used, model, demand)),
    ];
  });
}

/** How many times as many of a cohort come as it says; once where nothing is known. */
type Times = ReadonlyMap<string, number>;

function asUsually(model: Model): Times {
  return new Map(Array.from(startedCohorts(model), (cohort) => [cohort, 0]));
}

function timesIn(crisis: Crisis, model: Model): Times {
  const scenarios = model.scenarios.filter(({ id }) =>
    scenarioChain(model, id).some(({ crises }) => crises?.includes(crisis.id) === true),
  );
  const dormant = dormantIn(
    model,
    scenarios.map(({ id }) => id),
  );
  return new Map([...surgeOf(crisis, model), ...Array.from(dormant, (cohort) => [cohort, 0] as const)]);
}

/** How many times as many of each cohort come in a crisis as usual, where it says so by a share. */
function surgeOf({ effects }: Crisis, model: Model): Times {
  const factors = new Map<string, number>();
  for (const effect of effects) {
    if (effect.kind !== 'arrivals' || effect.change.kind !== 'share') continue;
    const share = constantValue(effect.change.share, model) ?? 0;
    for (const cohort of effect.cohorts) factors.set(cohort, (factors.get(cohort) ?? 1) * Math.max(0, 1 + share));
  }
  return factors;
}

/** What more people use in a crisis is there, too: what is ordered comes in time, and what is delivered is enough. */
function surgesAreMet(stock: Stock, usual: number, model: Model, demand: Demand): Diagnostic[] {
  return (model.crises ?? []).flatMap((crisis) => {
    const isMore = surgeOf(crisis, model).size > 0;
    const used = isMore ? usedPerSecond(stock.id, model, demand, timesIn(crisis, model)) : undefined;
    const isCut = crisis.effects.some((effect) => effect.kind === 'supply cut' && effect.stock === stock.id);
    if (used === undefined || used <= usual || isCut) return [];
    const late = ordersComeInTime(stock, used, model, `${titleOf(stock)} in ${titleOf(crisis)}`, crisis.origin);
    const [span] = crisis.effects.flatMap((effect) =>
      effect.kind === 'arrivals' ? (spanOf(effect.span ?? crisis.span, model) ?? []) : [],
    );
    const lasts = span && lastsThrough(stock, undefined, span.begin, usual, used, model);
    if (late.length > 0 || span === undefined || lasts === undefined || lasts >= span.end - span.begin) return late;
    const params = {
      stock: titleOf(stock),
      lasts: formatDuration(lasts),
      next: `${titleOf(crisis)} brings more people for ${formatDuration(span.end - span.begin)}, and no more is delivered`,
    };
    return [createDiagnostic('PW6022', params, headOf(crisis.origin))];
  });
}

/**
 * Batteries bridge the losses that crises bring: work that has no other way stops when they are empty.
 */
export function batteriesLast(model: Model): Diagnostic[] {
  const batteries = [
    ...model.pathways
      .flatMap(activitiesOf)
      .flatMap((step) =>
        step.kind !== 'step'
          ? []
          : (step.fallbacks ?? []).flatMap(({ on, battery, workaround, origin }) =>
              battery === undefined || workaround !== undefined ? [] : [{ on, battery, origin, of: titleOf(step) }],
            ),
      ),
    ...model.resources.flatMap((resource) =>
      (resource.dependencies ?? []).flatMap(({ on, battery }) =>
        battery === undefined ? [] : [{ on, battery, origin: resource.origin, of: titleOf(resource) }],
      ),
    ),
  ];
  return batteries.flatMap(({ on, battery, origin, of }) => {
    const lasts = constantValue(battery, model);
    const loss = on
      .flatMap((system) => lossesOfSystem(system, model))
      .sort((a, b) => b.length - a.length)
      .find(({ length }) => lasts !== undefined && length > lasts);
    if (lasts === undefined || loss === undefined) return [];
    const params = {
      stock: `The battery of ${of}`,
      lasts: formatDuration(lasts),
      next: `${loss.crisis} takes ${loss.system} away for ${formatDuration(loss.length)}`,
    };
    return [createDiagnostic('PW6022', params, headOf(origin), { related: [loss.related] })];
  });
}

interface SystemLoss {
  readonly crisis: string;
  readonly system: string;
  readonly length: number;
  readonly related: { readonly message: string; readonly origin: Origin };
}

/** The times for which crises take a system away altogether, where the text says how long. */
function lossesOfSystem(id: string, model: Model): readonly SystemLoss[] {
  const system = byId(model.resources, id);
  if (system === undefined) return [];
  return (model.crises ?? []).flatMap((crisis) =>
    crisis.effects.flatMap((effect): SystemLoss[] => {
      if (effect.kind !== 'loss' || effect.resource !== id) return [];
      if (effect.amount !== undefined || effect.share !== undefined) return [];
      const span = effect.span ?? crisis.span;
      const length = span?.lasting === undefined ? undefined : constantValue(span.lasting, model);
      if (length === undefined) return [];
      const related = { message: `${titleOf(crisis)} takes it away here.`, origin: effect.origin };
      return [{ crisis: titleOf(crisis), system: titleOf(system), length, related }];
    }),
  );
}

/**
 * Mean units used a second; undefined where a rate or an amount has no closed form.
 */
function usedPerSecond(stock: string, model: Model, demand: Demand, times: Times): number | undefined {
  let total = 0;
  for (const { cohort, kinds } of demand.traffic) {
    const factor = times.get(cohort) ?? 1;
    if (factor === 0) continue;
    const visits = kinds.flatMap((kind) => kind.visits);
    const units = visits.map((visit) => visit.visits * (unitsOf(stock, visit, model) ?? Number.NaN));
    const mean = units.reduce((sum, each) => sum + each, 0);
    if (mean === 0) continue;
    total += mean * factor * (demand.rates.get(cohort)?.rate ?? Number.NaN);
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

function ordersComeInTime(
  stock: Stock,
  used: number,
  model: Model,
  name = titleOf(stock),
  origin = stock.origin,
): Diagnostic[] {
  if (stock.deliveries.some(({ kind }) => kind === 'scheduled')) return [];
  return stock.deliveries.flatMap((delivery) => {
    if (delivery.kind !== 'ordered') return [];
    const [below, after] = [constantValue(delivery.below, model), constantValue(delivery.after, model)];
    if (below === undefined || after === undefined || below / used >= after) return [];
    const params = {
      stock: name,
      lasts: formatDuration(below / used),
      next: `what is ordered then comes after ${formatDuration(after)}`,
    };
    return [createDiagnostic('PW6022', params, origin)];
  });
}

function cutsAreBridged(stock: Stock, usual: number, model: Model, usedIn: (crisis: Crisis) => number): Diagnostic[] {
  return (model.crises ?? []).flatMap((crisis) =>
    crisis.effects.flatMap((effect) => {
      if (effect.kind !== 'supply cut' || effect.stock !== stock.id) return [];
      const span = spanOf(effect.span ?? crisis.span, model);
      const lasts = span && lastsThrough(stock, effect, span.begin, usual, usedIn(crisis), model);
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

/** For how long a stock lasts from the beginning of a crisis on, with as much as there can be then. */
function lastsThrough(
  stock: Stock,
  cut: Extract<Effect, { kind: 'supply cut' }> | undefined,
  begin: number,
  usual: number,
  used: number,
  model: Model,
): number | undefined {
  const share = cut === undefined ? 0 : cut.share === undefined ? 1 : constantValue(cut.share, model);
  const delivered = deliveredPerSecond(stock, model);
  const level = constantValue(stock.level, model);
  const most = stock.most === undefined ? Number.POSITIVE_INFINITY : constantValue(stock.most, model);
  if (share === undefined || delivered === undefined || level === undefined || most === undefined) return undefined;
  const there = Math.min(most, Math.max(0, level + (delivered - usual) * begin));
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
