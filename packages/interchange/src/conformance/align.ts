import { type FlowTree, labelsOf } from '../discovery/flow-tree.js';

/** How a case went through a tree: which branches it took, how many rounds, which event each step is. */
export type FlowRun =
  | {
      readonly kind: 'step';
      readonly place: string;
      readonly label: number | undefined;
      readonly event: number | undefined;
    }
  | { readonly kind: 'sequence'; readonly parts: readonly FlowRun[] }
  | { readonly kind: 'choice'; readonly place: string; readonly branch: number; readonly run: FlowRun }
  | { readonly kind: 'parallel'; readonly branches: readonly FlowRun[] }
  | { readonly kind: 'loop'; readonly place: string; readonly rounds: number; readonly parts: readonly FlowRun[] };

/** The cheapest way to bring a case and a pathway together. */
export interface Alignment {
  /** Events that the pathway does not foresee here, and steps that the case lacks; each costs 1. */
  readonly cost: number;
  readonly run: FlowRun;
}

/** How much work one alignment may be before it is given up. */
const BUDGET = 400_000;
/** Events within one round of a loop that may stand there without belonging to it. */
const SLACK = 4;

interface Node {
  readonly tree: FlowTree;
  readonly number: number;
  readonly labels: ReadonlySet<number>;
  /** The most events of one run; infinite with loops. */
  readonly most: number;
  /** Steps that a run without any event lacks, at least. */
  readonly least: number;
  readonly children: readonly Node[];
}

/**
 * Aligns cases with a pathway (Adriansyah, van Dongen and van der Aalst 2011): the least number of events to leave out
 * and steps to put in. Over a tree of blocks this is a recursion over parts of the case instead of a search over
 * states: branches at once see their own events only, sequences and loops try where to cut. The cost is the least where
 * branches at once have no activity in common; within a round of a loop, at most four events in excess are looked for.
 */
export class Aligner {
  private readonly root: Node;
  private nodes = 0;
  private trace: readonly number[] = [];
  private known = new Map<number, Map<number, Alignment>>();
  private work = 0;

  constructor(tree: FlowTree) {
    this.root = this.nodeOf(tree);
  }

  /** Steps of the shortest way through the pathway. */
  get shortest(): number {
    return this.root.least;
  }

  /** @returns undefined when it takes more work than is allowed */
  align(trace: readonly number[]): Alignment | undefined {
    this.trace = trace;
    this.known = new Map();
    this.work = 0;
    const own = this.within(
      this.root,
      trace.map((_, i) => i),
    );
    try {
      const { cost, run } = this.solve(this.root, own);
      return { cost: cost + trace.length - own.length, run };
    } catch (error) {
      if (error instanceof TooMuchWork) return undefined;
      throw error;
    }
  }

  private nodeOf(tree: FlowTree): Node {
    const parts =
      tree.kind === 'sequence'
        ? tree.parts
        : tree.kind === 'choice' || tree.kind === 'parallel'
          ? tree.branches
          : tree.kind === 'loop'
            ? [tree.body, tree.redo]
            : [];
    const children = parts.map((part) => this.nodeOf(part));
    const sum = (of: (node: Node) => number): number => children.reduce((all, node) => all + of(node), 0);
    const counts = {
      step: () => (tree.kind === 'step' && tree.label !== undefined ? [1, 1] : [0, 0]),
      sequence: () => [sum((node) => node.most), sum((node) => node.least)],
      parallel: () => [sum((node) => node.most), sum((node) => node.least)],
      choice: () => [Math.max(...children.map(({ most }) => most)), Math.min(...children.map(({ least }) => least))],
      loop: () => [Number.POSITIVE_INFINITY, children[0]?.least ?? 0],
    };
    const [most = 0, least = 0] = counts[tree.kind]();
    return { tree, number: this.nodes++, labels: labelsOf(tree), most, least, children };
  }

  private within(node: Node, events: readonly number[]): readonly number[] {
    const own = events.filter((event) => node.labels.has(this.trace[event]!));
    return own.length === events.length ? events : own;
  }

  /** The best run of a node over events that are all its own. */
  private solve(node: Node, events: readonly number[]): Alignment {
    const { length } = events;
    // Events between the same first and last one, of the same node, are the same events.
    const key = length === 0 ? -1 : (events[0]! * 65_536 + events[length - 1]!) * 2048 + (length & 2047);
    let known = this.known.get(node.number);
    if (known === undefined) {
      known = new Map();
      this.known.set(node.number, known);
    }
    const found = known.get(key);
    if (found !== undefined) return found;
    this.work += 1 + length;
    if (this.work > BUDGET) throw new TooMuchWork();
    const solved = this.solveAnew(node, events);
    known.set(key, solved);
    return solved;
  }

