import type { GraphEdge, GraphNode } from '../../graph/graph.js';
import type { Branch, HoldItem, Item, Sequence, SplitItem } from './block-tree.js';
import { type FlowSize, LABEL_GAP, type FlowSizes } from './flow-sizes.js';
import { type RangeTrack, type Track, type WayPlans } from './way-plan.js';

/** How far something reaches on both sides of the spine of a lane, across the flow, in pixels. */
interface Extent {
  readonly left: number;
  readonly right: number;
}

/** One extent for each lane; undefined where nothing stands in the lane. */
type Extents = readonly (Extent | undefined)[];

/** What a hold takes up: its extent in every lane, measured from the spine of the lane, and its layers. */
export interface HoldPlace {
  readonly hold: string;
  readonly extents: Extents;
  readonly firstLayer: number;
  readonly lastLayer: number;
  /** How many holds are nested in it, at most. */
  readonly depth: number;
}

/** Where everything stands across the flow, measured from the spine of its lane, and in which layer. */
export interface BlockPlaces {
  readonly nodes: ReadonlyMap<string, { readonly across: number; readonly layer: number }>;
  readonly tracks: ReadonlyMap<Track, number>;
  /** Bars that reach over the ways that they part or join, from and to. */
  readonly bars: ReadonlyMap<string, { readonly from: number; readonly to: number }>;
  readonly holds: readonly HoldPlace[];
  readonly extents: Extents;
  readonly layerCount: number;
}

/** Distances in pixels: of branches, of a track to what it passes, of a hold's edge to its content. */
const BRANCH_GAP = 26;
const TRACK_GAP = 16;
const HOLD_MARGIN = 10;
/** Room on either side of the line at a spine. */
const BESIDE_SPINE = 16;
/** How far a bar reaches beyond its outermost ways, and beyond those that pass a whole block. */
const BAR_END = 22;
const BAR_END_PAST = 10;

/** Number from which on branches are ways aside. */
const ASIDE = 1_000_000;

/** A place at which a way meets a bar, and how far the bar reaches beyond it. */
interface Meeting {
  readonly line: number;
  readonly reach: number;
}

interface Measured {
  readonly extents: Extents;
  readonly depth: number;
  readonly holdDepth: number;
}

/** Places blocks: each has a stretch of its own in every lane that it uses, over all its layers. */
export function placeBlocks(root: Sequence, plans: WayPlans, sizes: FlowSizes, laneCount: number): BlockPlaces {
  return new BlockPlacer(plans, sizes, Math.max(1, laneCount)).placeAll(root);
}

class BlockPlacer {
  private readonly sequences = new Map<Sequence, Measured>();
  private readonly items = new Map<Item, Measured>();
  /** Of branches and tracks: where their spine or line is, from the spine of what is around them, in each lane. */
  private readonly offsets = new Map<Sequence, readonly number[]>();
  private readonly trackOffsets = new Map<Track, number>();
  private readonly barSpans = new Map<string, { readonly from: number; readonly to: number }>();
  private readonly nodes = new Map<string, { across: number; layer: number }>();
  private readonly tracks = new Map<Track, number>();
  private readonly bars = new Map<string, { from: number; to: number }>();
  private readonly holds: HoldPlace[] = [];

  constructor(
    private readonly plans: WayPlans,
    private readonly sizes: FlowSizes,
    private readonly laneCount: number,
  ) {}

  placeAll(root: Sequence): BlockPlaces {
    const { extents, depth } = this.measureSequence(root);
    this.placeSequence(root, this.zero(), 0);
    const { nodes, tracks, bars, holds } = this;
    return { nodes, tracks, bars, holds, extents, layerCount: depth };
  }

  private zero(): readonly number[] {
    return Array.from({ length: this.laneCount }, () => 0);
  }

