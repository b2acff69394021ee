import type { LexerResult, TokenizeOptions } from 'langium';
import { DefaultLexer } from 'langium';
import type { ILexingError, IToken } from 'chevrotain';
import { LIMITS } from './limits.js';
import type { Mistake } from './mistake.js';
import { lexingError, mistake } from './mistake.js';
import { spanOf } from './tokens.js';

/**
 * Langium's lexer, with its errors in plain words, with limits on what goes to the parser, and with tokens that go on
 * as if small slips (an open text, typographic quotes, an arrow) had not happened.
 */
export class PathwayLexer extends DefaultLexer {
  #replay: LexerResult | undefined;

  /** Runs an action during which `tokenize` returns the given tokens instead of reading a text. */
  replaying<T>(tokens: readonly IToken[], hidden: readonly IToken[], action: () => T): T {
    // The parser consumes the list of hidden tokens, so it gets its own.
    this.#replay = { tokens: [...tokens], hidden: [...hidden], errors: [] };
    try {
      return action();
    } finally {
      this.#replay = undefined;
    }
  }

  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    if (this.#replay !== undefined) return this.#replay;
    if (text.length > LIMITS.textLength) return { tokens: [], hidden: [], errors: [tooLarge(text)] };
    const result = super.tokenize(text, options);
    const tokens = withinLimits(withoutArrows(result.tokens, result.errors), result.errors);
    const errors = result.errors.slice(0, LIMITS.mistakes + 1).map((error) => explain(text, error));
    for (const token of tokens) if (token.tokenType.name === 'STRING') repairText(token, errors);
    for (const token of result.hidden) checkComment(token, errors);
    return { ...result, tokens, errors: errors.sort((a, b) => a.offset - b.offset) };
  }
}

function tooLarge(text: string): ILexingError {
  const megabytes = (length: number): string => `${(length / 1_000_000).toFixed(1)} MB`;
  const params = { size: megabytes(text.length), limit: megabytes(LIMITS.textLength) };
  return lexingError(mistake('PW1007', params, { start: 0, end: 1 }), 1, 1);
}

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f]/;

function explain(text: string, error: ILexingError): ILexingError {
  if ('mistake' in error) return error;
  const span = { start: error.offset, end: error.offset + error.length };
  return lexingError(unknownText(text.slice(span.start, span.end), span.start), error.line ?? 1, error.column ?? 1);
}

function unknownText(characters: string, start: number): Mistake {
  const span = { start, end: start + characters.length };
  const removal = [{ title: 'Remove it', edits: [{ ...span, newText: '' }] }];
  if (/^;+$/.test(characters)) {
    const params = { sign: '`;`', advice: 'a line needs no sign at its end' };
    return mistake('PW1010', params, span, { fixes: removal });
  }
  if (characters.startsWith('`')) {
    return mistake('PW1004', { what: 'A name in backquotes', close: 'another backquote' }, { start, end: start + 1 });
  }
  if (characters.startsWith("'")) {
    return mistake(
      'PW1004',
      { what: 'A text', close: 'the double quotes that it should also begin with' },
      { start, end: start + 1 },
    );
  }
  const first = String.fromCodePoint(characters.codePointAt(0) ?? 0);
  const code = `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const character = INVISIBLE.test(first) ? `${code}, which cannot be seen,` : `\`${first}\``;
  return mistake('PW1003', { character }, span, { fixes: removal });
}

/** Takes `->` out of the tokens: order is that of the text. */
function withoutArrows(tokens: IToken[], errors: ILexingError[]): IToken[] {
  const isArrow = (index: number): boolean => {
    const [left, right] = [tokens[index], tokens[index + 1]];
    if (left === undefined || right === undefined) return false;
    return left.image === '-' && right.image === '>' && right.startOffset === left.startOffset + 1;
  };
  if (!tokens.some((_token, index) => isArrow(index))) return tokens;
  const kept: IToken[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    if (!isArrow(index)) {
      kept.push(token);
      continue;
    }
    const span = { start: token.startOffset, end: token.startOffset + 2 };
    const params = {
      sign: 'an arrow',
      advice: 'steps run in the order in which they are written, and `go to` names another one',
    };
    const fixes = [{ title: 'Remove it', edits: [{ ...span, newText: '' }] }];
    errors.push(lexingError(mistake('PW1010', params, span, { fixes }), token.startLine ?? 1, token.startColumn ?? 1));
    index++;
  }
  return kept;
}

