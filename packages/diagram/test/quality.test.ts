import { describe, expect, it } from 'vitest';
import {
  drawSvg,
  layOut,
  layOutSimply,
  measureQuality,
  pathwayGraph,
  type Direction,
  type Layout,
} from '../src/index.js';
import { FAULTLESS } from './support/faultless.js';
import { randomModel } from './support/random-pathway.js';
import { strokeModel } from './support/stroke-model.js';
import { treatmentCentreModel } from './support/treatment-centre-model.js';

const DIRECTIONS: readonly Direction[] = ['down', 'right'];

/** Lane borders are straight when every lane is one rectangle and the next begins where it ends. */
function expectLanesSideBySide(layout: Layout): void {
  for (let index = 1; index < layout.lanes.length; index++) {
    const before = layout.lanes[index - 1]!.box;
    const box = layout.lanes[index]!.box;
    if (layout.direction === 'down') expect(box.x).toBeCloseTo(before.x + before.width, 6);
    else expect(box.y).toBeCloseTo(before.y + before.height, 6);
  }
}

describe('generated pathways', () => {
  for (let first = 1; first <= 120; first += 10) {
    it(`draws pathways ${first} to ${first + 9} without anything on anything else`, async () => {
      for (let seed = first; seed < first + 10; seed++) {
        const graph = pathwayGraph(randomModel(seed), 'P');
        const layout = await layOut(graph, seed % 2 === 0 ? 'down' : 'right');
        expect(layout.warnings, `pathway ${seed}`).toEqual([]);
        expect(measureQuality(layout), `pathway ${seed}`).toMatchObject(FAULTLESS);
        expect(layout.nodes.length).toBe(graph.nodes.length);
        expect(layout.edges.every((edge) => edge.points.length >= 2)).toBe(true);
        expectLanesSideBySide(layout);
      }
    });
  }

  it('draws the simpler way without anything on anything else, in both directions', () => {
    for (let seed = 1; seed <= 120; seed++) {
      const graph = pathwayGraph(randomModel(seed), 'P');
      for (const direction of DIRECTIONS) {
        const layout = layOutSimply(graph, direction);
        expect(measureQuality(layout), `pathway ${seed}, ${direction}`).toMatchObject(FAULTLESS);
        expectLanesSideBySide(layout);
      }
    }
  });

  it('keeps boxes of holds off what is not held', async () => {
    for (let seed = 200; seed < 220; seed++) {
      const layout = await layOut(pathwayGraph(randomModel(seed), 'P'), 'down');
      for (const region of layout.regions) {
        const strangers = layout.nodes.filter(
          ({ node, box }) =>
            !node.holds.includes(region.hold) &&
            box.x < region.box.x + region.box.width &&
            region.box.x < box.x + box.width &&
            box.y < region.box.y + region.box.height &&
            region.box.y < box.y + box.height,
        );
        expect(
          strangers.map((placed) => placed.node.title),
          `pathway ${seed}`,
        ).toEqual([]);
      }
    }
  });
});

describe('the measure itself', () => {
  it('sees a node moved onto another, and a way through it', async () => {
    const layout = await layOut(pathwayGraph(treatmentCentreModel(), 'P'));
    expect(measureQuality(layout)).toMatchObject({ ...FAULTLESS, labelsOnEdges: 0, crossings: 0 });
    const target = layout.nodes.find((placed) => placed.node.title === 'Examination')!;
    const spoilt = layout.nodes.map((placed) =>
      placed.node.title === 'Treatment' ? { ...placed, box: target.box, shape: target.shape } : placed,
    );
    const quality = measureQuality({ ...layout, nodes: spoilt });
    expect(quality.nodeOverlaps).toBe(1);
    const across = { x: 0, y: target.box.y + 5 };
    const through = layout.edges.map((placed, index) =>
      index === 0 ? { ...placed, points: [across, { x: layout.width, y: across.y }] } : placed,
    );
    expect(measureQuality({ ...layout, edges: through }).edgesThroughNodes).toBeGreaterThan(0);
  });

  it('finds the stroke pathway drawn without crossings, with few bends', async () => {
    const quality = measureQuality(await layOut(pathwayGraph(strokeModel(), 'P')));
    expect(quality).toMatchObject({ ...FAULTLESS, labelsOnEdges: 0, crossings: 0 });
    expect(quality.bends).toBeLessThanOrEqual(30);
  });
});

describe('equal input', () => {
  it('gives equal bytes', async () => {
    const [first, second] = [randomModel(5), randomModel(5)];
    expect(drawSvg(await layOut(pathwayGraph(first, 'P')))).toBe(drawSvg(await layOut(pathwayGraph(second, 'P'))));
  });
});
