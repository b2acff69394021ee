import { JSDOM, VirtualConsole } from 'jsdom';
import axe from 'axe-core';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FollowedPatient, layOutGraph, sheetsOf, viewerPage } from '../src/index.js';
import * as make from './support/model-maker.js';
import { modelOfSize } from './support/random-pathway.js';

const HOSTILE = '</script><script>alert(1)</script><b>&"';

function small(): ReturnType<typeof make.model> {
  make.resetOrigins();
  return make.model({
    title: HOSTILE,
    organisations: [make.organisation('H', HOSTILE)],
    pathways: [
      make.pathway('P', HOSTILE, [
        make.step('First', 'H', { title: HOSTILE }),
        make.choose('1', 'shares', [
          make.shareBranch('a', 30, [make.step('Left', 'H')]),
          make.otherwise([make.step('Right', 'H')]),
        ]),
      ]),
    ],
  });
}

async function pageOf(
  model: ReturnType<typeof make.model>,
  kind: 'pathway' | 'overview',
  patients: readonly FollowedPatient[] = [],
): Promise<string> {
  const sheets = [];
  for (const { id, title, graph } of sheetsOf(model, { kind, id: 'P' }, make.NO_FLOWS))
    sheets.push({ id, title, layout: await layOutGraph(graph, 'down') });
  return viewerPage({ title: model.title, sheets, patients, note: 'From the text' });
}

/** The page with its script run, as a browser does; what jsdom lacks is given. */
function opened(text: string): JSDOM {
  return new JSDOM(text, {
    runScripts: 'dangerously',
    virtualConsole: new VirtualConsole().sendTo(console),
    beforeParse(window) {
      Object.assign(window, { matchMedia: () => ({ matches: true }) });
      Object.assign(window.Element.prototype, {
        scrollIntoView: () => undefined,
        scrollBy: () => undefined,
        scrollTo: () => undefined,
      });
    },
  });
}

const click = (page: JSDOM, element: Element | null | undefined): void => {
  element?.dispatchEvent(new page.window.MouseEvent('click', { bubbles: true }));
};

