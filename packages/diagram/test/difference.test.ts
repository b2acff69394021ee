import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import type { Activity, Model } from '@pathway/model';
import {
  differenceDiagram,
  differenceGraph,
  differenceMermaid,
  drawingsDiffer,
  layOut,
  measureQuality,
  pathwayDiagram,
} from '../src/index.js';
import { FAULTLESS } from './support/faultless.js';
import { editedModel, randomModel } from './support/random-pathway.js';
import { strokeModel } from './support/stroke-model.js';

const before = strokeModel();
const pathway = before.pathways.find(({ body }) => body.length > 3);
const id = pathway!.id;

function changed(change: (body: readonly Activity[]) => readonly Activity[]): Model {
  return {
    ...before,
    pathways: before.pathways.map((each) => (each.id === id ? { ...each, body: change(each.body) } : each)),
  };
}

const first = pathway!.body.find(({ kind }) => kind === 'step')!;
const shorter = changed((body) =>
  body.map((each) =>
    each === first
      ? { ...first, takes: { kind: 'number', value: 3600, dimension: { time: 1, money: 0 }, unit: 'min' } }
      : each,
  ),
);
const without = changed((body) => body.filter((each) => each !== first));

async function drawingOf(a: Model | undefined, b: Model): Promise<Document> {
  const { svg } = await differenceDiagram(a, b, id);
  return new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document;
}

describe('the drawing of two versions', () => {
  test('is the plain one where nothing differs', async () => {
    expect(drawingsDiffer(before, before, id)).toBe(false);
    const nodes = (svg: string): readonly string[] =>
      [...svg.matchAll(/data-id="([^"]*)"/g)].map((found) => found[1] ?? '');
    expect(nodes((await differenceDiagram(before, before, id)).svg)).toEqual(
      nodes((await pathwayDiagram(before, id)).svg),
    );
  });

  test('marks what changed in colour and by a badge, and holds both texts', async () => {
    const drawing = await drawingOf(before, shorter);
    const node = drawing.querySelector('.mark-changed[data-id]');
    expect(node?.getAttribute('data-id')).toBe(first.id);
    expect(node?.querySelectorAll('.badge')).toHaveLength(1);
    expect(node?.querySelector('.both')?.textContent).toMatch(/→\s*1\sh/);
    expect(node?.querySelector('.only-after')?.textContent).toMatch(/1\sh/);
    expect(node?.querySelector('.only-before')?.textContent).not.toMatch(/1\sh/);
    expect(node?.querySelector('.only-before')?.getAttribute('display')).toBe('none');
  });

  test('marks a step that was moved out of a hold, which it says, and back', async () => {
    const hold = pathway!.body.find((each) => each.kind === 'hold')!;
    const inside = hold.body.find(({ kind }) => kind === 'step')!;
    const out = changed((body) =>
      body.flatMap((each) =>
        each === hold ? [{ ...hold, body: hold.body.filter((one) => one !== inside) }, inside] : [each],
      ),
    );
    const textOf = async (a: Model, b: Model): Promise<string | null | undefined> =>
      (await drawingOf(a, b)).querySelector(`.mark-changed[data-id="${inside.id}"] .both`)?.textContent;
    expect(await textOf(before, out)).toContain('− in ');
    expect(await textOf(out, before)).toContain('+ in ');
  });

  test('keeps what is gone where it stood, with its ways dotted, and marks the ways that take its place', async () => {
    const drawing = await drawingOf(before, without);
    expect(drawing.querySelector(`[data-id="${first.id}"]`)?.classList.contains('mark-removed')).toBe(true);
    expect(drawing.querySelectorAll('path.way.mark-removed').length).toBeGreaterThan(0);
    expect(drawing.querySelectorAll('path.way.mark-added').length).toBeGreaterThan(0);
    const reverse = await drawingOf(without, before);
    expect(reverse.querySelector(`[data-id="${first.id}"]`)?.classList.contains('mark-added')).toBe(true);
  });

  test('marks everything of a pathway that came or went', async () => {
    const drawing = await drawingOf(undefined, before);
    const nodes = [...drawing.querySelectorAll('[data-id]')].filter((each) => !each.classList.contains('connector'));
    expect(nodes.every((each) => each.classList.contains('mark-added'))).toBe(true);
    const gone = await drawingOf(before, { ...before, pathways: [] });
    expect(gone.querySelectorAll('.mark-removed').length).toBeGreaterThan(3);
  });

  test('has the same bytes each time', async () => {
    expect((await differenceDiagram(before, without, id)).svg).toBe((await differenceDiagram(before, without, id)).svg);
  });

  test.each([13, 53, 99, 113])(
    'has room for every text of a way where ways came and went: pathway %d',
    async (seed) => {
      const earlier = randomModel(seed);
      const graph = differenceGraph(earlier, editedModel(earlier, seed), 'P');
      for (const direction of ['down', 'right'] as const)
        expect(measureQuality(await layOut(graph, direction)), direction).toMatchObject(FAULTLESS);
    },
  );

  test('refuses a pathway that neither version has', () => {
    expect(() => drawingsDiffer(before, before, 'Nowhere')).toThrow('There is no pathway Nowhere in either version.');
  });
});

describe('the difference as Mermaid', () => {
  test('has colours, signs and dotted ways', () => {
    const text = differenceMermaid(before, without, id);
    expect(text).toMatch(/^flowchart TD\n/);
    expect(text).toMatch(/\["－ .*"\]:::removed$/m);
    expect(text).toMatch(/ -\.->\|"－.*"\| /);
    expect(text).toContain('classDef removed');
  });

  test('takes nothing of a title for Mermaid or HTML', () => {
    const named = changed((body) =>
      body.map((each) => (each === first ? { ...first, title: 'a"] --> <b>; `x` #1' } : each)),
    );
    const line = differenceMermaid(before, named, id)
      .split('\n')
      .find((each) => each.includes('changed') && each.includes('--'));
    expect(line).toContain('#quot;]');
    expect(line).not.toContain('<b>');
    expect(line).not.toContain('`');
  });
});
