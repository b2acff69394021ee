import { describe, expect, it } from 'vitest';
import {
  drawSvg,
  layOut,
  layOutSimply,
  measureQuality,
  pathwayGraph,
  type Direction,
  type LaneChoice,
  type Layout,
  type Quality,
} from '../src/index.js';
import { FAULTLESS, FAULTLESS_SIMPLY } from './support/faultless.js';
import * as make from './support/model-maker.js';
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

const PATHWAYS = 200;

/** The sum of a count over generated pathways, and that nothing in them lies on anything else. */
async function sumOver(lanes: LaneChoice, direction: Direction): Promise<Quality> {
  const sum: Record<string, number> = {};
  for (let seed = 1; seed <= PATHWAYS; seed++) {
    const graph = pathwayGraph(randomModel(seed), 'P', lanes);
    const layout = await layOut(graph, direction);
    const what = `pathway ${seed}, ${direction}, lanes: ${lanes}`;
    expect(layout.warnings, what).toEqual([]);
    const quality = measureQuality(layout);
    expect(quality, what).toMatchObject(FAULTLESS);
    if (lanes === 'none') expect(quality.edgesThroughAreas, what).toBe(0);
    expect(layout.nodes.length, what).toBe(graph.nodes.length);
    expect(layout.edges.length, what).toBe(graph.edges.length);
    expect(layout.edges.every((edge) => edge.points.length >= 2)).toBe(true);
    expectLanesSideBySide(layout);
    for (const [name, value] of Object.entries(quality)) sum[name] = (sum[name] ?? 0) + Number(value);
  }
  return sum as unknown as Quality;
}

describe(`${PATHWAYS} generated pathways`, () => {
  for (const direction of DIRECTIONS) {
    it(`lie to the ${direction} with nothing on anything else, few crossings and bends`, async () => {
      const plain = await sumOver('none', direction);
      const lanes = await sumOver('organisation', direction);
      // What has been reached, with a little room: a change that makes it worse should be a decision.
      expect(plain.crossings / PATHWAYS).toBeLessThan(2);
      expect(plain.bends / PATHWAYS).toBeLessThan(14);
      expect(lanes.crossings / PATHWAYS).toBeLessThan(14);
      expect(lanes.bends / PATHWAYS).toBeLessThan(31);
      // A way from lane to lane has to pass a hold that lies over all layers of a lane between them.
      expect(lanes.edgesThroughAreas / PATHWAYS).toBeLessThan(0.4);
      expect(lanes.area / PATHWAYS).toBeLessThan(2_400_000);
    });
  }

  it('are drawn the simpler way without anything on anything else, in both directions', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const graph = pathwayGraph(randomModel(seed), 'P');
      for (const direction of DIRECTIONS) {
        const layout = layOutSimply(graph, direction);
        expect(measureQuality(layout), `pathway ${seed}, ${direction}`).toMatchObject(FAULTLESS_SIMPLY);
        expectLanesSideBySide(layout);
      }
    }
  });
});

describe('main ways', () => {
  it('are straight: what follows in the text without a branch stands below, in line', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const layout = await layOut(pathwayGraph(randomModel(seed), 'P', 'none'));
      const leaving = new Map<string, number>();
      const arriving = new Map<string, number>();
      for (const { edge } of layout.edges) {
        leaving.set(edge.from, (leaving.get(edge.from) ?? 0) + 1);
        arriving.set(edge.to, (arriving.get(edge.to) ?? 0) + 1);
      }
      for (const { edge, points } of layout.edges)
        if (edge.kind === 'flow' && leaving.get(edge.from) === 1 && arriving.get(edge.to) === 1)
          expect(points, `pathway ${seed}: ${edge.from} to ${edge.to}`).toHaveLength(2);
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

describe('a bar that waits for all', () => {
  const branches = make.together('1', {
    Bloods: [make.step('Bloods', 'A')],
    Imaging: [make.choose('2', 'shares', [make.shareBranch('scan', 20, [make.step('Scan', 'A')]), make.otherwise([])])],
  });
  const model = make.model({
    organisations: [make.organisation('A', 'First')],
    pathways: [make.pathway('P', 'Care', [branches, make.step('After', 'A')])],
  });

  it('is met by each way at a place of its own, also by those that part before it', async () => {
    for (const direction of DIRECTIONS) {
      const layout = await layOut(pathwayGraph(model, 'P'), direction);
      const join = layout.nodes.find(({ node }) => node.kind === 'join')!;
      const arriving = layout.edges.filter(({ edge }) => edge.to === join.node.id);
      const places = arriving.map(({ points }) => (direction === 'down' ? points.at(-1)!.x : points.at(-1)!.y));
      expect(arriving).toHaveLength(3);
      expect(new Set(places).size).toBe(3);
      const [from, length] = direction === 'down' ? [join.box.x, join.box.width] : [join.box.y, join.box.height];
      for (const place of places) {
        expect(place).toBeGreaterThan(from);
        expect(place).toBeLessThan(from + length);
      }
      expect(measureQuality(layout)).toMatchObject({ ...FAULTLESS, crossings: 0 });
    }
  });
});

describe('loops and texts', () => {
  it('lead out of and into the sides of nodes that nothing stands beside, in a branch too', async () => {
    const model = make.model({
      organisations: [make.organisation('A', 'First')],
      pathways: [
        make.pathway('P', 'Care', [
          make.choose('1', 'shares', [
            make.shareBranch('short', 40, [make.step('Short', 'A')]),
            make.otherwise([
              make.step('First', 'A'),
              make.step('Second', 'A'),
              make.choose('2', 'shares', [
                make.shareBranch('again', 10, [make.goTo('3', 'First')]),
                make.otherwise([]),
              ]),
            ]),
          ]),
        ]),
      ],
    });
    const layout = await layOut(pathwayGraph(model, 'P'));
    const loop = layout.edges.find(({ edge }) => edge.kind === 'return')!;
    expect(loop.points).toHaveLength(4);
    expect(measureQuality(layout)).toMatchObject(FAULTLESS);
  });

  it('are counted where a word is on two lines, or a text has a line under it', async () => {
    const layout = await layOut(pathwayGraph(strokeModel(), 'P'));
    expect(measureQuality(layout)).toMatchObject({ partedWords: 0, underlinedTexts: 0 });
    const parted = layout.nodes.map((placed) => ({
      ...placed,
      lines: placed.lines.map((line) => ({ ...line, text: line.text.replace(/^(\p{L}{2})/u, '$1- ') })),
    }));
    expect(measureQuality({ ...layout, nodes: parted }).partedWords).toBeGreaterThan(0);
    const lower = layout.edges.map((placed) => ({
      ...placed,
      ...(placed.label !== undefined && {
        points: [
          ...placed.points,
          { x: placed.label.box.x + 200, y: placed.label.box.y + placed.label.box.height + 1 },
        ],
      }),
    }));
    expect(measureQuality({ ...layout, edges: lower }).underlinedTexts).toBeGreaterThan(0);
  });
});
