import { describe, expect, it } from 'vitest';
import {
  differenceGraph,
  drawnLayout,
  drawSvg,
  type GraphNode,
  layOutGraph,
  LEAST_POINTS,
  legibleSheets,
  measureQuality,
  type PaperName,
  pathwayGraph,
  pointsOn,
  type PrintedLayout,
  type Sheet,
  sheetsOf,
  smallestText,
  stagesOfView,
} from '../src/index.js';
import { partsOf } from '../src/parts/parts.js';
import { crisisModel } from './support/crisis-model.js';
import { FAULTLESS_SIMPLY } from './support/faultless.js';
import * as make from './support/model-maker.js';
import { editedModel, modelOfSize, randomModel } from './support/random-pathway.js';
import { strokeModel } from './support/stroke-model.js';

const ROOM = { width: 900, height: 700 };
/** Circles at the edge of a part may stand on the border of two lanes; nothing else may. */
const { nodesOutsideLane: _, ...FAULTLESS_PART } = { ...FAULTLESS_SIMPLY, labelsOnEdges: 0, cutTexts: 0 };
const isEnd = ({ sheet }: GraphNode): boolean => sheet?.startsWith('P-part-') === true;

const pointsOf = ({ layout }: PrintedLayout, paper: PaperName): number =>
  pointsOn(paper, drawnLayout(layout), smallestText(layout));

const print = (sheet: Sheet, paper: PaperName, stages: readonly Sheet[] = []): Promise<readonly PrintedLayout[]> =>
  legibleSheets(sheet, { paper, directions: ['down'], layOut: layOutGraph, inStages: () => stages });

const sheetOf = (seed: number): Sheet => ({ id: 'P', title: 'P', graph: pathwayGraph(randomModel(seed, 30), 'P') });

describe('a large drawing in parts', () => {
  it('has every node and every text of a way once, nothing on anything else, and hardly any larger than its room', async () => {
    let [all, tooLarge] = [0, 0];
    for (let seed = 1; seed <= 40; seed++)
      for (const direction of ['down', 'right'] as const) {
        const layout = await layOutGraph(pathwayGraph(randomModel(seed), 'P'), direction);
        const { parts } = partsOf(layout, [ROOM], 'P');
        const what = `pathway ${seed}, ${direction}`;
        const nodes = parts.flatMap((part) => part.layout.nodes.map(({ node }) => node.id));
        expect(nodes.filter((id) => layout.nodes.some(({ node }) => node.id === id)).sort(), what).toEqual(
          layout.nodes.map(({ node }) => node.id).sort(),
        );
        const labels = (of: readonly (typeof layout)[]): number =>
          of.flatMap(({ edges }) => edges.flatMap(({ label }) => label ?? [])).length;
        expect(labels(parts.map((part) => part.layout)), what).toBe(labels([layout]));
        for (const { id, layout: part } of parts) {
          expect(measureQuality(part), `${what}, ${id}`).toMatchObject(FAULTLESS_PART);
          const within = { ...part, nodes: part.nodes.filter(({ node }) => !isEnd(node)) };
          expect(measureQuality(within).nodesOutsideLane, `${what}, ${id}`).toBe(0);
          const { width, height } = part;
          const isFitting = width <= 1.05 * ROOM.width && height <= 1.05 * ROOM.height;
          all += 1;
          if (!isFitting) tooLarge += 1;
        }
      }
    // Bars are not cut, however far they reach, and the circles of many ways may need more room than these.
    expect(tooLarge / all).toBeLessThan(0.02);
  });

  it('says at each cut of a way by one letter where it goes on and where it comes from', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { parts } = partsOf(await layOutGraph(pathwayGraph(randomModel(seed), 'P'), 'down'), [ROOM], 'P');
      const ends = parts.flatMap(({ id, layout }) =>
        layout.nodes.filter(({ node }) => isEnd(node)).map(({ node }) => ({ id, node })),
      );
      for (const { id, node } of ends) {
        const same = ends.filter((each) => each.node.letter === node.letter);
        expect(same, `pathway ${seed}, ${node.letter}`).toHaveLength(2);
        const other = same.find((each) => each.node !== node)!;
        expect([node.sheet, other.node.sheet]).toEqual([other.id, id]);
        expect(node.id.startsWith('from')).not.toBe(other.node.id.startsWith('from'));
      }
    }
  });

  it('keeps the colours of lanes', async () => {
    const layout = await layOutGraph(pathwayGraph(strokeModel(), 'P'), 'down');
    for (const { layout: part } of partsOf(layout, [{ width: 700, height: 500 }], 'P').parts)
      for (const { lane } of part.lanes) expect(layout.lanes[lane.place ?? -1]?.lane.title).toBe(lane.title);
  });

  it('outlines its parts on the whole', async () => {
    const { whole, parts } = partsOf(await layOutGraph(pathwayGraph(randomModel(4), 'P'), 'down'), [ROOM], 'P');
    expect(parts.length).toBeGreaterThan(1);
    const svg = drawSvg(whole, { sheetLink: (sheet) => `#${sheet}` });
    for (const { id } of parts) expect(svg).toContain(`<a href="#${id}" class="part">`);
  });
});

