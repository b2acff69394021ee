import type { GraphNode } from '../../graph/graph.js';
import type { BlockPlaces } from './block-places.js';
import { type Net } from './channels.js';
import type { FlowSizes } from './flow-sizes.js';
import type { WayPlan, WayPlans } from './way-plan.js';

/** How a way runs, its places across the flow in pixels; channel n lies after layer n. */
export interface Route {
  readonly plan: WayPlan;
  readonly start: number;
  readonly end: number;
  /** Where it runs along the flow. */
  readonly line: number;
  readonly leaves: 'forward' | 'aside';
  readonly arrives: 'forward' | 'aside';
  /** The channel and net in which it goes from its start to its line, and from its line to its end. */
  readonly first: ChannelNet | undefined;
  readonly second: ChannelNet | undefined;
  readonly text: 'at start' | 'at line' | 'in row';
}

interface ChannelNet {
  readonly channel: number;
  readonly key: string;
}

/** The routes of all ways and the nets in every channel. */
export interface Routes {
  readonly routes: readonly Route[];
  readonly nets: ReadonlyMap<number, readonly Net[]>;
}

/** From here beyond a node's side a way may leave at its side. */
const CLEAR_OF_SIDE = 8;
/** How near to the end of a bar a way may meet it. */
const END_OF_BAR = 8;

/**
 * Decides where every way leaves, runs and arrives, once everything has its place across the flow.
 * @param across place across the flow of a position relative to the spine of a lane
 */
export function routeWays(
  plans: WayPlans,
  places: BlockPlaces,
  sizes: FlowSizes,
  nodes: ReadonlyMap<string, GraphNode>,
  across: (lane: number, offset: number) => number,
): Routes {
  const collected = new Map<number, Map<string, { across: number; side: 'earlier' | 'later' }[]>>();
  const meet = (net: ChannelNet, place: number, side: 'earlier' | 'later'): void => {
    const inChannel = collected.get(net.channel) ?? new Map<string, { across: number; side: 'earlier' | 'later' }[]>();
    collected.set(net.channel, inChannel);
    const known = inChannel.get(net.key);
    if (known === undefined) inChannel.set(net.key, [{ across: place, side }]);
    else known.push({ across: place, side });
  };
  const leaving = new Map<string, number>();
  for (const { edge } of plans.ways)
    if (edge.kind === 'flow') leaving.set(edge.from, (leaving.get(edge.from) ?? 0) + 1);

  const isFree = freeRows(places, sizes, nodes);
  const routes = plans.ways.map((plan): Route => {
    const { edge, track } = plan;
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    const [start, end] = [places.nodes.get(edge.from), places.nodes.get(edge.to)];
    if (from === undefined || to === undefined || start === undefined || end === undefined)
      throw new RangeError(`the way ${edge.id} leads to a node that is not there`);
    const startLine = across(from.lane, start.across);
    const endLine = across(to.lane, end.across);
    const before = plan.joinsBefore === undefined ? undefined : places.nodes.get(plan.joinsBefore)?.layer;
    const entry = (before ?? end.layer) - 1;
    const isShared = (leaving.get(edge.from) ?? 0) > 1;
    const line =
      track !== undefined
        ? across(track.lane, places.tracks.get(track) ?? 0)
        : entry === start.layer || plan.inLineWith === 'to'
          ? endLine
          : startLine;
    const startBar = barOf(places, from, across);
    const endBar = barOf(places, to, across);
    const reached = track === undefined ? 0 : (places.tracks.get(track) ?? 0);
    const leavesAside =
      plan.leaves === 'aside' ||
      (track?.lane === from.lane && edge.kind === 'return' && isFree(from, reached)) ||
      (edge.kind === 'flow' &&
        isShared &&
        from.kind !== 'fork' &&
        (track?.lane ?? to.lane) === from.lane &&
        line > startLine + sizes.node(edge.from).after + CLEAR_OF_SIDE &&
        plan.parts);
    const startAt = leavesAside ? startLine : onBar(startBar, line, startLine);
    // The line of a way that comes straight down to a bar is where it meets the bar.
    const arrives =
      plan.arrives === 'aside' || (edge.kind === 'return' && track?.lane === to.lane && isFree(to, reached))
        ? 'aside'
        : 'forward';
    const endAt = arrives === 'aside' ? endLine : onBar(endBar, line === endLine ? startAt : line, endLine);
    const run = track === undefined && line === endLine ? endAt : line;
    const first = leavesAside || same(startAt, run) ? undefined : { channel: start.layer, key: '' };
    const second = arrives === 'aside' || same(run, endAt) ? undefined : { channel: entry, key: '' };
    const outKey = `out ${edge.from}`;
    const inKey = `in ${edge.to}`;
    const firstNet = first && {
      channel: first.channel,
      key: second === undefined && !isShared && edge.kind === 'flow' && first.channel === entry ? inKey : outKey,
    };
    const secondNet = second && { channel: second.channel, key: inKey };
    const goesBack = entry < start.layer;
    if (firstNet !== undefined) {
      meet(firstNet, startAt, 'earlier');
      meet(firstNet, run, goesBack || arrives === 'aside' ? 'earlier' : 'later');
    }
    if (secondNet !== undefined) {
      meet(secondNet, run, goesBack ? 'later' : 'earlier');
      meet(secondNet, endAt, 'later');
    }
    const text =
      edge.kind === 'return' || (goesBack && track !== undefined)
        ? 'in row'
        : isShared || leavesAside
          ? 'at line'
          : 'at start';
    return {
      plan,
      start: startAt,
      end: endAt,
      line: run,
      leaves: leavesAside ? 'aside' : 'forward',
      arrives,
      first: firstNet,
      second: secondNet,
      text,
    };
  });
  const nets = new Map(
    [...collected].map(
      ([channel, byKey]) => [channel, [...byKey].map(([key, meets]): Net => ({ key, meets }))] as const,
    ),
  );
  return { routes, nets };
}

