import type { AstNode } from 'langium';
import { AstUtils, EmptyFileSystem } from 'langium';
import { describe, expect, test } from 'vitest';
import { createPathwayServices } from '../../src/module.js';
import { syntaxDiagnostics } from '../../src/parser/syntax-diagnostics.js';
import { pathwayFiles } from '../corpus.js';
import { mutate, randomNumbers } from './mutations.js';

const { LangiumParser: parser, Lexer: lexer } = createPathwayServices(EmptyFileSystem).pathway.parser;

const texts = ['language/conformance', 'language/library', 'examples', 'packages/language/test/format']
  .flatMap(pathwayFiles)
  // Hundreds of names on a line are a test of the lexer, no text as people write it: one of them would decide alone.
  .filter(({ path }) => !path.includes('/keywords/'))
  .map(({ text }) => text)
  .filter((text) => {
    const { lexerErrors, parserErrors } = parser.parse(text);
    return lexerErrors.length + parserErrors.length === 0 && lexer.tokenize(text).tokens.length > 20;
  });

function declaredNames(root: AstNode): string[] {
  return AstUtils.streamAst(root)
    .flatMap((node) => ('name' in node && typeof node.name === 'string' ? [node.name] : []))
    .toArray();
}

/** How many of some names are among others, each as often as it is there. */
function surviving(names: readonly string[], among: readonly string[]): number {
  const left = [...among];
  return names.filter((name) => {
    const index = left.indexOf(name);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  }).length;
}

interface Tally {
  broken: number;
  errors: number;
  near: number;
  names: number;
  kept: number;
}

/** What becomes of slips: how many errors, whether the first is within a line of the slip, which names are left. */
function tally(slips: number, seed: number): Tally {
  const random = randomNumbers(seed);
  const sum: Tally = { broken: 0, errors: 0, near: 0, names: 0, kept: 0 };
  for (let slip = 0; slip < slips; slip++) {
    const text = texts[slip % texts.length] ?? '';
    const mutation = mutate(text, lexer.tokenize(text).tokens, random);
    const parsed = parser.parse(mutation.text);
    const found = syntaxDiagnostics(parsed, 'a.pathway', mutation.text);
    const names = declaredNames(parser.parse(text).value).filter((name) => !mutation.words.includes(name));
    sum.names += names.length;
    sum.kept += surviving(names, declaredNames(parsed.value));
    const line = found[0]?.range.line;
    if (line === undefined) continue;
    sum.broken++;
    sum.errors += found.length;
    if (line >= mutation.lines[0] - 1 && line <= mutation.lines[1] + 1) sum.near++;
  }
  return sum;
}

describe('one slip in a text', () => {
  const slips = tally(500, 20261122);

  test('breaks most texts', () => {
    expect(slips.broken).toBeGreaterThan(400);
  });

  test('gives at most two messages on average', () => {
    expect(slips.errors / slips.broken).toBeLessThanOrEqual(1.5);
  });

  test('is named within a line of where it is', () => {
    expect(slips.near / slips.broken).toBeGreaterThanOrEqual(0.97);
  });

  test('leaves the other declared names in the tree', () => {
    expect(slips.kept / slips.names).toBeGreaterThanOrEqual(0.97);
  });
});

test('any number of slips is told without an exception', () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 40; round++) {
    let text = texts[round % texts.length] ?? '';
    for (let slip = 0; slip < 12; slip++) text = mutate(text, lexer.tokenize(text).tokens, random).text;
    const found = syntaxDiagnostics(parser.parse(text), 'a.pathway', text);
    expect(found.every(({ message }) => message.length > 0 && !/Expect|token|EOF|\bID\b/.test(message))).toBe(true);
  }
});