  private measureSequence(sequence: Sequence): Measured {
    const parts = sequence.items.map((item, index) => this.measureItem(item, sequence.items[index - 1]));
    const tracks = this.besideTracks(sequence, parts);
    const measured: Measured = {
      extents: joined([...parts.map(({ extents }) => extents), ...tracks], this.laneCount),
      depth: parts.reduce((sum, { depth }) => sum + depth, 0),
      holdDepth: parts.reduce((deepest, { holdDepth }) => Math.max(deepest, holdDepth), 0),
    };
    this.sequences.set(sequence, measured);
    return measured;
  }

  /** Tracks beside items: the shorter ones nearer, each beyond all that it passes. */
  private besideTracks(sequence: Sequence, parts: readonly Measured[]): readonly Extents[] {
    const ranges = [...(this.plans.besides.get(sequence) ?? [])];
    const placed: (RangeTrack & { readonly right: number })[] = [];
    ranges.sort((a, b) => a.last - a.first - (b.last - b.first));
    return ranges.map((range): Extents => {
      const { track, first, last } = range;
      const passed = [
        ...parts.slice(first, last + 1).map(({ extents }) => extents[track.lane]?.right),
        ...placed
          .filter((other) => other.track.lane === track.lane && other.first <= last && first <= other.last)
          .map(({ right }) => right),
      ].filter((right) => right !== undefined);
      const line = passed.length === 0 ? 0 : Math.max(...passed) + TRACK_GAP;
      const right = line + this.besideLine(track.edge);
      placed.push({ ...range, right });
      this.trackOffsets.set(track, line);
      return this.only(track.lane, { left: 0, right });
    });
  }

  /** Room that the text of a way takes beside its line. */
  private besideLine(edge: GraphEdge): number {
    const label = this.sizes.labels.get(edge.id);
    return label === undefined ? 2 : label.across + LABEL_GAP + 2;
  }

  private measureItem(item: Item, before: Item | undefined): Measured {
    const measured =
      item.kind === 'node'
        ? this.measureNode(item.node, before)
        : item.kind === 'split'
          ? this.measureSplit(item)
          : this.measureHold(item);
    this.items.set(item, measured);
    return measured;
  }

  private measureNode(node: GraphNode, before: Item | undefined): Measured {
    const span =
      node.kind === 'join' && before?.kind === 'split' ? this.spanOfBar(node, before.branches, 'last') : undefined;
    if (span !== undefined) this.barSpans.set(node.id, span);
    return { extents: this.only(node.lane, this.extentOf(node, span)), depth: 1, holdDepth: 0 };
  }

  private extentOf(node: GraphNode, span?: { readonly from: number; readonly to: number }): Extent {
    const { before, after }: FlowSize = this.sizes.node(node.id);
    const room = this.sizes.roomForTexts(node.id);
    return { left: Math.max(before, -(span?.from ?? 0)), right: Math.max(after, room, span?.to ?? 0) };
  }

  private measureSplit(split: SplitItem): Measured {
    const bypasses = this.plans.bypasses.get(split) ?? [];
    const inner = this.besideEachOther(
      this.inOrder(split.branches, bypasses),
      split.spineFree ? BESIDE_SPINE : undefined,
    );
    const { opener } = split;
    if (opener === undefined) return inner;
    const span = opener.kind === 'fork' ? this.spanOfBar(opener, split.branches, 'first') : undefined;
    if (span !== undefined) this.barSpans.set(opener.id, span);
    return {
      extents: joined([this.only(opener.lane, this.extentOf(opener, span)), inner.extents], this.laneCount),
      depth: 1 + inner.depth,
      holdDepth: inner.holdDepth,
    };
  }

  private measureHold(hold: HoldItem): Measured {
    const body = this.measureSequence(hold.body);
    const grown = body.extents.map(
      (extent) => extent && { left: extent.left + HOLD_MARGIN, right: extent.right + HOLD_MARGIN },
    );
    const bypasses = this.plans.bypasses.get(hold) ?? [];
    const asides = this.besideEachOther([...hold.asides.map(({ body: each }) => each), ...bypasses], undefined, grown);
    return {
      extents: joined([grown, asides.extents], this.laneCount),
      depth: Math.max(body.depth, 1 + asides.depth),
      holdDepth: Math.max(body.holdDepth + 1, asides.holdDepth),
    };
  }

