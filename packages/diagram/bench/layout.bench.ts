import { execFileSync, spawnSync } from 'node:child_process';
import dagre from '@dagrejs/dagre';
import elkModule from 'elkjs/lib/elk.bundled.js';
import { bench, describe } from 'vitest';
import { layOut, layOutGraph, pathwayGraph, type PathwayGraph, sheetsOf } from '../src/index.js';
import { sizeOfNode } from '../src/layout/sizes.js';
import { NO_FLOWS } from '../test/support/model-maker.js';
import { modelOfSize } from '../test/support/random-pathway.js';
import { stabilityOf } from './stability.js';

/**
 * The layout of pathways with lanes beside engines that draw the same nodes and ways without: ELK layered as it comes,
 * dagre, and Graphviz's dot where it is installed (a process of its own).
 */
const OPTIONS = { iterations: 9, warmupIterations: 4, time: 0, warmupTime: 0 };
/** Engines need seconds for the largest. */
const FEW = { iterations: 3, warmupIterations: 1, time: 0, warmupTime: 0 };
const sized = (graph: PathwayGraph): readonly { id: string; width: number; height: number }[] =>
  graph.nodes.map((node) => {
    const { width, height } = sizeOfNode(node, 'down', 2);
    return { id: node.id, width, height };
  });

async function withElk(graph: PathwayGraph): Promise<ReadonlyMap<string, { x: number; y: number }>> {
  const result = await new elkModule.default().layout({
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'DOWN', 'elk.edgeRouting': 'ORTHOGONAL' },
    children: sized(graph).map((node) => ({ ...node })),
    edges: graph.edges.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  });
  return new Map((result.children ?? []).map(({ id, x = 0, y = 0, width }) => [id, { x: x + width / 2, y }]));
}

function withDagre(graph: PathwayGraph): void {
  const drawn = new dagre.graphlib.Graph();
  drawn.setGraph({});
  drawn.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of sized(graph)) drawn.setNode(id, { width, height });
  for (const { from, to } of graph.edges) drawn.setEdge(from, to);
  dagre.layout(drawn);
}

function dotText(graph: PathwayGraph): string {
  const inches = (pixels: number): string => (pixels / 72).toFixed(3);
  const names = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  return [
    'digraph { node [shape=box, fixedsize=true, label=""];',
    ...sized(graph).map(
      ({ id, width, height }) => `${names.get(id) ?? ''} [width=${inches(width)}, height=${inches(height)}];`,
    ),
    ...graph.edges.map(({ from, to }) => `${names.get(from) ?? ''} -> ${names.get(to) ?? ''};`),
    '}',
  ].join('\n');
}

const hasDot = spawnSync('dot', ['-V']).status === 0;

for (const steps of [20, 50, 200, 1000]) {
  const graph = pathwayGraph(modelOfSize(steps), 'P');
  const often = steps < 1000 ? OPTIONS : FEW;
  describe(`${steps} steps, ${graph.nodes.length} nodes`, () => {
    bench(
      'by blocks, with lanes',
      async () => {
        await layOut(graph);
      },
      OPTIONS,
    );
    bench(
      'ELK layered, flat',
      async () => {
        await withElk(graph);
      },
      often,
    );
    bench('dagre, flat', () => withDagre(graph), often);
    // With ways of right angles dot fails on some of these; curved ones it draws all.
    if (hasDot)
      bench(
        'Graphviz dot, flat',
        () => void execFileSync('dot', ['-Tplain'], { input: dotText(graph), stdio: 'pipe' }),
        often,
      );
  });
}

describe('1000 steps as overview and a sheet for each stage', () => {
  const model = modelOfSize(1000);
  bench(
    'parted and placed',
    async () => {
      const sheets = sheetsOf(model, { kind: 'overview', id: 'P' }, NO_FLOWS);
      for (const { graph } of sheets) await layOutGraph(graph, 'down');
    },
    FEW,
  );
});

describe('stability', () => {
  bench(
    'moved nodes over 500 random edits',
    async () => {
      const blocks = await stabilityOf(500, async (graph) => {
        const { nodes } = await layOut(graph);
        return new Map(nodes.map(({ node, shape }) => [node.id, { x: shape.x + shape.width / 2, y: shape.y }]));
      });
      const elk = await stabilityOf(500, withElk);
      console.log(`moved nodes per edit: ${blocks.toFixed(2)} by blocks, ${elk.toFixed(2)} with ELK layered`);
    },
    { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 },
  );
});
