import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import type { Model } from '@pathway/model';
import { diagramText, type LaneChoice, layOut, pathwayGraph, type PathwayGraph, type Point } from '../src/index.js';
import { wholeGraph } from '../src/graph/pathway-graph.js';
import * as make from './support/model-maker.js';
import { randomModel } from './support/random-pathway.js';
import { strokeModel } from './support/stroke-model.js';

const window = new JSDOM('').window;
const HOSTILE = '"]; x -> y; <script>alert(1)</script> \\" & \n end';

function graphOf(model: Model, lanes?: LaneChoice): PathwayGraph {
  return wholeGraph(model, 'P', lanes);
}

function parsed(text: string): Document {
  const document = new window.DOMParser().parseFromString(text, 'application/xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return document;
}

function hostileModel(): ReturnType<typeof make.model> {
  make.resetOrigins();
  return make.model({ pathways: [make.pathway('P', HOSTILE, [make.step('Only', undefined, { title: HOSTILE })])] });
}

/** The point at a share of the length of a line with corners. */
function pointAlong(points: readonly Point[], share: number): Point {
  const legs = points.slice(1).map((to, index) => ({ from: points[index]!, to }));
  const lengths = legs.map(({ from, to }) => Math.hypot(to.x - from.x, to.y - from.y));
  let left = share * lengths.reduce((sum, each) => sum + each, 0);
  for (const [index, { from, to }] of legs.entries()) {
    const length = lengths[index]!;
    if (left <= length && length > 0)
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length };
    left -= length;
  }
  return points.at(-1)!;
}

describe('draw.io', () => {
  it('has every node where the drawing has it, and every way between its nodes', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const direction = seed % 2 === 0 ? 'down' : 'right';
      const graph = pathwayGraph(randomModel(seed), 'P');
      const layout = await layOut(graph, direction);
      const document = parsed(await diagramText(graphOf(randomModel(seed)), 'drawio', { direction }));
      layout.nodes.forEach(({ shape }, index) => {
        const geometry = document.querySelector(`mxCell[id="n${index + 1}"] > mxGeometry`);
        expect(Number(geometry?.getAttribute('x'))).toBeCloseTo(shape.x, 0);
        expect(Number(geometry?.getAttribute('y'))).toBeCloseTo(shape.y, 0);
      });
      const ways = [...document.querySelectorAll('mxCell[edge="1"]')];
      expect(ways).toHaveLength(graph.edges.length);
      const ids = new Set([...document.querySelectorAll('mxCell')].map(({ id }) => id));
      expect(
        ways.every((way) => ids.has(way.getAttribute('source') ?? '') && ids.has(way.getAttribute('target') ?? '')),
      ).toBe(true);
    }
  });

  it('has the text of every way where the drawing has it, in its lines', async () => {
    let seen = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const direction = seed % 2 === 0 ? 'down' : 'right';
      const layout = await layOut(pathwayGraph(randomModel(seed), 'P'), direction);
      const document = parsed(await diagramText(graphOf(randomModel(seed)), 'drawio', { direction }));
      for (const [index, { points, label }] of layout.edges.entries()) {
        if (label === undefined) continue;
        const way = document.querySelector(`mxCell[id="w${index + 1}"]`);
        expect(way?.getAttribute('value')).toBe(label.lines.map(({ text }) => text).join('\n'));
        const offset = way?.querySelector('mxPoint[as="offset"]');
        const number = (element: Element | null | undefined, name: string): number =>
          Number(element?.getAttribute(name));
        // As draw.io reads it: a share of the length of the way, from -1 to 1, and how far from there.
        const at = pointAlong(points, (number(way?.querySelector('mxGeometry'), 'x') + 1) / 2);
        const { x, y, width, height } = label.box;
        expect(Math.abs(at.x + number(offset, 'x') - (x + width / 2))).toBeLessThan(1);
        expect(Math.abs(at.y + number(offset, 'y') - (y + height / 2))).toBeLessThan(1);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it('holds titles as plain text, lines and all', async () => {
    const document = parsed(await diagramText(graphOf(hostileModel()), 'drawio'));
    expect(document.querySelector('script')).toBeNull();
    const values = [...document.querySelectorAll('mxCell')].map((cell) => cell.getAttribute('value'));
    expect(values).toContain(HOSTILE);
    expect(
      [...document.querySelectorAll('mxCell[style]')].every((cell) => cell.getAttribute('style')?.includes('html=0')),
    ).toBe(true);
  });
});

describe('Graphviz', () => {
  it('has a line for every node and way, and a cluster for every lane', async () => {
    const graph = pathwayGraph(strokeModel(), 'P');
    const text = await diagramText(graphOf(strokeModel()), 'dot', { direction: 'right' });
    expect(text).toContain('rankdir=LR');
    expect(text.match(/^ *n\d+ \[/gmu)?.length).toBeGreaterThanOrEqual(graph.nodes.length - 4);
    expect(text.match(/subgraph cluster_/gu)).toHaveLength(graph.lanes.length);
    expect(await diagramText(graphOf(strokeModel(), 'none'), 'dot')).not.toContain('subgraph');
  });

  it('takes nothing of a title for its language: outside of quotes there is nothing of it', async () => {
    const text = await diagramText(graphOf(hostileModel()), 'dot');
    const outside = text.replace(/"(?:\\.|[^"\\])*"/gu, '""');
    expect(outside).not.toMatch(/script|alert|x -> y/u);
  });
});

describe('Mermaid', () => {
  it('leads the way that is asked for', async () => {
    expect(await diagramText(graphOf(strokeModel()), 'mermaid')).toMatch(/^flowchart TD\n/u);
    expect(await diagramText(graphOf(strokeModel()), 'mermaid', { direction: 'right' })).toMatch(/^flowchart LR\n/u);
  });
});

describe('Excalidraw', () => {
  it('has every node and way where the drawing has it, bound to one another', async () => {
    const graph = wholeGraph(strokeModel(), 'P');
    const layout = await layOut(pathwayGraph(strokeModel(), 'P'), 'right');
    const text = await diagramText(graph, 'excalidraw', { direction: 'right' });
    const scene = JSON.parse(text) as { type: string; elements: readonly Record<string, unknown>[] };
    expect(scene.type).toBe('excalidraw');
    const shapes = new Map(scene.elements.map((each) => [each.id, each]));
    expect(shapes.size).toBe(scene.elements.length);
    layout.nodes.forEach(({ shape }, index) => {
      expect(shapes.get(`node${index + 1}`)).toMatchObject({ x: shape.x, y: shape.y, width: shape.width });
    });
    const arrows = scene.elements.filter(({ type }) => type === 'arrow');
    expect(arrows).toHaveLength(layout.edges.length);
    for (const { startBinding, endBinding } of arrows)
      for (const bound of [startBinding, endBinding])
        expect(shapes.has((bound as { elementId: string }).elementId)).toBe(true);
    const said = scene.elements.flatMap((each) => (each.type === 'text' ? [each.text] : []));
    expect(said).toEqual(expect.arrayContaining(layout.nodes.flatMap(({ lines }) => lines.map((line) => line.text))));
  });
});
