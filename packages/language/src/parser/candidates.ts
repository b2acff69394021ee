import { parseUnit } from '@pathway/model';
import type { IToken, TokenType } from 'chevrotain';
import type { Mistake } from './mistake.js';
import { mistake } from './mistake.js';
import { describeToken } from './token-words.js';
import { insertedToken, retyped, spanOf } from './tokens.js';
import { DECLARATION_WORDS, type Vocabulary } from './vocabulary.js';

/** A change of the tokens that would put a mistake right, and the mistake that it would be. */
export interface Candidate {
  readonly tokens: readonly IToken[];
  readonly mistake: Mistake;
  /** Token at which the mistake shows. */
  readonly token: IToken;
  /** True when the mistake is certain by its look alone; others have to let the parser get further. */
  readonly certain: boolean;
  /** True when it only shows that a word is missing, not which one: then the place is told, and this is one remedy. */
  readonly guess?: boolean;
}

/** Where the parser stopped. */
export interface Stop {
  readonly tokens: readonly IToken[];
  /** Index of the token at which it stopped; the number of tokens at the end of the file. */
  readonly index: number;
  readonly expected: readonly TokenType[];
  /** True outside every declaration. */
  readonly topLevel: boolean;
}

/** What may have been meant where the parser stopped, the likeliest first. */
export function candidates(stop: Stop, words: Vocabulary): Candidate[] {
  const found = [
    lateImport(stop),
    unitOnNextLine(stop, words),
    strayPunctuation(stop),
    ...mistypedKeywords(stop, words),
    keywordAsName(stop, words),
    keywordAsNameNext(stop, words),
    wordTwice(stop, stop.index),
    wordTwice(stop, stop.index - 1),
    apartFromParenthesis(stop, words),
    calculation(stop, words),
    ...insideParentheses(stop, words),
    missingSign(stop),
    ...missingWords(stop, words),
  ];
  return found.filter((candidate) => candidate !== undefined);
}

function lateImport({ tokens, index, topLevel }: Stop): Candidate | undefined {
  const token = tokens[index];
  if (token === undefined || !topLevel || token.image !== 'import') return undefined;
  let end = index + 1;
  if (tokens[end]?.tokenType.name === 'STRING') end++;
  if (tokens[end]?.image === 'as') end += 2;
  return {
    tokens: tokens.toSpliced(index, end - index),
    mistake: mistake('PW1014', undefined, spanOf(token)),
    token,
    certain: true,
  };
}

function unitOnNextLine({ tokens, index }: Stop, words: Vocabulary): Candidate | undefined {
  const token = tokens[index];
  const number = tokens[index - 1];
  const type = words.types.UNIT;
  if (token === undefined || number?.tokenType.name !== 'NUMBER' || type === undefined) return undefined;
  if (token.startLine === number.startLine || parseUnit(token.image) === undefined) return undefined;
  const params = { number: number.image, unit: token.image };
  const edits = [{ start: spanOf(number).end, end: spanOf(token).start, newText: ' ' }];
  const fixes = [{ title: `Write \`${number.image} ${token.image}\``, edits }];
  return {
    tokens: tokens.with(index, retyped(token, type, token.image)),
    mistake: mistake('PW1009', params, spanOf(token), { fixes }),
    token,
    certain: false,
  };
}

const PUNCTUATION: Readonly<Record<string, string>> = {
  ':': 'a value follows its word without a sign, as in `takes 20 min`',
  '=': 'a value follows its word without a sign, as in `takes 20 min`',
  ',': 'properties and steps stand on lines of their own, and a list does not end with a comma',
  '.': 'a dot stands only inside a name such as `devon.Beds`',
};

function strayPunctuation({ tokens, index }: Stop): Candidate | undefined {
  // A comma that ends a list shows only at the word after it, or after that, when the word has passed for a name.
  const comma = [index - 1, index - 2].find(
    (place) => tokens[place]?.image === ',' && tokens[place]?.startLine !== tokens[place + 1]?.startLine,
  );
  const at = PUNCTUATION[tokens[index]?.image ?? ''] === undefined ? (comma ?? index - 1) : index;
  const token = tokens[at];
  const advice = PUNCTUATION[token?.image ?? ''];
  if (token === undefined || advice === undefined || (at < index && token.image !== ',')) return undefined;
  const span = spanOf(token);
  const fixes = [{ title: 'Remove it', edits: [{ ...span, newText: '' }] }];
  return {
    tokens: tokens.toSpliced(at, 1),
    mistake: mistake('PW1010', { sign: `\`${token.image}\``, advice }, span, { fixes }),
    token,
    certain: false,
  };
}

