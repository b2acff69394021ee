import type { RandomStream } from '../../engine/random.js';
import { randomStream } from '../random/stream.js';
import { hashText } from '../random/hash.js';

/** Shares from 0 to 1, one for each uncertain number: where in its range each of them is. */
type DesignPoint = readonly number[];

/** A walk through the cube in which each step changes one number by the same amount up or down. */
export interface MorrisPath {
  /** Made each time that they are asked for: those of all paths at once would fill the memory. */
  readonly points: readonly DesignPoint[];
  /** Which number changed between point i and point i + 1, and by how much. */
  readonly steps: readonly { readonly number: number; readonly by: number }[];
}

const LEVELS = 4;
const STEP = LEVELS / (2 * (LEVELS - 1));

/** Uniform numbers for designs, apart from all that patients draw. */
function designStream(seed: number, what: string): RandomStream {
  const stream = randomStream(seed, 0);
  stream.address(0, hashText('design'), hashText(what), 0);
  return stream;
}

/**
 * Random paths of M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33,
 * 1991: a grid of four levels and steps of 2/3, so that each level is as likely as each other one.
 */
export function morrisPaths(numbers: number, paths: number, seed: number): MorrisPath[] {
  const stream = designStream(seed, 'Morris');
  return Array.from({ length: paths }, () => {
    const start = Array.from({ length: numbers }, () => Math.min(LEVELS - 1, Math.floor(stream.uniform() * LEVELS)));
    // Of the four levels the lower two can only go up, the upper two only down.
    const steps = shuffled(numbers, stream).map((number) => ({
      number,
      by: (start[number] ?? 0) < LEVELS / 2 ? STEP : -STEP,
    }));
    return {
      get points() {
        return pointsOf(start, steps);
      },
      steps,
    };
  });
}

function pointsOf(start: readonly number[], steps: MorrisPath['steps']): DesignPoint[] {
  const point = start.map((level) => level / (LEVELS - 1));
  return [
    [...point],
    ...steps.map(({ number, by }) => {
      point[number] = clean((point[number] ?? 0) + by);
      return [...point];
    }),
  ];
}

/** Levels are thirds; sums of them are kept to 0, 1/3, 2/3 and 1 exactly. */
function clean(value: number): number {
  return Math.round(value * (LEVELS - 1)) / (LEVELS - 1);
}

function shuffled(count: number, stream: RandomStream): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.min(i, Math.floor(stream.uniform() * (i + 1)));
    const kept = order[i] ?? 0;
    order[i] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/** One row of Saltelli's design: two independent points, and for each number the first with that one of the second. */
export interface SaltelliRow {
  readonly a: DesignPoint;
  readonly b: DesignPoint;
  /** Made each time that they are asked for, as the points of a path are. */
  readonly mixed: readonly DesignPoint[];
}

/**
 * The radial design of A. Saltelli et al., "Variance based sensitivity analysis of model output. Design and estimator for
 * the total sensitivity index", Computer Physics Communications 181, 2010. Points are Latin hypercube samples (M. D.
 * McKay, R. J. Beckman and W. J. Conover, Technometrics 21, 1979), which fill each number's range evenly.
 */
export function saltelliRows(numbers: number, rows: number, seed: number): SaltelliRow[] {
  const stream = designStream(seed, 'Saltelli');
  const columns = Array.from({ length: 2 * numbers }, () =>
    shuffled(rows, stream).map((slot) => (slot + stream.uniform()) / rows),
  );
  return Array.from({ length: rows }, (_, row) => {
    const a = columns.slice(0, numbers).map((column) => column[row] ?? 0);
    const b = columns.slice(numbers).map((column) => column[row] ?? 0);
    return {
      a,
      b,
      get mixed() {
        return a.map((_, changed) => a.map((value, i) => (i === changed ? (b[i] ?? 0) : value)));
      },
    };
  });
}
