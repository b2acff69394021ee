import type { GraphNode, PathwayGraph } from '../../graph/graph.js';

/** One thing after another along the flow; all of them stand on one line, the spine, in each lane. */
export interface Sequence {
  readonly items: readonly Item[];
}

export type Item = NodeItem | SplitItem | HoldItem;

interface NodeItem {
  readonly kind: 'node';
  readonly node: GraphNode;
}

/** Ways side by side, after the node that opens them if there is one. */
export interface SplitItem {
  readonly kind: 'split';
  readonly opener: GraphNode | undefined;
  readonly branches: readonly Branch[];
  /** The spine is left free, so that a way may pass straight on beside what stands here. */
  readonly spineFree: boolean;
}

export interface Branch {
  /** Number in the text; that of a way aside is large. */
  readonly number: number;
  readonly body: Sequence;
}

/** Everything for which a hold keeps its resource, and the ways that leave it where nothing is free. */
export interface HoldItem {
  readonly kind: 'hold';
  readonly hold: string;
  readonly body: Sequence;
  readonly asides: readonly Branch[];
}

/**
 * The blocks of the text as a tree, from the branches and holds around each node. Every node of the graph is in it once,
 * also where two versions drawn as one do not make whole blocks.
 */
export function blockTree(graph: PathwayGraph): Sequence {
  return new TreeBuilder(graph).root();
}

interface Draft {
  readonly node: GraphNode;
  readonly blocks: GraphNode[][];
}

class TreeBuilder {
  private readonly position: ReadonlyMap<string, number>;
  /** Connectors and later entries, by the node that they lead to. */
  private readonly entries = new Map<string, GraphNode[]>();

  constructor(private readonly graph: PathwayGraph) {
    this.position = new Map(graph.nodes.map(({ id }, index) => [id, index] as const));
  }

  root(): Sequence {
    const { nodes, edges } = this.graph;
    const entered = new Set(edges.filter(({ kind }) => kind === 'flow').map(({ to }) => to));
    const leadsTo = new Map(edges.map(({ from, to }) => [from, to] as const));
    const isSource = (node: GraphNode): boolean =>
      (node.kind === 'start' || node.kind === 'connector') && !entered.has(node.id) && leadsTo.has(node.id);
    const first = nodes.find((node) => !isSource(node))?.id;
    const starts: GraphNode[] = [];
    const inside: GraphNode[] = [];
    for (const node of nodes) {
      const target = leadsTo.get(node.id);
      if (!isSource(node) || target === undefined) inside.push(node);
      else if (node.kind === 'start' && (target === first || starts.length === 0)) starts.push(node);
      else append(this.entries, target, node);
    }
    const sequence = this.sequence(inside, 0, []);
    return { items: [...sideBySide(starts), ...sequence.items] };
  }

  /** @param depth how many branches around the nodes are open already */
  private sequence(nodes: readonly GraphNode[], depth: number, holds: readonly string[]): Sequence {
    const drafts = this.drafts(nodes, depth);
    return { items: endsTogether(versionsBeside(this.items(drafts, depth, holds))) };
  }

  /** The nodes that stand in the sequence itself, each with the blocks that it opens. */
  private drafts(nodes: readonly GraphNode[], depth: number): readonly Draft[] {
    const drafts: Draft[] = [];
    const blocks = new Map<number, GraphNode[]>();
    for (const node of nodes) {
      const place = node.branchPath[depth];
      if (place === undefined) {
        drafts.push({ node, blocks: [] });
        continue;
      }
      const known = blocks.get(place.block);
      if (known !== undefined) {
        known.push(node);
        continue;
      }
      const opener = drafts.findLast((draft) => draft.node.id === place.opener) ?? drafts.at(-1);
      // Where two versions are one drawing, what opened a block may be gone: its first node stands for it.
      const members = opener === undefined ? [] : [node];
      blocks.set(place.block, members);
      if (opener === undefined) drafts.push({ node, blocks: [members] });
      else opener.blocks.push(members);
    }
    return drafts;
  }

  private items(drafts: readonly Draft[], depth: number, holds: readonly string[]): readonly Item[] {
    const items: Item[] = [];
    let index = 0;
    while (index < drafts.length) {
      const draft = drafts[index];
      if (draft === undefined) break;
      const hold = draft.node.holds.find((each) => !holds.includes(each));
      if (hold === undefined) {
        items.push(...this.entriesOf(draft.node), this.itemOf(draft, depth, holds));
        index += 1;
        continue;
      }
      let end = index + 1;
      while (drafts[end]?.node.holds.includes(hold) === true) end += 1;
      items.push(...this.entriesOf(draft.node), this.holdOf(hold, drafts.slice(index, end), depth, holds));
      index = end;
    }
    return items;
  }

