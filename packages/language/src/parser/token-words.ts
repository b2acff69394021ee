import type { IToken, TokenType } from 'chevrotain';

const TERMINAL_WORDS: Readonly<Record<string, string>> = {
  ID: 'a name',
  CALL: 'a function',
  STRING: 'a text in double quotes',
  DATE: 'a date such as `2026-01-31`',
  TIME: 'a clock time such as `07:00`',
  NUMBER: 'a number',
  UNIT: 'a unit such as `min`',
  EOF: 'the end of the file',
};

/** A kind of token in words. */
export function describeTokenType(type: TokenType): string {
  return TERMINAL_WORDS[type.name] ?? `\`${type.name}\``;
}

/** What stands in the text, in words. */
export function describeToken(token: IToken): string {
  const { image } = token;
  switch (token.tokenType.name) {
    case 'EOF':
      return 'the end of the file';
    case 'STRING':
      return `the text ${image.length > 40 ? `${image.slice(0, 39)}…"` : image}`;
    case 'NUMBER':
      return `the number \`${image}\``;
    case 'DATE':
      return `the date \`${image}\``;
    case 'TIME':
      return `the clock time \`${image}\``;
    case '{':
      return 'the beginning of a block `{`';
    case '}':
      return 'the end of a block `}`';
    default:
      return `\`${image.length > 40 ? `${image.slice(0, 39)}…` : image}\``;
  }
}
