import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { codeFrame } from '../../src/print/code-frame.js';

const plain = createColors(false);
const frame = (text: string, line: number, column: number, endColumn: number, endLine = line) =>
  codeFrame(text.split('\n'), { file: 'a.pathway', line, column, endLine, endColumn }, (carets) => carets, plain);

test('underlines a place in its line', () => {
  expect(frame('a\n  hold 1 Beds {\n', 2, 10, 14)).toBe(
    ['   |', ' 2 |   hold 1 Beds {', '   |          ^^^^'].join('\n'),
  );
});

test('keeps tabs, so that the carets stand below their text', () => {
  expect(frame('\t\tBed', 1, 3, 6)).toBe(['   |', ' 1 | \t\tBed', '   | \t\t^^^'].join('\n'));
});

test('counts a character outside the basic plane as one', () => {
  expect(frame('"😀" Bed', 1, 6, 9).split('\n')[2]).toBe('   |     ^^^');
});

test('underlines a place over several lines to the end of its first', () => {
  expect(frame('step A {\n}', 1, 1, 2, 2).split('\n')[2]).toBe('   | ^^^^^^^^');
});

test('shows one caret at the end of a line and where a place is empty', () => {
  expect(frame('step A', 1, 7, 7).split('\n')[2]).toBe('   |       ^');
});

test('cuts a long line around the place', () => {
  const lines = frame(`${'x'.repeat(5000)}Bed${'y'.repeat(5000)}`, 1, 5001, 5004).split('\n');
  expect(lines[1]!.length).toBeLessThan(160);
  expect(lines[2]!.indexOf('^')).toBe(lines[1]!.indexOf('Bed'));
});

test('never sends what steers a terminal', () => {
  expect(frame('\u001b[2J\u202e Bed', 1, 1, 2)).not.toMatch(/[\u001b\u202e]/);
});

test('is empty where there is no such line', () => {
  expect(frame('a', 7, 1, 2)).toBe('');
});
