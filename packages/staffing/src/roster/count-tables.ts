import type { CompiledPerson } from './compiled.js';
import { counted, exceeded, type Tracked } from './counts.js';

/** Where combined counts go, by `((kind * actions + action) * 2 + off) * counts + count`. */
export interface CountTable {
  /** The count then; -1 beyond a limit. */
  readonly next: Int32Array;
  /** What the step costs for exceeding fair shares; undefined where there are none. */
  readonly extra: Float64Array | undefined;
}

/** The tables of counts that are followed, each made once. */
export class CountTables {
  private readonly known = new Map<string, CountTable>();

  of({ shape }: CompiledPerson, tracked: readonly Tracked[], counts: number): CountTable {
    const parts = tracked.map(({ counter, left }) => `${shape.counters.indexOf(counter)}:${left}`);
    const key = `${shape.number} ${parts.join(' ')}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = tableOf(tracked, shape, counts);
    this.known.set(key, made);
    return made;
  }
}

function tableOf(
  tracked: readonly Tracked[],
  { automaton: { actions }, sorts }: CompiledPerson['shape'],
  counts: number,
): CountTable {
  const kinds = 8 * sorts;
  const shared = tracked.some(({ counter }) => counter.soft !== undefined);
  const next = new Int32Array(kinds * actions * 2 * counts);
  const extra = shared ? new Float64Array(next.length) : undefined;
  for (let kind = 0; kind < kinds; kind += 1)
    for (let action = 0; action < actions; action += 1)
      for (let off = 0; off < 2; off += 1)
        for (let k = 0; k < counts; k += 1) {
          const cell = ((kind * actions + action) * 2 + off) * counts + k;
          next[cell] = counted(tracked, kind, action, off === 1, k);
          if (extra !== undefined) extra[cell] = exceeded(tracked, kind, action, off === 1, k);
        }
  return { next, extra };
}