  /** The way that goes straight on comes first: the first branch that goes on, or the way past them all. */
  private inOrder(branches: readonly Branch[], bypasses: readonly Track[]): readonly (Sequence | Track)[] {
    const goesOn = ({ number, body }: Branch): boolean => number < ASIDE && this.plans.continues.has(body);
    const main = branches.find(goesOn);
    const bodies = branches.filter((branch) => branch !== main).map(({ body }) => body);
    return main === undefined ? [...bypasses, ...bodies] : [main.body, ...bodies, ...bypasses];
  }

  /**
   * Places sequences and tracks side by side in every lane that they share; the first stands on the spine.
   * @param free room that stays free on both sides of the spine
   * @param beside what stands on the spine already
   */
  private besideEachOther(parts: readonly (Sequence | Track)[], free?: number, beside?: Extents): Measured {
    const reach: (number | undefined)[] = Array.from({ length: this.laneCount }, (_, lane) =>
      free === undefined ? beside?.[lane]?.right : Math.max(0, free - BRANCH_GAP),
    );
    const extents: Extents[] = [];
    let [depth, holdDepth] = [0, 0];
    for (const part of parts) {
      if ('edge' in part) {
        const taken = reach[part.lane];
        const line = taken === undefined ? 0 : taken + TRACK_GAP;
        this.trackOffsets.set(part, line);
        const right = line + this.besideLine(part.edge);
        reach[part.lane] = right;
        extents.push(this.only(part.lane, { left: 2, right }));
        continue;
      }
      const own = this.measureSequence(part);
      const offsets = own.extents.map((extent, lane) => {
        const taken = reach[lane];
        return extent === undefined || taken === undefined ? 0 : taken + BRANCH_GAP + extent.left;
      });
      this.offsets.set(part, offsets);
      const moved = own.extents.map(
        (extent, lane) =>
          extent && { left: extent.left - (offsets[lane] ?? 0), right: extent.right + (offsets[lane] ?? 0) },
      );
      moved.forEach((extent, lane) => {
        if (extent !== undefined) reach[lane] = extent.right;
      });
      extents.push(moved);
      depth = Math.max(depth, own.depth);
      holdDepth = Math.max(holdDepth, own.holdDepth);
    }
    return { extents: joined(extents, this.laneCount), depth, holdDepth };
  }

  /** From the first to the last of the ways that part at a bar, or that come to it, in its own lane. */
  private spanOfBar(
    bar: GraphNode,
    branches: readonly Branch[],
    end: 'first' | 'last',
  ): { readonly from: number; readonly to: number } {
    const ways = branches.flatMap(({ body }) =>
      end === 'first' ? this.beginsAt(body, bar.lane) : this.endsAt(body, bar),
    );
    const { before, after } = this.sizes.node(bar.id);
    return {
      from: Math.min(-before, ...ways.map(({ line, reach }) => line - reach)),
      to: Math.max(after, ...ways.map(({ line, reach }) => line + reach)),
    };
  }

  private beginsAt(body: Sequence, lane: number): readonly Meeting[] {
    const [item] = body.items;
    const node = item && firstNode(item);
    return node?.lane === lane ? [{ line: this.offsetOf(body, lane), reach: BAR_END }] : [];
  }

  /** Where ways come from a branch to the bar after it: a branch that ends with a choice has several, all apart. */
  private endsAt(body: Sequence, bar: GraphNode): readonly Meeting[] {
    const own = this.offsetOf(body, bar.lane);
    const last = body.items.at(-1);
    if (last?.kind !== 'split')
      return last !== undefined && lastNode(last)?.lane === bar.lane ? [{ line: own, reach: BAR_END }] : [];
    const inside = last.branches
      .filter((branch) => this.plans.continues.has(branch.body))
      .flatMap((branch) => this.endsAt(branch.body, bar));
    const past = (this.plans.bypasses.get(last) ?? [])
      .filter(({ edge, lane }) => edge.to === bar.id && lane === bar.lane)
      .map((track) => ({ line: this.trackOffsets.get(track) ?? 0, reach: BAR_END_PAST }));
    return [...inside, ...past].map(({ line, reach }) => ({ line: own + line, reach }));
  }

