import type { ILookaheadStrategy, IToken, Rule, TokenType } from 'chevrotain';
import { createTokenInstance, EOF, LLkLookaheadStrategy } from 'chevrotain';
import { createParser, EmptyFileSystem, GrammarUtils, LangiumParser } from 'langium';
import { describe, expect, test } from 'vitest';
import { createPathwayServices } from '../../src/module.js';
import { chooseWhenAsked } from '../../src/parser/choices.js';

const { pathway } = createPathwayServices(EmptyFileSystem);
const types: TokenType[] = [...Object.values(pathway.parser.Lexer.definition), EOF];

type Options = { rule: Rule; prodOccurrence: number; prodType?: string };
type Look = (howFar: number) => IToken;
type Choice = (this: { LA: Look; LA_FAST: Look }) => unknown;

/** The choices of the grammar by rule, kind and number, as Langium's strategy makes them once it is prepared. */
function choices(prepare: (strategy: ILookaheadStrategy) => void): Map<string, Choice> {
  const parser = createParser(pathway.Grammar, new LangiumParser(pathway), pathway.parser.Lexer.definition);
  const wrapper: unknown = Reflect.get(parser, 'wrapper');
  const strategy: unknown =
    typeof wrapper === 'object' && wrapper !== null && Reflect.get(wrapper, 'lookaheadStrategy');
  if (!(strategy instanceof LLkLookaheadStrategy)) throw new Error('the parser has no strategy');
  prepare(strategy);
  const found = new Map<string, Choice>();
  const keep = <T extends Choice>({ rule, prodOccurrence, prodType = 'Alternation' }: Options, choose: T): T => {
    found.set(`${rule.name} ${prodType} ${prodOccurrence}`, choose);
    return choose;
  };
  const alternation = strategy.buildLookaheadForAlternation.bind(strategy);
  const optional = strategy.buildLookaheadForOptional.bind(strategy);
  strategy.buildLookaheadForAlternation = (options) => keep(options, alternation(options));
  strategy.buildLookaheadForOptional = (options) => keep(options, optional(options));
  parser.finalize();
  return found;
}

/** What a choice comes to at each token, where the text ends after it, and how far it looks. */
function outcomes(choose: Choice): string[] {
  const end = createTokenInstance(EOF, '', 0, 0, 0, 0, 0, 0);
  return types.map((type) => {
    const token = createTokenInstance(type, type.name, 0, 0, 0, 0, 0, 0);
    let furthest = 0;
    const look: Look = (howFar) => {
      furthest = Math.max(furthest, howFar);
      return howFar === 1 ? token : end;
    };
    return `${type.name}: ${String(choose.call({ LA: look, LA_FAST: look }))} of ${furthest}`;
  });
}

describe('choices that are worked out when they are made', () => {
  test('are those of the strategy at every token', () => {
    const usual = choices(() => undefined);
    const ours = choices(chooseWhenAsked);
    expect(usual.size).toBeGreaterThan(500);
    expect([...ours.keys()]).toEqual([...usual.keys()]);
    const differing = [...usual].filter(([name, choose]) => {
      const own = ours.get(name);
      return own === undefined || outcomes(own).join() !== outcomes(choose).join();
    });
    expect(differing.map(([name]) => name)).toEqual([]);
  });
});

test('every rule of the grammar can be reached, since the parser takes all of them', () => {
  const { rules } = pathway.Grammar;
  expect(GrammarUtils.getAllReachableRules(pathway.Grammar, false).size).toBe(rules.length);
  expect(rules.filter((rule) => rule.$type === 'ParserRule' && rule.entry)).toHaveLength(1);
});