/** Whether nothing stands beside a node in its row and lane, from its side to a line, nor an area that does not hold it. */
function freeRows(
  places: BlockPlaces,
  sizes: FlowSizes,
  nodes: ReadonlyMap<string, GraphNode>,
): (node: GraphNode, line: number) => boolean {
  const rows = new Map<string, { readonly id: string; readonly from: number }[]>();
  const rowOf = (lane: number, layer: number): string => `${lane} ${layer}`;
  for (const { id, lane } of nodes.values()) {
    const place = places.nodes.get(id);
    if (place === undefined) continue;
    const key = rowOf(lane, place.layer);
    const from = places.bars.get(id)?.from ?? place.across - sizes.node(id).before;
    rows.set(key, [...(rows.get(key) ?? []), { id, from }]);
  }
  return ({ id, lane, holds }, line) => {
    const place = places.nodes.get(id);
    if (place === undefined) return false;
    const { across, layer } = place;
    const isBeside = (from: number): boolean => from > across && from < line;
    return (
      line > across + sizes.node(id).after + CLEAR_OF_SIDE &&
      (rows.get(rowOf(lane, layer)) ?? []).every((other) => other.id === id || !isBeside(other.from)) &&
      places.holds.every(({ hold, extents, firstLayer, lastLayer }) => {
        const extent = extents[lane];
        const isInRow = firstLayer <= layer && layer <= lastLayer;
        return extent === undefined || !isInRow || holds.includes(hold) || !isBeside(-extent.left);
      })
    );
  };
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.5;
}

interface Bar {
  readonly from: number;
  readonly to: number;
}

function barOf(
  places: BlockPlaces,
  node: GraphNode,
  across: (lane: number, offset: number) => number,
): Bar | undefined {
  const bar = places.bars.get(node.id);
  return bar && { from: across(node.lane, bar.from), to: across(node.lane, bar.to) };
}

/** Where a way meets a bar: in line with where it runs, if the bar reaches so far. */
function onBar(bar: Bar | undefined, line: number, otherwise: number): number {
  if (bar === undefined) return otherwise;
  return line >= bar.from + END_OF_BAR && line <= bar.to - END_OF_BAR ? line : otherwise;
}
