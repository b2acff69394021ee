import type { Instruction } from '../input/instruction-types.js';
import type { SimulationInput } from '../input/types.js';

/** Which instructions count how often each patient was there, and where each patient keeps the count. */
export class VisitCounts {
  readonly #input: SimulationInput;
  readonly #visit: Int32Array;
  /** By instruction, the first of all that a patient may come to from it or who come to it; how many counts these have. */
  readonly #ways: Int32Array;
  readonly #visitSlots = new Map<number, number>();
  /** By instruction, the place of its count of visits, which others may share. */
  readonly #sharedVisits = new Map<number, number>();

  constructor(input: SimulationInput) {
    this.#input = input;
    this.#visit = this.#findLoops();
    this.#ways = this.#findWays();
  }

  /** How many counts a patient keeps at most. */
  get most(): number {
    return Math.max(0, ...this.#visitSlots.values());
  }

  /** The place of an instruction's count; -1 where nobody comes twice. */
  slot(index: number): number {
    const counts = this.#input.instructions[index]?.visits ?? index;
    if (this.#visit[index] !== 1 && this.#visit[counts] !== 1) return -1;
    const known = this.#sharedVisits.get(counts);
    if (known !== undefined) return known;
    const way = this.#ways[index]!;
    const slot = this.#visitSlots.get(way) ?? 0;
    this.#visitSlots.set(way, slot + 1);
    this.#sharedVisits.set(counts, slot);
    return slot;
  }

  /** Instructions that a patient can pass more than once need a count of visits. */
  #findLoops(): Int32Array {
    const { instructions } = this.#input;
    const change = new Int32Array(instructions.length + 1);
    instructions.forEach((instruction, i) => {
      for (const to of targetsOf(instruction)) {
        if (to > i) continue;
        change[to] = change[to]! + 1;
        change[i + 1] = change[i + 1]! - 1;
      }
    });
    let depth = 0;
    return Int32Array.from(instructions, (_, i) => {
      depth += change[i]!;
      return depth > 0 ? 1 : 0;
    });
  }

  /** Instructions that no patient can both come by: pathways and cohorts that have nothing in common use the same counts. */
  #findWays(): Int32Array {
    const { instructions } = this.#input;
    const way = Int32Array.from(instructions, (_, i) => i);
    const first = (i: number): number => {
      let at = i;
      while (way[at] !== at) {
        way[at] = way[way[at]!]!;
        at = way[at]!;
      }
      return at;
    };
    const join = (i: number, to: number): void => {
      const [a, b] = [first(i), first(to)];
      way[Math.max(a, b)] = Math.min(a, b);
    };
    instructions.forEach((instruction, i) => {
      for (const to of targetsOf(instruction)) if (to < instructions.length) join(i, to);
      if (!['exit', 'jump', 'join', 'way'].includes(instruction.op) && i + 1 < instructions.length) join(i, i + 1);
    });
    return way.map((_, i) => first(i));
  }
}

/** Instructions to which an instruction may go, besides the next one. */
function targetsOf(instruction: Instruction): readonly number[] {
  switch (instruction.op) {
    case 'request':
      return instruction.patience === undefined ? [] : [instruction.patience.to];
    case 'work':
      return instruction.gives?.leaves === undefined ? [] : [instruction.gives.leaves];
    case 'least busy':
      return instruction.options.map((option) => option.to);
    case 'share':
    case 'match':
      return [...instruction.branches.map((branch) => branch.to), instruction.otherwise];
    case 'way':
      return instruction.to;
    case 'depends':
      return instruction.on.flatMap(({ to }) => to ?? []);
    case 'fork':
      return [...instruction.branches, instruction.then];
    case 'gather':
      return [instruction.then];
    case 'try':
    case 'jump':
    case 'unless':
    case 'rounds':
    case 'again':
      return [instruction.to];
    default:
      return [];
  }
}
