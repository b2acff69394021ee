import type { AstNode, GrammarAST, LangiumCoreServices, ParseResult, ParserOptions } from 'langium';
import { createParser, DatatypeSymbol, LangiumCompletionParser, LangiumParser } from 'langium';
import type { ILexingError, IToken, ITokenGrammarPath } from 'chevrotain';
import { leanTree } from '../tree/lean-nodes.js';
import { PathwayLexer } from './lexer.js';
import { PathwayParserErrorMessageProvider } from './messages.js';
import { workOutWhenAsked } from './later.js';
import { isExplained, recognitionError } from './mistake.js';
import { repairTokens, type TrialError } from './repair.js';
import { Vocabulary } from './vocabulary.js';

/** Open rules that are looked at to recover. */
const LOOK_BACK = 40;

/**
 * Langium's parser, which on a text with mistakes parses it once more with the mistakes put right as far as that can
 * be guessed: the tree then holds what was meant, and the errors say what was wrong, once for each thing.
 */
export class PathwayParser extends LangiumParser {
  readonly #lexer: PathwayLexer;
  readonly #messages: PathwayParserErrorMessageProvider;
  readonly #words: Vocabulary;

  constructor(services: LangiumCoreServices, lexer: PathwayLexer, messages: PathwayParserErrorMessageProvider) {
    super(services);
    this.#lexer = lexer;
    this.#messages = messages;
    this.#words = new Vocabulary(lexer.definition);
    this.#limitLookBack();
    this.#keepEmptyExpressions();
    // Langium walks through rules, and the rules in these, to see which make texts; here each of them says so.
    Object.assign(this, { computeRuleType: typeOf });
  }

  /**
   * Langium gives nothing for an expression of which recovery left no part, and then takes that for a failure and drops
   * one more open node than there is. A reference without a name stands for such an expression.
   */
  #keepEmptyExpressions(): void {
    const original: unknown = Reflect.get(this, 'constructInfix');
    if (typeof original !== 'function') throw new Error('the parser has no constructInfix');
    const constructInfix = (node: object, precedences: unknown): unknown => {
      const $cstNode: unknown = Reflect.get(node, '$cstNode');
      return original.call(this, node, precedences) ?? { $type: 'NameReference', $cstNode };
    };
    Object.assign(this, { constructInfix });
  }

  /**
   * To recover, the parser works out what may follow from all open rules, recursively, which overflows the stack in
   * deeply nested texts. The innermost rules are enough.
   */
  #limitLookBack(): void {
    const original: unknown = Reflect.get(this.wrapper, 'getNextPossibleTokenTypes');
    if (typeof original !== 'function') throw new Error('the parser has no getNextPossibleTokenTypes');
    const shortened = (path: ITokenGrammarPath): unknown =>
      original.call(this.wrapper, {
        ...path,
        ruleStack: path.ruleStack.slice(-LOOK_BACK),
        occurrenceStack: path.occurrenceStack.slice(-LOOK_BACK),
      });
    Object.assign(this.wrapper, { getNextPossibleTokenTypes: shortened });
  }

  override rule(...[rule, body]: Parameters<LangiumParser['rule']>): ReturnType<LangiumParser['rule']> {
    return super.rule(asWritten(rule), body);
  }

  /** Analyses the grammar, as far as every text needs that. */
  override finalize(): void {
    workOutWhenAsked(this.wrapper);
    super.finalize();
  }

  override parse<T extends AstNode = AstNode>(input: string, options?: ParserOptions): ParseResult<T> {
    this.#messages.reset();
    const first = super.parse<T>(input, options);
    if (options?.rule !== undefined) return first;
    if (first.parserErrors.length === 0) return lean(first);
    const { tokens, hidden, errors } = this.#lexer.tokenize(input);
    if (errors.some(stopsReading)) return lean({ ...first, parserErrors: [] });
    const repaired = repairTokens(tokens, { words: this.#words, attempt: (trial) => this.#attempt(input, trial) });
    const second = this.#lexer.replaying(repaired.tokens, hidden, () => super.parse<T>(input, options));
    const brokenLines = new Set(errors.map((error) => error.line));
    const parserErrors = repaired.mistakes
      .filter(({ mistake, token }) => mistake.code !== 'PW1001' || !brokenLines.has(token.startLine))
      .map(({ mistake, token }) => recognitionError(mistake, token));
    return lean({ ...second, lexerErrors: errors, parserErrors });
  }

  #attempt(input: string, tokens: readonly IToken[]): TrialError[] {
    this.#messages.reset();
    const { parserErrors } = this.#lexer.replaying(tokens, [], () => super.parse(input));
    return parserErrors.map((error) => ({ error, expected: this.#messages.expectedAt(error.token) }));
  }
}

/** A result with its tree in fewer bytes. */
function lean<T extends AstNode>(result: ParseResult<T>): ParseResult<T> {
  return Object.assign(result, { value: leanTree(result.value) });
}

/** A limit cut the text, so that what the parser says of the rest means nothing. */
function stopsReading(error: ILexingError): boolean {
  return isExplained(error) && ['PW1006', 'PW1007', 'PW1015'].includes(error.mistake.code);
}

/** The entry of the grammar by what stands for it while a parser is built. */
const entries = new WeakMap<object, GrammarAST.ParserRule>();

/**
 * A grammar of which Langium takes every rule, since none is marked as its entry, and does not search for those that can be
 * reached: all of them can.
 */
function allOf(grammar: GrammarAST.Grammar): GrammarAST.Grammar {
  const rules = grammar.rules.map((rule) => {
    if (rule.$type !== 'ParserRule' || !rule.entry) return rule;
    const unmarked = { ...rule, entry: false };
    entries.set(unmarked, rule);
    return unmarked;
  });
  return { ...grammar, rules };
}

function asWritten<T extends object>(rule: T): T | GrammarAST.ParserRule {
  return entries.get(rule) ?? rule;
}

/** What a rule makes: the name of a type, a symbol where it makes a text, nothing for a part of another rule. */
function typeOf(rule: GrammarAST.ParserRule | GrammarAST.InfixRule): string | symbol | undefined {
  if (rule.$type === 'ParserRule') {
    if (rule.fragment) return undefined;
    if (rule.dataType !== undefined) return DatatypeSymbol;
  }
  return rule.inferredType?.name ?? rule.returnType?.ref?.name ?? rule.name;
}

/** The parser for Langium's services, built from the grammar. */
export function createPathwayParser(services: LangiumCoreServices): PathwayParser {
  const { Lexer: lexer, ParserErrorMessageProvider: messages } = services.parser;
  if (!(lexer instanceof PathwayLexer) || !(messages instanceof PathwayParserErrorMessageProvider)) {
    throw new Error('the parser of Pathway needs its own lexer and messages');
  }
  const parser = createParser(allOf(services.Grammar), new PathwayParser(services, lexer, messages), lexer.definition);
  parser.finalize();
  return parser;
}

/** Langium's parser that finds out what may follow, which works out about the grammar what the text at hand needs. */
class PathwayCompletionParser extends LangiumCompletionParser {
  override rule(
    ...[rule, body]: Parameters<LangiumCompletionParser['rule']>
  ): ReturnType<LangiumCompletionParser['rule']> {
    return super.rule(asWritten(rule), body);
  }

  override finalize(): void {
    workOutWhenAsked(this.wrapper);
    super.finalize();
  }
}

/** The parser for completion. */
export function createPathwayCompletionParser(services: LangiumCoreServices): LangiumCompletionParser {
  const parser = new PathwayCompletionParser(services);
  createParser(allOf(services.Grammar), parser, services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}
