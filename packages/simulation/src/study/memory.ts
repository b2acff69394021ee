import { SimulationError } from '../errors.js';
import type { ReplicationResult } from './replication.js';

/**
 * Bytes that the results of a study may take: of values and objects, which share one heap that a program gets no more of
 * than 2 to 4 GB, and of the typed arrays beside it. Not a matter of machines, so that a study ends alike on all of them.
 */
const MOST_BYTES = { objects: 1.5e9, arrays: 6e9 } as const;

/** What an object, a list and a typed array take beside what is in them, and each thing in them (V8, 64 bits). */
const BYTES = { object: 40, typedArray: 240, slot: 16 } as const;

interface Size {
  readonly objects: number;
  readonly arrays: number;
}

/**
 * How many replications of these scenarios can be kept until the figures are made of them, by the size of what is there.
 * @param results by scenario; infinite where there are none yet
 */
export function replicationsThatFit(results: readonly (readonly ReplicationResult[])[]): number {
  let objects = 0;
  let arrays = 0;
  for (const [first] of results) {
    if (first === undefined) continue;
    const size = sizeOf(first);
    objects += size.objects;
    arrays += size.arrays;
  }
  if (objects === 0) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor(Math.min(MOST_BYTES.objects / objects, MOST_BYTES.arrays / Math.max(1, arrays))));
}

/**
 * Refuses a fixed number of replications that cannot be kept.
 * @throws SimulationError where there are more than fit
 */
export function requireToFit(wanted: number, results: readonly (readonly ReplicationResult[])[]): void {
  const fit = replicationsThatFit(results);
  if (wanted <= fit) return;
  // Two digits: an estimate, and the same wherever it is made.
  const shown = Number(fit.toPrecision(2));
  throw new SimulationError(
    `${wanted} replications of ${results.length === 1 ? 'the scenario' : `each of ${results.length} scenarios`} do not fit into memory; ` +
      `about ${Math.min(shown, fit)} do. Ask for fewer, or for a precision: replicate until … at most ${Math.min(shown, fit)}.`,
  );
}

function sizeOf(value: unknown): Size {
  if (ArrayBuffer.isView(value)) return { objects: BYTES.typedArray, arrays: value.byteLength };
  if (typeof value !== 'object' || value === null) return { objects: 0, arrays: 0 };
  const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let objects = BYTES.object + BYTES.slot * inside.length;
  let arrays = 0;
  for (const each of inside) {
    const size = sizeOf(each);
    objects += size.objects;
    arrays += size.arrays;
  }
  return { objects, arrays };
}
