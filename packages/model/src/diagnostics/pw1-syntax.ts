import { defineDiagnostics } from './define.js';

/** PW1: the text does not follow the grammar. */
export const syntaxDiagnostics = defineDiagnostics({
  PW1001: {
    severity: 'error',
    title: 'Unexpected text',
    explanation: 'Something stands where the language allows something else.',
    message: (p: { found: string; expected: string }) => `Found ${p.found} where ${p.expected} should stand.`,
  },
  PW1002: {
    severity: 'error',
    title: 'Unknown keyword',
    explanation: 'A word stands where a keyword belongs, and it is close to one.',
    message: (p: { found: string; nearest: string }) =>
      `\`${p.found}\` is not a keyword; did you mean \`${p.nearest}\`?`,
    hint: 'Write the keyword as proposed, or put a name in backquotes.',
  },
  PW1003: {
    severity: 'error',
    title: 'Unexpected character',
    explanation: 'A character belongs to no word, number or sign of the language.',
    message: (p: { character: string }) => `The character ${p.character} has no meaning here.`,
    hint: 'Remove it, or put text in double quotes.',
  },
  PW1004: {
    severity: 'error',
    title: 'Text without an end',
    explanation: 'A text in quotes, a comment or a name in backquotes is opened and never closed.',
    message: (p: { what: string; close: string }) => `${p.what} begins here and never ends; close it with ${p.close}.`,
  },
  PW1005: {
    severity: 'error',
    title: 'Block without an end',
    explanation: 'A block is opened with `{` and the file ends before its `}`.',
    message: (p: { what: string }) => `The block of ${p.what} is never closed; a \`}\` is missing.`,
  },
  PW1006: {
    severity: 'error',
    title: 'Nested too deeply',
    explanation: 'The text nests blocks or parentheses deeper than the limit that protects tools from hostile input.',
    message: (p: { limit: number }) =>
      `Blocks and parentheses may nest ${p.limit} deep at most; move a part to a pathway of its own.`,
  },
  PW1007: {
    severity: 'error',
    title: 'File too large',
    explanation: 'The file is larger than the limit that protects tools from hostile input.',
    message: (p: { size: string; limit: string }) =>
      `The file has ${p.size}, more than ${p.limit}; split it and import the parts.`,
  },
});
