import { parseUnit } from '@pathway/model';
import type { IToken, TokenType } from 'chevrotain';
import type { Mistake } from './mistake.js';
import { mistake } from './mistake.js';
import { insertedToken, retyped, spanOf } from './tokens.js';
import { RESERVED_WORDS, startsDeclaration, type Vocabulary } from './vocabulary.js';

/** A change of the tokens that would put a mistake right, and the mistake that it would be. */
export interface Candidate {
  readonly tokens: readonly IToken[];
  readonly mistake: Mistake;
  /** Token at which the mistake shows. */
  readonly token: IToken;
  /** True when the mistake is certain by its look alone; others have to let the parser get further. */
  readonly certain: boolean;
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
    reservedDeclaration(stop),
    lateImport(stop),
    unitOnNextLine(stop, words),
    strayPunctuation(stop),
    ...mistypedKeywords(stop, words),
    keywordAsName(stop, words),
    missingSign(stop),
  ];
  return found.filter((candidate) => candidate !== undefined);
}

function reservedDeclaration({ tokens, index, topLevel }: Stop): Candidate | undefined {
  const token = tokens[index];
  if (token === undefined || !topLevel || !RESERVED_WORDS.has(token.image)) return undefined;
  let end = index + 1;
  let depth = 0;
  for (; end < tokens.length; end++) {
    const next = tokens[end];
    if (next === undefined) break;
    if (depth === 0 && next.startLine !== tokens[end - 1]?.endLine && startsDeclaration(next.image)) break;
    if (next.image === '{') depth++;
    if (next.image === '}' && --depth <= 0) {
      end++;
      break;
    }
  }
  return {
    tokens: tokens.toSpliced(index, end - index),
    mistake: mistake('PW1008', { word: token.image }, spanOf(token)),
    token,
    certain: true,
  };
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
  const before = tokens[index - 1];
  // A comma that ends a list shows only at the word after it.
  const at = before?.image === ',' ? index - 1 : index;
  const token = tokens[at];
  const advice = PUNCTUATION[token?.image ?? ''];
  if (token === undefined || advice === undefined) return undefined;
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
  const found: Candidate[] = [];
  for (const at of [index, index - 1, index - 2]) {
    const token = tokens[at];
    if (token === undefined || token.isInsertedInRecovery === true) continue;
    if (token.tokenType.name !== 'ID' && !(at === index && words.isKeyword(token.tokenType))) continue;
    if (token.image.startsWith('`')) continue;
    for (const keyword of words.nearestKeywords(token.image, preferred)) {
      const type = words.keyword(keyword);
      if (type === undefined) continue;
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
  const token = tokens[index];
  const type = words.types.ID;
  if (token === undefined || type === undefined || !words.isKeyword(token.tokenType)) return undefined;
  if (!expected.includes(type) && tokens[index - 1]?.image !== 'as') return undefined;
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
