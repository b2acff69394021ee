import type { IToken, TokenTypeDictionary } from 'chevrotain';
import type { Mistake } from './mistake.js';
import { mistake } from './mistake.js';
import { insertedToken, spanOf } from './tokens.js';

/** Tokens that parse as if the mistakes had not been made, and the mistakes. */
export interface Repaired {
  readonly tokens: readonly IToken[];
  readonly mistakes: readonly { readonly mistake: Mistake; readonly token: IToken }[];
}

interface Open {
  readonly token: IToken;
  readonly index: number;
  /** Column of the first token on the line that opens it. */
  readonly indent: number;
  /** Column of the first line inside, once there is one. */
  body?: number;
}

/**
 * Finds blocks and parentheses that are not closed, and closing ones that close nothing, in tokens that should be
 * balanced. Where the counts do not tell which one is wrong, the indentation does.
 */
export function balanceBrackets(tokens: readonly IToken[], types: TokenTypeDictionary): Repaired {
  const balancer = new Balancer(tokens, types);
  return balancer.run();
}

class Balancer {
  readonly #kept: IToken[] = [];
  readonly #mistakes: { mistake: Mistake; token: IToken }[] = [];
  readonly #open: Open[] = [];
  #surplus: number;
  #lineIndent = 1;

  constructor(
    readonly tokens: readonly IToken[],
    readonly types: TokenTypeDictionary,
  ) {
    this.#surplus = tokens.reduce((sum, { image }) => sum + (image === '{' ? 1 : image === '}' ? -1 : 0), 0);
  }