  private offsetOf(body: Sequence, lane: number): number {
    return this.offsets.get(body)?.[lane] ?? 0;
  }

  private only(lane: number, extent: Extent): Extents {
    return Array.from({ length: this.laneCount }, (_, index) => (index === lane ? extent : undefined));
  }

  /** @param offsets the spine of the sequence in every lane, from the spine of the lane */
  private placeSequence(sequence: Sequence, offsets: readonly number[], layer: number): void {
    for (const { track } of this.plans.besides.get(sequence) ?? []) this.placeTrack(track, offsets);
    let next = layer;
    for (const item of sequence.items) {
      this.placeItem(item, offsets, next);
      next += this.items.get(item)?.depth ?? 0;
    }
  }

  private placeTrack(track: Track, offsets: readonly number[]): void {
    this.tracks.set(track, (offsets[track.lane] ?? 0) + (this.trackOffsets.get(track) ?? 0));
  }

  private placeItem(item: Item, offsets: readonly number[], layer: number): void {
    if (item.kind === 'node') {
      this.placeNode(item.node, offsets, layer);
      return;
    }
    for (const track of this.plans.bypasses.get(item) ?? []) this.placeTrack(track, offsets);
    if (item.kind === 'split') {
      if (item.opener !== undefined) this.placeNode(item.opener, offsets, layer);
      for (const { body } of item.branches)
        this.placeBranch(body, offsets, item.opener === undefined ? layer : layer + 1);
      return;
    }
    const body = this.sequences.get(item.body);
    if (body !== undefined)
      this.holds.push({
        hold: item.hold,
        firstLayer: layer,
        lastLayer: layer + body.depth - 1,
        depth: body.holdDepth,
        extents: body.extents.map(
          (extent, lane) =>
            extent && {
              left: extent.left + HOLD_MARGIN - (offsets[lane] ?? 0),
              right: extent.right + HOLD_MARGIN + (offsets[lane] ?? 0),
            },
        ),
      });
    this.placeSequence(item.body, offsets, layer);
    for (const aside of item.asides) this.placeBranch(aside.body, offsets, layer + 1);
  }

  private placeBranch(body: Sequence, offsets: readonly number[], layer: number): void {
    const own = this.offsets.get(body);
    this.placeSequence(
      body,
      offsets.map((offset, lane) => offset + (own?.[lane] ?? 0)),
      layer,
    );
  }

  private placeNode(node: GraphNode, offsets: readonly number[], layer: number): void {
    const across = offsets[node.lane] ?? 0;
    this.nodes.set(node.id, { across, layer });
    const span = this.barSpans.get(node.id);
    if (span !== undefined) this.bars.set(node.id, { from: across + span.from, to: across + span.to });
  }
}

function joined(parts: readonly Extents[], laneCount: number): Extents {
  return Array.from({ length: laneCount }, (_, lane) => {
    const own = parts.map((extents) => extents[lane]).filter((extent) => extent !== undefined);
    if (own.length === 0) return undefined;
    return { left: Math.max(...own.map(({ left }) => left)), right: Math.max(...own.map(({ right }) => right)) };
  });
}

function firstNode(item: Item): GraphNode | undefined {
  if (item.kind === 'node') return item.node;
  if (item.kind === 'hold') return item.body.items[0] && firstNode(item.body.items[0]);
  return item.opener;
}

/** The last node of an item that ends in one. */
function lastNode(item: Item): GraphNode | undefined {
  if (item.kind === 'node') return item.node;
  const last = item.kind === 'hold' ? item.body.items.at(-1) : undefined;
  return last && lastNode(last);
}
