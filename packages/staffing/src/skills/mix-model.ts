import type { Highs, ModelData } from 'highs';
import type { MixBlock } from './mix-blocks.js';
import type { MixProblem, MixSupervision } from './skill-mix.js';

/** A part of a problem as a mixed-integer programme: first so many people of each choice, then what is short at each need. */
export interface MixModel {
  readonly data: Omit<ModelData, 'colUpper' | 'rowUpper'> & {
    readonly colUpper: Float64Array<ArrayBuffer>;
    readonly rowUpper: Float64Array<ArrayBuffer>;
    readonly matrix: { readonly starts: Int32Array; readonly indices: Int32Array; readonly values: Float64Array };
  };
  /** What each column of whole people stands for. */
  readonly choices: readonly { readonly match: number; readonly turn: number }[];
}

export function mixModel(highs: Highs, problem: MixProblem, block: MixBlock): MixModel {
  return new Builder(highs, problem, block).build();
}

class Builder {
  private readonly choices: { readonly match: number; readonly turn: number }[] = [];
  private readonly cost: number[] = [];
  private readonly upper: number[] = [];
  private readonly entries: [row: number, value: number][][] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];
  private readonly peopleRows = new Map<number, number>();
  private readonly supervisionRows = new Map<MixSupervision, Map<number, number>>();

  constructor(
    private readonly highs: Highs,
    private readonly problem: MixProblem,
    private readonly block: MixBlock,
  ) {}

  build(): MixModel {
    const { highs, problem, block, choices, cost, upper, entries } = this;
    const needRows = this.addNeeds();
    for (const turn of block.turns) for (const match of block.matches) this.addChoice(match, turn, needRows);
    this.addSupervisors();
    for (const [row, need] of block.needs.entries()) {
      entries.push([[row, 1]]);
      cost.push(problem.needs[need]!.hours * problem.shortCost);
      upper.push(highs.infinity);
    }
    return { choices, data: this.data() };
  }

  private data(): MixModel['data'] {
    const { cost, upper, entries, rowLower, rowUpper, choices } = this;
    const starts = new Int32Array(entries.length + 1);
    for (const [index, column] of entries.entries()) starts[index + 1] = starts[index]! + column.length;
    const flat = entries.flat();
    return {
      numCols: entries.length,
      numRows: rowLower.length,
      colCost: Float64Array.from(cost),
      colLower: new Float64Array(entries.length),
      colUpper: Float64Array.from(upper),
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      integrality: Int32Array.from(entries, (_, index) => (index < choices.length ? 1 : 0)),
      matrix: {
        format: 'csc',
        numRows: rowLower.length,
        numCols: entries.length,
        starts,
        indices: Int32Array.from(flat, ([row]) => row),
        values: Float64Array.from(flat, ([, value]) => value),
      },
    };
  }

  private row(lower: number, upper: number): number {
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    return this.rowLower.length - 1;
  }

  /** Rows of the needs, the first of all, by task and turn. */
  private addNeeds(): ReadonlyMap<number, readonly number[]> {
    const { needs, turns: all } = this.problem;
    const rows = new Map<number, number[]>();
    for (const index of this.block.needs) {
      const { task, turns, required } = needs[index]!;
      const row = this.row(required, this.highs.infinity);
      for (const turn of turns) {
        const key = task * all.length + turn;
        const list = rows.get(key);
        if (list === undefined) rows.set(key, [row]);
        else list.push(row);
      }
    }
    return rows;
  }

  private addChoice(match: number, turn: number, needRows: ReadonlyMap<number, readonly number[]>): void {
    const { problem } = this;
    const { pool, task, speed, kind, from = 0, supervision } = problem.matches[match]!;
    const rows = needRows.get(task * problem.turns.length + turn);
    const people = Math.floor(problem.pools[pool]!.onDuty[turn]! + 1e-9);
    if (rows === undefined || turn < from || people < 1) return;
    const column: [number, number][] = rows.map((row) => [row, speed]);
    column.push([this.peopleRow(pool, turn, people), 1]);
    if (supervision !== undefined) column.push([this.supervisionRow(supervision, turn), 1]);
    this.choices.push({ match, turn });
    this.entries.push(column);
    const anHour = problem.pools[pool]!.cost + (kind === 'own' ? 0 : problem.disruptionCost);
    this.cost.push(problem.turns[turn]!.hours * anHour);
    this.upper.push(people);
  }

  /** Nobody does two things on a turn. */
  private peopleRow(pool: number, turn: number, people: number): number {
    const key = pool * this.problem.turns.length + turn;
    const row = this.peopleRows.get(key) ?? this.row(-this.highs.infinity, people);
    this.peopleRows.set(key, row);
    return row;
  }

  private supervisionRow(supervision: MixSupervision, turn: number): number {
    const rows = this.supervisionRows.get(supervision) ?? new Map<number, number>();
    this.supervisionRows.set(supervision, rows);
    const { ratio, by } = supervision;
    const onDuty = by.reduce((sum, pool) => sum + Math.floor(this.problem.pools[pool]!.onDuty[turn]! + 1e-9), 0);
    const row = rows.get(turn) ?? this.row(-this.highs.infinity, ratio * onDuty);
    rows.set(turn, row);
    return row;
  }

  /** Whoever supervises and is lent elsewhere takes their room from those who stand in. */
  private addSupervisors(): void {
    const takes = new Map<number, [rows: ReadonlyMap<number, number>, ratio: number][]>();
    for (const [{ by, ratio }, rows] of this.supervisionRows)
      for (const pool of by) takes.set(pool, [...(takes.get(pool) ?? []), [rows, ratio]]);
    for (const [column, { match, turn }] of this.choices.entries()) {
      const { pool, kind } = this.problem.matches[match]!;
      if (kind !== 'lent') continue;
      for (const [rows, ratio] of takes.get(pool) ?? []) {
        const row = rows.get(turn);
        if (row !== undefined) this.entries[column]!.push([row, ratio]);
      }
    }
  }
}
