import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import {
  drawSvg,
  LARGEST_FOR_ELK,
  layOut,
  layOutSimply,
  mapDiagram,
  pathwayDiagram,
  pathwayGraph,
  type PathwayGraph,
  charactersOf,
  withFonts,
} from '../src/index.js';
import { accessibilityViolations } from './support/accessibility.js';
import { crisisModel } from './support/crisis-model.js';
import * as make from './support/model-maker.js';
import { strokeModel } from './support/stroke-model.js';

const window = new JSDOM('').window;

/** The document of an XML text; the parser throws at the first mistake. */
function parse(svg: string): Document {
  const document = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return document;
}

const HOSTILE = `</text><script>alert(1)</script> & "quoted" 'single' ]]> \u0000\u0008\ud800 <!--`;

function oneStep(title: string, more: Parameters<typeof make.step>[2] = {}): ReturnType<typeof make.model> {
  make.resetOrigins();
  return make.model({ pathways: [make.pathway('P', title, [make.step('Only', undefined, { title, ...more })])] });
}

describe('the document', () => {
  it('is well-formed and speaks to screen readers', async () => {
    const { svg, width, height } = await pathwayDiagram(strokeModel(), 'P');
    const root = parse(svg).documentElement;
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-label')).toBe('Acute stroke care');
    expect(root.querySelector(':scope > title')?.textContent).toBe('Acute stroke care');
    expect(root.querySelector(':scope > desc')?.textContent).toContain('Stroke centre (hospital)');
    expect(root.getAttribute('viewBox')).toBe(`0 0 ${width} ${height}`);
  });

  it('survives hostile titles', async () => {
    const { svg } = await pathwayDiagram(oneStep(HOSTILE), 'P', { link: () => '" onload="alert(1)' });
    const document = parse(svg);
    expect(document.querySelector('script')).toBeNull();
    expect(document.querySelector('[onload]')).toBeNull();
    expect(document.querySelector('title')?.textContent).toContain('</text><script>alert(1)</script> & "quoted"');
  });

  it('never writes an address that runs a script', async () => {
    for (const address of [
      'javascript:alert(1)',
      ' JavaScript:alert(1)',
      'data:text/html,x',
      'java\nscript:alert(1)',
    ]) {
      const { svg } = await pathwayDiagram(oneStep('One'), 'P', { link: () => address });
      expect(parse(svg).querySelectorAll('a'), address).toHaveLength(0);
    }
  });

  it('writes titles of any script', async () => {
    for (const title of ['急性脑卒中', 'تقييم المريض', 'Оценка', 'Αξιολόγηση', '👩‍⚕️ Visit']) {
      const text = parse((await pathwayDiagram(oneStep(title), 'P')).svg).documentElement.textContent;
      expect(text).toContain(title.split(' ')[0]);
    }
  });

  it('embeds a font on request', async () => {
    const { svg } = await pathwayDiagram(oneStep('One'), 'P');
    const face = { weight: 600, range: 'U+0-FF', source: 'data:font/woff2;base64,AAAA' } as const;
    const drawing = parse(withFonts(svg, [face])).documentElement;
    expect(drawing.querySelector('style')?.textContent).toBe(
      '@font-face{font-family:Inter;font-weight:600;src:url("data:font/woff2;base64,AAAA") format("woff2");unicode-range:U+0-FF}',
    );
    expect(drawing.firstElementChild?.tagName).toBe('title');
    expect([...charactersOf(svg)].sort().join('')).toBe('EOSadenrt');
  });

  it('differs between themes in colour alone', async () => {
    const layout = await layOut(pathwayGraph(strokeModel(), 'P'));
    const plain = (svg: string): string => svg.replace(/#[0-9a-f]{6}|fill-opacity="[^"]*"|-head-[0-9a-z]+/gu, '');
    const [light, dark] = [drawSvg(layout, { theme: 'light' }), drawSvg(layout, { theme: 'dark' })];
    expect(light).not.toBe(dark);
    expect(plain(light)).toBe(plain(dark));
  });
});

describe('several drawings on one page', () => {
  it('have arrow heads of their own', async () => {
    const layout = await layOut(pathwayGraph(strokeModel(), 'P'));
    const heads = (svg: string): readonly string[] =>
      Array.from(parse(svg).querySelectorAll('marker'), (marker) => marker.id);
    const other = await pathwayDiagram(oneStep('One'), 'P');
    const all = [...heads(drawSvg(layout)), ...heads(drawSvg(layout, { theme: 'dark' })), ...heads(other.svg)];
    expect(new Set(all).size).toBe(9);
    const used = Array.from(parse(other.svg).querySelectorAll('[marker-end]'), (way) => way.getAttribute('marker-end'));
    expect(used.every((head) => heads(other.svg).some((id) => head === `url(#${id})`))).toBe(true);
  });
});

describe('links', () => {
  it('lead from every node to its line, and from a call to the pathway called', async () => {
    const model = strokeModel();
    const { svg } = await pathwayDiagram(model, 'P', { link: (origin) => `${origin.file}#L${origin.line}` });
    const document = parse(svg);
    const called = model.pathways.find((each) => each.id === 'EarlySupportedDischarge')!;
    const call = document.querySelector('a.call[data-id="P.#8"]');
    expect(call?.getAttribute('href')).toBe(`care.pathway#L${called.origin.line}`);
    const step = document.querySelector('a.step[data-id="P.Lysis"]');
    expect(step?.getAttribute('data-origin')).toBe(step?.getAttribute('href')?.replace('#L', ':'));
    expect(step?.querySelector('title')?.textContent).toContain('if age < 90');
    expect(document.querySelectorAll('g.nodes > g')).toHaveLength(0);
  });

  it('names a link with text once, by its title', async () => {
    const { svg } = await pathwayDiagram(strokeModel(), 'P', { link: ({ file, line }) => `${file}#L${line}` });
    const links = [...parse(svg).querySelectorAll('a')].filter((link) => link.querySelector('text') !== null);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      expect(link.querySelector(':scope > title')?.textContent).not.toBe('');
      expect(link.hasAttribute('aria-label')).toBe(false);
    }
  });

  it('stay reachable for screen readers, as the accessibility checker sees it', async () => {
    for (const options of [{}, { link: (origin: { readonly line: number }) => `#L${origin.line}` }]) {
      const { svg } = await pathwayDiagram(strokeModel(), 'P', options);
      expect(await accessibilityViolations(svg)).toEqual([]);
    }
  });

  it('are left out without a function for them', async () => {
    const document = parse((await pathwayDiagram(strokeModel(), 'P')).svg);
    expect(document.querySelectorAll('a')).toHaveLength(0);
    expect(document.querySelectorAll('g.step[data-origin]').length).toBeGreaterThan(5);
  });
});