  private entriesOf(node: GraphNode): readonly Item[] {
    const entries = this.entries.get(node.id) ?? [];
    this.entries.delete(node.id);
    return entries.length === 0
      ? []
      : [{ kind: 'split', opener: undefined, spineFree: true, branches: entries.map(branchOfOne) }];
  }

  private itemOf({ node, blocks }: Draft, depth: number, holds: readonly string[]): Item {
    const branches = blocks.flatMap((members) => this.branches(members, depth, holds));
    return branches.length === 0 ? { kind: 'node', node } : { kind: 'split', opener: node, branches, spineFree: false };
  }

  private branches(members: readonly GraphNode[], depth: number, holds: readonly string[]): readonly Branch[] {
    const byNumber = new Map<number, GraphNode[]>();
    for (const node of members) append(byNumber, node.branchPath[depth]?.branch ?? 0, node);
    return [...byNumber.entries()]
      .sort(([a], [b]) => a - b)
      .map(([number, nodes]) => ({ number, body: this.sequence(nodes, depth + 1, holds) }));
  }

  private holdOf(hold: string, drafts: readonly Draft[], depth: number, holds: readonly string[]): Item {
    const asides: Branch[] = [];
    const inside = drafts.map(({ node, blocks }): Draft => {
      const own = blocks.filter((members) => !leavesHold(members, hold));
      for (const members of blocks) if (leavesHold(members, hold)) asides.push(...this.branches(members, depth, holds));
      return { node, blocks: own };
    });
    return { kind: 'hold', hold, asides, body: { items: versionsBeside(this.items(inside, depth, [...holds, hold])) } };
  }
}

/** What is kept goes on in the branch of a connector, which by itself is in no hold. */
function leavesHold(members: readonly GraphNode[], hold: string): boolean {
  return members.some(({ kind, holds }) => kind !== 'connector' && !holds.includes(hold));
}

/** Several nodes in one row, each on the spine of its lane where that is free. */
function sideBySide(nodes: readonly GraphNode[]): readonly Item[] {
  const [first] = nodes;
  if (first === undefined) return [];
  if (nodes.length === 1) return [{ kind: 'node', node: first }];
  return [{ kind: 'split', opener: undefined, spineFree: false, branches: nodes.map(branchOfOne) }];
}

function branchOfOne(node: GraphNode, number: number): Branch {
  return { number, body: { items: [{ kind: 'node', node }] } };
}

/** Ends that no way leaves stand in one row. */
function endsTogether(items: readonly Item[]): readonly Item[] {
  const isEnd = (item: Item): item is NodeItem => item.kind === 'node' && item.node.kind === 'end';
  const firstEnd = items.findIndex((_, index) => items.slice(index).every(isEnd));
  if (firstEnd < 0 || firstEnd === items.length - 1) return items;
  return [
    ...items.slice(0, firstEnd),
    ...sideBySide(
      items
        .slice(firstEnd)
        .filter(isEnd)
        .map(({ node }) => node),
    ),
  ];
}

/** In a drawing of two versions, what is gone stands beside what came in its place, or beside the spine. */
function versionsBeside(items: readonly Item[]): readonly Item[] {
  const marks = items.map(markOf);
  if (!marks.includes('removed') || marks.every((mark) => mark === 'removed')) return items;
  const result: Item[] = [];
  let index = 0;
  while (index < items.length) {
    let end = index;
    while (marks[end] === 'removed' || (marks[end] === 'added' && end < items.length)) end += 1;
    const run = items.slice(index, end);
    const gone = run.filter((item) => markOf(item) === 'removed');
    if (gone.length === 0) {
      result.push(...items.slice(index, Math.max(end, index + 1)));
      index = Math.max(end, index + 1);
      continue;
    }
    const came = run.filter((item) => markOf(item) !== 'removed');
    const branches = [came, gone]
      .filter((part) => part.length > 0)
      .map((part, number) => ({ number, body: { items: part } }));
    result.push({ kind: 'split', opener: undefined, spineFree: came.length === 0, branches });
    index = end;
  }
  return result;
}

function markOf(item: Item): GraphNode['mark'] {
  switch (item.kind) {
    case 'node':
      return item.node.mark;
    case 'split':
      return item.opener?.mark;
    case 'hold': {
      const [first] = item.body.items;
      return first === undefined ? undefined : markOf(first);
    }
  }
}

function append<Key>(lists: Map<Key, GraphNode[]>, key: Key, node: GraphNode): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [node]);
  else list.push(node);
}
