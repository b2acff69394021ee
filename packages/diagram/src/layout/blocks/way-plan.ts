import type { GraphEdge, PathwayGraph } from '../../graph/graph.js';
import type { HoldItem, Item, Sequence, SplitItem } from './block-tree.js';

/** A line along the flow that is kept free for a way beside the blocks that it passes. */
export interface Track {
  readonly edge: GraphEdge;
  readonly lane: number;
}

/** How a way runs, told by the blocks alone. */
export interface WayPlan {
  readonly edge: GraphEdge;
  /** Where it runs along the flow: on a track; without one, straight on from its beginning, or in line with its end. */
  readonly track: Track | undefined;
  readonly inLineWith: 'from' | 'to';
  /** It is one of the ways that part at a node and has room of its own in the block that begins there. */
  readonly parts: boolean;
  /** It leaves at the side, or forward; it arrives at the side, or as the flow does. */
  readonly leaves: 'forward' | 'aside';
  readonly arrives: 'forward' | 'aside';
  /** It passes rows that only hold what stands beside the spine, and joins its end's line before them. */
  readonly joinsBefore: string | undefined;
}

/** The plans of all ways, and the tracks that they need beside items and sequences. */
export interface WayPlans {
  readonly ways: readonly WayPlan[];
  readonly bypasses: ReadonlyMap<SplitItem | HoldItem, readonly Track[]>;
  readonly besides: ReadonlyMap<Sequence, readonly RangeTrack[]>;
  /** Branches, asides and bypasses that go on after their block. */
  readonly continues: ReadonlySet<Sequence>;
}

/** A track beside some of the items of a sequence. */
export interface RangeTrack {
  readonly track: Track;
  readonly first: number;
  readonly last: number;
}

type Via = 'root' | 'branch' | 'open branch' | 'hold' | 'aside';

interface Level {
  readonly sequence: Sequence;
  readonly index: number;
  readonly via: Via;
  /** The item around the sequence. */
  readonly inside: Item | undefined;
}

/** Plans every way of a graph from the tree of its blocks. */
export function planWays(graph: PathwayGraph, root: Sequence): WayPlans {
  const planner = new WayPlanner(graph, root);
  for (const edge of graph.edges) planner.plan(edge);
  return planner;
}

class WayPlanner implements WayPlans {
  readonly ways: WayPlan[] = [];
  readonly bypasses = new Map<SplitItem | HoldItem, Track[]>();
  readonly besides = new Map<Sequence, RangeTrack[]>();
  readonly continues = new Set<Sequence>();
  private readonly paths = new Map<string, readonly Level[]>();
  private readonly lanes: ReadonlyMap<string, number>;

  constructor(graph: PathwayGraph, root: Sequence) {
    this.lanes = new Map(graph.nodes.map(({ id, lane }) => [id, lane] as const));
    this.note(root, [], 'root', undefined);
  }

  private note(sequence: Sequence, above: readonly Level[], via: Via, inside: Item | undefined): void {
    sequence.items.forEach((item, index) => {
      const levels = [...above, { sequence, index, via, inside }];
      if (item.kind === 'node') this.paths.set(item.node.id, levels);
      else if (item.kind === 'split') {
        if (item.opener !== undefined) this.paths.set(item.opener.id, levels);
        for (const { body } of item.branches)
          this.note(body, levels, item.opener === undefined ? 'open branch' : 'branch', item);
      } else {
        this.note(item.body, levels, 'hold', item);
        for (const { body } of item.asides) this.note(body, levels, 'aside', item);
      }
    });
  }

  plan(edge: GraphEdge): void {
    const [from, to] = [this.paths.get(edge.from), this.paths.get(edge.to)];
    if (from === undefined || to === undefined)
      throw new RangeError(`the way ${edge.id} leads to a node that is not there`);
    let depth = 0;
    while (
      from[depth + 1] !== undefined &&
      from[depth + 1]?.sequence === to[depth + 1]?.sequence &&
      sameItem(from, to, depth)
    )
      depth += 1;
    const [start, end] = [from[depth], to[depth]];
    if (start === undefined || end === undefined) return;
    if (edge.kind === 'flow' && start.index < end.index && this.follows(edge, from, to, depth)) return;
    if (edge.kind === 'flow' && start.index === end.index && this.enters(edge, from, to, depth)) return;
    this.takeTrack(edge, from, to, depth);
  }

  /** The usual way: from the last of one item to the first of the next, or past what a block has. */
  private follows(edge: GraphEdge, from: readonly Level[], to: readonly Level[], depth: number): boolean {
    const [start, end] = [from[depth], to[depth]];
    if (start === undefined || end === undefined || !isFirst(to, depth)) return false;
    const between = start.sequence.items.slice(start.index + 1, end.index);
    if (!between.every(leavesSpineFree)) {
      const lane = this.lanes.get(edge.from) ?? 0;
      const isStraight =
        from.length === depth + 1 &&
        itemAt(start).kind === 'node' &&
        lane === this.lanes.get(edge.to) &&
        between.every((item) => leavesSpineFree(item) || !usesLane(item, lane));
      if (!isStraight) return false;
      this.add(edge, {});
      return true;
    }
    const joinsBefore = firstOfFreeRows(end, between.length);
    const own = from.at(-1);
    if (own === undefined) return false;
    const item = itemAt(own);
    if (item.kind === 'split' && isLast(from, depth, from.length - 1)) {
      this.bypass(edge, item, joinsBefore);
      this.noteContinuing(from, depth, from.length - 1);
      return true;
    }
    if (item.kind === 'node' && isLast(from, depth, from.length - 1)) {
      this.add(edge, { joinsBefore });
      this.noteContinuing(from, depth, from.length - 1);
      return true;
    }
    const hold = own.inside;
    if (own.via === 'hold' && hold?.kind === 'hold' && own.index === 0 && isLast(from, depth, from.length - 2)) {
      this.bypass(edge, hold, joinsBefore);
      this.noteContinuing(from, depth, from.length - 2);
      return true;
    }
    return false;
  }

