import type { InputExpression } from '../input/expression-types.js';
import type { InputArrivals, SimulationInput } from '../input/types.js';
import { hashText } from '../random/hash.js';
import type { ControlCode } from './control-image.js';
import type { CodeBuilder } from './expression-code.js';
import type { BreakdownCode, CohortCode, StockCode } from './program-image.js';

/** What is worked out when a patient of a cohort arrives. */
export function cohortCode(
  cohort: SimulationInput['cohorts'][number],
  input: SimulationInput,
  build: CodeBuilder,
): CohortCode {
  const { id, origin, arrivals } = cohort;
  const optional = (e: InputExpression | undefined, stream: string): number =>
    e === undefined ? -1 : build.expression(e, stream, origin);
  const arrival = arrivalOf(arrivals);
  return {
    hash: hashText(`cohort ${id}`),
    priority: build.expression(cohort.priority, `${id}/priority`, origin),
    attributes: cohort.attributes.flatMap(({ attribute, value }) => [
      attribute,
      build.expression(value, `attribute ${input.attributes[attribute]?.name ?? ''}`, origin),
    ]),
    arrival: optional(arrival.each, arrivals.kind === 'appointments' ? 'lateness' : 'arrivals'),
    first: optional(arrival.first, 'first arrival'),
    group: optional('group' in arrivals ? arrivals.group : undefined, 'group'),
  };
}

/** How long units of a pool work, and are down. */
export function breakdownCode(
  pool: SimulationInput['pools'][number],
  input: SimulationInput,
  build: CodeBuilder,
): BreakdownCode {
  const place = input.facilities[pool.facility]?.origin ?? pool.id;
  const { breakdown } = pool;
  return {
    every: breakdown === undefined ? -1 : build.expression(breakdown.every, 'works for', place),
    lasts: breakdown === undefined ? -1 : build.expression(breakdown.lasts, 'is down for', place),
    hash: hashText(`pool ${pool.id}`),
  };
}

/** What is delivered to a stock and ordered for it. */
export function stockCode(
  { pool, deliveries, orders }: SimulationInput['stocks'][number],
  input: SimulationInput,
  build: CodeBuilder,
): StockCode {
  const { id = '', facility = 0 } = input.pools[pool] ?? {};
  const place = input.facilities[facility]?.origin ?? id;
  const code = (e: InputExpression, stream: string): number => build.expression(e, stream, place);
  return {
    hash: hashText(`stock ${id}`),
    deliveries: deliveries.map(({ amount }, k) => code(amount, `delivery ${k}`)),
    orders: orders.map(({ amount, after }, k) => ({
      amount: code(amount, `order ${k}`),
      after: code(after, `order ${k} comes after`),
    })),
  };
}

/** How long effects last, and by how much arrivals are put off. */
export function controlCode(input: SimulationInput, build: CodeBuilder): ControlCode {
  const { effects = [], changes = [] } = input.control ?? {};
  return {
    lasts: effects.map(({ id, lasts, origin }) =>
      lasts === undefined ? -1 : build.expression(lasts, `effect ${id}/lasts`, origin),
    ),
    delays: changes.map((change) =>
      change.kind === 'postponement' ? build.expression(change.by, `change ${change.id}/by`, change.title) : -1,
    ),
  };
}

/** The expressions of a way of arriving: what is worked out for each, and for the first or about coming at all. */
function arrivalOf(arrivals: InputArrivals): { readonly each?: InputExpression; readonly first?: InputExpression } {
  switch (arrivals.kind) {
    case 'renewal':
      return { each: arrivals.between, ...(arrivals.first && { first: arrivals.first }) };
    case 'batch':
      return { each: arrivals.size };
    case 'appointments':
      return { each: arrivals.deviation, first: arrivals.shows };
    default:
      return {};
  }
}
