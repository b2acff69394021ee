import { type DrawingWords, ENGLISH } from './words.js';
import type { GraphEdge, GraphNode, PathwayGraph } from './graph.js';
import { layersOf } from './layers.js';

/** A way back over this many lanes, or a jump over this many layers, is drawn as a pair of lettered circles. */
const LANES_TOO_FAR = 2;
const LAYERS_TOO_FAR = 7;

/** Branch number of a connector: it stands after every branch of the text. */
const BESIDE = 2_000_000;

/**
 * Replaces ways that would run across much of the drawing by pairs of connectors with the same letter; so too the
 * second way back from one node, whose text would lie on that of the first.
 */
export function splitLongWays(graph: PathwayGraph, words: DrawingWords = ENGLISH): PathwayGraph {
  const { say } = words;
  const named = (node: GraphNode): string => nodeName(node, words);
  const layers = layersOf(graph.nodes, graph.edges);
  const position = new Map(graph.nodes.map((node, index) => [node.id, index] as const));
  const node = (id: string): GraphNode | undefined => graph.nodes[position.get(id) ?? -1];
  const edges: GraphEdge[] = [];
  const leaving = new Map<string, GraphNode[]>();
  const arriving = new Map<string, GraphNode[]>();
  const turnsBack = new Set<string>();
  let count = 0;
  for (const edge of graph.edges) {
    const from = node(edge.from);
    const to = node(edge.to);
    const second = edge.kind === 'return' && turnsBack.has(edge.from);
    if (from === undefined || to === undefined || !(second || isLong(edge, from, to, layers))) {
      if (edge.kind === 'return') turnsBack.add(edge.from);
      edges.push(edge);
      continue;
    }
    const letter = letterFor(count++);
    const out: GraphNode = {
      ...connector(`${edge.id}:out`, letter, from, say`to ${named(to)}`, words),
      branchPath: [
        ...from.branchPath,
        { block: BESIDE + (position.get(from.id) ?? 0), branch: BESIDE + count, opener: from.id },
      ],
    };
    const into = connector(`${edge.id}:in`, letter, to, say`from ${named(from)}`, words);
    append(leaving, from.id, out);
    append(arriving, to.id, into);
    edges.push({ ...edge, id: `${edge.id}:out`, to: out.id, kind: 'flow', handover: false });
    edges.push({ ...edge, id: `${edge.id}:in`, from: into.id, label: '', kind: 'flow', handover: false });
  }
  if (count === 0) return graph;
  const nodes = graph.nodes.flatMap((each) => [
    ...(arriving.get(each.id) ?? []),
    each,
    ...(leaving.get(each.id) ?? []),
  ]);
  return { ...graph, nodes, edges };
}

function isLong(edge: GraphEdge, from: GraphNode, to: GraphNode, layers: ReadonlyMap<string, number>): boolean {
  if (edge.kind !== 'return') return false;
  if (Math.abs(from.lane - to.lane) >= LANES_TOO_FAR) return true;
  return (layers.get(from.id) ?? 0) - (layers.get(to.id) ?? 0) >= LAYERS_TOO_FAR;
}

function connector(id: string, letter: string, beside: GraphNode, title: string, { say }: DrawingWords): GraphNode {
  return {
    id,
    kind: 'connector',
    lane: beside.lane,
    title,
    notes: [],
    letter,
    description: say`Connector ${letter}, ${title}`,
    holds: [],
    branchPath: beside.branchPath,
    ...(beside.origin === undefined ? {} : { origin: beside.origin }),
  };
}

/** What a node is called elsewhere: where several ways part or meet there is no title. */
export function nodeName(node: GraphNode | undefined, { say }: Pick<DrawingWords, 'say'>): string {
  return node === undefined || node.title === '' ? say`the split` : node.title;
}

/** A … Z, AA, AB … */
export function letterFor(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterFor(Math.floor(index / 26) - 1) + last;
}

function append(lists: Map<string, GraphNode[]>, key: string, node: GraphNode): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [node]);
  else list.push(node);
}
