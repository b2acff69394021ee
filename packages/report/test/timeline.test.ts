import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { reportHtml, reportMarkdown, timelineSvg } from '../src/index.js';
import { INPUT, MODEL, STUDY } from './fixture.js';
import { crisisStudy } from './timeline-fixture.js';

function stripsOf(responses: number, language?: 'de'): Element[] {
  const input = { ...INPUT, results: [crisisStudy(responses)], ...(language && { language }) };
  return [...new JSDOM(reportHtml(input)).window.document.querySelectorAll('svg.strip')];
}

function textsOf(svg: Element | undefined): string[] {
  return [...(svg?.querySelectorAll('text') ?? [])].map((text) => text.textContent);
}

/** Lower edge of a drawing, and of what is drawn lowest in it. */
function edges(svg: Element | undefined): { readonly height: number; readonly lowest: number; readonly right: number } {
  const [, , width = 0, height = 0] = (svg?.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const places = [...(svg?.querySelectorAll('text') ?? [])];
  return {
    height,
    lowest: Math.max(...places.map((text) => Number(text.getAttribute('y')))),
    right: Math.max(...places.map((text) => Number(text.getAttribute('x')))) - width,
  };
}

describe('the picture of what was in force when', () => {
  it('stands in the page for each scenario', () => {
    expect(stripsOf(1)).toHaveLength(2);
  });

  it('says a level in words where its band has room, in its key with its colour, and one row for each organisation', () => {
    const [, strip] = stripsOf(1);
    const texts = textsOf(strip);
    expect(texts.filter((text) => text === 'Crisis')).toHaveLength(3);
    expect(texts).toContain('Contingency');
    expect(texts).toContain('Contingency: <not> usual');
    expect(texts.filter((text) => text.startsWith('Surge level,'))).toHaveLength(2);
    const key = [...(strip?.querySelectorAll('path.level') ?? [])].map((path) => path.getAttribute('class'));
    expect(new Set(key)).toEqual(new Set(['level l0', 'level l2', 'level l4']));
  });

  it.each([1, 12])('has a row for each of %d responses, inside the drawing', (responses) => {
    const [, strip] = stripsOf(responses);
    expect(textsOf(strip).filter((text) => text.startsWith('Plan '))).toHaveLength(responses);
    const { height, lowest, right } = edges(strip);
    expect(lowest).toBeLessThan(height);
    expect(right).toBeLessThanOrEqual(0);
  });

  it('draws a bar as high as the share of replications', () => {
    const [, strip] = stripsOf(1);
    const bar = strip?.querySelector('path.bar')?.getAttribute('d') ?? '';
    const [, floor = 0, top = 0] = /^M[\d.]+ ([\d.]+)V([\d.]+)/.exec(bar)?.map(Number) ?? [];
    // Half of the replications: half of the 14 units of a row.
    expect(floor - top).toBeCloseTo(7, 5);
  });

  it('leaves out the heading of responses where there are none', () => {
    const [without, strip] = stripsOf(1);
    expect(textsOf(without)).not.toContain('What is done');
    expect(textsOf(strip)).toContain('What is done');
  });

  it('speaks the language of the report', () => {
    const [, strip] = stripsOf(1, 'de');
    expect(textsOf(strip)).toContain('Was getan wird');
    expect(strip?.querySelector('desc')?.textContent).toContain('In Kraft');
  });

  it('stands beside the same numbers as a table, with intervals', () => {
    const markdown = reportMarkdown({ ...INPUT, results: [crisisStudy(1)] });
    expect(markdown).toContain('| Winter: arrivals of Acute stroke | As it is | 62.5');
    expect(markdown).toContain('| Response Plan 1 of the district for many wards |  |');
    expect(markdown).toContain('came besides');
  });
});

describe('timelineSvg', () => {
  it('is one drawing of all scenarios without a style sheet, the same each time', () => {
    const svg = timelineSvg(MODEL, [crisisStudy(3)]) ?? '';
    expect(svg).toBe(timelineSvg(MODEL, [crisisStudy(3)]));
    expect(svg).not.toContain('class=');
    const document = new JSDOM(svg, { contentType: 'image/svg+xml' }).window.document;
    expect(document.querySelectorAll('svg > svg')).toHaveLength(2);
  });

  it('says what an effect is in the language, with the titles of the model', () => {
    const titled = {
      ...MODEL,
      cohorts: MODEL.cohorts.map((each) => ({ ...each, title: 'Acute stroke', titles: { it: 'Ictus acuto' } })),
    };
    expect(titled.cohorts.length).toBeGreaterThan(0);
    expect(timelineSvg(titled, [crisisStudy(1)], 'it')).toContain('arrivi: Ictus acuto');
  });

  it('is nothing for studies in which nothing can be in force', () => {
    expect(timelineSvg(MODEL, [STUDY])).toBeUndefined();
  });
});
