import { AstUtils, EmptyFileSystem } from 'langium';
import { describe, expect, test } from 'vitest';
import { createPathwayServices } from '../../src/module.js';
import { pathwayFiles } from '../corpus.js';

const { LangiumParser: parser, Lexer: lexer } = createPathwayServices(EmptyFileSystem).pathway.parser;

/** Words that say yes, no or `otherwise`, and one with a hyphen: as names they stand in backquotes. */
const RESERVED = ['false', 'not', 'otherwise', 'true', 'warm-up'];

const keywords = Object.values(lexer.definition)
  .filter(({ name, PATTERN }) => PATTERN === name && /^[A-Za-z]/.test(name))
  .map(({ name }) => name)
  .sort();

describe('every keyword but a few', () => {
  const files = pathwayFiles('language/conformance/keywords');

  test('are more than a hundred', () => {
    expect(keywords.length).toBeGreaterThan(100);
    expect(files.length).toBeGreaterThanOrEqual(8);
  });

  test.each(files.map(({ path, text }) => [path.replace(/^.*\//, ''), text] as const))(
    'is a name in %s',
    (_name, text) => {
      const declared = AstUtils.streamAst(parser.parse(text).value).flatMap((node) =>
        'name' in node && typeof node.name === 'string' ? [node.name] : [],
      );
      const names = new Set(declared);
      expect(keywords.filter((word) => !names.has(word))).toEqual(RESERVED);
    },
  );

  test.each(RESERVED)('`%s` is a name in backquotes', (word) => {
    const { value, lexerErrors, parserErrors } = parser.parse(`skill \`${word}\`\nrole Nurse { has \`${word}\` }\n`);
    expect([...lexerErrors, ...parserErrors]).toEqual([]);
    expect(AstUtils.streamAst(value).some((node) => 'name' in node && node.name === word)).toBe(true);
  });
});
