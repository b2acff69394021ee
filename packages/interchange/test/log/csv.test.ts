import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvRows, delimiterOf } from '../../src/log/csv-rows.js';
import { readCsvLog } from '../../src/log/read-csv.js';
import { casesOf, fault, readCsv } from '../logs.js';

describe('rows of CSV', () => {
  const rowsOf = (pieces: readonly string[], delimiter = ','): string[][] => {
    const rows: string[][] = [];
    const reader = new CsvRows(delimiter, (cells) => rows.push(cells));
    for (const piece of pieces) reader.push(piece);
    reader.end();
    return rows;
  };

  test('any cells come back, wherever the text is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r\n', ' ', '🙂') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(60)),
        fc.constantFrom('\n', '\r\n'),
        (rows, cuts, end) => {
          const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',') + end).join('');
          const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
          const pieces = places.slice(1).map((to, i) => text.slice(places[i], to));
          expect(rowsOf(pieces)).toEqual(rows);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  test('cells without quotes, empty ones and a last line without an end', () => {
    expect(rowsOf(['a;b;\r\n\r\n;"c";d'], ';')).toEqual([
      ['a', 'b', ''],
      ['', 'c', 'd'],
    ]);
  });

  test.each([
    ['case,activity,time', ','],
    ['case;activity;time', ';'],
    ['case\tactivity', '\t'],
    ['"a,b";c;d', ';'],
    ['only', ','],
  ])('the delimiter of %j', (heading, delimiter) => {
    expect(delimiterOf(heading)).toBe(delimiter);
  });
});

describe('an event log in CSV', () => {
  test('columns are recognised, cases brought together and put in order', async () => {
    const log = await readCsv(`Case ID;Activity;Timestamp;lifecycle:transition
1;Triage;2026-01-01 10:00:00;complete
2;Triage;2026-01-01 09:00:00;start
1;Register;2026-01-01 09:30:00;complete
2;Triage;2026-01-01 09:10:00;complete
`);
    const at = (time: string): number => Date.parse(`2026-01-01T${time}:00Z`) / 1000;
    expect(casesOf(log)).toEqual([
      `Register complete ${at('09:30')}, Triage complete ${at('10:00')}`,
      `Triage start ${at('09:00')}, Triage complete ${at('09:10')}`,
    ]);
  });

  test('a row with a start and an end is one piece of work', async () => {
    const log = await readCsv('case,task,start,end\n1,Scan,2026-01-01 09:00:00,2026-01-01 09:20:00\n');
    expect(casesOf(log)[0]).toMatch(/^Scan start \d+, Scan complete \d+$/);
  });

  test('columns of any names can be named', async () => {
    const log = await readCsv('wer,was,wann\n1,Scan,2026-01-01 09:00:00\n', {
      columns: { case: 'wer', activity: 'was', time: 'wann' },
    });
    expect(log).toMatchObject({ cases: 1, events: 1, activities: ['Scan'] });
  });

  test('rows without a case, an activity or a time are left out and counted', async () => {
    const log = await readCsv(
      'case,activity,time,lifecycle\n,A,2026-01-01,\n1,,2026-01-01,\n1,A,,\n1,A,2026-01-01,suspend\n1,A,2026-01-01,\n',
    );
    expect(log.events).toBe(1);
    expect(log.leftOut).toEqual({ withoutCase: 1, withoutActivity: 1, withoutTime: 1, otherTransitions: 1 });
  });

  test('the order of rows does not matter where times differ', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},A${i % 3},2026-01-01 09:${String(i + 10)}:00`);
    const heading = 'case,activity,time\n';
    const sorted = (lists: readonly string[]): string[] => [...lists].sort();
    const first = sorted(casesOf(await readCsv(heading + rows.join('\n'))));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (shuffled) => {
        expect(sorted(casesOf(await readCsv(heading + shuffled.join('\n'))))).toEqual(first);
      }),
      { seed: 8, numRuns: 30 },
    );
  });

  test.each<[string, string, string]>([
    ['nothing', '', '-:- The log is empty.'],
    ['no column of cases', 'a,b,c\n', '1:- No column is recognised as the case.'],
    [
      'a row that is too short',
      'case,activity,time\n1,A,2026-01-01\n1,A\n',
      '3:2 This row has 2 cells, the heading has 3.',
    ],
    [
      'a row that is too long',
      'case,activity,time\n1,A,2026-01-01,x\n',
      '2:4 This row has 4 cells, the heading has 3.',
    ],
    [
      'a time that is none',
      'case,activity,time\n1,A,2026-01-01\n1,A,Mrs Miller 1950\n',
      '3:3 The column "time" has no time here but something like `aaa aaaaaa 9999`.',
    ],
    [
      'a time that can be read in two ways',
      'case,activity,time\n1,A,03/04/2026\n',
      '2:3 In the column "time" the day or the month may come first.',
    ],
    [
      'work that ends before it starts',
      'case,activity,start,end\n1,A,2026-01-02,2026-01-01\n',
      '2:4 The work ends before it starts.',
    ],
    [
      'a quote in a quoted cell',
      'case,activity,time\n1,"A"B,2026-01-01\n',
      '2:2 Something stands after a closing quote.',
    ],
    ['zero bytes', 'case,activity\u0000', '1:- This is not a text: it has zero bytes.'],
  ])('%s is told with its place', async (_what, text, message) => {
    expect(await fault(readCsv(text))).toContain(message);
  });

  test('a quote that is never closed is told where it was opened', async () => {
    const text = `case,activity,time\n1,"A,2026-01-01\n${'x'.repeat(1_100_000)}`;
    expect(await fault(readCsv(text))).toContain('2:- This row does not end within 1000000 characters.');
  });

  test('a misspelt column gets a proposal', async () => {
    expect(await fault(readCsv('case,activity,time\n', { columns: { resource: 'activty' } }))).toContain(
      'There is no column "activty"; did you mean "activity"?',
    );
  });

  test('bytes that are not UTF-8 are told with their line', async () => {
    const bytes = [...Buffer.from('case,activity,time\n1,Caf', 'latin1'), 0xe9, 0x0a];
    expect(await fault(readCsvLog([Uint8Array.from(bytes)]))).toBe('2:- This is not UTF-8 text.');
  });

  test('a byte order mark is passed over, and bytes may be cut within a character', async () => {
    const bytes = Buffer.from('\uFEFFcase,activity,time\n1,Café,2026-01-01\n');
    const log = await readCsvLog(Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect(log.activities).toEqual(['Café']);
  });

  test('more activities than a process can have are refused', async () => {
    const rows = Array.from({ length: 2001 }, (_, i) => `1,A${i},2026-01-01`);
    expect(await fault(readCsv(`case,activity,time\n${rows.join('\n')}`))).toContain(
      'The log has more than 2000 different activities.',
    );
  });

  test('names of people, performers and what tools add are no attributes', async () => {
    const log = await readCsv(
      'case,activity,time,resource,Variant,patient name,birth date,age\n1,A,2026-01-01,Bob,Variant 1,Ann,1950-01-01,70\n',
    );
    expect(log.attributes.map(({ name }) => name)).toEqual(['age']);
  });
});