  private noteContinuing(from: readonly Level[], depth: number, deepest: number): void {
    for (const level of from.slice(depth + 1, deepest + 1)) this.continues.add(level.sequence);
  }

  private bypass(edge: GraphEdge, item: SplitItem | HoldItem, joinsBefore: string | undefined): void {
    const track: Track = { edge, lane: this.lanes.get(edge.from) ?? 0 };
    append(this.bypasses, item, track);
    this.add(edge, { track, joinsBefore, parts: true });
  }

  /** From what opens a block to the first of one of its branches. */
  private enters(edge: GraphEdge, from: readonly Level[], to: readonly Level[], depth: number): boolean {
    const [own, inside] = [from[depth], to[depth + 1]];
    if (own === undefined || inside === undefined || !isFirst(to, depth + 1)) return false;
    if (inside.index !== firstOnSpine(inside.sequence)) return false;
    const item = itemAt(own);
    const opens =
      item.kind === 'split'
        ? from.length === depth + 1
        : item.kind === 'hold' && inside.via === 'aside' && from.length === depth + 2 && from[depth + 1]?.index === 0;
    if (!opens) return false;
    this.add(edge, { inLineWith: 'to', parts: true });
    return true;
  }

  private takeTrack(edge: GraphEdge, from: readonly Level[], to: readonly Level[], depth: number): void {
    const [start, end] = [from[depth], to[depth]];
    if (start === undefined || end === undefined) return;
    const [fromLane, toLane] = [this.lanes.get(edge.from) ?? 0, this.lanes.get(edge.to) ?? 0];
    const back = edge.kind === 'return';
    const track: Track = { edge, lane: back ? toLane : fromLane };
    const goesOn = !back && start.index < end.index && isFirst(to, depth);
    const [first, last] = [Math.min(start.index, end.index), Math.max(start.index, end.index)];
    append(this.besides, start.sequence, { track, first, last: goesOn ? Math.max(first, last - 1) : last });
    this.add(edge, {
      track,
      leaves: fromLane === track.lane && isAloneInRow(from, depth) ? 'aside' : 'forward',
      arrives: back && toLane === track.lane && isAloneInRow(to, depth) ? 'aside' : 'forward',
      joinsBefore: goesOn ? firstOfFreeRows(end, end.index) : undefined,
    });
  }

  private add(edge: GraphEdge, plan: Partial<WayPlan>): void {
    const { track, inLineWith = 'from', parts = false, leaves = 'forward', arrives = 'forward', joinsBefore } = plan;
    this.ways.push({ edge, track, inLineWith, parts, leaves, arrives, joinsBefore });
  }
}

function itemAt({ sequence, index }: Level): Item {
  const item = sequence.items[index];
  if (item === undefined) throw new RangeError('an item is missing in its sequence');
  return item;
}

function sameItem(from: readonly Level[], to: readonly Level[], depth: number): boolean {
  return from[depth]?.index === to[depth]?.index;
}

/** Nothing of the item stands on the spine. */
function leavesSpineFree(item: Item): boolean {
  return item.kind === 'split' && item.spineFree;
}

function firstOnSpine({ items }: Sequence): number {
  return items.findIndex((item) => !leavesSpineFree(item));
}

/** True for what is met first in its item at that depth. */
function isFirst(path: readonly Level[], depth: number): boolean {
  return path
    .slice(depth + 1)
    .every(({ via, sequence, index }) => (via === 'hold' || via === 'open branch') && index === firstOnSpine(sequence));
}

/** True for what has nothing after it in its item at that depth, down to the deepest level asked for. */
function isLast(path: readonly Level[], depth: number, deepest: number): boolean {
  return path
    .slice(depth + 1, deepest + 1)
    .every(({ sequence, index }) => sequence.items.slice(index + 1).every(leavesSpineFree));
}

/** True for what has its row for itself up to the right end of the sequence at that depth. */
function isAloneInRow(path: readonly Level[], depth: number): boolean {
  return path
    .slice(depth + 1)
    .every(
      ({ via, inside, index }) =>
        via === 'hold' && inside?.kind === 'hold' && (index === 0 || inside.asides.length === 0),
    );
}

/** Id of a node in the first of the rows beside the spine that stand directly before an item. */
function firstOfFreeRows({ sequence, index }: Level, limit: number): string | undefined {
  let first = index;
  while (first > index - limit && first > 0) {
    const before = sequence.items[first - 1];
    if (before === undefined || !leavesSpineFree(before)) break;
    first -= 1;
  }
  const item = sequence.items[first];
  return first === index || item === undefined ? undefined : firstNodeOf(item);
}

function firstNodeOf(item: Item): string | undefined {
  if (item.kind === 'node') return item.node.id;
  if (item.kind === 'split' && item.opener !== undefined) return item.opener.id;
  const [first] = item.kind === 'split' ? (item.branches[0]?.body.items ?? []) : item.body.items;
  return first === undefined ? undefined : firstNodeOf(first);
}

function usesLane(item: Item, lane: number): boolean {
  if (item.kind === 'node') return item.node.lane === lane;
  const inside = item.kind === 'split' ? item.branches : [{ body: item.body }, ...item.asides];
  const opener = item.kind === 'split' && item.opener?.lane === lane;
  return opener || inside.some(({ body }) => body.items.some((each) => usesLane(each, lane)));
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
