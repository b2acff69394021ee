import type { Model } from '@pathway/model';
import type { BranchPlace, GraphEdge, GraphNode, Lane, Mark, NodeKind, PathwayGraph, Shown } from './graph.js';
import type { LaneChoice } from './lanes.js';
import { splitLongWays } from './long-ways.js';
import { wholeGraph } from './pathway-graph.js';
import { type DrawingWords, ENGLISH } from './words.js';

/** What stands in the lane that its text says; the others stand where the ways to them come from. */
const STAYS_IN_LANE: ReadonlySet<NodeKind> = new Set(['step', 'take']);
/** Blocks that only the earlier version has are numbered from here. */
const EARLIER_BLOCKS = 500_000;

/**
 * Both versions of a pathway in one graph: what came, went and changed is marked. What has one id in both models is one
 * node, so the later model must carry the earlier ids of what was renamed.
 * @param before the model without this pathway, or undefined, where it is new
 * @throws RangeError when neither model has the pathway
 */
export function differenceGraph(
  before: Model | undefined,
  after: Model,
  pathwayId: string,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  return splitLongWays(wholeDifference(before, after, pathwayId, lanes, words), words);
}

/** As `differenceGraph`, with every way as it is, however long. */
export function wholeDifference(
  before: Model | undefined,
  after: Model,
  pathwayId: string,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  const has = (model: Model | undefined): model is Model => model?.pathways.some(({ id }) => id === pathwayId) === true;
  const later = has(after) ? wholeGraph(after, pathwayId, lanes, words) : undefined;
  const earlier = has(before) ? wholeGraph(before, pathwayId, lanes, words) : undefined;
  if (later === undefined && earlier === undefined)
    throw new RangeError(`There is no pathway ${pathwayId} in either version.`);
  if (later === undefined) return marked(earlier, 'removed');
  if (earlier === undefined) return marked(later, 'added');
  return united(earlier, later, words);
}

function marked(graph: PathwayGraph | undefined, mark: Mark): PathwayGraph {
  if (graph === undefined) throw new RangeError('a graph is missing');
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, mark })),
    edges: graph.edges.map((edge) => ({ ...edge, mark })),
  };
}

function united(before: PathwayGraph, after: PathwayGraph, words: DrawingWords): PathwayGraph {
  const lanes = [...after.lanes, ...before.lanes.filter(({ id }) => !after.lanes.some((lane) => lane.id === id))];
  const nodes = unitedNodes(before, after, lanes, words);
  const place = new Map(nodes.map(({ id }, i) => [id, i] as const));
  return {
    title: after.title,
    description: `${words.say`Two versions in one drawing.`} ${after.description}`,
    lanes,
    nodes,
    edges: unitedEdges(before, after, place),
    holds: [...after.holds, ...before.holds.filter(({ id }) => !after.holds.some((hold) => hold.id === id))],
    warnings: [...new Set([...after.warnings, ...before.warnings])],
  };
}

/** The later order; what is gone stands after what it followed. */
function unitedNodes(
  before: PathwayGraph,
  after: PathwayGraph,
  lanes: readonly Lane[],
  words: DrawingWords,
): GraphNode[] {
  const laneOf = (graph: PathwayGraph, node: GraphNode): number =>
    Math.max(
      0,
      lanes.findIndex(({ id }) => id === graph.lanes[node.lane]?.id),
    );
  const earlier = new Map(before.nodes.map((node) => [node.id, node] as const));
  const nodes = after.nodes.map((node): GraphNode => {
    const own = { ...node, lane: laneOf(after, node) };
    const other = earlier.get(node.id);
    if (other === undefined) return { ...own, mark: 'added' };
    const moved = movedNotes(before, after, other, node, words);
    return moved.length === 0 &&
      looksSame(other, node) &&
      (!STAYS_IN_LANE.has(node.kind) || laneOf(before, other) === own.lane)
      ? own
      : changedNode(other, own, moved, words);
  });
  const blocks = blockNumbers(before, after);
  let last = -1;
  for (const node of before.nodes) {
    const place = nodes.findIndex(({ id }) => id === node.id);
    if (place >= 0) {
      last = place;
      continue;
    }
    last += 1;
    const branchPath = node.branchPath.map((place) => ({
      ...place,
      block: blocks.get(place.block) ?? EARLIER_BLOCKS + place.block,
    }));
    nodes.splice(last, 0, { ...node, lane: laneOf(before, node), branchPath, mark: 'removed' });
  }
  return nodes;
}

