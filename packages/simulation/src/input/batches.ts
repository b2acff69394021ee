import type { SimulationInput } from './types.js';

/**
 * The batches of one long run: the run's window cut into equal parts, each an input whose window it is. A random number
 * depends on who draws it and what for, not on the window, so that a batch is a run of the same patients that is looked
 * at later and for less long; all of them together see the one long run.
 * @param input of the whole run
 */
export function batchInputs({ batches: _, ...input }: SimulationInput, batches: number): SimulationInput[] {
  const length = input.run / batches;
  return Array.from({ length: batches }, (_, i) => ({ ...input, warmUp: input.warmUp + i * length, run: length }));
}