/** The word at the stop or one just before it, which may have passed for a name. */
function mistypedKeywords({ tokens, index, expected }: Stop, words: Vocabulary): Candidate[] {
  const preferred = expected.filter((type) => words.isKeyword(type)).map((type) => type.name);
  // Words that stand for names come after the identifier whose place they take.
  const last = expected.findIndex(({ name }) => name === 'ID');
  const names = last < 0 ? [] : expected.slice(last).map(({ name }) => name);
  const found: Candidate[] = [];
  for (const at of [index, index - 1, index - 2]) {
    const token = tokens[at];
    if (token === undefined || token.isInsertedInRecovery === true) continue;
    if (token.tokenType.name !== 'ID' && !(at === index && words.isKeyword(token.tokenType))) continue;
    if (token.image.startsWith('`')) continue;
    for (const keyword of words.nearestKeywords(token.image, preferred)) {
      const type = words.keyword(keyword);
      // A word of the language where a name should stand was meant as that name, not as another one.
      if (type === undefined || (words.isKeyword(token.tokenType) && names.includes(keyword))) continue;
      const span = spanOf(token);
      const fixes = [{ title: `Write \`${keyword}\``, edits: [{ ...span, newText: keyword }] }];
      found.push({
        tokens: tokens.with(at, retyped(token, type, keyword)),
        mistake: mistake('PW1002', { found: token.image, nearest: keyword }, span, { fixes }),
        token,
        certain: false,
      });
    }
  }
  return found;
}

function keywordAsName({ tokens, index, expected }: Stop, words: Vocabulary): Candidate | undefined {
  const mayBeNamed = tokens[index - 1]?.image === 'as' || expected.some(({ name }) => name === 'ID' || name === '{');
  return mayBeNamed ? inBackquotes(tokens, index, words) : undefined;
}

/** Where a word and what follows it decide on a way together, the parser stops at the word: `when kind = late`. */
function keywordAsNameNext({ tokens, index }: Stop, words: Vocabulary): Candidate | undefined {
  const token = tokens[index];
  return token !== undefined && words.isKeyword(token.tokenType) ? inBackquotes(tokens, index + 1, words) : undefined;
}

function inBackquotes(tokens: readonly IToken[], index: number, words: Vocabulary): Candidate | undefined {
  const token = tokens[index];
  const type = words.types.ID;
  if (token === undefined || type === undefined || !words.isKeyword(token.tokenType)) return undefined;
  const span = spanOf(token);
  const quoted = `\`${token.image}\``;
  return {
    tokens: tokens.with(index, retyped(token, type, quoted)),
    mistake: mistake('PW1016', { word: token.image }, span, {
      fixes: [{ title: 'Write the name in backquotes', edits: [{ ...span, newText: quoted }] }],
    }),
    token,
    certain: false,
  };
}

/** Signs and words without which nothing after them can be read, where exactly one could stand. */
function missingSign({ tokens, index, expected }: Stop): Candidate | undefined {
  const [type] = expected;
  const before = tokens[index - 1];
  if (type === undefined || expected.length > 1 || before === undefined) return undefined;
  if (/^[A-Z]+$/.test(type.name) || type.name === '}') return undefined;
  const end = spanOf(before).end;
  const fixes = [{ title: `Insert \`${type.name}\``, edits: [{ start: end, end, newText: ` ${type.name}` }] }];
  return {
    tokens: tokens.toSpliced(index, 0, insertedToken(type, before)),
    mistake: mistake('PW1017', { missing: type.name, before: before.image }, { start: end, end }, { fixes }),
    token: before,
    certain: false,
  };
}

/** The token at an index is the same as the one before it. */
function wordTwice({ tokens }: Stop, index: number): Candidate | undefined {
  const [before, token] = [tokens[index - 1], tokens[index]];
  if (token === undefined || before?.image !== token.image) return undefined;
  const fixes = [{ title: 'Remove one', edits: [{ start: spanOf(before).end, end: spanOf(token).end, newText: '' }] }];
  return {
    tokens: tokens.toSpliced(index, 1),
    mistake: mistake('PW1019', { word: token.image }, spanOf(token), { fixes }),
    token,
    certain: false,
  };
}

/** A function's parenthesis stands apart from its name, or that of a value is joined to the name before it. */
function apartFromParenthesis({ tokens, index }: Stop, words: Vocabulary): Candidate | undefined {
  const at = tokens[index]?.image === '(' ? index - 1 : index;
  const [name, parenthesis] = [tokens[at], tokens[at + 1]];
  if (name === undefined || parenthesis?.image !== '(') return undefined;
  const joined = name.tokenType.name === 'CALL';
  const type = joined ? words.types.ID : words.types.CALL;
  if (type === undefined || (!joined && name.tokenType.name !== 'ID')) return undefined;
  const span = { start: spanOf(name).start, end: spanOf(parenthesis).end };
  const right = joined ? `${name.image} (` : `${name.image}(`;
  const fixes = [{ title: `Write \`${right}\``, edits: [{ ...span, newText: right }] }];
  return {
    tokens: tokens.with(at, retyped(name, type, name.image)),
    mistake: mistake('PW1020', { right }, span, { fixes }),
    token: name,
    certain: false,
  };
}

