import { TOLD_RESPONSE } from '../../engine/control.js';
import type { ToldRow } from '../engine/run-record.js';
import type { SimulationInput } from '../input/types.js';
import { type SpanInForce, spansInForce } from './in-force.js';

type Window = Pick<SimulationInput, 'warmUp' | 'run' | 'control' | 'facilities' | 'pools'>;

/** How often a response begins in the window of a run. */
export function activationsOf(input: Window, told: readonly ToldRow[], response: number): number {
  return spansOf(input, told, response).filter(({ begins }) => begins).length;
}

/** What a response costs itself in the window: for each time that it begins there, and for its time in force there. */
export function ownCostOf(input: Window, told: readonly ToldRow[], response: number): number {
  const cost = input.control?.responses[response]?.cost;
  if (cost === undefined) return 0;
  const time = lengthOf(spansOf(input, told, response));
  return cost.each * activationsOf(input, told, response) + cost.perSecond * time;
}

/**
 * What is there because of a response costs in the window, for as long as it is there: beyond what the facilities cost
 * anyway, or in `all`, with the usual cost of the units that are added.
 */
export function additionsCostOf(input: Window, unitTime: Float64Array, response: number, all: boolean): number {
  return (input.control?.responses[response]?.changes ?? []).reduce((total, place) => {
    const change = input.control?.changes[place];
    if (change?.kind !== 'addition' || change.units === 0) return total;
    const usual = all ? (facilityOf(input, change)?.cost ?? 0) : 0;
    return total + (change.cost / change.units + usual) * (unitTime[place] ?? 0);
  }, 0);
}

/** What units that responses add cost in the window beyond what the facilities cost anyway, of staff and of things. */
export function addedCosts(input: Window, unitTime: Float64Array): { readonly staff: number; readonly things: number } {
  const costs = { staff: 0, things: 0 };
  (input.control?.changes ?? []).forEach((change, place) => {
    if (change.kind !== 'addition' || change.units === 0) return;
    const of = facilityOf(input, change)?.kind === 'staff' ? 'staff' : 'things';
    costs[of] += (change.cost / change.units) * (unitTime[place] ?? 0);
  });
  return costs;
}

function facilityOf(input: Window, { pool }: { readonly pool: number }): Window['facilities'][number] | undefined {
  return input.facilities[input.pools[pool]?.facility ?? -1];
}

function spansOf(input: Window, told: readonly ToldRow[], response: number): readonly SpanInForce[] {
  const rows = told.filter((row) => row.kind === TOLD_RESPONSE && row.subject === response);
  return spansInForce(input, rows, (value) => value > 0);
}

function lengthOf(spans: readonly SpanInForce[]): number {
  return spans.reduce((total, { from, to }) => total + (to - from), 0);
}
