import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DECLARATION_WORDS } from '../../src/parser/vocabulary.js';
import { formatText } from '../../src/format/format-text.js';

const FOLDER = new URL('../../../../language/editor/', import.meta.url);

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
  readonly description: string;
}

function isSnippet(value: unknown): value is Snippet {
  if (typeof value !== 'object' || value === null || !('prefix' in value) || !('body' in value)) return false;
  return typeof value.prefix === 'string' && Array.isArray(value.body) && 'description' in value;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

const read: unknown = JSON.parse(readFileSync(new URL('pathway.code-snippets', FOLDER), 'utf8'));
const snippets = entriesOf(read).map(([title, value]): [string, Snippet] => {
  if (!isSnippet(value)) throw new Error(`the snippet ${title} is incomplete`);
  return [title, value];
});

/** What an editor inserts when each field keeps its default. */
function defaultText({ body }: Snippet): string {
  return body
    .join('\n')
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\d+/g, '');
}

/** Where something may stand that is no declaration, by its first word. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  ...Object.fromEntries(
    ['essential', 'step', 'hold', 'release', 'choose', 'together', 'repeat', 'go', 'call', 'finish'].map((word) => [
      word,
      (text: string) => `pathway P {\n${text}\n}\n`,
    ]),
  ),
  ...Object.fromEntries(
    ['takes', 'by', 'uses', 'within', 'handover', 'depends'].map((word) => [
      word,
      (text: string) => `pathway P { step S {\n${text}\n} }\n`,
    ]),
  ),
  attribute: (text) => `cohort C {\n${text}\n}\n`,
  on: (text) => `staff 3 N {\n${text}\n}\n`,
  down: (text) => `resource R {\n${text}\n}\n`,
};

describe('snippets', () => {
  test.each(snippets)('%s parses, in canonical form', (_title, snippet) => {
    const text = defaultText(snippet).trimEnd();
    const place = PLACES[text.split(/\s/)[0] ?? ''] ?? ((alone: string) => `${alone}\n`);
    const result = formatText(place(text));
    expect(result).not.toHaveProperty('errors');
    const lines = 'formatted' in result ? result.formatted.split('\n').map((line) => line.trim()) : [];
    const [first = ''] = text.split('\n');
    expect(lines.some((line) => line.includes(first.replace(/ \{$/, '')))).toBe(true);
  });

  test('are there for every declaration and every kind of activity', () => {
    const first = new Set(snippets.map(([, { prefix }]) => prefix.split(' ')[0]));
    const activities = 'step hold release choose together repeat go call finish'.split(' ');
    const wanted = [...DECLARATION_WORDS, ...activities];
    expect(wanted.filter((word) => !first.has(word))).toEqual([]);
  });

  test('have prefixes of their own', () => {
    const prefixes = snippets.map(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

/** Every regular expression in the configuration. */
function patternsIn(value: unknown): string[] {
  return entriesOf(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && /pattern|Pattern$|Text$|^start$|^end$/.test(key) && key !== 'appendText'
      ? [inner]
      : patternsIn(inner),
  );
}

describe('the language configuration', () => {
  const configuration: unknown = JSON.parse(readFileSync(new URL('language-configuration.json', FOLDER), 'utf8'));

  test('holds expressions that can be read', () => {
    const patterns = patternsIn(configuration);
    expect(patterns.length).toBeGreaterThan(8);
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
  });

  test('knows the comments and brackets of the language', () => {
    expect(configuration).toMatchObject({
      comments: { lineComment: '//', blockComment: ['/*', '*/'] },
      brackets: [
        ['{', '}'],
        ['(', ')'],
      ],
    });
  });
});
