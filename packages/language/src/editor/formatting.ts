import type { Range, TextEdit } from 'vscode-languageserver-types';
import { formatText } from '../format/format-text.js';
import type { EditorProject } from './project.js';

/** The edits that put a file into the canonical form; none for a text with syntax errors, which has no such form. */
export function formattingOf(project: EditorProject, file: string): TextEdit[] {
  const text = project.file(file)?.text;
  return text === undefined ? [] : formattingEdits(text);
}

/** The edits of the canonical form that touch a range. */
export function formattingWithin(project: EditorProject, file: string, range: Range): TextEdit[] {
  return formattingOf(project, file).filter(
    (edit) => edit.range.start.line <= range.end.line && edit.range.end.line >= range.start.line,
  );
}

/** The edits of the canonical form in the block that was just closed, or on the line that was just ended. */
export function formattingOnType(project: EditorProject, file: string, line: number, typed: string): TextEdit[] {
  const text = project.file(file)?.text;
  if (text === undefined) return [];
  const last = typed === '\n' ? line - 1 : line;
  const first = typed === '}' ? openingLine(text, line) : last;
  // The line with the cursor is left alone after a new line, so that the cursor stays where it is.
  return formattingEdits(text).filter(({ range }) => range.start.line >= first && range.end.line <= last);
}

/** The line on which the block that ends on a line begins. */
function openingLine(text: string, line: number): number {
  const lines = text.split(/\r?\n/);
  let depth = 0;
  for (let at = line; at >= 0; at--) {
    const code = (lines[at] ?? '').replace(/"(?:\\.|[^"\\])*"|\/\/.*$/g, '');
    for (const sign of [...code].reverse()) {
      if (sign === '}') depth++;
      if (sign === '{' && --depth === 0) return at;
    }
  }
  return line;
}

/** The edits between a text and its canonical form, by lines, so that what stays the same is not touched. */
function formattingEdits(text: string): TextEdit[] {
  const result = formatText(text);
  if ('errors' in result || result.formatted === text) return [];
  return lineEdits(text, result.formatted);
}

/** The edits that turn one text into another: whole lines that differ. */
function lineEdits(before: string, after: string): TextEdit[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const edits: TextEdit[] = [];
  let from = 0;
  let to = 0;
  while (from < old.length || to < now.length) {
    if (old[from] !== undefined && old[from] === now[to]) {
      from++;
      to++;
      continue;
    }
    const [skipOld, skipNow] = nextCommon(old, now, from, to);
    edits.push({ range: rangeOfLines(old, from, from + skipOld), newText: now.slice(to, to + skipNow).join('') });
    from += skipOld;
    to += skipNow;
  }
  return edits;
}

/** How many lines to leave out of each until two lines in a row are the same again. */
function nextCommon(old: readonly string[], now: readonly string[], from: number, to: number): [number, number] {
  const rest = old.length - from + now.length - to;
  for (let distance = 1; distance <= rest; distance++) {
    for (let skipOld = 0; skipOld <= distance; skipOld++) {
      const a = from + skipOld;
      const b = to + distance - skipOld;
      if (a > old.length || b > now.length) continue;
      if (old[a] === now[b] && old[a + 1] === now[b + 1]) return [skipOld, distance - skipOld];
    }
  }
  return [old.length - from, now.length - to];
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function rangeOfLines(lines: readonly string[], from: number, to: number): Range {
  const last = lines[lines.length - 1] ?? '';
  // Behind a last line without an end there is no further line to name.
  if (to >= lines.length && lines.length > 0 && !last.endsWith('\n')) {
    const start =
      from >= lines.length ? { line: lines.length - 1, character: last.length } : { line: from, character: 0 };
    return { start, end: { line: lines.length - 1, character: last.length } };
  }
  return { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
}
