import { DURATION, type Model } from '@pathway/model';
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
import { wordsOf } from '../src/words/words.js';
import { workbookOf } from '../src/workbook/report-workbook.js';
import { INPUT, MODEL } from './fixture.js';

/** Figures keep their unit on the line by a no-break space; tests read better with a common one. */
const spaced = (text: string): string => text.replace(/\u00a0/g, ' ');

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

  it('says what other packages wrote, with its own numbers, and leaves what it does not know', () => {
    const { known } = wordsOf('de');
    expect(known('20 replications of each scenario, as the study says.')).toBe(
      '20 Replikationen je Szenario, wie in der Studie angegeben.',
    );
    expect(
      known(
        'Care: on average 12.5 patients (1234.0 arrived) were still on their way at the end. Times and shares of outcomes count only those who finished.',
      ),
    ).toBe(
      'Care: Im Mittel waren am Ende noch 12,5 Patienten unterwegs (1.234,0 kamen an). Zeiten und Anteile der Ergebnisse zählen nur die, die fertig wurden.',
    );
    expect(known('Something else was 12.5.')).toBe('Something else was 12.5.');
    expect(wordsOf('en').known('20 replications of each scenario, as the study says.')).toBe(
      '20 replications of each scenario, as the study says.',
    );
  });

  it('names the indicator of a time target after the step in its own language', () => {
    const [study] = INPUT.results;
    const title = 'Lysis within its time target';
    const scenarios = study!.scenarios.map((each) => ({
      ...each,
      indicators: each.indicators.map((indicator) => ({ ...indicator, title })),
    }));
    const { results } = localiseReport({ ...INPUT, results: [{ ...study!, scenarios }] }, 'pl');
    expect(results[0]?.scenarios[0]?.indicators[0]?.title).toBe('Lysis w wyznaczonym czasie');
  });

  it('keeps the titles where there are none in the language, and English words where there is no catalogue', () => {
    const text = reportMarkdown(localiseReport(TRANSLATED, 'ja'));
    expect(text).toContain('Acute stroke');
    expect(text).toContain('Mean wait');
  });
});

describe('action cards', () => {
  it('say what a response asks of a role, what calls for it, and by when', () => {
    const origin = MODEL.pathways[0]!.origin;
    const role: Model['roles'][number] = { id: 'Nurse', name: 'Nurse', codes: {}, skills: [], origin };
    const model: Model = {
      ...MODEL,
      roles: [role],
      scales: [
        {
          id: 'Surge',
          name: 'Surge',
          origin,
          levels: [
            { name: 'calm', origin },
            { name: 'crisis', title: 'Crisis standard', origin },
          ],
        },
      ],
      responses: [
        {
          id: 'Plan',
          name: 'Plan',
          title: 'Surge plan',
          origin,
          activations: [{ kind: 'level', scale: 'Surge', level: 'crisis', only: false, origin }],
          patches: [],
          recovery: { after: [] },
          cards: [
            {
              id: 'Plan.card1',
              role: role.id,
              actions: [
                {
                  text: 'Move whoever can sit <b>',
                  within: { kind: 'number', value: 1800, dimension: DURATION },
                  origin,
                },
              ],
              origin,
            },
          ],
        },
      ],
    };
    const page = spaced(cardsHtml(model));
    expect(page).toContain('Surge plan');
    expect(page).toContain('In force on: Surge: Crisis standard or higher');
    expect(page).toContain('Move whoever can sit &lt;b&gt; (within 30 min)');
    expect(spaced(cardsHtml({ ...model, pathways: [] }, 'pl'))).toContain(
      'Obowiązuje przy: Surge: Crisis standard lub wyżej',
    );
    expect(cardsHtml(model)).not.toContain('<b>');
  });

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
