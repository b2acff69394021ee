import type { AstNode } from 'langium';
import { CstUtils, EmptyFileSystem, isAstNode, isReference } from 'langium';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatText } from '../../src/format/format-text.js';
import { createPathwayServices } from '../../src/module.js';
import { pathwayFiles } from '../corpus.js';

const { LangiumParser: parser, Lexer: lexer } = createPathwayServices(EmptyFileSystem).pathway.parser;

function parses(text: string): boolean {
  const { lexerErrors, parserErrors } = parser.parse(text);
  return lexerErrors.length === 0 && parserErrors.length === 0;
}

const groups = new Map(
  ['language/conformance', 'language/library', 'examples', 'packages/language/test/format'].map((folder) => [
    folder,
    pathwayFiles(folder)
      .map(({ text }) => text)
      .filter(parses),
  ]),
);

function formatted(text: string): string {
  const result = formatText(text);
  if ('errors' in result) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.formatted;
}

/** The tree without places: types, values, names of references. */
function meaning(value: unknown): unknown {
  if (isReference(value)) return `-> ${value.$refText}`;
  if (Array.isArray(value)) return value.map(meaning);
  if (!isAstNode(value)) return value;
  const node: AstNode = value;
  const own = Object.entries(node).filter(([key]) => !key.startsWith('$') || key === '$type');
  return Object.fromEntries(own.map(([key, child]) => [key, meaning(child)]));
}

/** The words of each comment, whose inner indentation is the formatter's. */
function comments(text: string): string[] {
  const root = parser.parse(text).value.$cstNode?.root;
  if (root === undefined) return [];
  return CstUtils.flattenCst(root)
    .filter((leaf) => leaf.tokenType.name.endsWith('COMMENT'))
    .map((leaf) => leaf.text.split(/\s+/).join(' ').trim())
    .toArray();
}

function expectSound(text: string): void {
  const once = formatted(text);
  expect(formatted(once)).toBe(once);
  expect(meaning(parser.parse(once).value)).toEqual(meaning(parser.parse(text).value));
  expect(comments(once)).toEqual(comments(text));
  expect(once).not.toMatch(/[ \t]$/m);
  expect(once).not.toMatch(/\n\n\n/);
}

const FILLERS = [
  ' ',
  '  ',
  '\t',
  '\n',
  '\n\n',
  '\n\n\n\n',
  '\r\n',
  ' // a remark\n',
  '\n// a remark of its own\n',
  '\n\n  // one\n\n// two\n',
  ' /* in a line */ ',
  '\n/* before */ ',
  ' /** several\n * lines\n */ ',
  '\n/* drawn\n     by hand */\n',
  '/**/',
  ' //\n',
];

/** The text with other space, and comments, between some of its tokens; undefined where it no longer parses. */
function respaced(text: string, places: readonly (readonly [number, string])[]): string | undefined {
  const { tokens } = lexer.tokenize(text);
  const fillers = new Map(places.map(([place, filler]) => [place % (tokens.length + 1), filler]));
  let result = '';
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    const gap = text.slice(end, token.startOffset);
    const filler = fillers.get(index);
    // A line comment in the gap keeps its line end, so that the filler does not become part of it.
    result += filler === undefined ? gap : gap.includes('//') ? gap + filler : (gap.trim() === '' ? '' : gap) + filler;
    end = (token.endOffset ?? token.startOffset) + 1;
    result += text.slice(token.startOffset, end);
  }
  result += text.slice(end) + (fillers.get(tokens.length) ?? '');
  return parses(result) ? result : undefined;
}

describe('the canonical form', () => {
  for (const [folder, texts] of groups) {
    test(`of every file in ${folder} is stable and means the same`, () => {
      for (const text of texts) expectSound(text);
    });

    test(`of files in ${folder} with other space and comments anywhere is stable and means the same`, () => {
      if (texts.length === 0) return;
      const mutated = fc
        .tuple(
          fc.constantFrom(...texts),
          fc.array(fc.tuple(fc.nat(), fc.constantFrom(...FILLERS)), { minLength: 1, maxLength: 12 }),
        )
        .map(([text, places]) => respaced(text, places))
        .filter((text) => text !== undefined);
      fc.assert(fc.property(mutated, expectSound), { numRuns: 300, seed: 20261122 });
    }, 180_000);
  }
});
