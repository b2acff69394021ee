import fc from 'fast-check';
import { type FlowTree, NOTHING, sequence } from '../../src/discovery/flow-tree.js';
import type { Random } from '../../src/statistics/random.js';

let places = 0;
export const step = (label: number): FlowTree => ({ kind: 'step', label, place: `step ${label}` });
export const choice = (...branches: FlowTree[]): FlowTree => ({ kind: 'choice', place: `#${++places}`, branches });
export const parallel = (...branches: FlowTree[]): FlowTree => ({ kind: 'parallel', place: `#${++places}`, branches });
export const loop = (body: FlowTree, redo: FlowTree = NOTHING): FlowTree => ({
  kind: 'loop',
  place: `#${++places}`,
  body,
  redo,
});
export const nothing = NOTHING;
export const inOrder = (...parts: FlowTree[]): FlowTree => sequence(parts);

/** Any tree over labels that occur once each. */
export function trees(labels: number): fc.Arbitrary<FlowTree> {
  const over = (from: number, to: number, depth: number): fc.Arbitrary<FlowTree> => {
    if (to - from === 1) {
      const leaf = fc.constant(step(from));
      return depth === 0
        ? leaf
        : fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: leaf.map((one) => loop(one)) });
    }
    return fc
      .tuple(
        fc.integer({ min: from + 1, max: to - 1 }),
        fc.constantFrom('sequence', 'choice', 'parallel', 'loop', 'optional'),
      )
      .chain(([middle, kind]) =>
        fc.tuple(over(from, middle, depth + 1), over(middle, to, depth + 1)).map(([a, b]) => {
          switch (kind) {
            case 'choice':
              return choice(a, b);
            case 'parallel':
              return parallel(a, b);
            case 'loop':
              return loop(a, b);
            case 'optional':
              return inOrder(a, choice(b, nothing));
            default:
              return inOrder(a, b);
          }
        }),
      );
  };
  return over(0, labels, 0);
}

/** A random case that follows a tree. */
export function walk(tree: FlowTree, random: Random): number[] {
  switch (tree.kind) {
    case 'step':
      return tree.label === undefined ? [] : [tree.label];
    case 'sequence':
      return tree.parts.flatMap((part) => walk(part, random));
    case 'choice':
      return walk(tree.branches[random.below(tree.branches.length)]!, random);
    case 'parallel': {
      const lanes = tree.branches.map((branch) => walk(branch, random));
      const trace: number[] = [];
      for (;;) {
        const open = lanes.filter(({ length }) => length > 0);
        if (open.length === 0) return trace;
        trace.push(open[random.below(open.length)]!.shift()!);
      }
    }
    case 'loop': {
      const trace = walk(tree.body, random);
      while (random.uniform() < 0.3) trace.push(...walk(tree.redo, random), ...walk(tree.body, random));
      return trace;
    }
  }
}

/** All cases of a tree of at most `most` events. */
export function language(tree: FlowTree, most: number): number[][] {
  const unique = (list: readonly (readonly number[])[]): number[][] => [
    ...new Map(list.filter(({ length }) => length <= most).map((trace) => [trace.join(), [...trace]])).values(),
  ];
  const then = (a: readonly number[][], b: readonly number[][]): number[][] =>
    unique(a.flatMap((x) => b.map((y) => [...x, ...y])));
  switch (tree.kind) {
    case 'step':
      return [tree.label === undefined ? [] : [tree.label]];
    case 'sequence':
      return tree.parts.reduce<number[][]>((all, part) => then(all, language(part, most)), [[]]);
    case 'choice':
      return unique(tree.branches.flatMap((branch) => language(branch, most)));
    case 'parallel':
      return tree.branches.reduce<number[][]>(
        (all, branch) => unique(all.flatMap((x) => language(branch, most).flatMap((y) => shuffles(x, y)))),
        [[]],
      );
    case 'loop': {
      const [body, redo] = [language(tree.body, most), language(tree.redo, most)];
      let all = body;
      for (let size = -1; size !== all.length;) {
        size = all.length;
        all = unique([...all, ...then(then(all, redo), body)]);
      }
      return all;
    }
  }
}

function shuffles(a: readonly number[], b: readonly number[]): number[][] {
  if (a.length === 0) return [[...b]];
  if (b.length === 0) return [[...a]];
  return [
    ...shuffles(a.slice(1), b).map((rest) => [a[0]!, ...rest]),
    ...shuffles(a, b.slice(1)).map((rest) => [b[0]!, ...rest]),
  ];
}

/** Events to leave out and put in to turn one case into another: all but twice the longest common subsequence. */
export function editCost(a: readonly number[], b: readonly number[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    b.forEach((y, j) => next.push(x === y ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!)));
    row = next;
  }
  return a.length + b.length - 2 * row[b.length]!;
}