const OPERATORS = new Set(['*', '/', '+', '-', '<', '<=', '>', '>=', '=', '!=', 'and', 'or', 'not']);
/** Tokens after which a new expression begins, if any: a chain of operators never crosses them. */
const CHAIN_ENDS = new Set(['{', '}', ',', ':', 'set', 'number', 'step', 'takes', 'expect']);

/** A block or parenthesis that is open, or the file itself. */
interface Level {
  /** How deep the parser's recursion is at its start: a block counts 1, a parenthesis or cases 2, a sign 1. */
  readonly depth: number;
  /** Operators so far in the expression that goes on at this level. */
  chain: number;
}

/** Cuts the tokens where they nest deeper, or chain more operators, than the parser's recursion may follow. */
function withinLimits(tokens: IToken[], errors: ILexingError[]): IToken[] {
  const levels: Level[] = [];
  let level: Level = { depth: 0, chain: 0 };
  let signs = 0;
  for (const [index, token] of tokens.entries()) {
    const { image } = token;
    const isOperator = OPERATORS.has(image);
    if (image === '{' || image === '(') {
      levels.push(level);
      const inExpression = image === '(' || tokens[index - 2]?.image === 'by';
      level = { depth: level.depth + signs + (inExpression ? 2 : 1), chain: 0 };
    } else if (image === '}' || image === ')') level = levels.pop() ?? { depth: 0, chain: 0 };
    else if (isOperator) level.chain++;
    else if (CHAIN_ENDS.has(image)) level.chain = 0;
    signs = image === '-' || image === 'not' ? signs + 1 : 0;
    const cut =
      level.depth + signs > LIMITS.nesting
        ? tooDeep(token)
        : level.chain > LIMITS.operators
          ? tooLong(token)
          : undefined;
    if (cut !== undefined) {
      errors.push(cut);
      return tokens.slice(0, index);
    }
  }
  return tokens;
}

function tooDeep(token: IToken): ILexingError {
  return at(mistake('PW1006', { limit: LIMITS.nesting }, spanOf(token)), token);
}

function tooLong(token: IToken): ILexingError {
  return at(mistake('PW1015', { limit: LIMITS.operators }, spanOf(token)), token);
}

function at(found: Mistake, token: IToken): ILexingError {
  return lexingError(found, token.startLine ?? 1, token.startColumn ?? 1);
}

function repairText(token: IToken, errors: ILexingError[]): void {
  const written = token.image;
  if (/^"(\\.|[^"\\])*"$/.test(written)) return;
  const span = spanOf(token);
  if (written.startsWith('"')) {
    errors.push(
      at(
        mistake('PW1004', { what: 'A text', close: '`"` on the same line' }, span, {
          fixes: [{ title: 'Close the text here', edits: [{ start: span.end, end: span.end, newText: '"' }] }],
        }),
        token,
      ),
    );
    token.image = `${written.replace(/\\+$/, '')}"`;
    return;
  }
  const inner = written.slice(1, -1);
  const quoted = `"${inner}"`;
  const params = { sign: written.startsWith("'") ? 'a single quote' : `\`${written.charAt(0)}\`` };
  errors.push(
    at(
      mistake('PW1013', params, span, {
        fixes: [{ title: 'Use double quotes', edits: [{ ...span, newText: quoted }] }],
      }),
      token,
    ),
  );
  token.image = quoted;
}

function checkComment(token: IToken, errors: ILexingError[]): void {
  const { image } = token;
  if (!image.startsWith('/*') || (image.length > 3 && image.endsWith('*/'))) return;
  const start = token.startOffset;
  errors.push(at(mistake('PW1004', { what: 'A comment', close: '`*/`' }, { start, end: start + 2 }), token));
}
