import type { Highs, Model } from 'highs';
import type { Column } from './columns.js';
import type { CompiledPerson, CoverRows } from './compiled.js';
import type { Effort } from './effort.js';

/** Operations of one step of the simplex method for each row. */
const OPERATIONS_PER_ROW = 30;

/** Cost of a person without a line: no rule is broken for less. */
const NO_LINE = 1e6;

/**
 * The linear master problem: a share of each known line for each of some people, so that cover, beside what others give,
 * costs least. Its dual prices say what one more person is worth at each cover row.
 */
export class Master {
  objective = Infinity;
  readonly columns: Column[] = [];
  private readonly model: Model;
  private readonly first: number;
  private readonly infinity: number;
  private readonly place = new Map<number, number>();
  private loaded = 0;
  private readonly members = new Set<Column>();

  constructor(
    highs: Highs,
    private readonly roster: CoverRows,
    readonly people: readonly CompiledPerson[],
    /** What those who are not among the people give at each row. */
    given: Float64Array,
    private readonly effort: Effort,
    /** How many people each of them stands for; one where absent. */
    counts?: readonly number[],
  ) {
    const { rows } = roster;
    const count = people.length;
    people.forEach((person, index) => this.place.set(person.index, index));
    this.first = 2 * rows + count;
    this.infinity = highs.infinity;
    this.model = highs.createModel();
    this.model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
    const numCols = this.first;
    const colCost = new Float64Array(numCols);
    const indices = new Int32Array(numCols);
    const values = new Float64Array(numCols);
    for (let row = 0; row < rows; row += 1) {
      colCost[row] = roster.under[row]!;
      colCost[rows + row] = roster.over[row]!;
      indices[row] = row;
      indices[rows + row] = row;
      values[row] = 1;
      values[rows + row] = -1;
    }
    for (let index = 0; index < count; index += 1) {
      colCost[2 * rows + index] = NO_LINE;
      indices[2 * rows + index] = rows + index;
      values[2 * rows + index] = 1;
    }
    const right = new Float64Array(rows + count).fill(1);
    for (let row = 0; row < rows; row += 1) right[row] = roster.required[row]! - given[row]!;
    counts?.forEach((each, index) => (right[rows + index] = each));
    this.model.passModel({
      numCols,
      numRows: rows + count,
      colCost,
      colLower: new Float64Array(numCols),
      colUpper: new Float64Array(numCols).fill(highs.infinity),
      rowLower: right,
      rowUpper: right,
      matrix: {
        format: 'csc',
        numRows: rows + count,
        numCols,
        starts: Int32Array.from({ length: numCols + 1 }, (_, index) => index),
        indices,
        values,
      },
    });
  }

  /** Adds a column; false where it is there already. */
  add(column: Column): boolean {
    if (this.members.has(column)) return false;
    this.members.add(column);
    this.columns.push(column);
    return true;
  }

  /** Solves it. Duals of the cover rows lie between minus the cost of too many and the cost of too few. */
  solve(): { readonly rowDuals: Float64Array; readonly personDuals: Float64Array; readonly shares: Float64Array } {
    this.load();
    this.model.run();
    const rowsAll = this.roster.rows + this.people.length;
    const steps = Number(this.model.info.get('simplex_iteration_count'));
    this.effort.add((steps + 10) * rowsAll * OPERATIONS_PER_ROW);
    this.objective = this.model.getObjectiveValue();
    const { rowDual, colValue } = this.model.getSolution();
    return {
      rowDuals: rowDual.slice(0, this.roster.rows),
      personDuals: rowDual.slice(this.roster.rows),
      shares: colValue.slice(this.first),
    };
  }

  /** Forces a column (by its place) into the plan, or lets it go again. */
  fix(column: number, fixed: boolean): void {
    this.load();
    this.model.changeColBounds(this.first + column, fixed ? 1 : 0, this.infinity);
  }

  dispose(): void {
    this.model.dispose();
  }

  private load(): void {
    if (this.loaded === this.columns.length) return;
    const added = this.columns.slice(this.loaded);
    const starts = new Int32Array(added.length + 1);
    const indices: number[] = [];
    const values: number[] = [];
    added.forEach((column, index) => {
      column.rows.forEach((row, at) => {
        indices.push(row);
        values.push(column.weights[at]!);
      });
      indices.push(this.roster.rows + this.place.get(column.person)!);
      values.push(1);
      starts[index + 1] = indices.length;
    });
    this.model.addCols({
      cost: Float64Array.from(added, (column) => column.cost),
      lower: new Float64Array(added.length),
      upper: new Float64Array(added.length).fill(this.infinity),
      matrix: {
        format: 'csc',
        numCols: added.length,
        numRows: this.roster.rows + this.people.length,
        starts,
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    });
    this.loaded = this.columns.length;
  }
}
