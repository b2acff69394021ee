import type { SimulationInput, StepFunction } from './types.js';

const DAY = 86_400;

/**
 * Pieces along the run as a step function; where they repeat daily or weekly over the whole run, one cycle is kept.
 * @param pieces ascending, the first at 0
 */
export function stepFunction(
  pieces: readonly { readonly time: number; readonly amount: number }[],
  horizon: number,
): StepFunction {
  for (const period of [DAY, 7 * DAY]) {
    if (horizon < 2 * period) break;
    const cycle = pieces.filter((piece) => piece.time < period);
    if (pieces.length > cycle.length && repeats(cycle, period, pieces, horizon)) {
      return { at: cycle.map((piece) => piece.time), value: cycle.map((piece) => piece.amount), period };
    }
  }
  return { at: pieces.map((piece) => piece.time), value: pieces.map((piece) => piece.amount) };
}

/** So many units of a pool, and more, are without limit: the engine reads them so. */
export const UNLIMITED_UNITS = 1e9;

/** Whether a pool is ever without limit, so that there is no number of units that it has on average. */
export function isEverUnlimited(capacity: 'unlimited' | StepFunction | undefined): boolean {
  if (capacity === undefined || capacity === 'unlimited') return capacity !== undefined;
  return capacity.value.some((units) => units >= UNLIMITED_UNITS);
}

/**
 * The most units that a limited pool has by its timetable and the scenario's conversions; what responses add is not
 * counted, and does not break down.
 * @param pool place in the input's list
 */
export function mostOwnUnits({ pools, conversions = [] }: SimulationInput, pool: number): number {
  const capacity = pools[pool]?.capacity;
  const own = capacity === undefined || capacity === 'unlimited' ? 0 : Math.max(0, ...capacity.value);
  return conversions.reduce((most, { to, units, at }) => (to === pool && at !== undefined ? most + units : most), own);
}

function repeats(
  cycle: readonly { readonly time: number; readonly amount: number }[],
  period: number,
  pieces: readonly { readonly time: number; readonly amount: number }[],
  horizon: number,
): boolean {
  let index = 0;
  let last: number | undefined;
  for (let start = 0; start < horizon; start += period) {
    for (const { time, amount } of cycle) {
      if (start + time >= horizon) break;
      if (amount === last) continue;
      const piece = pieces[index++];
      if (piece?.time !== start + time || piece.amount !== amount) return false;
      last = amount;
    }
  }
  return index === pieces.length;
}
