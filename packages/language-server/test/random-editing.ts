import fc from 'fast-check';

/** What one edit does to a project, in numbers that fit any text: places count modulo what there is. */
export interface RandomEdit {
  readonly kind: (typeof KINDS)[number];
  readonly file: number;
  readonly place: number;
  readonly other: number;
  readonly length: number;
  readonly word: string;
}

/** Edits of a text as people and tools make them; the other kinds are about whole files. */
const TEXT_KINDS = [
  'insert',
  'insert',
  'erase',
  'erase',
  'keyword',
  'keyword',
  'misspell',
  'otherName',
  'deleteLine',
  'doubleLine',
  'swapLines',
  'deleteBlock',
  'doubleBlock',
  'moveBlock',
  'lineEnds',
  'byteOrderMark',
] as const;
const FILE_KINDS = ['delete', 'create', 'rename', 'change', 'close', 'open'] as const;
const KINDS = [...TEXT_KINDS, ...TEXT_KINDS, ...FILE_KINDS] as const;

const PIECES = [
  ...Array.from('{}(),.:"`/*\\%=<>@ \n\t0'),
  '\r\n',
  '//',
  '/*',
  '*/',
  '/**',
  '"a"',
  '{ }',
  '1 h',
  'é',
  '病院',
  '\u{1F691}',
  '\u0000',
  '\u2028',
  '// @allow PW2006 because this is meant',
  'import "std/health"',
  'import "./missing.pathway"',
];

/** Random edits; the same seed gives the same ones. */
export function randomEdits(count: number, seed: number, keywords: readonly string[]): readonly RandomEdit[] {
  const edit = fc.record({
    kind: fc.constantFrom(...KINDS),
    file: fc.nat(),
    place: fc.nat(),
    other: fc.nat(),
    length: fc.integer({ min: 1, max: 25 }),
    word: fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...keywords), fc.constantFrom(...keywords)),
  });
  return fc.sample(edit, { numRuns: count, seed });
}

/** A text after an edit of its own; undefined where the edit is about files. */
export function editedText(edit: RandomEdit, text: string): string | undefined {
  const lines = text.split('\n');
  const line = edit.place % lines.length;
  const from = edit.place % (text.length + 1);
  switch (edit.kind) {
    case 'insert':
      return spliced(text, from, from, edit.word);
    case 'erase':
      return spliced(text, from, from + edit.length, '');
    case 'keyword':
      return replaceWord(text, edit.place, () => edit.word);
    case 'misspell':
      return replaceWord(text, edit.place, (word) => word.slice(1) + word.slice(0, 1));
    case 'otherName': {
      const words = text.match(WORD) ?? [];
      return replaceWord(text, edit.place, (word) => words[edit.other % words.length] ?? word);
    }
    case 'deleteLine':
      return lines.toSpliced(line, 1).join('\n');
    case 'doubleLine':
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
    case 'swapLines':
      return lines.toSpliced(line, 2, ...lines.slice(line, line + 2).reverse()).join('\n');
    case 'deleteBlock':
    case 'doubleBlock':
    case 'moveBlock': {
      const block = blockAt(lines, line);
      const body = lines.slice(block.from, block.to);
      if (edit.kind === 'doubleBlock') return lines.toSpliced(block.to, 0, ...body).join('\n');
      const without = lines.toSpliced(block.from, body.length);
      return (
        edit.kind === 'deleteBlock' ? without : without.toSpliced(edit.other % (without.length + 1), 0, ...body)
      ).join('\n');
    }
    case 'lineEnds':
      return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n');
    case 'byteOrderMark':
      return text.startsWith('\uFEFF') ? text.slice(1) : `\uFEFF${text}`;
    default:
      return undefined;
  }
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;

function spliced(text: string, from: number, to: number, piece: string): string {
  return text.slice(0, from) + piece + text.slice(to);
}

function replaceWord(text: string, place: number, change: (word: string) => string): string {
  const words = [...text.matchAll(WORD)];
  const found = words[place % Math.max(1, words.length)];
  return found === undefined ? text : spliced(text, found.index, found.index + found[0].length, change(found[0]));
}

/** The lines of the block that begins nearest above a line, with the end after it. */
function blockAt(lines: readonly string[], line: number): { readonly from: number; readonly to: number } {
  let from = line;
  while (from > 0 && !/\{\s*$/.test(lines[from] ?? '')) from--;
  let depth = 0;
  for (let to = from; to < lines.length; to++) {
    const text = lines[to] ?? '';
    depth += text.split('{').length - text.split('}').length;
    if (depth <= 0) return { from, to: to + 1 };
  }
  return { from, to: lines.length };
}