  private solveAnew(node: Node, events: readonly number[]): Alignment {
    const { tree } = node;
    switch (tree.kind) {
      case 'step': {
        const cost = tree.label === undefined ? 0 : events.length === 0 ? 1 : events.length - 1;
        return { cost, run: { kind: 'step', place: tree.place, label: tree.label, event: events[0] } };
      }
      case 'sequence':
        return this.solveSequence(node, events);
      case 'choice': {
        let best: Alignment | undefined;
        node.children.forEach((child, i) => {
          const own = this.within(child, events);
          const others = events.length - own.length;
          if (best !== undefined && others >= best.cost) return;
          const { cost, run } = this.solve(child, own);
          if (best === undefined || cost + others < best.cost)
            best = {
              cost: cost + others,
              run: { kind: 'choice', place: tree.place, branch: tree.numbers?.[i] ?? i, run },
            };
        });
        if (best === undefined) throw new RangeError('a choice without branches');
        return best;
      }
      case 'parallel': {
        let left = events;
        let cost = 0;
        const branches = node.children.map((child) => {
          const own = this.within(child, left);
          left = left.filter((event) => !own.includes(event));
          const solved = this.solve(child, own);
          cost += solved.cost;
          return solved.run;
        });
        return { cost, run: { kind: 'parallel', branches } };
      }
      case 'loop':
        return this.solveLoop(node, tree.place, events);
    }
  }

  private solveSequence(node: Node, events: readonly number[]): Alignment {
    const n = events.length;
    const parts = node.children;
    if (parts.length === 0) return { cost: 0, run: { kind: 'sequence', parts: [] } };
    const owned = (part: Node): number[] => {
      const sums = [0];
      for (const event of events) sums.push(sums.at(-1)! + (part.labels.has(this.trace[event]!) ? 1 : 0));
      return sums;
    };
    const own = parts.map(owned);
    // Events after a place that no later part knows are in excess for certain.
    const lost: number[][] = Array.from({ length: parts.length + 1 }, () => new Array<number>(n + 1).fill(0));
    for (let k = parts.length; k >= 0; k--) {
      for (let i = n - 1; i >= 0; i--) {
        const known = parts.slice(k).some((part) => part.labels.has(this.trace[events[i]!]!));
        lost[k]![i] = lost[k]![i + 1]! + (known ? 0 : 1);
      }
    }
    const bound = this.boundOf(parts, own, n, events);
    let layer: (Cell | undefined)[] = [{ cost: 0, from: undefined, run: undefined }];
    parts.forEach((part, k) => {
      const next: (Cell | undefined)[] = [];
      const counts = own[k]!;
      for (let h = 0; h <= n; h++) {
        const before = layer[h];
        if (before === undefined || before.cost + lost[k]![h]! > bound) continue;
        const last = k === parts.length - 1;
        for (let i = last ? n : h; i <= n; i++) {
          const others = i - h - (counts[i]! - counts[h]!);
          if (before.cost + others > bound) break;
          const least = before.cost + others + lost[k + 1]![i]!;
          const there = next[i];
          if (least > bound || (there !== undefined && there.cost <= before.cost + others)) continue;
          // A part that begins or ends with what is not its own is also found with a tighter cut.
          const { cost, run } = this.solve(part, this.within(part, events.slice(h, i)));
          const total = before.cost + others + cost;
          if (there === undefined || total < there.cost) next[i] = { cost: total, from: before, run };
        }
      }
      layer = next;
    });
    const end = layer[n];
    if (end === undefined) throw new RangeError('a sequence that nothing fits');
    const runs: FlowRun[] = [];
    for (let cell: Cell | undefined = end; cell?.run !== undefined; cell = cell.from) runs.unshift(cell.run);
    return { cost: end.cost, run: { kind: 'sequence', parts: runs } };
  }

