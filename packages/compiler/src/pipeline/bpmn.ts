import { type GraphEdge, type GraphNode, layOut, type NodeKind, type PathwayGraph } from '@pathway/diagram';
import {
  bpmnDocument,
  type BpmnFile,
  type BpmnNode,
  type BpmnProcess,
  bpmnXml,
  type DrawnProcess,
  prosimosBpmn,
  sizeOfSign,
} from '@pathway/interchange';
import type { Model } from '@pathway/model';

/**
 * A pathway with those that it calls as BPMN 2.0, drawn by the layout of our own diagrams.
 * @throws RangeError when the model has no such pathway
 */
export async function bpmnFile(model: Model, pathwayId: string): Promise<BpmnFile> {
  const document = bpmnDocument(model, pathwayId);
  const drawings = new Map<string, DrawnProcess>();
  for (const { process } of document.processes) await drawAll(process, drawings);
  return bpmnXml(document, drawings);
}

/** A process for Prosimos as BPMN 2.0, drawn by the layout of our own diagrams. */
export async function prosimosFile(process: BpmnProcess): Promise<string> {
  return prosimosBpmn(process, await draw(process));
}

async function drawAll(process: BpmnProcess, drawings: Map<string, DrawnProcess>): Promise<void> {
  drawings.set(process.id, await draw(process));
  for (const { inside } of process.nodes) if (inside !== undefined) await drawAll(inside, drawings);
}

async function draw(process: BpmnProcess): Promise<DrawnProcess> {
  const layout = await layOut(graphOf(process), 'right');
  const { width, height } = layout;
  return {
    width,
    height,
    lanes: layout.lanes.map(({ box, header }) => around(box, header)),
    nodes: new Map(layout.nodes.map(({ node, shape, box }) => [node.id, { shape, box }] as const)),
    ways: new Map(
      layout.edges.map(({ edge, points, label }) => [edge.id, { points, ...(label && { label: label.box }) }] as const),
    ),
    regions: layout.regions,
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A lane of BPMN has its name inside. */
function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

const KINDS: Readonly<Record<BpmnNode['kind'], NodeKind>> = {
  start: 'start',
  entry: 'start',
  end: 'end',
  terminate: 'end',
  task: 'step',
  'user task': 'step',
  call: 'step',
  'sub-process': 'step',
  timer: 'wait',
  throw: 'wait',
  exclusive: 'decision',
  parallel: 'decision',
  'boundary timer': 'wait',
  'boundary condition': 'wait',
};

/** A process as the layout takes it: ways of boundary events leave the activities that these are attached to. */
function graphOf(process: BpmnProcess): PathwayGraph {
  const hosts = new Map(
    process.nodes.flatMap(({ id, attachedTo, name }) => (attachedTo === undefined ? [] : [[id, { attachedTo, name }]])),
  );
  const nodes = process.nodes.filter(({ attachedTo }) => attachedTo === undefined);
  const lanes = new Map(nodes.map(({ id, lane }) => [id, lane] as const));
  const edges = process.ways.map((way): GraphEdge => {
    const host = hosts.get(way.from);
    const from = host?.attachedTo ?? way.from;
    return {
      id: way.id,
      from,
      to: way.to,
      label: host?.name ?? way.name,
      kind: way.isReturn === true ? 'return' : 'flow',
      handover: lanes.get(from) !== lanes.get(way.to),
    };
  });
  return {
    title: process.title,
    description: process.title,
    lanes: process.lanes,
    nodes: nodes.map((node): GraphNode => {
      const sign = sizeOfSign(node);
      return {
        id: node.id,
        kind: KINDS[node.kind],
        lane: node.lane,
        title: node.name,
        notes: [],
        description: node.name,
        holds: node.holds,
        branchPath: node.branchPath,
        ...(sign !== undefined && { sign }),
      };
    }),
    edges,
    holds: process.holds.map(({ id, title }) => ({ id, title, description: title, origin: NOWHERE })),
    warnings: [],
  };
}

/** Nothing of what is drawn here leads back to a text. */
const NOWHERE = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
