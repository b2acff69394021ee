import { EmptyFileSystem, LangiumParser } from 'langium';
import { expect, test } from 'vitest';
import { createPathwayServices } from '../../src/module.js';

/** What a parser takes each rule of the grammar to make. */
function typesBy(parser: LangiumParser): unknown[][] {
  const computeRuleType: unknown = Reflect.get(parser, 'computeRuleType');
  if (typeof computeRuleType !== 'function') throw new Error('the parser has no computeRuleType');
  return pathway.Grammar.rules
    .filter(({ $type }) => $type !== 'TerminalRule')
    .map((rule): unknown[] => {
      const type: unknown = computeRuleType.call(parser, rule);
      return [rule.name, type];
    });
}

const { pathway } = createPathwayServices(EmptyFileSystem);

test('each rule says by itself what Langium finds out about it: which type it makes, or that it makes a text', () => {
  const found = typesBy(pathway.parser.LangiumParser);
  expect(found.length).toBeGreaterThan(300);
  expect(found).toEqual(typesBy(new LangiumParser(pathway)));
  expect(new Set(found.map(([, type]) => typeof type))).toEqual(new Set(['string', 'symbol', 'undefined']));
});
