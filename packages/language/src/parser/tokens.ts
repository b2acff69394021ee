import type { IToken, TokenType } from 'chevrotain';
import type { Span } from './mistake.js';

/** Where a token stands in the text; its image may differ from the text there. */
export function spanOf(token: IToken): Span {
  const start = token.startOffset;
  if (token.isInsertedInRecovery === true) return { start, end: start };
  return { start, end: (token.endOffset ?? start + token.image.length - 1) + 1 };
}

/** A token that takes the place of another one under a different type, as if its text had been `image`. */
export function retyped(token: IToken, type: TokenType, image: string): IToken {
  return { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? token.tokenTypeIdx, image };
}

/** A token that is not in the text, straight after another one; the parser leaves it out of the syntax tree. */
export function insertedToken(type: TokenType, after: IToken): IToken {
  const offset = spanOf(after).end;
  const line = after.endLine ?? after.startLine ?? 1;
  const column = (after.endColumn ?? after.startColumn ?? 0) + 1;
  return {
    image: '',
    startOffset: offset,
    endOffset: offset,
    startLine: line,
    endLine: line,
    startColumn: column,
    endColumn: column,
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx ?? 0,
    isInsertedInRecovery: true,
  };
}
