import type { IToken } from 'chevrotain';

/** A text with one slip in it. */
export interface Mutation {
  readonly kind: 'delete' | 'duplicate' | 'swap' | 'misspell';
  readonly text: string;
  /** Lines of the slip, first and last, in the text with the slip. */
  readonly lines: readonly [number, number];
  /** The word at the slip, which may be a name that it takes away. */
  readonly words: readonly string[];
}

/** The generator of pseudo-random numbers by Steele, Lea and Flood (SplitMix), 32 bits: as many as asked for. */
export function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed >>> 0;
  for (;;) {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    yield (mixed ^ (mixed >>> 15)) >>> 0;
  }
}

const KINDS = ['delete', 'duplicate', 'swap', 'misspell'] as const;

/** One slip in a text: a token left out, written twice or changed with the next, or a keyword misspelt. */
export function mutate(text: string, tokens: readonly IToken[], random: Iterator<number, never>): Mutation {
  const kind = KINDS[random.next().value % KINDS.length] ?? 'delete';
  const place = random.next().value;
  if (kind === 'misspell') {
    const keywords = tokens.filter(({ tokenType, image }) => tokenType.name === image && /^[a-z]{3,}$/.test(image));
    const token = pick(keywords, place);
    const at = random.next().value % (token.image.length - 1);
    const [a = '', b = ''] = token.image.slice(at, at + 2);
    const letters = [token.image.slice(0, at), token.image.slice(at + 2)];
    return changed(kind, text, token, token, a === b ? letters.join(a) : letters.join(b + a));
  }
  if (kind === 'swap') {
    const index = place % (tokens.length - 1);
    const [left, right] = [pick(tokens, index), pick(tokens, index + 1)];
    const gap = text.slice(endOf(left), right.startOffset);
    return changed(kind, text, left, right, right.image + gap + left.image);
  }
  const token = pick(tokens, place);
  return changed(kind, text, token, token, kind === 'delete' ? '' : `${token.image} ${token.image}`);
}

function pick(tokens: readonly IToken[], number: number): IToken {
  const token = tokens[number % tokens.length];
  if (token === undefined) throw new Error('there is no token to change');
  return token;
}

function endOf(token: IToken): number {
  return (token.endOffset ?? token.startOffset) + 1;
}

function changed(kind: Mutation['kind'], text: string, first: IToken, last: IToken, replacement: string): Mutation {
  return {
    kind,
    text: text.slice(0, first.startOffset) + replacement + text.slice(endOf(last)),
    lines: [first.startLine ?? 1, last.endLine ?? 1],
    words: [first.image, last.image].map((image) => image.replaceAll('`', '')),
  };
}
