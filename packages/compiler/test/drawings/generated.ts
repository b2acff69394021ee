import { expect } from 'vitest';
import { drawnLayout, layOutGraph } from '@pathway/diagram';
import type { Model } from '@pathway/model';
import { randomModel } from '../../../diagram/test/support/random-pathway.js';
import { expectGolden } from '../golden.js';
import type { NamedGraph } from './every-view.js';
import { measured, type Metric, metricTable, none, together } from './metric.js';

const PATHWAYS = 200;

/**
 * Draws some views of 200 generated pathways: nothing may lie on anything else, and the rest is compared with what was
 * recorded, so that it cannot become worse unseen.
 */
export async function expectMetric(
  record: string,
  graphsOf: (model: Model, seed: number) => readonly NamedGraph[],
): Promise<void> {
  const rows = new Map<string, Metric[]>();
  for (let seed = 1; seed <= PATHWAYS; seed++) {
    for (const { name, graph } of graphsOf(randomModel(seed), seed)) {
      const view = name.startsWith('map/') ? name : (name.split('/')[0] ?? name);
      const layout = await layOutGraph(graph, graph.arrangement === 'stages' ? 'right' : 'down');
      const { faults, metric } = measured({ name, layout, svg: drawnLayout(layout).svg });
      expect(faults, `pathway ${seed}, ${name}`).toEqual(none(faults));
      rows.set(view, [...(rows.get(view) ?? []), metric]);
    }
  }
  expectGolden(`generated/${record}.txt`, metricTable([...rows].map(([view, all]) => [view, together(all)])));
}
