import { expect } from 'vitest';
import { drawnLayout, layOutGraph, type Quality } from '@pathway/diagram';
import type { Model } from '@pathway/model';
import { randomModel } from '../../../diagram/test/support/random-pathway.js';
import { expectGolden } from '../golden.js';
import type { NamedGraph } from './every-view.js';
import { measured, type Metric, metricTable, none, together } from './metric.js';

const PATHWAYS = 200;

/**
 * Draws some views of 200 generated pathways: nothing may lie on anything else, and the rest is compared with what was
 * recorded, so that it cannot become worse unseen.
 * @param recorded faults that a few of these drawings have: the record holds their number
 */
export async function expectMetric(
  record: string,
  graphsOf: (model: Model, seed: number) => readonly NamedGraph[],
  recorded: readonly (keyof Quality)[] = [],
): Promise<void> {
  const rows = new Map<string, Metric[]>();
  for (let seed = 1; seed <= PATHWAYS; seed++) {
    for (const { name, graph } of graphsOf(randomModel(seed), seed)) {
      const view = name.startsWith('map/') ? name : (name.split('/')[0] ?? name);
      const layout = await layOutGraph(graph, graph.arrangement === 'stages' ? 'right' : 'down');
      const { faults, metric } = measured({ name, layout, svg: drawnLayout(layout).svg });
      const excused = Object.fromEntries(recorded.map((fault) => [fault, expect.any(Number)]));
      expect(faults, `pathway ${seed}, ${name}`).toEqual({ ...none(faults), ...excused });
      rows.set(view, [...(rows.get(view) ?? []), metric]);
    }
  }
  expectGolden(`generated/${record}.txt`, metricTable([...rows].map(([view, all]) => [view, together(all)])));
}
