import axe from 'axe-core';
import { JSDOM, VirtualConsole } from 'jsdom';
import { parse, type ParserError } from 'parse5';
import { describe, expect, it } from 'vitest';
import { reportHtml, type ReportInput } from '../src/index.js';
import { INPUT, MODEL, STUDY } from './fixture.js';
import { METHODS } from './methods-fixture.js';
import { crisisStudy } from './timeline-fixture.js';

const EMPTY: ReportInput = { model: MODEL, results: [], plans: [], facts: [], diagrams: {}, diagnostics: [] };
const TWO_STUDIES: ReportInput = {
  ...INPUT,
  results: [STUDY, { ...STUDY, study: 'Again', title: 'And a second study' }],
};

const PAGES: readonly (readonly [string, ReportInput])[] = [
  ['a full report', INPUT],
  ['a report without any results', EMPTY],
  ['a report of two studies', TWO_STUDIES],
  ['a report of every method', { ...INPUT, results: [METHODS] }],
  ['a report of a crisis', { ...INPUT, results: [crisisStudy(12)] }],
];

function documentOf(input: ReportInput): Document {
  return new JSDOM(reportHtml(input, { link: (origin) => `${origin.file}#L${origin.line}` })).window.document;
}

function htmlErrors(html: string): string[] {
  const errors: string[] = [];
  parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: (error: ParserError) => errors.push(`${error.code} at ${error.startLine}:${error.startCol}`),
  });
  return errors;
}

describe.each(PAGES)('%s', (_, input) => {
  it('is valid HTML to a strict parser', () => {
    expect(htmlErrors(reportHtml(input))).toEqual([]);
  });

  it('has no id twice, and every reference to an id leads somewhere', () => {
    const document = documentOf(input);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = [
      ...[...document.querySelectorAll('[aria-labelledby]')].flatMap(
        (element) => element.getAttribute('aria-labelledby')?.split(' ') ?? [],
      ),
      ...[...document.querySelectorAll('[href^="#"]')].map((element) => element.getAttribute('href')?.slice(1) ?? ''),
      ...[...reportHtml(input).matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1] ?? ''),
    ];
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('has headings in order, without a skipped level', () => {
    const levels = [...documentOf(input).querySelectorAll('h1,h2,h3,h4,h5,h6')].map((each) =>
      Number(each.tagName.slice(1)),
    );
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, index) => expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1));
  });

  it('loads nothing, runs nothing, and forbids both', () => {
    const document = documentOf(input);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(document.querySelectorAll('script,link,iframe,object,embed,img,image,audio,video,base,form')).toHaveLength(
      0,
    );
    expect(document.querySelectorAll('[src],[srcset],[background],[poster]')).toHaveLength(0);
    const styles = [...document.querySelectorAll('style')].map((style) => style.textContent).join('');
    expect(styles).not.toMatch(/@import|url\(/);
  });
});

/**
 * The rules that axe-core finds broken, each with the first element. Contrast needs a drawn page; the palette is tested
 * by formula instead.
 */