/** A calculation, as in `2/3`, where a number may stand, or one in parentheses. */
function calculation({ tokens, index }: Stop, { types }: Vocabulary): Candidate | undefined {
  const [left, sign, right] = tokens.slice(Math.max(0, index - 1), index + 2);
  const [open, close] = [types['('], types[')']];
  if (left === undefined || right === undefined || open === undefined || close === undefined) return undefined;
  if (left.tokenType !== right.tokenType || left.tokenType.name !== 'NUMBER' || !/^[-+*/]$/.test(sign?.image ?? ''))
    return undefined;
  const span = { start: spanOf(left).start, end: spanOf(right).end };
  const written = left.image + (sign?.image ?? '') + right.image;
  const params = { found: `\`${written}\``, expected: `\`(${written})\`` };
  const fixes = [{ title: `Write \`(${written})\``, edits: [{ ...span, newText: `(${written})` }] }];
  return {
    tokens: tokens
      .toSpliced(index + 2, 0, insertedToken(close, right))
      .toSpliced(index - 1, 0, insertedToken(open, left)),
    mistake: mistake('PW1001', params, span, { fixes }),
    token: left,
    certain: false,
  };
}

/** Tokens of a call that are looked at one by one. */
const LOOK_INSIDE = 16;

/**
 * A word twice in a call, a comma that is missing, or something that does not belong there. The parser stops at it, or
 * at the parenthesis of the call.
 */
function insideParentheses(stop: Stop, words: Vocabulary): Candidate[] {
  const { tokens } = stop;
  const comma = words.types[','];
  const index = openCall(stop);
  if (index === undefined || comma === undefined) return [];
  const found: (Candidate | undefined)[] = [];
  const others: Candidate[] = [];
  for (let at = index + 1; at < Math.min(tokens.length, index + LOOK_INSIDE); at++) {
    const [before, token] = [tokens[at - 1], tokens[at]];
    if (before === undefined || token === undefined || token.image === '{' || token.image === '}') break;
    found.push(wordTwice(stop, at));
    if (/^(ID|NUMBER)$/.test(token.tokenType.name) && /^(NUMBER|UNIT|\))$/.test(before.tokenType.name)) {
      const end = spanOf(before).end;
      const fixes = [{ title: 'Insert a comma', edits: [{ start: end, end, newText: ',' }] }];
      found.push({
        tokens: tokens.toSpliced(at, 0, insertedToken(comma, before)),
        mistake: mistake('PW1017', { missing: ',', before: before.image }, spanOf(before), { fixes }),
        token: before,
        certain: false,
      });
    }
    const params = { found: describeToken(token), expected: 'a value, or the name of a parameter and its value,' };
    others.push({
      tokens: tokens.toSpliced(at, 1),
      mistake: mistake('PW1001', params, spanOf(token)),
      token,
      certain: false,
    });
  }
  return [...found.filter((candidate) => candidate !== undefined), ...others];
}

/** Index of the parenthesis of the call in which the parser stopped. */
function openCall({ tokens, index }: Stop): number | undefined {
  let closed = 0;
  for (let at = index; at > index - LOOK_INSIDE; at--) {
    const image = tokens[at]?.image;
    if (image === undefined || image === '{' || image === '}') return undefined;
    if (image === ')' && at < index) closed++;
    if (image === '(' && --closed < 0) return tokens[at - 1]?.tokenType.name === 'CALL' ? at : undefined;
  }
  return undefined;
}

/** Words with which a line may begin whose first word is missing. */
const BLOCK_WORDS = [
  'step',
  'branch',
  'call',
  'finish',
  'hold',
  'choose',
  'repeat',
  'race',
  'gather',
  'wait',
  'attribute',
  'set',
];

/** What stands at the stop, with the first word of a declaration or a line in front of it. */
function missingWords({ tokens, index, expected, topLevel }: Stop, words: Vocabulary): Candidate[] {
  const token = tokens[index];
  const before = tokens[index - 1];
  const begins = /^(ID|STRING)$/.test(token?.tokenType.name ?? '');
  if (token === undefined || !begins || expected.length > 1) return [];
  const place = before ?? { ...token, endOffset: token.startOffset - 1, endColumn: token.startColumn ?? 1 };
  return (topLevel ? [...DECLARATION_WORDS] : BLOCK_WORDS).flatMap((word): Candidate[] => {
    const type = words.keyword(word);
    if (type === undefined) return [];
    const start = spanOf(token).start;
    const fixes = [{ title: `Insert \`${word}\``, edits: [{ start, end: start, newText: `${word} ` }] }];
    const params = { found: describeToken(token), expected: `\`${word}\`` };
    return [
      {
        tokens: tokens.toSpliced(index, 0, insertedToken(type, place)),
        mistake: mistake('PW1001', params, spanOf(token), { fixes }),
        token,
        certain: false,
        guess: true,
      },
    ];
  });
}