describe('drawings for paper', () => {
  it('are one sheet where their text can be read, in the other direction if need be', async () => {
    const sheet = { id: 'S', title: 'S', graph: pathwayGraph(randomModel(3, 4), 'P') };
    expect((await print(sheet, 'a4')).map(({ id }) => id)).toEqual(['S']);
    const long = { id: 'L', title: 'L', graph: pathwayGraph(make.model({ pathways: [row(30)] }), 'P', 'none') };
    expect((await print(long, 'a4')).length).toBeGreaterThan(1);
    const turned = { paper: 'a4', directions: ['right', 'down'], layOut: layOutGraph } as const;
    expect((await legibleSheets(sheet, turned)).map(({ layout }) => layout.direction)).toEqual(['right']);
  });

  it.each(['a4', 'slide'] as const)('can be read on every sheet but that of the outlines: %s', async (paper) => {
    for (let seed = 1; seed <= 15; seed++) {
      const printed = await print(sheetOf(seed), paper);
      for (const each of printed.filter(({ layout }) => layout.parts === undefined))
        expect(pointsOf(each, paper), `pathway ${seed}, ${each.id}`).toBeGreaterThanOrEqual(LEAST_POINTS);
    }
  });

  it('have stages where they are too large, the first of them in place of the whole', async () => {
    const model = modelOfSize(60);
    const view = { kind: 'pathway', id: 'P' } as const;
    const [sheet] = sheetsOf(model, view, make.NO_FLOWS);
    const printed = await print(sheet!, 'a4', stagesOfView(model, view, {}));
    expect(printed[0]?.instead).toEqual(['P']);
    expect(printed.length).toBeGreaterThan(5);
    for (const each of printed.filter(({ layout }) => layout.parts === undefined))
      expect(pointsOf(each, 'a4'), each.id).toBeGreaterThanOrEqual(LEAST_POINTS);
  });

  it('have parts where they are maps or differences', async () => {
    const [crisis] = sheetsOf(crisisModel(), { kind: 'map', name: 'crisis' }, make.NO_FLOWS);
    const model = randomModel(2);
    const difference = { id: 'D', title: 'D', graph: differenceGraph(model, editedModel(model, 2), 'P') };
    for (const sheet of [crisis!, difference])
      for (const each of await print(sheet, 'slide'))
        if (each.layout.parts === undefined)
          expect(pointsOf(each, 'slide'), each.id).toBeGreaterThanOrEqual(LEAST_POINTS);
  });
});

/** So many steps in a row. */
function row(steps: number): ReturnType<typeof make.pathway> {
  make.resetOrigins();
  return make.pathway(
    'P',
    'Row',
    Array.from({ length: steps }, (_, step) => make.step(`Step${step}`, undefined, { takes: make.minutes(5) })),
  );
}
