import type { FlowTree } from '../discovery/flow-tree.js';
import { directlyFollows, type Variant } from '../discovery/variants.js';

/** Which activities a tree can begin and end with, which can follow one another, and whether it can do nothing. */
interface Footprint {
  readonly first: ReadonlySet<number>;
  readonly last: ReadonlySet<number>;
  readonly all: ReadonlySet<number>;
  readonly pairs: ReadonlySet<number>;
  readonly empty: boolean;
}

const pair = (a: number, b: number): number => a * 65_536 + b;

/**
 * Of the pairs of activities of which a pathway lets one directly follow the other, the share that occurs in the log. A
 * pathway that allows anything has a low one. (In the spirit of the footprints of van der Aalst, Process Mining, 2016,
 * section 8.4: cheap, and blind to what lies further apart.)
 */
export function followsPrecision(tree: FlowTree, variants: readonly Variant[]): number {
  const { pairs } = footprint(tree);
  if (pairs.size === 0) return 1;
  const { follows } = directlyFollows(variants);
  let seen = 0;
  for (const each of pairs) if (follows.get(Math.floor(each / 65_536))?.has(each % 65_536) === true) seen += 1;
  return seen / pairs.size;
}

function footprint(tree: FlowTree): Footprint {
  switch (tree.kind) {
    case 'step': {
      const own = new Set(tree.label === undefined ? [] : [tree.label]);
      return { first: own, last: own, all: own, pairs: new Set(), empty: tree.label === undefined };
    }
    case 'sequence':
      return tree.parts.map(footprint).reduce(then, NONE);
    case 'choice': {
      const branches = tree.branches.map(footprint);
      return {
        first: union(branches.map(({ first }) => first)),
        last: union(branches.map(({ last }) => last)),
        all: union(branches.map(({ all }) => all)),
        pairs: union(branches.map(({ pairs }) => pairs)),
        empty: branches.some(({ empty }) => empty),
      };
    }
    case 'parallel': {
      const branches = tree.branches.map(footprint);
      const between = branches.flatMap((a, i) =>
        branches.flatMap((b, j) => (i === j ? [] : [...a.all].flatMap((x) => [...b.all].map((y) => pair(x, y))))),
      );
      return {
        first: union(branches.map(({ first }) => first)),
        last: union(branches.map(({ last }) => last)),
        all: union(branches.map(({ all }) => all)),
        pairs: union([...branches.map(({ pairs }) => pairs), new Set(between)]),
        empty: branches.every(({ empty }) => empty),
      };
    }
    case 'loop': {
      const body = footprint(tree.body);
      const round = then(then(body, footprint(tree.redo)), body);
      return { ...round, empty: body.empty };
    }
  }
}

const NONE: Footprint = { first: new Set(), last: new Set(), all: new Set(), pairs: new Set(), empty: true };

function then(a: Footprint, b: Footprint): Footprint {
  const between = new Set([...a.last].flatMap((x) => [...b.first].map((y) => pair(x, y))));
  return {
    first: a.empty ? union([a.first, b.first]) : a.first,
    last: b.empty ? union([a.last, b.last]) : b.last,
    all: union([a.all, b.all]),
    pairs: union([a.pairs, b.pairs, between]),
    empty: a.empty && b.empty,
  };
}

function union(sets: readonly ReadonlySet<number>[]): Set<number> {
  return new Set(sets.flatMap((set) => [...set]));
}
