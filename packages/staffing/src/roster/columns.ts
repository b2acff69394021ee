import { unfairness } from './counts.js';
import type { CompiledPerson, CompiledRoster } from './compiled.js';

/** One line of one person as a column of the master problem. */
export interface Column {
  readonly person: number;
  readonly line: Int16Array;
  /** Wishes and overtime, without what nobody working would cost. */
  readonly cost: number;
  readonly rows: Int32Array;
  readonly weights: Float64Array;
}

/** Every line that was found so far, each once. */
export class ColumnPool {
  private readonly known = new Map<string, Column>();
  private readonly ofPerson: Column[][];

  constructor(private readonly roster: CompiledRoster) {
    this.ofPerson = roster.people.map(() => []);
  }

  /** The column of a line, and whether it is new. */
  add(person: CompiledPerson, line: Int16Array): { readonly column: Column; readonly isNew: boolean } {
    let key = `${person.index}:`;
    for (const shift of line) key += String.fromCharCode(66 + shift);
    const known = this.known.get(key);
    if (known !== undefined) return { column: known, isNew: false };
    const column = columnOf(this.roster, person, line);
    this.known.set(key, column);
    this.ofPerson[person.index]!.push(column);
    return { column, isNew: true };
  }

  of(person: CompiledPerson): readonly Column[] {
    return this.ofPerson[person.index]!;
  }
}

/** The column of a line that is known to change between two days alone: only their cover is in it, but all that it costs. */
export function columnOf(
  roster: CompiledRoster,
  person: CompiledPerson,
  line: Int16Array,
  from = 0,
  to = roster.days,
): Column {
  const { start, row, weight } = roster.classes[person.coverClass]!;
  const { shape } = person;
  const levels = new Map<number, number>();
  let cost = 0;
  let units = 0;
  for (const [day, shift] of line.entries()) {
    if (shift < 0) continue;
    const slot = day * roster.shifts + shift;
    cost += person.cost[slot]!;
    units += shape.groupUnits[shape.groupOf[shift]!]!;
    if (day < from || day >= to) continue;
    for (let at = start[slot]!; at < start[slot + 1]!; at += 1)
      levels.set(row[at]!, (levels.get(row[at]!) ?? 0) + weight[at]!);
  }
  if (shape.overtimeCost > 0) cost += Math.max(0, units - shape.overtimeFrom) * shape.overtimeCost;
  if (shape.shared) cost += unfairness(person, roster, line);
  return {
    person: person.index,
    line: line.slice(),
    cost,
    rows: Int32Array.from(levels.keys()),
    weights: Float64Array.from(levels.values()),
  };
}