  run(): Repaired {
    for (const [index, token] of this.tokens.entries()) {
      const leads = token.startLine !== this.tokens[index - 1]?.startLine;
      if (leads) this.#beginLine(token);
      this.#closeParentheses(token, leads);
      if (token.image === '{' || token.image === '(') {
        this.#open.push({ token, index, indent: this.#lineIndent });
        this.#kept.push(token);
      } else if (token.image === '}') this.#closeBlock(token, leads);
      else if (token.image === ')') this.#closeParenthesis(token);
      else this.#kept.push(token);
    }
    while (this.#open.length > 0) this.#missingEnd();
    return { tokens: this.#kept, mistakes: this.#mistakes };
  }

  /** A line that stands no deeper than the one that opens a block is not inside it, if others in it were deeper. */
  #beginLine(token: IToken): void {
    const column = token.startColumn ?? 1;
    this.#lineIndent = column;
    const open = this.#innermost;
    if (open !== undefined && open.body === undefined) open.body = column;
    const outside = (): boolean => {
      const block = this.#innermost;
      if (block?.token.image !== '{' || this.#surplus <= 0) return false;
      const { indent, body = 0 } = block;
      return body > indent && (column < indent || (column === indent && token.image !== '}'));
    };
    while (outside()) this.#missingEnd();
  }

  get #innermost(): Open | undefined {
    return this.#open[this.#open.length - 1];
  }

  /** An open parenthesis ends before a block, and before a line that begins with a word. */
  #closeParentheses(token: IToken, leads: boolean): void {
    const ends = (): boolean =>
      this.#innermost?.token.image === '(' &&
      (token.image === '}' ||
        token.image === '{' ||
        (leads &&
          /^[A-Za-z]/.test(token.image) &&
          !/[,(*/+-]$/.test(this.#kept[this.#kept.length - 1]?.image ?? '') &&
          !this.#closesLater(token)));
    while (ends()) this.#missingEnd();
  }

  /** Whether the innermost parenthesis is closed before the next brace after a token. */
  #closesLater(token: IToken): boolean {
    let depth = 1;
    for (let index = this.tokens.indexOf(token); index < this.tokens.length; index++) {
      const image = this.tokens[index]?.image;
      if (image === '(') depth++;
      else if (image === ')' && --depth === 0) return true;
      else if (image === '{' || image === '}') return false;
    }
    return false;
  }

  #closeParenthesis(token: IToken): void {
    if (this.#innermost?.token.image === '(') {
      this.#open.pop();
      this.#kept.push(token);
    } else this.#closesNothing(token);
  }

  #closeBlock(token: IToken, leads: boolean): void {
    const open = this.#innermost;
    if (open === undefined || (this.#surplus < 0 && this.#looksForeign(open, token, leads))) {
      this.#surplus++;
      if (!leads || !this.#missingBegin(token)) this.#closesNothing(token);
      return;
    }
    this.#open.pop();
    this.#kept.push(token);
  }

  #looksForeign(open: Open, token: IToken, leads: boolean): boolean {
    if (leads) return open.indent !== token.startColumn;
    return open.token.startLine !== token.startLine;
  }

  /** Puts the `{` where it is missing: at the end of the last line as far in as a `}`, if lines between are deeper. */
  #missingBegin(token: IToken): boolean {
    const column = token.startColumn ?? 1;
    let line = token.startLine;
    for (let index = this.#kept.length - 1; index >= 0; index--) {
      const candidate = this.#kept[index];
      const leads = candidate !== undefined && candidate.startLine !== this.#kept[index - 1]?.startLine;
      if (candidate === undefined || !leads) continue;
      if ((candidate.startColumn ?? 1) > column) {
        line = candidate.startLine;
        continue;
      }
      if (candidate.startColumn !== column || line === token.startLine || candidate.image === '}') return false;
      const end = this.#kept.findLastIndex((kept) => kept.startLine === candidate.startLine);
      const last = this.#kept[end];
      const type = this.types['{'];
      if (last === undefined || type === undefined) return false;
      this.#kept.splice(end + 1, 0, insertedToken(type, last));
      this.#kept.push(token);
      const place = spanOf(last).end;
      const fixes = [{ title: 'Insert `{`', edits: [{ start: place, end: place, newText: ' {' }] }];
      const missing = mistake('PW1017', { missing: '{', before: last.image }, spanOf(last), { fixes });
      this.#mistakes.push({ mistake: missing, token: last });
      return true;
    }
    return false;
  }

  #closesNothing(token: IToken): void {
    const span = spanOf(token);
    const fixes = [{ title: `Remove \`${token.image}\``, edits: [{ ...span, newText: '' }] }];
    this.#mistakes.push({ mistake: mistake('PW1011', { bracket: token.image }, span, { fixes }), token });
  }

  #missingEnd(): void {
    const open = this.#open.pop();
    const last = this.#kept[this.#kept.length - 1];
    if (open === undefined || last === undefined) return;
    const block = open.token.image === '{';
    if (block) this.#surplus--;
    const name = block ? '}' : ')';
    const type = this.types[name];
    if (type !== undefined) this.#kept.push(insertedToken(type, last));
    const what = block ? this.#header(open) : '';
    const related = [{ ...spanOf(open.token), message: 'It is opened here.' }];
    const place = spanOf(last);
    const edits = [{ start: place.end, end: place.end, newText: ')' }];
    this.#mistakes.push({
      mistake: block
        ? mistake('PW1005', { what }, place, { related })
        : mistake('PW1012', undefined, place, { related, fixes: [{ title: 'Close the parenthesis', edits }] }),
      token: last,
    });
  }

  /** The words before a block, from the start of its line or the bracket before it: `step Call`. */
  #header(open: Open): string {
    const words: string[] = [];
    for (let index = open.index - 1; index >= 0 && words.length < 6; index--) {
      const token = this.tokens[index];
      if (token === undefined || token.startLine !== open.token.startLine || '{}'.includes(token.image)) break;
      words.unshift(token.image);
    }
    const firstText = words.findIndex((word) => word.startsWith('"'));
    const header = (firstText > 1 ? words.slice(0, firstText) : words).join(' ');
    return header === '' ? 'this' : `\`${header}\``;
  }
}
