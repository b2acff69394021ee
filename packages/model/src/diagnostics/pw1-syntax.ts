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
    explanation: 'A block is opened with `{`, and the `}` that closes it is missing.',
    message: (p: { what: string }) => `The block of ${p.what} is never closed; a \`}\` is missing.`,
    hint: 'Write the `}` under the first letter of the line that opens the block.',
  },
  PW1006: {
    severity: 'error',
    title: 'Nested too deeply',
    explanation: 'The text nests blocks or parentheses deeper than the limit that protects tools from hostile input.',
    message: (p: { limit: number }) =>
      `Blocks may nest ${p.limit} deep at most, and parentheses half as deep; move a part to a pathway or \`number\` of its own.`,
  },
  PW1007: {
    severity: 'error',
    title: 'File too large',
    explanation: 'The file is larger than the limit that protects tools from hostile input.',
    message: (p: { size: string; limit: string }) =>
      `The file has ${p.size}, more than ${p.limit}; split it and import the parts.`,
  },
  PW1009: {
    severity: 'error',
    title: 'Unit on another line',
    explanation: 'A unit stands on the line after its number, where a word is read as a name.',
    message: (p: { number: string; unit: string }) =>
      `A unit stands on the line of its number; write \`${p.number} ${p.unit}\`.`,
  },
  PW1010: {
    severity: 'error',
    title: 'Sign that does not belong here',
    explanation:
      'A sign of another notation, such as `;`, `->` or a `:` after a word, stands where the language has none.',
    message: (p: { sign: string; advice: string }) => `Remove ${p.sign}: ${p.advice}.`,
  },
  PW1011: {
    severity: 'error',
    title: 'Bracket that closes nothing',
    explanation: 'A `}` or `)` stands where no block or parenthesis is open.',
    message: (p: { bracket: string }) =>
      `This \`${p.bracket}\` closes nothing; remove it, or write the \`${p.bracket === '}' ? '{' : '('}\` that it should close.`,
  },
  PW1012: {
    severity: 'error',
    title: 'Parenthesis without an end',
    explanation: 'A parenthesis is opened with `(`, and the `)` that closes it is missing.',
    message: () => 'This parenthesis is never closed; a `)` is missing.',
  },
  PW1013: {
    severity: 'error',
    title: 'Text in other quotes',
    explanation: 'A text stands in single or typographic quotes.',
    message: (p: { sign: string }) => `Texts stand in double quotes \`"\`, not in ${p.sign}.`,
  },
  PW1014: {
    severity: 'error',
    title: 'Import after a declaration',
    explanation: 'An import stands after the first declaration.',
    message: () => 'Imports stand at the beginning of a file, before the first declaration; move this one there.',
  },
  PW1015: {
    severity: 'error',
    title: 'Expression too long',
    explanation: 'One expression has more operators than the limit that protects tools from hostile input.',
    message: (p: { limit: number }) =>
      `An expression may have ${p.limit} operators at most; give parts of it a name with \`number\`.`,
  },
  PW1016: {
    severity: 'error',
    title: 'Keyword as a name',
    explanation: 'A keyword stands where only a plain name may, because a name is optional there.',
    message: (p: { word: string }) =>
      `\`${p.word}\` is a word of the language; as a name it is written in backquotes here.`,
  },
  PW1017: {
    severity: 'error',
    title: 'Word or sign missing',
    explanation: 'A word or sign without which the rest cannot be read is missing.',
    message: (p: { missing: string; before: string }) => `\`${p.missing}\` is missing after \`${p.before}\`.`,
  },
  PW1018: {
    severity: 'error',
    title: 'Too many mistakes',
    explanation: 'A file has more syntax mistakes than are shown at once.',
    message: (p: { limit: number }) => `Only the first ${p.limit} mistakes are shown; correct them to see the others.`,
  },
  PW1019: {
    severity: 'error',
    title: 'Word twice',
    explanation: 'The same word, number or sign stands twice in a row where it should stand once.',
    message: (p: { word: string }) => `\`${p.word}\` stands here twice; remove one.`,
  },
  PW1020: {
    severity: 'error',
    title: 'Parenthesis apart from its function',
    explanation: 'The parenthesis of a function follows its name without a space; any other parenthesis stands apart.',
    message: (p: { right: string }) =>
      `Write \`${p.right}\`: the parenthesis of a function follows its name without a space, and any other stands apart.`,
  },
});
