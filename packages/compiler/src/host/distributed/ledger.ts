import { batchesOf, joinBatches, type ReplicationResult } from '@pathway/simulation';
import { rowName, type Row } from './wire.js';

/** A replication that is wanted: of the input with that hash. */
export interface Wanted {
  readonly input: string;
  readonly replication: number;
}

/** Replications `first` to `last` of an input, which one worker does one after the other. */
export interface Range {
  readonly input: string;
  readonly first: number;
  readonly last: number;
  /** How often it was given away before. */
  readonly attempt: number;
  /** Workers that had trouble with it. */
  readonly avoid: readonly string[];
}

/** Replications in one range at most: what a late worker has to wait for, and what is sent back at once. */
const LONGEST_RANGE = 10;

/** Ranges for each core of a worker: enough that the last ones end at about the same time. */
const RANGES_PER_CORE = 4;

/**
 * What is wanted and what has come, in one place. A row counts once however often it comes, and the answer is in the
 * order of what was wanted, whoever did it.
 */
export interface Ledger {
  /**
   * Takes a row. The answer is how many parts of the work it is news of: 1 for a replication or a batch, as many as did not
   * come alone for a replication in batches; undefined for a row that is there already or that nobody wants.
   */
  accept(row: Row): number | undefined;
  /** Replications that have not come whole. */
  readonly missing: number;
  /** Replications of a range that have not come, as ranges without gaps. */
  restOf(range: Range): readonly Range[];
  /** What has come of each replication: the whole of it, else the first batches without a gap, else undefined. */
  answer(): readonly (ReplicationResult | undefined)[];
}

export function createLedger(wanted: readonly Wanted[]): Ledger {
  const names = new Set(wanted.map(rowName));
  const rows = new Map<string, ReplicationResult>();
  const batches = new Map<string, Map<number, ReplicationResult>>();
  return {
    accept({ result, batch, ...replication }) {
      const name = rowName(replication);
      if (!names.has(name) || rows.has(name)) return undefined;
      const ended = batches.get(name) ?? new Map<number, ReplicationResult>();
      if (batch === undefined) {
        rows.set(name, result);
        batches.delete(name);
        return batchesOf(result).filter((_, i) => !ended.has(i)).length;
      }
      if (ended.has(batch)) return undefined;
      batches.set(name, ended.set(batch, result));
      return 1;
    },
    get missing() {
      return names.size - rows.size;
    },
    restOf(range) {
      const { input, first, last } = range;
      const left = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const gone = left.filter((replication) => !rows.has(rowName({ input, replication })));
      return runsOf(gone).map(([from, to]) => ({ ...range, first: from, last: to }));
    },
    answer: () =>
      wanted.map((each) => {
        const name = rowName(each);
        return rows.get(name) ?? beginningOf(batches.get(name));
      }),
  };
}

/** The batches of a run that was cut off, from the first one to where one lacks. */
function beginningOf(batches: ReadonlyMap<number, ReplicationResult> | undefined): ReplicationResult | undefined {
  const found: ReplicationResult[] = [];
  for (let batch = batches?.get(0); batch !== undefined; batch = batches?.get(found.length)) found.push(batch);
  const [first, ...later] = found;
  return first && joinBatches(first, later);
}

/**
 * Divides what is wanted into ranges, the first replications of all inputs first, so that an early stop leaves whole
 * pairs. How it is divided changes nothing in the results.
 * @param cores how many can work at once
 */
export function rangesOf(wanted: readonly Wanted[], cores: number): readonly Range[] {
  const length = Math.floor(wanted.length / (Math.max(1, cores) * RANGES_PER_CORE));
  const longest = Math.max(1, Math.min(LONGEST_RANGE, length));
  const byInput = new Map<string, Set<number>>();
  for (const { input, replication } of wanted) {
    const own = byInput.get(input) ?? new Set();
    byInput.set(input, own.add(replication));
  }
  const ranges = [...byInput].flatMap(([input, replications]) =>
    runsOf([...replications].sort((a, b) => a - b)).flatMap(([from, to]) => {
      const pieces: Range[] = [];
      for (let first = from; first <= to; first += longest)
        pieces.push({ input, first, last: Math.min(to, first + longest - 1), attempt: 0, avoid: [] });
      return pieces;
    }),
  );
  return ranges.sort((a, b) => a.first - b.first);
}

/** Numbers in growing order, as runs from one number to another without a gap. */
function runsOf(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
