import type { GraphNode, PathwayGraph } from '../graph/graph.js';
import type { Direction } from '../layout/layout.js';

/** A graph in the language of Graphviz: lanes as clusters. Nothing of a title is taken for the language itself. */
export function dotText(graph: PathwayGraph, direction: Direction): string {
  const names = new Map(graph.nodes.map(({ id }, index) => [id, `n${index + 1}`] as const));
  const nameOf = (id: string): string => names.get(id) ?? 'n0';
  const line = (node: GraphNode): string => `${nameOf(node.id)} [${shapeOf(node)}, label=${quoted(textOf(node))}];`;
  const nodes =
    graph.lanes.length === 0
      ? graph.nodes.map((node) => `  ${line(node)}`)
      : graph.lanes.flatMap(({ title }, lane) => [
          `  subgraph cluster_${lane + 1} {`,
          `    label=${quoted(title)}; style=filled; fillcolor="#f1f6fc"; color="#94a3b8";`,
          ...graph.nodes.filter((node) => node.lane === lane).map((node) => `    ${line(node)}`),
          '  }',
        ]);
  const edges = graph.edges.map(({ from, to, label, kind, handover }) => {
    const attributes = [
      ...(label === '' ? [] : [`label=${quoted(label)}`]),
      ...(kind === 'return' ? ['style=dashed', 'constraint=false'] : []),
      ...(handover ? ['color="#b4232a"', 'penwidth=2'] : []),
    ];
    return `  ${nameOf(from)} -> ${nameOf(to)}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`};`;
  });
  return [
    `digraph ${quoted(graph.title)} {`,
    `  graph [fontname="Inter, Arial, sans-serif", rankdir=${direction === 'down' ? 'TB' : 'LR'}];`,
    '  node [fontname="Inter, Arial, sans-serif", fontsize=11, style=filled, fillcolor=white, color="#475569"];',
    '  edge [fontname="Inter, Arial, sans-serif", fontsize=10, color="#475569"];',
    ...nodes,
    ...edges,
    '}',
    '',
  ].join('\n');
}

function textOf({ title, condition, notes, kind }: GraphNode): string {
  if (kind === 'fork' || kind === 'join') return '';
  return [...(condition === undefined ? [] : [condition]), title, ...notes].join('\n');
}

function shapeOf({ kind }: GraphNode): string {
  switch (kind) {
    case 'decision':
      return 'shape=hexagon';
    case 'fork':
    case 'join':
      return 'shape=box, height=0.08, width=1.2, fillcolor="#1e293b"';
    case 'start':
    case 'connector':
      return 'shape=oval';
    case 'end':
      return 'shape=oval, penwidth=3';
    case 'call':
      return 'shape=box, peripheries=2';
    case 'take':
    case 'release':
    case 'wait':
      return 'shape=box, style="filled,rounded", fillcolor="#e2e8f0"';
    case 'step':
      return 'shape=box, style="filled,rounded"';
  }
}

function quoted(text: string): string {
  const plain = text
    .replace(/[\u0000-\u0009\u000b-\u001f]+/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
  return `"${plain.replaceAll('\n', '\\n')}"`;
}
