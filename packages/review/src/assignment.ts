/** Above so many cells an exact assignment is not worth its time; pairs are then taken best first. */
const MOST_CELLS = 40_000;

/**
 * Pairs rows with columns so that the sum of scores is largest; a pair below `least` is not made. Exact by the Hungarian
 * method with potentials (Kuhn 1955, Jonker and Volgenant 1987) up to 40,000 cells, beyond that best pair first.
 * Ties go to the lower row, then the lower column.
 * @returns the column of each row, or -1
 */
export function assign(scores: readonly (readonly number[])[], least: number): number[] {
  const columns = scores[0]?.length ?? 0;
  if (columns === 0) return scores.map(() => -1);
  const worth = scores.map((row) => row.map((score) => (score >= least ? score : 0)));
  const found = scores.length * columns > MOST_CELLS ? bestFirst(worth) : hungarian(worth, columns);
  return found.map((column, row) => ((worth[row]?.[column] ?? 0) > 0 ? column : -1));
}

function bestFirst(scores: readonly (readonly number[])[]): number[] {
  const cells = scores.flatMap((row, i) => row.flatMap((score, j) => (score > 0 ? [{ score, i, j }] : [])));
  cells.sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j);
  const result = scores.map(() => -1);
  const taken = new Set<number>();
  for (const { i, j } of cells) {
    if (result[i] !== -1 || taken.has(j)) continue;
    result[i] = j;
    taken.add(j);
  }
  return result;
}

/** Rows and columns are counted from 1; column 0 stands for the row that is being placed. */
function hungarian(scores: readonly (readonly number[])[], columns: number): number[] {
  const rows = scores.length;
  const width = Math.max(rows, columns);
  const cost = (i: number, j: number): number => -(scores[i - 1]?.[j - 1] ?? 0);
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  const way = new Int32Array(width + 1);
  for (let i = 1; i <= rows; i++) {
    rowOf[0] = i;
    let at = 0;
    const slack = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(width + 1);
    do {
      used[at] = 1;
      const row = rowOf[at] ?? 0;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= width; j++) {
        if (used[j] === 1) continue;
        const reduced = cost(row, j) - (u[row] ?? 0) - (v[j] ?? 0);
        if (reduced < (slack[j] ?? 0)) {
          slack[j] = reduced;
          way[j] = at;
        }
        if ((slack[j] ?? 0) < delta) {
          delta = slack[j] ?? 0;
          next = j;
        }
      }
      for (let j = 0; j <= width; j++) {
        if (used[j] === 1) {
          const held = rowOf[j] ?? 0;
          u[held] = (u[held] ?? 0) + delta;
          v[j] = (v[j] ?? 0) - delta;
        } else slack[j] = (slack[j] ?? 0) - delta;
      }
      at = next;
    } while ((rowOf[at] ?? 0) !== 0);
    do {
      const before = way[at] ?? 0;
      rowOf[at] = rowOf[before] ?? 0;
      at = before;
    } while (at !== 0);
  }
  const result = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j++) if ((rowOf[j] ?? 0) > 0) result[(rowOf[j] ?? 0) - 1] = j - 1;
  return result;
}