describe('the page to look around in', () => {
  let text = '';
  beforeAll(async () => {
    text = await pageOf(small(), 'pathway', [
      {
        name: 'Stroke 1',
        events: [
          { time: 0, text: 'arrives' },
          { time: 90 * 60, text: `begins ${HOSTILE}`, node: 'P.First' },
          { time: 26 * 3600, text: 'leaves: Home' },
        ],
      },
    ]);
  });

  it('allows its own script and style alone, by their hashes, and nothing from elsewhere', () => {
    const { document } = new JSDOM(text).window;
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain('unsafe');
    const hash = (content: string): string => `sha256-${createHash('sha256').update(content).digest('base64')}`;
    const scripts = [...document.querySelectorAll('script:not([type])')];
    expect(scripts).toHaveLength(1);
    expect(policy).toContain(`script-src '${hash(scripts[0]?.textContent ?? '')}'`);
    expect(policy).toContain(`style-src '${hash(document.querySelector('style')?.textContent ?? '')}'`);
    expect(document.querySelectorAll('[style], [src], link, iframe')).toHaveLength(0);
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  it('shows titles as they are, whatever they hold', () => {
    const { document } = opened(text).window;
    expect(document.querySelector('h1')?.textContent).toBe(HOSTILE);
    expect(document.querySelectorAll('script')).toHaveLength(2);
    expect(document.querySelector('b')).toBeNull();
  });

  it('follows a patient along the ways that the reader chooses, and back', () => {
    const page = opened(text);
    const { document } = page.window;
    const ways = (): readonly string[] =>
      [...document.querySelectorAll('#ways button')].map((each) => each.textContent);
    click(page, document.getElementById('follow'));
    expect(ways()).toEqual(['Start']);
    click(page, document.querySelector('#ways button'));
    expect(ways()).toEqual([HOSTILE]);
    click(page, document.querySelector('#ways button'));
    click(page, document.querySelector('#ways button'));
    expect(ways()).toEqual(['a (30%): Left', 'otherwise (70%): Right']);
    click(page, document.querySelectorAll('#ways button')[1]);
    expect(document.querySelector('.here')?.getAttribute('data-id')).toBe('P.Right');
    expect(document.querySelectorAll('path.walked')).toHaveLength(3);
    expect(document.getElementById('trail')?.children).toHaveLength(4);
    click(page, document.getElementById('back'));
    expect(ways()).toEqual(['a (30%): Left', 'otherwise (70%): Right']);
  });

  it('follows a patient of a run event by event, with the time since the arrival', () => {
    const page = opened(text);
    const { document } = page.window;
    click(page, document.getElementById('follow'));
    const who = document.querySelector<HTMLSelectElement>('#patient')!;
    who.value = '0';
    who.dispatchEvent(new page.window.Event('change'));
    click(page, document.getElementById('next'));
    expect(document.querySelector('.here')?.getAttribute('data-id')).toBe('P.First');
    expect(document.getElementById('state')?.textContent).toBe(`After 1 h 30 min: begins ${HOSTILE}`);
    click(page, document.getElementById('next'));
    expect(document.getElementById('here')?.textContent).toBe('leaves: Home');
    expect(document.querySelector<HTMLButtonElement>('#next')?.disabled).toBe(true);
  });

  it('marks the way between what is known of a patient where there is just one, and no other', async () => {
    make.resetOrigins();
    const model = make.model({
      organisations: [make.organisation('H', 'Hospital')],
      pathways: [
        make.pathway('P', 'Care', [
          make.step('First', 'H'),
          make.choose('1', 'shares', [
            make.shareBranch('a', 30, [make.step('Left', 'H')]),
            make.shareBranch('c', 20, []),
            make.otherwise([
              make.choose('2', 'shares', [make.shareBranch('b', 50, [make.step('Right', 'H')]), make.otherwise([])]),
            ]),
          ]),
          make.together('3', { here: [make.step('Here', 'H')], there: [make.step('There', 'H')] }),
          make.step('Last', 'H'),
        ]),
      ],
    });
    const events = (...nodes: readonly string[]) => nodes.map((node) => ({ time: 0, text: node, node: `P.${node}` }));
    const page = opened(
      await pageOf(model, 'pathway', [
        { name: 'One way', events: events('First', 'Left', 'Here', 'There', 'Last') },
        { name: 'One of two ways', events: events('First', 'Here') },
      ]),
    );
    const { document } = page.window;
    const follow = (patient: string): readonly string[] => {
      const who = document.querySelector<HTMLSelectElement>('#patient')!;
      who.value = patient;
      who.dispatchEvent(new page.window.Event('change'));
      const next = document.querySelector<HTMLButtonElement>('#next')!;
      while (!next.disabled) click(page, next);
      return [...document.querySelectorAll<HTMLElement>('path.walked')].map(
        ({ dataset: { from = '', to = '' } }) => `${from.replace('P.', '')} ${to.replace('P.', '')}`,
      );
    };
    click(page, document.getElementById('follow'));
    const walked = follow('0');
    expect(walked).toHaveLength(8);
    expect(walked).toEqual(expect.arrayContaining(['First #1', '#1 Left']));
    expect(walked.filter((way) => /^#3.* (?:Here|There)$/u.test(way))).toHaveLength(2);
    expect(follow('1')).toEqual([]);
  });

  it('tells the latest of a way first', () => {
    const page = opened(text);
    const { document } = page.window;
    click(page, document.getElementById('follow'));
    click(page, document.querySelector('#ways button'));
    click(page, document.querySelector('#ways button'));
    const trail = document.querySelector<HTMLOListElement>('#trail')!;
    expect([...trail.children].map(({ textContent }) => textContent)).toEqual([HOSTILE, 'Start']);
    expect(trail.reversed).toBe(true);
  });

  it('leads on with Enter from hit to hit and from sheet to sheet, whatever accents are typed', async () => {
    make.resetOrigins();
    const model = make.model({
      organisations: [make.organisation('H', 'Hospital')],
      pathways: [
        make.pathway('P', 'One', [
          make.step('A', 'H', { title: 'Überwachung' }),
          make.step('B', 'H', { title: 'Uberholt' }),
        ]),
        make.pathway('Q', 'Other', [make.step('C', 'H', { title: 'Überblick' })]),
      ],
    });
    const sheets = [];
    for (const id of ['P', 'Q'])
      for (const sheet of sheetsOf(model, { kind: 'pathway', id }, make.NO_FLOWS))
        sheets.push({ id: sheet.id, title: sheet.title, layout: await layOutGraph(sheet.graph, 'down') });
    const page = opened(viewerPage({ title: model.title, sheets, note: 'From the text' }));
    const { document } = page.window;
    const find = document.querySelector<HTMLInputElement>('#find')!;
    const state = (): string | null | undefined => document.getElementById('state')?.textContent;
    const enter = (): void => {
      find.dispatchEvent(new page.window.KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    };
    find.value = 'uber';
    find.dispatchEvent(new page.window.Event('input'));
    expect(state()).toBe('Found here: 1/2; on other sheets: 1');
    expect(document.querySelector('.found')?.getAttribute('data-id')).toBe('P.A');
    enter();
    expect(document.querySelector('.found')?.getAttribute('data-id')).toBe('P.B');
    expect(state()).toBe('Found here: 2/2; on other sheets: 1 (Enter goes there)');
    enter();
    expect(page.window.location.hash).toBe('#Q');
  });

  it('finds nodes by their words, and says how many', () => {
    const page = opened(text);
    const { document } = page.window;
    const find = document.querySelector<HTMLInputElement>('#find')!;
    find.value = 'right';
    find.dispatchEvent(new page.window.Event('input'));
    expect(document.getElementById('state')?.textContent).toBe('Found here: 1');
    expect(document.querySelector('[data-id="P.Left"]')?.classList.contains('faded')).toBe(true);
    expect(document.querySelector('[data-id="P.Right"]')?.classList.contains('faded')).toBe(false);
  });

  it('leads from stage to stage, every link to a sheet that is there', async () => {
    const page = opened(await pageOf(modelOfSize(50), 'overview'));
    const { document } = page.window;
    const ids = [...document.querySelectorAll<HTMLElement>('.sheet')].map(({ dataset }) => dataset.sheetId);
    expect(ids.length).toBeGreaterThan(2);
    const links = [...document.querySelectorAll('svg a')].map((each) =>
      decodeURIComponent(each.getAttribute('href')!.slice(1)),
    );
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect([...document.querySelectorAll('.sheet:not([hidden])')]).toHaveLength(1);
  });

  it('changes the size of the drawing by two fingers, in place of that of the page', () => {
    const page = opened(text);
    const { document, Event, KeyboardEvent } = page.window;
    const main = document.querySelector('main')!;
    const size = (): number => Number.parseFloat(/([\d.]+)%/.exec(document.querySelector('#state')!.textContent)![1]!);
    const touch = (name: string, ...places: readonly number[]): boolean => {
      const touches = places.map((clientX) => ({ clientX, clientY: 0 }));
      return main.dispatchEvent(Object.assign(new Event(name, { cancelable: true }), { touches }));
    };
    for (let times = 0; times < 3; times++) document.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
    const before = size();
    touch('touchstart', 100, 200);
    expect(touch('touchmove', 50, 250)).toBe(false);
    expect(size() / before).toBeCloseTo(2, 0);
    const doubled = size();
    touch('touchend', 50);
    // One finger moves the drawing, as any page is moved.
    touch('touchstart', 50);
    expect(touch('touchmove', 300)).toBe(true);
    expect(size()).toBe(doubled);
  });

  it('has one name for each node, which is not read twice', () => {
    const { document } = opened(text).window;
    const nodes = [...document.querySelectorAll('svg g[data-id]')];
    expect(nodes.length).toBeGreaterThan(2);
    for (const node of nodes) {
      expect(node.querySelector('title')?.textContent).not.toBe('');
      expect(node.hasAttribute('aria-label')).toBe(false);
    }
  });

  it('meets the rules for accessibility, with a panel open too', async () => {
    const page = opened(text);
    click(page, page.window.document.getElementById('follow'));
    page.window.eval(axe.source);
    const run = page.window.eval(
      'axe.run(document, { rules: { "color-contrast": { enabled: false } } })',
    ) as Promise<axe.AxeResults>;
    expect((await run).violations.map(({ id }) => id)).toEqual([]);
  });
});
