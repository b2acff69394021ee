import { readFileSync } from 'node:fs';
import { AstUtils, EmptyFileSystem, GrammarAST } from 'langium';
import { describe, expect, test } from 'vitest';
import { DECLARATION_WORDS } from '../../src/parser/vocabulary.js';
import { formatText } from '../../src/format/format-text.js';
import { createPathwayServices } from '../../src/module.js';

const FOLDER = new URL('../../../../language/editor/', import.meta.url);

interface Snippet {
  readonly prefix: string;
  readonly rule: string;
  readonly body: readonly string[];
  readonly description: string;
}

function isSnippet(value: unknown): value is Snippet {
  if (typeof value !== 'object' || value === null || !('prefix' in value) || !('body' in value)) return false;
  return typeof value.prefix === 'string' && Array.isArray(value.body) && 'description' in value && 'rule' in value;
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

/** What a snippet may stand in: nothing, or a block of something, at the mark. */
const SURROUNDINGS = [
  '…',
  ...[
    ...['territory T', 'organisation O', 'skill S', 'role R', 'staff 3 N', 'resource R', 'stock S', 'travel T'],
    ...['cohort C', 'cohort C { arrives by population', 'pathway P', 'template pathway P', 'pathway P { step S'],
    ...[
      'pathway P { hold 1 B',
      'pathway P { choose',
      'pathway P { together',
      'indicator I',
      'signal S',
      'gauge G of S',
    ],
    ...['crisis C', 'response R', 'response R { card N', 'trigger T on alert', 'agreement A between B, C', 'payer P'],
    ...['instrument I', 'assessment A of T using I', 'usage U of T', 'question Q for O', 'decision D'],
    ...['scenario S', 'study S', 'rules R', 'roster R', 'roster R { change C from 2026-12-14'],
  ].map((head) => `${head} {\n…\n${head.includes('{') ? '}\n' : ''}}`),
];

const { Grammar: grammar, parser } = createPathwayServices(EmptyFileSystem).pathway;

interface Placed {
  readonly whole: string;
  /** Types of the nodes that begin with the snippet. */
  readonly types: readonly string[];
}

/** A snippet in each place in which it can be read. */
function placesOf(snippet: Snippet): readonly Placed[] {
  const text = defaultText(snippet).trimEnd();
  return SURROUNDINGS.flatMap((around) => {
    const whole = `${around.replace('…', text)}\n`;
    const { value, lexerErrors, parserErrors } = parser.LangiumParser.parse(whole);
    if (lexerErrors.length + parserErrors.length > 0) return [];
    const start = around.indexOf('…') + text.search(/^(?!\/\*\*)/m);
    const types = AstUtils.streamAst(value)
      .filter((node) => node.$cstNode?.offset === start && node.$type !== 'Document')
      .map((node) => node.$type)
      .toArray();
    return [{ whole, types }];
  });
}

const places = new Map(snippets.map(([title, snippet]) => [title, placesOf(snippet)]));
const typesOf = (title: string): readonly string[] => (places.get(title) ?? []).flatMap(({ types }) => types);

describe('snippets', () => {
  test.each(snippets)('%s parses, in canonical form', (title, snippet) => {
    const [first = ''] = defaultText(snippet)
      .split('\n')
      .filter((line) => !line.startsWith('/**'));
    const [place] = places.get(title) ?? [];
    const result = formatText(place?.whole ?? 'cannot be read');
    expect(result).not.toHaveProperty('errors');
    const lines = 'formatted' in result ? result.formatted.split('\n').map((line) => line.trim()) : [];
    expect(lines.some((line) => line.includes(first.trim().replace(/ \{$/, '')))).toBe(true);
  });

  test('are there for every declaration and every kind of activity', () => {
    const first = new Set(snippets.map(([, { prefix }]) => prefix.split(' ')[0]));
    const activities = 'step hold release choose together race gather wait repeat go call finish'.split(' ');
    const wanted = [...DECLARATION_WORDS, ...activities];
    expect(wanted.filter((word) => !first.has(word))).toEqual([]);
  });

  test('are there for every line of a block that takes more than one word', () => {
    const found = new Set(snippets.flatMap(([title]) => typesOf(title)));
    const missing = linesOfBlocks().filter((rule) => wordsIn(rule) > 1 && !found.has(rule.name));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test('know by which rule they are written', () => {
    const wrong = snippets.filter(([title, { rule }]) => !typesOf(title).includes(rule));
    expect(wrong.map(([title]) => title)).toEqual([]);
  });

  test('have prefixes of their own', () => {
    const prefixes = snippets.map(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

/** The rules for the lines of all blocks: what stands in a list of any length, down to the alternatives. */
function linesOfBlocks(): readonly GrammarAST.ParserRule[] {
  const found = new Set<GrammarAST.ParserRule>();
  const add = (rule: GrammarAST.AbstractRule | undefined): void => {
    if (!GrammarAST.isParserRule(rule)) return;
    const parts = GrammarAST.isAlternatives(rule.definition) ? rule.definition.elements : [rule.definition];
    if (parts.every((part) => GrammarAST.isRuleCall(part))) for (const part of parts) add(part.rule.ref);
    else found.add(rule);
  };
  for (const node of AstUtils.streamAst(grammar))
    if (GrammarAST.isAssignment(node) && node.operator === '+=' && /[*+]/.test(node.cardinality ?? ''))
      if (GrammarAST.isRuleCall(node.terminal)) add(node.terminal.rule.ref);
  // Others begin with a name or a number, so that no word calls for them.
  return [...found].filter((rule) => beginsWithWord(rule.definition));
}

function beginsWithWord(element: GrammarAST.AbstractElement): boolean {
  if (GrammarAST.isKeyword(element)) return /^\p{L}/u.test(element.value);
  if (GrammarAST.isGroup(element)) {
    const [first, second] = element.elements;
    return first !== undefined && beginsWithWord(GrammarAST.isAction(first) ? (second ?? first) : first);
  }
  if (GrammarAST.isAlternatives(element)) return element.elements.every(beginsWithWord);
  return GrammarAST.isAssignment(element) && beginsWithWord(element.terminal);
}

/** How many words and braces follow one another in a rule; words that stand for one another count once. */
function wordsIn(rule: GrammarAST.ParserRule): number {
  const count = (element: GrammarAST.AbstractElement): number => {
    if (GrammarAST.isKeyword(element)) return /^[\p{L}{]/u.test(element.value) ? 1 : 0;
    if (GrammarAST.isAssignment(element)) return count(element.terminal);
    if (GrammarAST.isAlternatives(element)) return Math.max(...element.elements.map(count));
    return GrammarAST.isGroup(element) ? element.elements.reduce((sum, each) => sum + count(each), 0) : 0;
  };
  return count(rule.definition);
}

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
