import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { reportHtml, reportMarkdown } from '../src/index.js';
import { INPUT } from './fixture.js';
import { METHODS } from './methods-fixture.js';

const { document } = new JSDOM(reportHtml({ ...INPUT, results: [METHODS] })).window;
const text = (document.querySelector('#method')?.parentElement?.textContent ?? document.body.textContent).replace(
  /[\s\u00a0]+/g,
  ' ',
);

const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
  [...row.children].map((cell) => cell.textContent.replace(/[\s\u00a0]+/g, ' ').trim()).join(' | '),
);

describe('the section about the method', () => {
  it('says how precise figures were to be and are, shares in percentage points', () => {
    expect(text).toContain('1 percentage point');
    expect(text).toContain('1.2 percentage points');
    expect(text).toContain('4 % of its value');
  });

  it('draws the warm-up with its cut, and warns where nothing settled', () => {
    expect(text).toContain('A warm-up of 10 d was chosen by MSER-5 from 10 pilot runs');
    expect(text).toContain('Stroke bed had not settled by the middle of the pilot runs');
    expect(text).toContain('no warm-up. Give more capacity');
    const drawing = [...document.querySelectorAll('svg.chart')].find((each) =>
      each.querySelector('title')?.textContent.startsWith('Warm-up: Stroke bed'),
    );
    expect(drawing?.querySelectorAll('path.line').length).toBe(2);
    const key = [...(drawing?.closest('figure')?.querySelectorAll('ul.key li') ?? [])];
    expect(key.map((each) => each.textContent.trim())).toEqual([
      'mean of the pilot runs',
      'moving mean',
      'end of the warm-up',
    ]);
    const looks = (line: Element | null | undefined): readonly (string | null | undefined)[] =>
      ['class', 'style'].map((name) => line?.getAttribute(name));
    const [thin, bold] = drawing?.querySelectorAll('path.line') ?? [];
    expect(looks(key[0]?.querySelector('path'))).toEqual(looks(thin));
    expect(looks(key[1]?.querySelector('path'))).toEqual(looks(bold));
    expect(drawing?.querySelectorAll('path.capacity').length).toBe(1);
  });

  it('tells batches that are too short', () => {
    expect(text).toContain('batches may be too short');
    expect(text).toContain('as if independent');
  });

  it('ranks scenarios with what each is behind, and when it was left out', () => {
    expect(rows).toContain('1. B | 10 % (8–12 %) | – | 20 | in play to the end');
    expect(text).toContain('left out after 12');
    expect(text).toContain('at least 98.7 %');
  });

  it('draws a bar for each number, from low to high with the declared value between', () => {
    const bars = [...document.querySelectorAll('svg.chart')].find((each) =>
      each.querySelector('title')?.textContent.startsWith('One number at a time'),
    );
    expect(bars?.querySelectorAll('path.bar').length).toBe(2);
    expect(bars?.querySelector('text')?.textContent).toMatch(/^Length of stay .*…$/);
    expect(text).toContain('70 % ± 10 %');
  });

  it('shows the combinations of a search with how sure each is', () => {
    expect(text).toContain('GBP a day');
    expect(rows).toContain('Bed.count = 12 | 12 | 19 % (16–22 %) | 20 | 60 % | not decided');
  });
});

it('stands in Markdown too, in plain words', () => {
  const markdown = reportMarkdown({ ...INPUT, results: [METHODS] }).replaceAll('\u00a0', ' ');
  expect(markdown).toContain('### Method');
  expect(markdown).toContain('A warm-up of 10 d was chosen by MSER-5');
  expect(markdown).toContain('Stroke bed had not settled by the middle of the pilot runs');
  expect(markdown).toMatch(/\| 2\\?\. A \|/);
  expect(markdown).toContain('| Bed.count = 12 | 20 | 60 % | not decided |');
});
