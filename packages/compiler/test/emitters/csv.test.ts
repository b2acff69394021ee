import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvTable } from '@pathway/interchange';

test('a table comes back from a CSV reader as it was, apart from guarded formulas', () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => !/^[=+\-@\t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
      const read: unknown = parse(csvTable(['a', 'b'], rows), { record_delimiter: '\n' });
      expect(read).toEqual([['a', 'b'], ...rows]);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a text that a spreadsheet would compute gets an apostrophe, a negative number does not', () => {
  expect(csvTable(['x'], [['=1+1'], ['@SUM(A1)'], ['+44'], ['-x'], [-5]])).toBe("x\n'=1+1\n'@SUM(A1)\n'+44\n'-x\n-5\n");
});

test('what has no value is an empty cell', () => {
  expect(csvTable(['a', 'b'], [[undefined, Number.NaN]])).toBe('a,b\n,\n');
});