  /** What one good way to cut costs: each part takes its own events from where the one before ended. */
  private boundOf(parts: readonly Node[], own: readonly number[][], n: number, events: readonly number[]): number {
    // best[i]: fewest events in excess when the parts up to k have the first i events.
    let best = Array.from({ length: n + 1 }, (_, i) => (i === 0 ? 0 : Number.POSITIVE_INFINITY));
    const from: number[][] = [];
    parts.forEach((_, k) => {
      const counts = own[k]!;
      const row: number[] = [];
      const begin: number[] = [];
      let least = Number.POSITIVE_INFINITY;
      let at = 0;
      for (let i = 0; i <= n; i++) {
        // Others in h … i are (i − counts[i]) − (h − counts[h]).
        const here = best[i]! - (i - counts[i]!);
        if (here < least) {
          least = here;
          at = i;
        }
        row.push(least + i - counts[i]!);
        begin.push(at);
      }
      best = row;
      from.push(begin);
    });
    let cost = best[n]!;
    let end = n;
    for (let k = parts.length - 1; k >= 0; k--) {
      const begin = from[k]![end]!;
      cost += this.solve(parts[k]!, this.within(parts[k]!, events.slice(begin, end))).cost;
      end = begin;
    }
    return cost;
  }

  private solveLoop(node: Node, place: string, events: readonly number[]): Alignment {
    const [body, redo] = node.children as readonly [Node, Node];
    const n = events.length;
    const simple = this.singleRounds(body, redo, place, events);
    if (simple !== undefined) return simple;
    const reach = (part: Node): number => (Number.isFinite(part.most) ? part.most + SLACK : n);
    // after[i]: the body has just ended; before[i]: it is about to begin.
    const after: (Cell | undefined)[] = [];
    const before: (Cell | undefined)[] = [];
    const extend = (from: Cell, part: Node, h: number, i: number, into: (Cell | undefined)[], round: number): void => {
      const slice = events.slice(h, i);
      const own = this.within(part, slice);
      const others = slice.length - own.length;
      const there = into[i];
      if (there !== undefined && there.cost <= from.cost + others) return;
      const { cost, run } = this.solve(part, own);
      const total = from.cost + others + cost;
      if (there === undefined || total < there.cost)
        into[i] = { cost: total, from, run, rounds: (from.rounds ?? 0) + round };
    };
    for (let i = 0; i <= n; i++) {
      if (i === 0) before[0] = { cost: 0, from: undefined, run: undefined, rounds: 0 };
      else {
        // One event in excess between rounds.
        for (const layer of [after, before]) {
          const earlier = layer[i - 1];
          if (earlier !== undefined && (layer[i]?.cost ?? Number.POSITIVE_INFINITY) > earlier.cost + 1)
            layer[i] = { ...earlier, cost: earlier.cost + 1 };
        }
      }
      // Rounds without events come first, so that what they lead to is known.
      const begins = before[i];
      if (begins !== undefined) extend(begins, body, i, i, after, 1);
      const ended = after[i];
      if (ended !== undefined) {
        extend(ended, redo, i, i, before, 0);
        const again = before[i];
        if (again !== undefined && again !== begins) extend(again, body, i, i, after, 1);
      }
      const start = before[i];
      if (start !== undefined)
        for (let j = i + 1; j <= Math.min(n, i + reach(body)); j++) extend(start, body, i, j, after, 1);
      const end = after[i];
      if (end !== undefined)
        for (let j = i + 1; j <= Math.min(n, i + reach(redo)); j++) extend(end, redo, i, j, before, 0);
    }
    const end = after[n];
    if (end === undefined) throw new RangeError('a loop that nothing fits');
    const runs: FlowRun[] = [];
    for (let cell: Cell | undefined = end; cell !== undefined; cell = cell.from)
      if (cell.run !== undefined) runs.unshift(cell.run);
    return { cost: end.cost, run: { kind: 'loop', place, rounds: end.rounds ?? 1, parts: runs } };
  }

  /** A loop of one step, or of one step out of several: each event is a round of its own. */
  private singleRounds(body: Node, redo: Node, place: string, events: readonly number[]): Alignment | undefined {
    if (redo.tree.kind !== 'sequence' || redo.children.length > 0 || events.length === 0) return undefined;
    const leaves = body.tree.kind === 'step' ? [body] : body.tree.kind === 'choice' ? body.children : [];
    if (leaves.length === 0 || leaves.some(({ tree }) => tree.kind !== 'step')) return undefined;
    const parts = events.map((event) => this.solve(body, [event]).run);
    return { cost: 0, run: { kind: 'loop', place, rounds: parts.length, parts } };
  }
}

interface Cell {
  readonly cost: number;
  readonly from: Cell | undefined;
  readonly run: FlowRun | undefined;
  readonly rounds?: number;
}

class TooMuchWork extends Error {}
