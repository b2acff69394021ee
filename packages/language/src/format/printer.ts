import { commentLines } from './comments.js';
import type { Element } from './elements.js';
import { spaceBetween } from './spacing.js';

/** Columns that a line may have before a list is continued on the next one. */
const WIDTH = 100;
const INDENT = 2;
/** Columns that the second line of something stands further in. */
const CONTINUATION = 4;

/** A top-level declaration in the output. */
interface Declaration {
  readonly isImport: boolean;
  /** Indices of its first and last line. */
  readonly first: number;
  last: number;
}

/** Prints elements in the canonical form, with `\n` after every line. */
export function print(elements: readonly Element[]): string {
  return new Printer(elements).run();
}

class Printer {
  readonly #lines: string[] = [];
  /** The line being written; undefined between lines. */
  #line: string | undefined;
  /** For each open block, whether it stands on one line. */
  readonly #blocks: boolean[] = [];
  readonly #declarations: Declaration[] = [];

  constructor(readonly elements: readonly Element[]) {}

  run(): string {
    for (const [index, element] of this.elements.entries()) {
      if (element.kind === 'token') this.#token(index, element);
      else this.#comment(index, element);
    }
    this.#endLine();
    const lines = this.#withBlankLines();
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }

  #token(index: number, element: Element): void {
    const inline = this.#blocks[this.#blocks.length - 1] === true;
    if (element.type === '{') {
      this.#append(index, element);
      this.#blocks.push(this.#fitsOnOneLine(index));
    } else if (element.type === '}') {
      this.#blocks.pop();
      if (!inline) this.#startLine(index, element);
      else this.#append(index, element);
    } else if (element.leads && !inline) this.#startLine(index, element);
    else this.#append(index, element);
    this.#extendDeclaration();
  }

  /** Begins a line with a token that stands first on its line. */
  #startLine(index: number, element: Element): void {
    this.#endLine();
    if (element.type !== '}') this.#blankLine(index, element);
    if (this.#blocks.length === 0 && element.leads) {
      const first = this.#lines.length;
      this.#declarations.push({ isImport: element.type === 'import', first, last: first });
    }
    this.#line = this.#indent() + element.text;
  }

  /** Continues the line with a token, on the next line where a list becomes too long. */
  #append(index: number, element: Element): void {
    const before = this.elements[index - 1];
    if (this.#line === undefined) {
      this.#line = this.#indent(CONTINUATION) + element.text;
      return;
    }
    const space = before === undefined ? '' : spaceBetween(before, element);
    const chunk = opensClause(element)
      ? this.#clauseWidth(index)
      : joins(element) && this.#isInClause(index)
        ? this.#joinedWidth(index)
        : before?.type === ',' && !(this.#isInClause(index) && this.#staysWhole(index))
          ? this.#chunkWidth(index)
          : 0;
    if (chunk > 0 && this.#line.length + space.length + chunk > WIDTH) {
      this.#endLine();
      this.#line = this.#indent(CONTINUATION) + element.text;
    } else this.#line += space + element.text;
  }

  /** Columns from a token to the next place where the line may end. */
  #chunkWidth(start: number): number {
    let width = 0;
    for (let index = start; index < this.elements.length; index++) {
      const element = this.elements[index];
      if (element?.kind !== 'token' || element.type === '{' || element.type === '}') break;
      if (index > start) {
        if (element.leads) break;
        width += spaceBefore(this.elements, index).length;
      }
      width += element.text.length;
      if (element.type === ',') break;
    }
    return width;
  }

  /** Columns from the beginning of a clause to that of the next one, or to the end of them. */
  #clauseWidth(start: number): number {
    let width = 0;
    for (let index = start; index < this.elements.length; index++) {
      const element = this.elements[index];
      if (element?.kind !== 'token' || element.type === '{') break;
      if (index > start && (element.leads || opensClause(element))) break;
      width += (index > start ? spaceBefore(this.elements, index).length : 0) + element.text.length;
    }
    return width;
  }

  /** Columns from an `and` or `or` to the next one outside its parentheses, or to the end of the condition. */
  #joinedWidth(start: number): number {
    let width = 0;
    let depth = 0;
    for (let index = start; index < this.elements.length; index++) {
      const element = this.elements[index];
      if (element?.kind !== 'token' || element.type === '{' || element.type === '}') break;
      if (index > start && (element.leads || opensClause(element) || (depth === 0 && joins(element)))) break;
      if (element.type === '(') depth++;
      if (element.type === ')' && --depth < 0) return width + 1;
      width += (index > start ? spaceBefore(this.elements, index).length : 0) + element.text.length;
    }
    return width;
  }

  /** Whether a place belongs to the condition of a trigger. */
  #isInClause(index: number): boolean {
    for (let at = index - 1; at >= 0; at--) {
      const element = this.elements[at];
      if (element?.kind !== 'token') return false;
      if (opensClause(element)) return true;
      if (element.leads) return false;
    }
    return false;
  }

  /** Whether a place inside parentheses belongs to a short part of a condition, which is broken before an `and` or `or` instead. */
  #staysWhole(index: number): boolean {
    let depth = 0;
    for (let at = index - 1; at >= 0; at--) {
      const element = this.elements[at];
      if (element?.kind !== 'token' || element.type === '{' || element.type === '}') return false;
      if (element.type === ')') depth++;
      if (element.type === '(') depth--;
      if (depth < 0 && (joins(element) || opensClause(element))) return this.#joinedWidth(at) <= WIDTH / 2;
      if (element.leads) return false;
    }
    return false;
  }

  /** Whether the block that begins at a token holds one thing without a block or a comment in it, and is short. */
  #fitsOnOneLine(open: number): boolean {
    let width = (this.#line ?? '').length;
    let items = 0;
    for (let index = open + 1; index < this.elements.length; index++) {
      const element = this.elements[index];
      if (element?.kind !== 'token' || width > WIDTH) return false;
      width += spaceBefore(this.elements, index).length + element.text.length;
      if (element.type === '}') return items <= 1 && width <= WIDTH;
      if (element.leads) items++;
      if (element.type === '{') {
        const end = this.elements[index + 1];
        if (end?.type !== '}') return false;
        width += 2;
        index++;
      }
    }
    return false;
  }

  #comment(index: number, comment: Element): void {
    let next = index + 1;
    while (this.elements[next] !== undefined && this.elements[next]?.kind !== 'token') next++;
    const token = this.elements[next];
    const between = token === undefined || token.leads || token.type === '}';
    const indent = this.#indent(between ? 0 : CONTINUATION);
    const [first = '', ...rest] = commentLines(comment.text, indent);
    const before = index > 0 && comment.breaks === 0 ? this.#line : undefined;
    const trails = before !== undefined;
    if (trails) this.#line = `${before}${comment.kind === 'lineComment' ? '  ' : ' '}${first}`;
    else {
      this.#endLine();
      if (between) this.#blankLine(index, comment);
      this.#line = indent + first;
    }
    for (const line of rest) {
      this.#endLine();
      this.#line = line;
    }
    if (trails) this.#extendDeclaration();
    if (!trails || comment.kind === 'lineComment' || rest.length > 0) this.#endLine();
  }

  /** Keeps one of the author's blank lines, except at the beginning of the file and of a block. */
  #blankLine(index: number, element: Element): void {
    const before = this.elements[index - 1];
    const opens = this.#opens(index);
    if (before !== undefined && element.breaks > 1 && !opens) this.#lines.push('');
  }

  /** True for what follows the beginning of a block, with at most comments on that line in between. */
  #opens(index: number): boolean {
    let at = index;
    while (this.elements[at]?.breaks === 0 && at > 0 && this.elements[at - 1]?.kind !== 'token') at--;
    const before = this.elements[at - 1];
    if (before?.kind === 'token') return before.type === '{';
    // Comments on the line of the `{` belong to it.
    let comment = at - 1;
    while (comment > 0 && this.elements[comment]?.kind !== 'token' && this.elements[comment]?.breaks === 0) comment--;
    return this.elements[comment]?.type === '{';
  }

  #indent(more = 0): string {
    return ' '.repeat(this.#blocks.length * INDENT + more);
  }

  #endLine(): void {
    if (this.#line !== undefined) this.#lines.push(this.#line.trimEnd());
    this.#line = undefined;
  }

  #extendDeclaration(): void {
    const current = this.#declarations[this.#declarations.length - 1];
    if (current !== undefined) current.last = this.#lines.length;
  }

  /**
   * Sets a blank line between declarations where one of them has more than one line, and after the imports. It stands
   * before the comments between them, unless the author has set one among these.
   */
  #withBlankLines(): string[] {
    const lines: string[] = [];
    let copied = 0;
    for (const [index, declaration] of this.#declarations.entries()) {
      const before = this.#declarations[index - 1];
      if (before === undefined) continue;
      const between = this.#lines.slice(before.last + 1, declaration.first);
      const apart = isLong(before) || isLong(declaration) || before.isImport !== declaration.isImport;
      lines.push(...this.#lines.slice(copied, before.last + 1));
      copied = before.last + 1;
      if (apart && !between.includes('')) lines.push('');
    }
    return [...lines, ...this.#lines.slice(copied)];
  }
}

/** When a trigger fires and when it ends stand on lines of their own where one line is too short for both. */
function opensClause({ kind, rule, type }: Element): boolean {
  return kind === 'token' && rule === 'Trigger' && ['when', 'until', 'on'].includes(type);
}

/** Whether a token puts two conditions together. */
function joins({ kind, type }: Element): boolean {
  return kind === 'token' && (type === 'and' || type === 'or');
}

function isLong({ first, last }: Declaration): boolean {
  return last > first;
}

function spaceBefore(elements: readonly Element[], index: number): string {
  const [before, element] = [elements[index - 1], elements[index]];
  return before === undefined || element === undefined ? '' : spaceBetween(before, element);
}