/** `− in Stroke unit`: the holds of both versions that something is not in any more, and those that it is in now. */
function movedNotes(
  before: PathwayGraph,
  after: PathwayGraph,
  own: GraphNode,
  other: GraphNode,
  { say }: DrawingWords,
): string[] {
  const titles = new Map(after.holds.map(({ id, title }) => [id, title] as const));
  const inBoth = before.holds.filter(({ id }) => titles.has(id)).map(({ id }) => id);
  return inBoth.flatMap((id) => {
    const [was, is] = [own.holds.includes(id), other.holds.includes(id)];
    return was === is ? [] : [`${is ? '+' : '−'} ${say`in ${titles.get(id) ?? id}`}`];
  });
}

function looksSame(a: GraphNode, b: GraphNode): boolean {
  return (
    a.kind === b.kind &&
    a.title === b.title &&
    a.condition === b.condition &&
    a.notes.length === b.notes.length &&
    a.notes.every((note, i) => note === b.notes[i])
  );
}

function shown({ title, notes, condition }: GraphNode): Shown {
  return { title, notes, ...(condition !== undefined && { condition }) };
}

function changedNode(before: GraphNode, after: GraphNode, moved: readonly string[], { say }: DrawingWords): GraphNode {
  const count = Math.max(before.notes.length, after.notes.length);
  const notes = Array.from({ length: count }, (_, i) => fromTo(before.notes[i] ?? '', after.notes[i] ?? ''));
  const condition =
    before.condition === undefined && after.condition === undefined
      ? undefined
      : fromTo(before.condition ?? say`always`, after.condition ?? say`always`);
  const { condition: _, ...rest } = after;
  return {
    ...rest,
    title: fromTo(before.title, after.title),
    notes: [...notes, ...moved],
    ...(condition !== undefined && { condition }),
    mark: 'changed',
    versions: { before: shown(before), after: shown(after) },
  };
}

/** `20 min → 15 min`; the parts of a note that stay are told once. */
function fromTo(before: string, after: string): string {
  if (before === after) return after;
  if (before === '') return `+ ${after}`;
  if (after === '') return `− ${before}`;
  const [own, other] = [before.split(' · '), after.split(' · ')];
  if (own.length === other.length && own.length > 1)
    return other.map((part, i) => fromTo(own[i] ?? '', part)).join(' · ');
  return `${before} → ${after}`;
}

/** Numbers of the earlier version's blocks in the later one, told by nodes that stand in both. */
function blockNumbers(before: PathwayGraph, after: PathwayGraph): ReadonlyMap<number, number> {
  const later = new Map(after.nodes.map((node) => [node.id, node.branchPath] as const));
  const numbers = new Map<number, number>();
  for (const { id, branchPath } of before.nodes) {
    const path: readonly BranchPlace[] = later.get(id) ?? [];
    if (path.length !== branchPath.length) continue;
    branchPath.forEach(({ block }, i) => {
      const other = path[i]?.block;
      if (other !== undefined && !numbers.has(block)) numbers.set(block, other);
    });
  }
  return numbers;
}

function unitedEdges(before: PathwayGraph, after: PathwayGraph, place: ReadonlyMap<string, number>): GraphEdge[] {
  const key = ({ from, to }: GraphEdge): string => `${from}\u0000${to}`;
  const earlier = new Map(before.edges.map((edge) => [key(edge), edge] as const));
  const later = new Set(after.edges.map(key));
  const direction = (edge: GraphEdge): GraphEdge['kind'] =>
    edge.kind === 'return' || (place.get(edge.to) ?? 0) <= (place.get(edge.from) ?? 0) ? 'return' : 'flow';
  const edges = after.edges.map((edge): GraphEdge => {
    const other = earlier.get(key(edge));
    if (other === undefined) return { ...edge, kind: direction(edge), mark: 'added' };
    if (other.label === edge.label) return { ...edge, kind: direction(edge) };
    const versions = { before: other.label, after: edge.label };
    return { ...edge, kind: direction(edge), label: fromTo(other.label, edge.label), mark: 'changed', versions };
  });
  const gone = before.edges
    .filter((edge) => !later.has(key(edge)))
    .map((edge): GraphEdge => ({ ...edge, kind: direction(edge), mark: 'removed' }));
  return [...edges, ...gone].map((edge, i) => ({ ...edge, id: `way${i + 1}` }));
}
