import type { GraphEdge, GraphNode, Mark, PathwayGraph } from '../graph/graph.js';
import type { Direction } from '../layout/layout.js';

const SIGNS: Readonly<Record<Mark, string>> = { added: '＋ ', removed: '－ ', changed: '～ ' };
const STYLES: readonly string[] = [
  'classDef added fill:#dcfce7,stroke:#15803d,color:#0f172a,stroke-width:2px',
  'classDef removed fill:#fee2e2,stroke:#b91c1c,color:#0f172a,stroke-width:2px,stroke-dasharray:5 3',
  'classDef changed fill:#fef3c7,stroke:#b45309,color:#0f172a,stroke-width:2px',
];

/** A graph as Mermaid text, as code hosts draw it in comments: marks in colour and as signs, gone ways dotted. */
export function mermaidText(graph: PathwayGraph, direction: Direction = 'down'): string {
  const names = new Map(graph.nodes.map(({ id }, i) => [id, `n${i + 1}`] as const));
  const nameOf = (id: string): string => names.get(id) ?? 'n0';
  return [
    direction === 'down' ? 'flowchart TD' : 'flowchart LR',
    ...graph.nodes.map(
      (node) => `  ${nameOf(node.id)}${shape(node)}${node.mark === undefined ? '' : `:::${node.mark}`}`,
    ),
    ...graph.edges.map((edge) => `  ${nameOf(edge.from)} ${arrow(edge)} ${nameOf(edge.to)}`),
    ...STYLES.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function shape(node: GraphNode): string {
  const sign = node.mark === undefined ? '' : SIGNS[node.mark];
  const lines = [...(node.condition === undefined ? [] : [node.condition]), node.title, ...node.notes];
  const text = `"${sign}${lines
    .filter((line) => line !== '')
    .map(escaped)
    .join('<br/>')}"`;
  switch (node.kind) {
    case 'decision':
      return `{{${text}}}`;
    case 'start':
    case 'end':
    case 'connector':
      return `([${text === '""' ? '" "' : text}])`;
    case 'call':
      return `[[${text}]]`;
    case 'take':
    case 'release':
      return `(${text})`;
    case 'fork':
    case 'join':
      return `[${text === '""' ? '" "' : text}]`;
    default:
      return `[${text}]`;
  }
}

function arrow({ mark, label, kind }: GraphEdge): string {
  const line = mark === 'removed' ? '-.->' : mark === 'added' ? '==>' : kind === 'return' ? '-.->' : '-->';
  const sign = mark === undefined ? '' : SIGNS[mark].trim();
  const text = [sign, escaped(label)].filter((part) => part !== '').join(' ');
  return text === '' ? line : `${line}|"${text}"|`;
}

/** Nothing of a title is taken for Mermaid or HTML. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u001f]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', "'");
}
