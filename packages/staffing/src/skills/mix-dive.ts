import type { Model } from 'highs';
import type { MixModel } from './mix-model.js';

/** Shares from which on a round rounds up; below them only the largest, so many of all. */
const UP = 0.95;
const LARGEST = 0.05;
const WHOLE = 1e-6;

/**
 * Whole people near the shares of a linear programme that is solved: what is whole stays, large shares go up where there is
 * room, and the rest is solved anew with that settled, until nothing is left in shares. What is settled keeps every limit by
 * itself, so that there is always an answer.
 */
export function dive(solver: Model, model: MixModel): Float64Array {
  const whole = model.choices.length;
  const settled = new Float64Array(whole);
  if (whole === 0) return settled;
  const upper = model.data.colUpper.slice(0, whole);
  const room = new Room(model);
  const settle = (column: number, wanted: number): boolean => {
    const more = room.take(column, wanted);
    settled[column] = settled[column]! + more;
    return more > 0;
  };
  for (;;) {
    const { colValue } = solver.getSolution();
    const open: { readonly column: number; readonly share: number }[] = [];
    for (let column = 0; column < whole; column += 1) {
      const floor = Math.floor(colValue[column]! + WHOLE);
      if (floor > settled[column]!) settle(column, floor - settled[column]!);
      const share = colValue[column]! - settled[column]!;
      if (share > WHOLE) open.push({ column, share });
    }
    if (open.length === 0) return settled;
    open.sort((a, b) => b.share - a.share || a.column - b.column);
    const least = Math.ceil(open.length * LARGEST);
    for (const [rank, { column, share }] of open.entries()) {
      if (share < UP && rank >= least) break;
      // Where there is no room, the share goes.
      if (!settle(column, 1)) upper[column] = settled[column]!;
    }
    solver.changeColsBounds({ kind: 'range', from: 0, to: whole - 1 }, settled, upper);
    solver.run();
  }
}

/** What limits leave beside what is settled. */
class Room {
  private readonly left: Float64Array;

  constructor(private readonly model: MixModel) {
    this.left = model.data.rowUpper.slice();
  }

  /** Settles up to so many more of a column; says how many. */
  take(column: number, wanted: number): number {
    const { starts, indices, values } = this.model.data.matrix;
    const [from, to] = [starts[column]!, starts[column + 1]!];
    let most = wanted;
    for (let at = from; at < to; at += 1)
      if (values[at]! > 0) most = Math.min(most, Math.floor(this.left[indices[at]!]! / values[at]! + 1e-9));
    if (most <= 0) return 0;
    for (let at = from; at < to; at += 1) this.left[indices[at]!] = this.left[indices[at]!]! - most * values[at]!;
    return most;
  }
}
