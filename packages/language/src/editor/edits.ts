import { type AstNode, CstUtils } from 'langium';
import type { Range, TextEdit } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import type { LoadedFile } from '../workspace/load.js';
import { nodesOf } from '../tree/nodes.js';
import { isNamed } from './places.js';

/** Changes of one file's text, in offsets. */
export class FileEdits {
  readonly #loaded: LoadedFile;
  readonly #edits: TextEdit[] = [];

  constructor(loaded: LoadedFile) {
    this.#loaded = loaded;
  }

  get edits(): readonly TextEdit[] {
    return this.#edits;
  }

  get text(): string {
    return this.#loaded.text;
  }

  replace(start: number, end: number, newText: string): this {
    this.#edits.push({ range: this.rangeAt(start, end), newText: withLineEndsOf(this.text, newText) });
    return this;
  }

  /** Changes that were made by others who know the text. */
  take(edits: readonly TextEdit[]): this {
    this.#edits.push(...edits);
    return this;
  }

  insert(offset: number, newText: string): this {
    return this.replace(offset, offset, newText);
  }

  rangeAt(start: number, end: number): Range {
    const { textDocument } = this.#loaded.document;
    return { start: textDocument.positionAt(start), end: textDocument.positionAt(end) };
  }

  /** Takes out a node: its whole lines, where nothing else stands on them, with the comment straight before it. */
  remove(node: AstNode): this {
    const cst = node.$cstNode;
    if (cst === undefined) return this;
    const comment = CstUtils.findCommentNode(cst, ['ML_COMMENT']);
    const begin = comment?.text.startsWith('/**') === true ? comment.offset : cst.offset;
    const from = lineStart(this.text, begin);
    const to = lineEnd(this.text, cst.end);
    const alone = this.text.slice(from, begin).trim() === '' && this.text.slice(cst.end, to).trim() === '';
    if (!alone) return this.replace(withSpaceBefore(this.text, begin), cst.end, '');
    // With the last declaration the empty lines before it go.
    if (ast.isDocument(node.$container) && this.text.slice(to).trim() === '') {
      const kept = this.text.slice(0, from).trimEnd().length;
      return this.replace(kept === 0 ? 0 : nextLine(this.text, kept), this.text.length, '');
    }
    const next = nextLine(this.text, to);
    // One of two empty lines around a declaration goes with it.
    const after = ast.isDocument(node.$container) ? nextLine(this.text, next) : next;
    const isEmpty = this.text.slice(next, after).trim() === '';
    return this.replace(from, isEmpty ? after : next, '');
  }

  /** Puts a line into the block of a node, as its first or last one. */
  insertInBlock(node: AstNode, line: string, where: 'first' | 'last' = 'last'): this {
    const cst = node.$cstNode;
    if (cst === undefined) return this;
    const indent = indentOf(this.text, cst.offset);
    const close = cst.text.endsWith('}') ? cst.end - 1 : undefined;
    const open = close === undefined ? undefined : openingBrace(this.text, cst.offset, cst.end);
    if (close === undefined || open === undefined) return this.insert(cst.end, ` {\n${indent}  ${line}\n${indent}}`);
    if (where === 'first') return this.insert(open + 1, `\n${indent}  ${line}${this.#restOfLine(open + 1, indent)}`);
    const inner = this.text.slice(open + 1, close);
    if (inner.trim() === '') return this.replace(open + 1, close, `\n${indent}  ${line}\n${indent}`);
    const end = open + 1 + inner.trimEnd().length;
    return this.replace(end, close, `\n${indent}  ${line}\n${indent}`);
  }

  #restOfLine(offset: number, indent: string): string {
    return /^[ \t]*\r?\n/.test(this.text.slice(offset)) ? '' : `\n${indent}  `;
  }
}

/** A new part of a text with the ends of lines that the text has. */
export function withLineEndsOf(text: string, part: string): string {
  return text.includes('\r\n') ? part.replace(/\r?\n/g, '\r\n') : part;
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where a line ends, before its end of line. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function withSpaceBefore(text: string, offset: number): number {
  return offset - (/[ \t]*$/.exec(text.slice(lineStart(text, offset), offset))?.[0].length ?? 0);
}

/** The space before the first sign of a line. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** The brace that the last `}` of a stretch closes. */
function openingBrace(text: string, from: number, to: number): number | undefined {
  const code = text
    .slice(from, to)
    .replace(/"(?:\\.|[^"\\\n])*"|`[^`\n]*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) => ' '.repeat(found.length));
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    if (code[at] === '}') depth++;
    if (code[at] === '{' && --depth === 0) return from + at;
  }
  return undefined;
}

/** A name that nothing in a file has yet. */
export function freeName(root: ast.Document, wanted: string): string {
  const taken = new Set(nodesOf(root).flatMap((node) => (isNamed(node) ? [node.name] : [])));
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count++) if (!taken.has(`${wanted}${count}`)) return `${wanted}${count}`;
}

/** Lines with another indentation; empty lines stay empty. */
export function reindent(text: string, before: string, after: string): string {
  return text
    .split('\n')
    .map((line, index) => {
      if (line.trim() === '') return '';
      if (index === 0) return after + line.trimStart();
      return line.startsWith(before) ? after + line.slice(before.length) : line;
    })
    .join('\n');
}
