import type { SimulationInput } from '../input/types.js';

/**
 * Queues of several facilities together, as of a role with several groups: a request that could be met by any of them waits once there.
 * The engine has each as one more facility, after those of the input, with no units.
 */
export class QueueLines {
  /** The facilities of each, in ascending order. */
  readonly sets: readonly (readonly number[])[];
  readonly #first: number;
  readonly #placeByKey: ReadonlyMap<string, number>;

  constructor(input: Pick<SimulationInput, 'facilities'>) {
    const sets = new Map<string, readonly number[]>();
    collect(input, (facilities) => {
      const set = ascending(facilities);
      if (set.length > 1) sets.set(keyOf(set), set);
    });
    this.sets = [...sets.values()];
    this.#first = input.facilities.length;
    this.#placeByKey = new Map([...sets.keys()].map((key, i) => [key, i]));
  }

  /** The facility of the engine in which requests for any of some facilities wait. */
  facilityOf(facilities: readonly number[]): readonly number[] {
    const place = this.placeOf(facilities);
    return place === undefined ? facilities : [this.#first + place];
  }

  /** Which of the sets these facilities are; undefined for one alone. */
  placeOf(facilities: readonly number[]): number | undefined {
    return this.#placeByKey.get(keyOf(ascending(facilities)));
  }

  /** The facilities of the engine in which a request waits that involves some of the input's. */
  involving(facilities: readonly number[]): number[] {
    const own = new Set(facilities);
    return this.sets.flatMap((set, i) => (set.some((f) => own.has(f)) ? [this.#first + i] : []));
  }
}

function ascending(facilities: readonly number[]): number[] {
  return [...new Set(facilities)].sort((a, b) => a - b);
}

function keyOf(set: readonly number[]): string {
  return set.join(' ');
}

/** Finds whose queues an input asks for together: in figures, in what is seen at a moment, and where the least busy is chosen. */
function collect(part: unknown, found: (facilities: readonly number[]) => void): void {
  if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return;
  if (Array.isArray(part)) {
    // Long lists are of numbers.
    if (typeof part[0] !== 'number') for (const each of part) collect(each, found);
    return;
  }
  if ('facilities' in part && isNumbers(part.facilities) && asksForQueue(part)) found(part.facilities);
  for (const each of Object.values(part)) collect(each, found);
}

/** An option of a choice of the least busy has facilities and where to go. */
function asksForQueue(part: object): boolean {
  if ('measure' in part) return part.measure === 'queue';
  return 'op' in part ? part.op === 'queue' : 'to' in part;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}
