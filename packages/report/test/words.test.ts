import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { sayInterval, sayShare } from '@pathway/model';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { CATALOGUES } from '../src/words/catalogue.js';
import { languageFor, LANGUAGES } from '../src/words/languages.js';
import { MESSAGES } from '../src/words/messages.js';
import { SENTENCES, TRANSFER_SENTENCES } from '../src/words/sentences.js';
import { wordsOf } from '../src/words/words.js';

/** Sentences of other packages that the catalogues know; they stand in no source of this one. */
const FROM_OTHERS: readonly string[] = [
  ...SENTENCES,
  ...TRANSFER_SENTENCES,
  'Conservation of patients',
  "Little's law: in the pathway",
  "Little's law: in use",
  "Little's law: waiting",
  'No staff of this role are declared, so the need has nobody to fill it.',
  'The text does not say how many are on duty; presence is estimated from headcount, contract, absence and leave, spread over the shifts.',
  'Work asked for by skill is counted here, because this role is the least qualified that has it.',
  'came besides',
  'concerned',
  'diverted',
  'found',
  'meets',
  'postponed',
  'sickness and other absence',
  'stayed away',
  'turned away',
  'waited outside',
];

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

/** Every text after `say`, with numbered places for its values. */
function messagesIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && /(^|\.)say$/.test(node.tag.getText())) {
      const { template } = node;
      found.push(
        ts.isNoSubstitutionTemplateLiteral(template)
          ? template.text
          : template.head.text + template.templateSpans.map((span, i) => `{${i}}${span.literal.text}`).join(''),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

/** The numbers of the places that a message fills, in ICU syntax, each once. */
function placesOf(message: string, language: string): string[] {
  const places = new Set<string>();
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes) {
      if (typeof node !== 'object' || node === null) continue;
      if ('type' in node && node.type !== 0 && node.type !== 7 && 'value' in node) places.add(String(node.value));
      if ('options' in node && typeof node.options === 'object' && node.options !== null)
        for (const option of Object.values(node.options) as { readonly value: readonly unknown[] }[])
          walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());
  return [...places].sort();
}

describe('the catalogues', () => {
  const roots = [
    '../src/',
    '../../diagram/src/',
    '../../model/src/',
    '../../compiler/src/pipeline/',
    '../../compiler/src/watching/',
    '../../compiler/src/host/',
    '../../cli/src/print/',
    '../../cli/src/commands/',
    '../../cli/src/drawing/',
  ].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const said = roots.flatMap(sourcesIn).flatMap(messagesIn);

  it('have every text that reports and drawings say, and no other', () => {
    expect([...MESSAGES]).toEqual([...new Set([...said, ...FROM_OTHERS])].sort((a, b) => (a < b ? -1 : 1)));
  });

  it.each(LANGUAGES.filter((language) => language !== 'en'))(
    '%s has every message with the same places',
    (language) => {
      const catalogue = CATALOGUES[language];
      expect(Object.keys(catalogue).sort()).toEqual([...MESSAGES].sort());
      const different = MESSAGES.filter((message) => {
        const own = catalogue[message] ?? '';
        return own === '' || placesOf(own, language).join() !== placesOf(message, 'en').join();
      });
      expect(different).toEqual([]);
    },
  );

  it('keep the places in English plural forms', () => {
    for (const [message, text] of Object.entries(CATALOGUES.en))
      expect(placesOf(text, 'en'), message).toEqual(placesOf(message, 'en'));
  });

  it('are not English in disguise', () => {
    // Units, names and words that two languages share are few: three in two hundred.
    const most = MESSAGES.length * 0.015;
    for (const language of LANGUAGES.filter((each) => each !== 'en')) {
      const same = MESSAGES.filter((message) => /[a-z]{4}/.test(message) && CATALOGUES[language][message] === message);
      expect(same.length, `${language}: ${same.join(' | ')}`).toBeLessThan(most);
    }
  });
});

describe('numbers, dates and plural forms', () => {
  it.each([
    ['en', '12,345.5', '1,234', '5 January 2026, 08:00'],
    ['it', '12.345,5', '1234', '5 gennaio 2026, 08:00'],
    ['es', '12.345,5', '1234', '5 de enero de 2026, 08:00'],
    ['pt', '12\u00a0345,5', '1234', '5 de janeiro de 2026, 08:00'],
    ['pl', '12\u00a0345,5', '1234', '5 stycznia 2026, 08:00'],
    ['fr', '12\u202f345,5', '1\u202f234', '5 janvier 2026, 08:00'],
    ['nl', '12.345,5', '1.234', '5 januari 2026, 08:00'],
    ['de', '12.345,5', '1.234', '5. Januar 2026, 08:00'],
  ] as const)('read as in %s', (language, large, small, date) => {
    const words = wordsOf(language);
    expect(words.digits('12345.5')).toBe(large);
    expect(words.digits('-1234')).toBe(`-${small}`);
    expect(words.date('2026-01-05T08:00')).toBe(date);
    expect(words.weekdays).toHaveLength(7);
  });

  it('write shares and intervals as each language does', () => {
    const written = LANGUAGES.map((language) => [language, sayShare(wordsOf(language), 0.125)]);
    expect(Object.fromEntries(written)).toEqual({
      en: '12.5%',
      it: '12,5%',
      es: '12,5\u00a0%',
      pt: '12,5%',
      pl: '12,5%',
      fr: '12,5\u00a0%',
      nl: '12,5%',
      de: '12,5\u00a0%',
    });
    expect(sayInterval(wordsOf('de'), 2 * 86_400, 3600)).toBe('2,00 ± 0,04 Tage');
  });

  it('follow the rules of Polish', () => {
    const { say } = wordsOf('pl');
    expect([1, 2, 5, 22, 112].map((count) => say`${count} errors`)).toEqual([
      '1 błąd',
      '2 błędy',
      '5 błędów',
      '22 błędy',
      '112 błędów',
    ]);
  });

  it('are in the nearest language of a tag', () => {
    expect(languageFor('pt-BR')).toBe('pt');
    expect(languageFor('DE-at')).toBe('de');
    expect(languageFor('ja')).toBeUndefined();
  });
});
