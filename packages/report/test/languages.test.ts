import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { wallPoster } from '../src/index.js';
import {
  cardsHtml,
  LANGUAGES,
  localiseReport,
  NoCardsError,
  reportHtml,
  type ReportInput,
  reportMarkdown,
} from '../src/index.js';
import { workbookOf } from '../src/workbook/report-workbook.js';
import { INPUT, MODEL } from './fixture.js';

/** The report's model with Polish titles. */
const TRANSLATED: ReportInput = {
  ...INPUT,
  model: {
    ...MODEL,
    pathways: MODEL.pathways.map((each) => ({ ...each, titles: { pl: 'Ostry udar mózgu' } })),
    resources: MODEL.resources.map((each, i) => (i === 0 ? { ...each, titles: { pl: 'Łóżko udarowe' } } : each)),
  },
};

describe('a report in another language', () => {
  it.each(LANGUAGES)('is written whole in %s, in every form, with the same bytes each time', (language) => {
    const input = { ...INPUT, language };
    const page = reportHtml(input);
    expect(reportHtml(structuredClone(input))).toBe(page);
    expect(new JSDOM(page).window.document.documentElement.lang).toBe(language);
    expect(page).not.toMatch(/\{\d\}|\{\d,/);
    expect(reportMarkdown(input)).not.toMatch(/\{\d\}/);
    const names = workbookOf(input).sheets.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has its own words, numbers and titles', () => {
    const text = new JSDOM(reportHtml(localiseReport(TRANSLATED, 'pl'))).window.document.body.textContent;
    expect(text).toContain('Średni czas oczekiwania');
    expect(text).toContain('Łóżko udarowe');
    expect(text).toMatch(/48,3\u00a0min/);
    expect(text).not.toContain('Mean wait');
    const german = new JSDOM(reportHtml(localiseReport(INPUT, 'de'))).window.document.body.textContent;
    expect(german).toContain('Mittlere Wartezeit');
  });

  it('keeps the titles where there are none in the language, and English words where there is no catalogue', () => {
    const text = reportMarkdown(localiseReport(TRANSLATED, 'ja'));
    expect(text).toContain('Acute stroke');
    expect(text).toContain('Mean wait');
  });
});

describe('action cards', () => {
  it('are refused where no step asks for people', () => {
    const model = { ...MODEL, roles: [] };
    expect(() => cardsHtml(model)).toThrow(NoCardsError);
  });
});

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="400" height="300"><rect width="4" height="4"/></svg>';

describe('a wall poster', () => {
  const pathway = MODEL.pathways[0]!;

  it('lies on its side for a wide drawing and stands for a high one', () => {
    const wide = wallPoster({ model: MODEL, pathway, svg: DRAWING });
    expect(wide).toContain('viewBox="0 0 1190.55 841.89"');
    const high = wallPoster({ model: MODEL, pathway, svg: DRAWING.replaceAll('400', '200') });
    expect(high).toContain('viewBox="0 0 841.89 1190.55"');
  });

  it('has a date where one is given, in the words of its language, and none of its own', () => {
    expect(wallPoster({ model: MODEL, pathway, svg: DRAWING, date: '2026-01-31', language: 'de' })).toContain(
      'Stand: 31. Januar 2026',
    );
    expect(wallPoster({ model: MODEL, pathway, svg: DRAWING })).not.toContain('As of');
  });

  it('keeps hostile titles text', () => {
    const svg = wallPoster({ model: MODEL, pathway: { ...pathway, title: '</text><script>x</script>' }, svg: DRAWING });
    expect(svg).not.toContain('<script>');
  });
});
