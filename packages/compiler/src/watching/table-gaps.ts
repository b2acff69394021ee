import type { Row } from './watch-table.js';

/** A column is stale when nothing came for so many times the usual time between its rows. */
const STALE_AFTER = 2;

/** What is usual for the columns of tables, and which of them have stopped. */
export class TableGaps {
  readonly #gaps = new Map<string, { readonly key: string; readonly latest: number; readonly gap: number }>();

  /** Notes when rows of a table come; the usual time between them is the median. */
  note(name: string, rows: readonly Row[]): void {
    for (const key of new Set(rows.map((row) => row.key))) {
      const times = rows.filter((row) => row.key === key && row.value !== undefined).map(({ time }) => time);
      const [latest, gaps] = [times.at(-1), times.slice(1).map((time, i) => time - (times[i] ?? time))];
      const usual = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
      if (latest !== undefined && usual !== undefined && usual > 0)
        this.#gaps.set(`${name} ${key}`, { key, latest, gap: usual });
    }
  }

  /** Each column with its latest time, and whether nothing has come for too long. */
  *at(
    present: number,
  ): Generator<{ readonly id: string; readonly key: string; readonly latest: number; readonly isStale: boolean }> {
    for (const [name, { key, latest, gap }] of this.#gaps)
      yield { id: `${name} stale`, key, latest, isStale: present - latest > STALE_AFTER * gap };
  }
}
