import type { AstNode, GrammarAST } from 'langium';
import { DefaultTokenBuilder, isAstNode } from 'langium';
import type { CustomPatternMatcherFunc, IToken, TokenType, TokenVocabulary } from 'chevrotain';
import { lenientComment, lenientText, TEXT_STARTS } from './lenient-patterns.js';

/**
 * Lexes a word as a unit only where a unit can stand: straight after a number on the same line. Everywhere else the
 * same word is a name, so units need not be reserved words.
 */
export class PathwayTokenBuilder extends DefaultTokenBuilder {
  protected override buildTerminalToken(terminal: GrammarAST.TerminalRule): TokenType {
    const token = super.buildTerminalToken(terminal);
    if (terminal.name === 'UNIT' && token.PATTERN instanceof RegExp) {
      token.PATTERN = afterNumber(token.PATTERN);
      token.LINE_BREAKS = false;
      token.START_CHARS_HINT = ['%', 'µ', ...letters()];
    }
    if (terminal.name === 'STRING') {
      token.PATTERN = lenientText;
      token.LINE_BREAKS = false;
      token.START_CHARS_HINT = TEXT_STARTS;
    }
    if (terminal.name === 'ML_COMMENT') {
      token.PATTERN = lenientComment;
      token.LINE_BREAKS = true;
      token.START_CHARS_HINT = ['/'];
    }
    return token;
  }

  /** A name is a longer alternative of every keyword that is a word, first one that is called; a unit never is. */
  protected override findLongerAlt(keyword: GrammarAST.Keyword, terminals: TokenType[]): TokenType[] {
    if (!/^[A-Za-z]/.test(keyword.value)) return [];
    return ['CALL', 'ID'].flatMap((name) => terminals.filter((token) => token.name === name));
  }

  /**
   * Comments come before the keyword `/`, and a unit before the name that it would otherwise be. Every rule of the grammar
   * can be reached, so that all of them give their tokens, without a search for those that do, as Langium's has.
   */
  override buildTokens(...args: Parameters<DefaultTokenBuilder['buildTokens']>): TokenVocabulary {
    const [{ rules }, { caseInsensitive = false } = {}] = args;
    const terminals = rules
      .filter((rule) => rule.$type === 'TerminalRule')
      .filter(({ fragment }) => !fragment)
      .map((terminal) => this.buildTerminalToken(terminal));
    const keywords = keywordsOf(rules.filter(({ $type }) => $type !== 'TerminalRule'))
      .sort((a, b) => b.value.length - a.value.length)
      .map((keyword) => this.buildKeywordToken(keyword, terminals, caseInsensitive));
    const rank = (token: TokenType): number => {
      if (FIRST.includes(token.name)) return FIRST.indexOf(token.name) - FIRST.length;
      if (LAST.includes(token.name)) return LAST.indexOf(token.name) + 1;
      return 0;
    };
    return [...keywords, ...terminals].sort((a, b) => rank(a) - rank(b));
  }
}

/** The keywords in rules, each once, in the order in which they are written. */
function keywordsOf(rules: readonly AstNode[]): GrammarAST.Keyword[] {
  const found = new Map<string, GrammarAST.Keyword>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const member of node) visit(member);
    else if (isKeyword(node)) {
      if (!found.has(node.value)) found.set(node.value, node);
    } else if (isAstNode(node)) {
      // A grammar is plain data: all of its properties are its own.
      for (const property in node) {
        const value: unknown = Reflect.get(node, property);
        if (typeof value === 'object' && !property.startsWith('$')) visit(value);
      }
    }
  };
  visit(rules);
  return [...found.values()];
}

function isKeyword(value: unknown): value is GrammarAST.Keyword {
  return isAstNode(value) && value.$type === 'Keyword';
}

const FIRST = ['WS', 'SL_COMMENT', 'ML_COMMENT'];
const LAST = ['DATE', 'TIME', 'NUMBER', 'UNIT', 'CALL', 'ID', 'STRING'];

function letters(): string[] {
  const capitals = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  return [...capitals, ...capitals.map((letter) => letter.toLowerCase())];
}

function afterNumber(pattern: RegExp): CustomPatternMatcherFunc {
  const sticky = new RegExp(pattern.source, 'y');
  return (text: string, offset: number, tokens: IToken[]) => {
    const last = tokens[tokens.length - 1];
    if (last?.tokenType.name !== 'NUMBER') return null;
    for (let position = (last.endOffset ?? 0) + 1; position < offset; position++) {
      const character = text.charCodeAt(position);
      if (character !== 0x20 && character !== 0x09) return null;
    }
    sticky.lastIndex = offset;
    const unit = sticky.exec(text);
    // In `{ young: 1 old: 2 }` the second word begins a case: a unit never stands before a colon.
    return text.charAt(sticky.lastIndex) === ':' ? null : unit;
  };
}