async function brokenRules(input: ReportInput): Promise<string[]> {
  const { window } = new JSDOM(reportHtml(input), { runScripts: 'outside-only', virtualConsole: new VirtualConsole() });
  window.eval(axe.source);
  const inside: unknown = window.axe;
  if (!isAxe(inside)) throw new Error('axe-core did not start');
  const options = { rules: { 'color-contrast': { enabled: false } }, resultTypes: ['violations' as const] };
  const results = await inside.run(window.document, options);
  return results.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`);
}

function isAxe(value: unknown): value is Pick<typeof axe, 'run'> {
  return typeof value === 'object' && value !== null && 'run' in value;
}

describe('axe-core', () => {
  // One scenario shows every kind of part; a second one only repeats them.
  const single: ReportInput = { ...INPUT, results: [{ ...STUDY, scenarios: STUDY.scenarios.slice(0, 1) }] };

  // The rules look at every pair of elements: one role and one resource show every kind of part.
  it('finds nothing in a full report', async () => {
    expect(await brokenRules(single)).toEqual([]);
  }, 120_000);

  it('finds nothing in a report without results', async () => {
    expect(await brokenRules(EMPTY)).toEqual([]);
  });

  it('is awake: it finds a picture without a name and a page without a language', async () => {
    const { window } = new JSDOM('<!doctype html><html><body><img src="data:,"></body></html>', {
      runScripts: 'outside-only',
      virtualConsole: new VirtualConsole(),
    });
    window.eval(axe.source);
    const inside: unknown = window.axe;
    if (!isAxe(inside)) throw new Error('axe-core did not start');
    const { violations } = await inside.run(window.document);
    expect(violations.map((violation) => violation.id)).toEqual(expect.arrayContaining(['image-alt', 'html-has-lang']));
  });
});

describe('the page', () => {
  it('gives the same bytes for the same input', () => {
    expect(reportHtml(INPUT)).toBe(reportHtml(structuredClone(INPUT)));
  });

  it('says the overload before any waiting time', () => {
    const summary = documentOf(INPUT).querySelector('#summary')?.textContent ?? '';
    const warning = summary.indexOf('more is asked than can be done');
    expect(warning).toBeGreaterThan(0);
    expect(warning).toBeLessThan(summary.indexOf('Waited for a stroke bed'));
    expect(summary).toContain('asked for 1.8 times');
    expect(summary).toContain(
      'Waiting times below describe this run length, not a steady state, and leave out those who still waited at its end.',
    );
  });

  it('names every table and lets the keyboard reach what scrolls', () => {
    const tables = [...documentOf(INPUT).querySelectorAll('table')];
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) {
      expect(table.caption?.textContent.trim()).not.toBe('');
      expect(table.parentElement?.getAttribute('tabindex')).toBe('0');
      expect([...table.querySelectorAll('th')].every((cell) => cell.hasAttribute('scope'))).toBe(true);
    }
  });

  it('gives every chart a name, a description and a table of its numbers', () => {
    const charts = [...documentOf(INPUT).querySelectorAll('svg.chart')];
    // Per scenario one histogram and two charts for each of two resources, one chart of the table, one trade-off.
    expect(charts).toHaveLength(2 * (1 + 2 * 2) + 2);
    for (const chart of charts) {
      expect(chart.getAttribute('role')).toBe('img');
      expect(chart.querySelector('title')?.textContent).not.toBe('');
      expect(chart.querySelector('desc')?.textContent).toMatch(/table|comparison by aim/);
      const figure = chart.closest('figure');
      expect(figure?.querySelector('table') ?? figure?.parentElement?.querySelector('table')).not.toBeNull();
    }
  });

  it('keeps every coordinate a number', () => {
    expect(reportHtml(INPUT)).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('links places through the option, and only to addresses that open something', () => {
    const linked = reportHtml(INPUT, { link: (origin) => `https://forge.example/${origin.file}#L${origin.line}` });
    expect(linked).toContain('<a href="https://forge.example/stroke.pathway#L21"><code>stroke.pathway:21:1</code></a>');
    expect(reportHtml(INPUT, { link: () => 'java\tscript:alert(1)' })).not.toContain('alert(1)"');
    expect(reportHtml(INPUT)).toContain('<code>stroke.pathway:21:1</code>');
  });

  it('does not link a source whose address would run something', () => {
    expect(reportHtml(INPUT)).not.toContain('href="javascript:');
    expect(reportHtml(INPUT)).toContain('javascript:alert(1)');
  });

  it('folds the charts of a fourth scenario away', () => {
    const [first] = STUDY.scenarios;
    const many = ['A', 'B', 'C', 'D'].map((id) => ({ ...first!, scenario: id, title: id }));
    const document = documentOf({ ...INPUT, results: [{ ...STUDY, scenarios: many, comparisons: [] }] });
    const folds = [...document.querySelectorAll('summary')].map((each) => each.textContent);
    expect(folds).toContain('Charts, D');
    expect(folds).not.toContain('Charts, C');
  });

  it('warns when results come from other sources than the model', () => {
    const other = { ...INPUT, results: [{ ...STUDY, sourceHash: 'f'.repeat(64) }] };
    expect(reportHtml(other)).toContain('computed from other sources');
    expect(reportHtml(INPUT)).not.toContain('computed from other sources');
  });
});

describe('hostile titles', () => {
  const hostile = '</title><script>alert("x")</script>]]>&amp;\u202etfel\u0000<img src=x onerror=1>';
  const [scenario] = STUDY.scenarios;
  const input: ReportInput = {
    ...INPUT,
    model: { ...MODEL, title: hostile },
    results: [
      {
        ...STUDY,
        title: hostile,
        scenarios: [
          {
            ...scenario!,
            title: hostile,
            indicators: scenario!.indicators.map((each) => ({ ...each, title: hostile, group: 'שלום' })),
            resources: scenario!.resources.map((each) => ({ ...each, title: hostile })),
            warnings: [{ kind: 'overload', message: hostile }],
          },
        ],
        comparisons: [],
      },
    ],
  };

  it('stay text', () => {
    const html = reportHtml(input);
    expect(htmlErrors(html)).toEqual([]);
    const { document } = new JSDOM(html).window;
    expect(document.querySelectorAll('script,img')).toHaveLength(0);
    expect(document.title).toBe('</title><script>alert("x")</script>]]>&amp;tfel<img src=x onerror=1>');
  });

  it('cannot turn the text around them', () => {
    expect(reportHtml(input)).not.toMatch(/[\u202a-\u202e]/);
    expect(reportHtml(input)).toContain('\u2068שלום\u2069');
  });
});