describe('what cannot be laid out in the usual way', () => {
  it('is refused when there is no such pathway', async () => {
    await expect(pathwayDiagram(strokeModel(), 'Nowhere')).rejects.toThrow(
      'There is no pathway Nowhere to draw: the model has P, EarlySupportedDischarge, OutlierStay.',
    );
    await expect(pathwayDiagram(make.model({}), 'P')).rejects.toThrow('the model has none');
  });

  it('is a map drawn in the simpler way above a number of nodes', async () => {
    make.resetOrigins();
    const steps = Array.from({ length: LARGEST_FOR_ELK + 10 }, (_, index) =>
      make.step(`S${index}`, undefined, { dependsOn: ['Network'] }),
    );
    const model = make.model({
      resources: [make.resource('Network', 'Network')],
      pathways: [make.pathway('P', 'Long', steps)],
    });
    const { warnings } = await mapDiagram(model, 'dependencies', make.NO_FLOWS);
    expect(warnings).toEqual([
      `Dependencies of Test is drawn in the simpler way: it has ${LARGEST_FOR_ELK + 11} nodes, more than ${LARGEST_FOR_ELK}.`,
    ]);
    expect((await layOut(pathwayGraph(model, 'P'))).warnings).toEqual([]);
  });

  it('is drawn in the simpler way when the layout fails, with one short line why', async () => {
    const graph = pathwayGraph(strokeModel(), 'P');
    let readings = 0;
    const breaking: PathwayGraph = {
      ...graph,
      // The engine's layout comes first; the simpler drawing reads the holds again.
      get holds() {
        readings += 1;
        if (readings === 1)
          throw new Error(`the engine broke ${'x'.repeat(500)}
second line`);
        return graph.holds;
      },
    };
    const layout = await layOut(breaking);
    expect(layout.nodes).toHaveLength(graph.nodes.length);
    expect(layout.warnings[0]).toMatch(
      /^Acute stroke care is drawn in the simpler way, because its layout failed: the engine broke/u,
    );
    expect(layout.warnings[0]!.length).toBeLessThan(260);
    expect(layout.warnings[0]).not.toContain('second line');
  });

  it('is a map drawn in the simpler way when the host ran out of time', async () => {
    const late = { layOutWithDeadline: () => Promise.resolve(undefined) };
    const { svg, warnings } = await mapDiagram(crisisModel(), 'dependencies', { ...late, ...make.NO_FLOWS });
    expect(warnings).toEqual([expect.stringContaining('is drawn in the simpler way: its layout took too long.')]);
    parse(svg);
    expect((await pathwayDiagram(strokeModel(), 'P', late)).warnings).toEqual([]);
  });

  it('takes the layout of a host that was in time, which may come from a worker', async () => {
    const { svg } = await mapDiagram(crisisModel(), 'dependencies', {
      ...make.NO_FLOWS,
      layOutWithDeadline: async (graph, direction) => structuredClone(await layOut(structuredClone(graph), direction)),
    });
    expect(svg).toBe((await mapDiagram(crisisModel(), 'dependencies', make.NO_FLOWS)).svg);
  });

  it('is an empty pathway: a start and an end', async () => {
    const graph = pathwayGraph(make.model({ pathways: [make.pathway('P', 'Empty', [])] }), 'P');
    expect(graph.nodes.map((node) => node.kind)).toEqual(['start', 'end']);
    expect((await layOut(graph)).warnings).toEqual([]);
    expect(layOutSimply(graph, 'right').nodes).toHaveLength(2);
  });
});
