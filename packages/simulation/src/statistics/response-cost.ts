import { TOLD_MEASURE, TOLD_RESPONSE } from '../../engine/control.js';
import type { ToldRow } from '../engine/run-record.js';
import type { SimulationInput } from '../input/types.js';
import { type SpanInForce, spansInForce } from './in-force.js';

type Window = Pick<SimulationInput, 'warmUp' | 'run' | 'control' | 'facilities' | 'pools'>;

/** How often a response begins in the window of a run. */
export function activationsOf(input: Window, told: readonly ToldRow[], response: number): number {
  return spansOf(input, told, TOLD_RESPONSE, response).filter(({ begins }) => begins).length;
}

/** What a response costs itself in the window: for each time that it begins there, and for its time in force there. */
export function ownCostOf(input: Window, told: readonly ToldRow[], response: number): number {
  const cost = input.control?.responses[response]?.cost;
  if (cost === undefined) return 0;
  const time = lengthOf(spansOf(input, told, TOLD_RESPONSE, response));
  return cost.each * activationsOf(input, told, response) + cost.perSecond * time;
}

/**
 * What is there because of a response costs in the window: beyond what the facilities cost anyway, or in `all`, with the
 * usual cost of the units that are added.
 */
export function additionsCostOf(input: Window, told: readonly ToldRow[], response: number, all: boolean): number {
  return (input.control?.responses[response]?.changes ?? []).reduce((total, place) => {
    const change = input.control?.changes[place];
    if (change?.kind !== 'addition') return total;
    // A measure with a lead tells itself when it is there; another one is there while its response is in force.
    const spans =
      change.lead === undefined
        ? spansOf(input, told, TOLD_RESPONSE, response)
        : spansOf(input, told, TOLD_MEASURE, place);
    const usual = all ? (input.facilities[input.pools[change.pool]?.facility ?? -1]?.cost ?? 0) * change.units : 0;
    return total + (change.cost + usual) * lengthOf(spans);
  }, 0);
}

function spansOf(input: Window, told: readonly ToldRow[], kind: number, subject: number): readonly SpanInForce[] {
  const rows = told.filter((row) => row.kind === kind && row.subject === subject);
  return spansInForce(input, rows, (value) => value > 0);
}

function lengthOf(spans: readonly SpanInForce[]): number {
  return spans.reduce((total, { from, to }) => total + (to - from), 0);
}
