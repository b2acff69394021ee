import { titleOf, type Model, type Pathway } from '@pathway/model';
import { FlowWalk } from './flow-walk.js';
import type { GraphNode, Lane, PathwayGraph } from './graph.js';
import { splitLongWays } from './long-ways.js';
import { type LaneChoice, laneKeys, NO_LANE, orderLanes } from './lanes.js';
import { type DrawingWords, ENGLISH } from './words.js';

/**
 * The graph of one pathway: what its drawing shows, before layout.
 * @param pathwayId id of a pathway of the model
 * @throws RangeError when the model has no such pathway
 */
export function pathwayGraph(
  model: Model,
  pathwayId: string,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  return splitLongWays(wholeGraph(model, pathwayId, lanes, words), words);
}

/** As `pathwayGraph`, with every way as it is, however long. */
export function wholeGraph(
  model: Model,
  pathwayId: string,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  return graphWithSpans(model, pathwayId, lanes, words).graph;
}

/** A graph with the places of the nodes that each activity, all inside it included, became: from the first, before the second. */
export interface SpannedGraph {
  readonly graph: PathwayGraph;
  readonly spans: ReadonlyMap<string, readonly [first: number, end: number]>;
}

/**
 * As `wholeGraph`, with the places of the nodes that each activity, all inside it included, became: from the first, before
 * the second.
 */
export function graphWithSpans(
  model: Model,
  pathwayId: string,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): SpannedGraph {
  const pathway = model.pathways.find((each) => each.id === pathwayId);
  if (pathway === undefined) throw new RangeError(unknownPathway(model, pathwayId));
  const walk = new FlowWalk(model, pathway, words, lanes);
  walk.run();
  const edges = walk.builder.finishedEdges();
  const keys = laneKeys(model, lanes, walk.builder.nodes, edges);
  const laneList = orderLanes(model, lanes, keys, words);
  const nodes = walk.builder.nodes.map(({ organisation: _, worker: __, ...node }, index): GraphNode => {
    const lane = laneList.findIndex(({ id }) => id === keys[index]);
    return { ...node, lane: Math.max(0, lane) };
  });
  const handovers = laneList.length > 0;
  const graph: PathwayGraph = {
    title: titleOf(pathway),
    description: describe(pathway, nodes, lanes === 'organisation' ? laneList : [], words),
    lanes: laneList,
    nodes,
    edges: handovers ? edges : edges.map((edge) => ({ ...edge, handover: false })),
    holds: walk.builder.holds,
    warnings: walk.builder.warnings,
  };
  return { graph, spans: walk.spans };
}

function unknownPathway(model: Model, pathwayId: string): string {
  const known = model.pathways.map((each) => each.id);
  const list = known.length === 0 ? 'the model has none' : `the model has ${known.join(', ')}`;
  return `There is no pathway ${pathwayId} to draw: ${list}.`;
}

function describe(
  pathway: Pathway,
  nodes: readonly GraphNode[],
  lanes: readonly Lane[],
  { say }: DrawingWords,
): string {
  const steps = nodes.filter((node) => node.kind === 'step').length;
  const among = lanes
    .filter((lane) => lane.id !== NO_LANE)
    .map((lane) => lane.title)
    .join(', ');
  const where = among === '' ? '' : ` ${say`Organisations: ${among}.`}`;
  const documentation = pathway.documentation === undefined ? '' : `${pathway.documentation.trim()} `;
  const chart = steps === 1 ? say`Flow chart with 1 step.` : say`Flow chart with ${steps} steps.`;
  return `${documentation}${chart}${where}`;
}
