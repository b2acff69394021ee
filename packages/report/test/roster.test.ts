import { emptyModel } from '@pathway/model';
import type { DutyRoster, RuleFinding } from '@pathway/staffing';
import { strFromU8, unzipSync } from 'fflate';
import { JSDOM } from 'jsdom';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, rosterHtml, type RosterInput, rosterWorkbook } from '../src/index.js';
import { rosterWorkbookOf } from '../src/workbook/roster-workbook.js';

const HOURS = Array.from({ length: 7 * 24 }, (_, hour) => hour);
const E = 'Early';
const N = 'Night';

/** A rule of two people. */
function finding(
  rule: Pick<RuleFinding, 'kind' | 'limit' | 'reached' | 'line'> & Partial<Pick<RuleFinding, 'breaks' | 'weighed'>>,
): RuleFinding {
  const { breaks = [], weighed = false } = rule;
  const brokenBy = breaks.map(({ person }) => person);
  return { ...rule, breaks, weighed, brokenBy, kept: 2 - brokenBy.length, file: 'ward.pathway' };
}

const ROSTER: DutyRoster = {
  format: 'pathway-roster',
  formatVersion: 1,
  languageVersion: '1',
  sourceHash: 'hash',
  roster: 'Week',
  title: 'Ward <b>week</b>',
  from: '2027-01-04',
  days: 7,
  seed: 1,
  effort: 1,
  cost: 96,
  bound: 48,
  gap: 0.5,
  optimal: false,
  shifts: [
    { id: E, title: 'Early', from: 420, to: 900, night: false },
    { id: N, title: 'Night', from: 1320, to: 1860, night: true },
  ],
  people: [
    {
      person: '=1+1',
      role: 'Nurse',
      shifts: [E, E, null, null, N, N, N],
      leave: [2],
      hours: 43,
      contractHours: 40,
      nights: 3,
      weekendDays: 2,
      requestsMissed: 0,
    },
    {
      person: 'N2',
      role: 'Nurse',
      shifts: [E, null, null, N, null, null, E],
      leave: [],
      hours: 25,
      contractHours: 40,
      nights: 1,
      weekendDays: 1,
      requestsMissed: 1,
    },
  ],
  shortfalls: [
    {
      date: '2027-01-06',
      from: 420,
      to: 900,
      of: 'role',
      who: 'Nurse',
      shift: 'Early',
      wanted: 1,
      there: 0,
      missing: 1,
      sentence: '2027-01-06, Early: 1 Nurse missing of 1.',
    },
  ],
  cover: [{ of: 'skill', who: 'Lead', wanted: HOURS.map((h) => (h === 55 ? 1 : 0)), there: HOURS.map(() => 0) }],
  rules: [
    finding({
      kind: 'most nights in a row',
      limit: 2,
      reached: 3,
      breaks: [{ person: '=1+1', dates: ['2027-01-08'] }],
      line: 7,
    }),
    finding({ kind: 'least rest', limit: 11, reached: 16, line: 8 }),
    finding({
      kind: 'fair refusals',
      limit: 0,
      reached: 1,
      breaks: [{ person: 'N2', dates: ['2027-01-10'] }],
      weighed: true,
      line: 9,
    }),
  ],
  requests: [
    {
      kind: 'request',
      person: 'N2',
      what: 'off',
      shifts: [],
      met: 1,
      missed: ['2027-01-10'],
      file: 'ward.pathway',
      line: 20,
    },
    {
      kind: 'set',
      person: '=1+1',
      what: 'with',
      shifts: [],
      other: 'N2',
      met: 2,
      missed: [],
      file: 'ward.pathway',
      line: 21,
    },
  ],
  withoutLine: [],
};
const INPUT: RosterInput = { model: emptyModel({ sourceHash: 'hash', title: 'Ward' }), roster: ROSTER };

describe('the page of a roster', () => {
  const page = rosterHtml(INPUT);

  it('is one document that loads and runs nothing, and takes titles as text', () => {
    expect(() => parse(page, { onParseError: (error) => expect.fail(error.code) })).not.toThrow();
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    expect(page).toContain('Ward &lt;b&gt;week&lt;/b&gt;');
    expect(rosterHtml(INPUT)).toBe(page);
  });

  it('tells in words who is missing, how good it is, and which rules are not kept by whom', () => {
    expect(page).toContain('Somebody is missing once, 8 hours in all.');
    expect(page).toContain('No roster can be better by more than 50 %.');
    expect(page).toContain('6 January 2027, Early: 1 of 1 Nurse missing.');
    expect(page).toContain('at most 2 nights in a row');
    expect(page).toContain('Of 2 rules, 1 is not kept by everyone.');
    expect(page).toMatch(/class="short">0\/1!</);
  });

  it('says of pairs who works with whom, and of so many for each of others how many people are missing', () => {
    const base = { date: '2027-01-06', from: 420, to: 900, of: 'role', shift: 'Early', sentence: '' } as const;
    const pair = (apart: boolean) => ({
      ...base,
      who: 'N1',
      wanted: 0,
      there: 1,
      missing: 0,
      pair: { other: '<N2>', apart },
    });
    const ratio = {
      ...base,
      who: 'Nurse',
      wanted: 0,
      there: -5,
      missing: 2,
      ratio: { amount: 1, units: 4, of: 'Trainee' },
    };
    const textOf = (shortfalls: DutyRoster['shortfalls'], language?: 'de') => {
      const input = { ...INPUT, roster: { ...ROSTER, shortfalls }, ...(language && { language }) };
      const { document } = new JSDOM(rosterHtml(input)).window;
      const sheets = rosterWorkbookOf(input).sheets.flatMap(({ rows }) => rows.flat().map(({ value }) => value));
      return { page: document.body.textContent.replaceAll(/\s+/g, ' '), sheets };
    };
    const { page: shown, sheets } = textOf([pair(true), pair(false), ratio]);
    for (const sentence of [
      '6 January 2027, Early: N1 works with <N2>.',
      '6 January 2027, Early: N1 works without <N2>.',
      '6 January 2027, Early: 2 Nurse missing; wanted are 1 for each 4 Trainee.',
    ]) {
      expect(shown).toContain(sentence);
      expect(sheets).toContain(sentence);
    }
    expect(shown).toContain('Somebody is missing once, 16 hours in all.');
    expect(sheets).not.toContain(-5);
    expect(textOf([pair(true)]).page).toContain('Nobody is missing on any shift.');
    expect(textOf([pair(false)], 'de').page).toContain('6. Januar 2027, Early: N1 arbeitet ohne <N2>.');
  });

  it('says beside the need what it assumes or leaves out, in the language of the page, and nothing where that is nothing', () => {
    const notes = [
      'Plan: units that become others are counted as what they were.',
      'Close: Nobody has the skill Suturing that it needs.',
    ];
    const input: RosterInput = { ...INPUT, roster: { ...ROSTER, notes }, language: 'de' };
    const made = new JSDOM(rosterHtml(input)).window.document.querySelector('#cover')?.textContent;
    const german = [
      'Plan: Einheiten, die zu anderen werden, sind als das gezählt, was sie waren.',
      'Close: Niemand hat die Qualifikation Suturing, die dafür nötig ist.',
    ];
    for (const sentence of german) expect(made).toContain(sentence);
    const cover = rosterWorkbookOf(input).sheets.find(({ name }) => name === 'Bedarf gegen Besetzung');
    expect(cover?.rows.slice(-2).map(([cell]) => cell?.value)).toEqual(german);
    expect(page).not.toContain('How to read these figures:');
  });

  it('marks whoever stands in for others on the sheet, on the clock and in the workbook, and lists them', () => {
    const { roster } = INPUT;
    const day = roster.people[0]!.shifts.findIndex((shift) => shift !== null);
    const standsInFor = [{ day, role: 'Nurse', title: 'Nurse' }];
    const people = roster.people.map((line, index) => (index === 0 ? { ...line, standsInFor } : line));
    const input = { ...INPUT, roster: { ...roster, people } };
    const made = new JSDOM(rosterHtml({ ...input, language: 'de' })).window.document;
    const starred = [...made.querySelectorAll('#sheet td')].filter((cell) => cell.textContent.includes('*'));
    expect(starred).toHaveLength(1);
    const date = new Date(Date.parse(`${roster.from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
    expect(made.querySelector('#sheet')?.textContent).toContain('In Vertretung anderer');
    expect(made.querySelector('#sheet')?.textContent).toContain(`${people[0]!.person}: Nurse (${date})`);
    const { sheets } = rosterWorkbookOf(input);
    const cells = sheets[0]?.rows.find(([first]) => first?.value === people[0]!.person) ?? [];
    expect(cells[2 + day]).toMatchObject({ format: '@"*"' });
    expect(sheets.some(({ rows }) => rows.some((row) => row.at(-1)?.value === `Nurse (${date})`))).toBe(true);
    expect(rosterHtml(INPUT)).not.toContain('In the place of others');
  });

  it('does not say that everyone keeps rules beside a line that is empty, and says who is called in', () => {
    const { roster } = INPUT;
    const rules = roster.rules.map((rule) => ({ ...rule, brokenBy: [] }));
    const count = rules.filter(({ weighed }) => !weighed).length;
    const people = roster.people.map((line, index) => (index === 0 ? { ...line, calledIn: 'Surge plan' } : line));
    const made = rosterHtml({ ...INPUT, roster: { ...roster, rules, people, withoutLine: ['N2'] } });
    expect(made).toContain(`All ${count} rules are kept by everyone who has a line.`);
    expect(made).toContain('(called in by Surge plan)');
    expect(rosterHtml({ ...INPUT, roster: { ...roster, rules } })).toContain(
      `All ${count} rules are kept by everyone.`,
    );
  });

  it('does not tell a bound where there is none', () => {
    const unknown = rosterHtml({ ...INPUT, roster: { ...ROSTER, gap: 1 } });
    expect(unknown).toContain('How much better a roster could be is not known.');
    expect(unknown).not.toContain('100 %');
  });

  it('has who broke a rule when, how many kept it, and which requests are not met on what days', () => {
    expect(page).toContain('=1+1 (2027-01-08)');
    expect(page).toContain('requests of one person not met: at most 0');
    expect(page).toMatch(/verdict unsure">not kept[^]*?>1 \/ 2<[^]*?N2 \(2027-01-10\)[^]*?ward\.pathway:9/);
    expect(page).toMatch(
      /N2<[^]*?day off<[^]*?verdict unsure">not met<[^]*?1 \/ 2<[^]*?2027-01-10<[^]*?ward\.pathway:20/,
    );
    expect(page).toContain('set: with N2');
  });

  it('cuts a night at the end of the picture, and writes no code in a bar that is too short for it', () => {
    const bars = [...page.matchAll(/class="bar k1" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
    // The night of Sunday has two of nine hours in the picture.
    expect(bars.some(([, , width]) => Number(width) === 10.7)).toBe(true);
    expect(Math.max(...bars.map(([, x, width]) => Number(x) + Number(width)))).toBeLessThanOrEqual(150 + 7 * 128 + 0.1);
  });

  it.each(LANGUAGES)('speaks %s', (language) => {
    const own = rosterHtml({ ...INPUT, language, hasNames: true });
    expect(own).toContain(`lang="${language}"`);
    if (language !== 'en') expect(own).not.toContain('Who is missing');
  });

  it.each([
    ['en', 'nights', [1, 2], ['at most 1 night in a row', 'at most 2 nights in a row']],
    ['es', 'nights', [1, 2], ['como máximo 1 noche seguida', 'como máximo 2 noches seguidas']],
    ['pl', 'nights', [1, 3, 5, 22], ['1 noc z rzędu', '3 noce z rzędu', '5 nocy z rzędu', '22 noce z rzędu']],
    ['pl', 'days off', [1, 2, 5], ['1 dzień wolny z rzędu', '2 dni wolne z rzędu', '5 dni wolnych z rzędu']],
    ['fr', 'days off', [1, 2], ['au moins 1 jour libre de suite', 'au moins 2 jours libres de suite']],
  ] as const)('counts in %s as people say it: %s', (language, what, limits, expected) => {
    const kind = what === 'nights' ? 'most nights in a row' : 'fewest days off in a row';
    const rules = limits.map((limit) => finding({ kind, limit, reached: 1, line: 7 }));
    const own = rosterHtml({ ...INPUT, language, roster: { ...ROSTER, rules } });
    for (const words of expected) expect(own).toContain(words);
  });

  it('warns where it holds names, and only there', () => {
    expect(rosterHtml({ ...INPUT, hasNames: true })).toContain('holds names of people');
    expect(page).not.toContain('holds names of people');
  });
});

describe('the workbook of a roster', () => {
  const { sheets } = rosterWorkbookOf(INPUT);
  const [wall] = sheets;
  const row = (label: string) => wall?.rows.find(([first]) => first?.value === label) ?? [];

  it('has codes by day and totals of persons and days, each with what computes it', () => {
    const first = row('=1+1');
    expect(first.slice(2, 9).map(({ value }) => value)).toEqual(['E', 'E', '~', undefined, 'N', 'N', 'N']);
    expect(first.slice(9).map(({ value }) => value)).toEqual([43, 40, 3, 3, 2, 15]);
    expect(first[9]?.formula).toBe('SUMPRODUCT(COUNTIF(C5:I5,$A$8:$A$9),$J$8:$J$9)');
    expect(first[12]?.formula).toBe('COUNTIF(C5:I5,$A$9)');
    expect(first[13]?.formula).toBe('SUMPRODUCT(COUNTIF(H5:I5,$A$8:$A$9))');
    expect(
      row('E')
        .slice(2, 9)
        .map(({ value }) => value),
    ).toEqual([2, 1, 0, 0, 0, 0, 1]);
    expect(row('N')[2]?.formula).toBe('COUNTIF(C$5:C$6,$A9)');
    expect(
      row('People at work')
        .slice(2, 9)
        .map(({ value }) => value),
    ).toEqual([2, 1, 0, 1, 1, 1, 2]);
    expect(
      row('Hours missing')
        .slice(2, 9)
        .map(({ value }) => value),
    ).toEqual([0, 0, 8, 0, 0, 0, 0]);
  });

  it('has the rows that its formulas name', () => {
    const at = (number: number): unknown => wall?.rows[number - 1]?.[0]?.value;
    expect([5, 6, 8, 9].map(at)).toEqual(['=1+1', 'N2', 'E', 'N']);
    expect(wall?.rows[7]?.[9]?.value).toBe(8);
    expect(wall?.colours?.map(({ from, to }) => [from.row, to.row])).toEqual([
      [5, 6],
      [5, 6],
      [5, 6],
      [11, 11],
    ]);
    expect(at(11)).toBe('Hours missing');
  });

  it('has sheets of need, people, rules and what is missing', () => {
    expect(sheets.map(({ name }) => name)).toEqual([
      'Roster 2027-01-04',
      'Need against cover',
      'Fairness',
      'Rules',
      'Requests and what is set',
      'Who is missing',
    ]);
    const values = (sheet: number, row: number) => sheets[sheet]?.rows[row]?.map(({ value }) => value);
    expect(values(3, 1)).toEqual([
      'at most 2 nights in a row',
      2,
      3,
      'not kept',
      1,
      '=1+1 (2027-01-08)',
      'ward.pathway:7',
    ]);
    expect(values(4, 1)).toEqual(['N2', 'day off', 'not met', 1, 1, '2027-01-10', 'ward.pathway:20']);
    // At 07:00 one is wanted and nobody there, which stands out; other hours are empty.
    const none = (count: number) => Array<undefined>(count).fill(undefined);
    expect(values(1, 0)?.slice(4)).toEqual(Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')));
    expect(values(1, 1)).toEqual(['with Lead', '2027-01-06', 'Wed', 'Wanted', ...none(7), 1, ...none(16)]);
    expect(values(1, 2)).toEqual(['with Lead', '2027-01-06', 'Wed', 'On duty', ...none(7), 0, ...none(16)]);
    expect(sheets[1]?.rows[2]?.map(({ surface }) => surface !== undefined).indexOf(true)).toBe(11);
  });

  it('divides a long roster among sheets of four weeks', () => {
    const long = {
      ...ROSTER,
      days: 60,
      people: ROSTER.people.map((line) => ({ ...line, shifts: Array<null>(60).fill(null) })),
    };
    const names = rosterWorkbookOf({ ...INPUT, roster: long }).sheets.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['Roster 2027-01-04', 'Roster 2027-02-01', 'Roster 2027-03-01']);
    expect(rosterWorkbookOf({ ...INPUT, roster: long }).sheets.map(({ paper }) => paper)).toContain('A3');
  });

  it('becomes the same bytes each time, with colours, values beside formulas, and no formula of a name', async () => {
    const bytes = await rosterWorkbook(INPUT);
    expect(await rosterWorkbook(INPUT)).toEqual(bytes);
    const parts = unzipSync(bytes);
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    expect(sheet).toContain('<f>SUMPRODUCT(COUNTIF(C5:I5,$A$8:$A$9),$J$8:$J$9)</f><v>43</v>');
    expect(sheet).toContain('<conditionalFormatting sqref="C5:I6"><cfRule type="cellIs" operator="equal"');
    expect(sheet).toMatch(/<pageSetup paperSize="9" fitToWidth="1"[^>]*orientation="landscape"/);
    // The heads of people and days are printed on every page.
    const book = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
    expect(book).toContain("localSheetId=\"0\">'Roster 2027-01-04'!$A:$A,'Roster 2027-01-04'!$1:$4</definedName>");
    expect(book).toContain("'Need against cover'!$A:$D,'Need against cover'!$1:$1</definedName>");
    // The order of parts of a sheet is fixed: lines in print before margins and paper.
    expect(sheet).toMatch(/<printOptions gridLines="1"\/><page(?:Margins|Setup)/);
    expect(sheet).toMatch(/<sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr>/);
    expect(sheet).not.toContain('1+1');
    // An attribute given twice would make the part unreadable.
    for (const [tag] of sheet.matchAll(/<[a-zA-Z][^>]*>/g)) {
      const names = [...tag.matchAll(/ ([\w:]+)="/g)].map(([, name]) => name);
      expect(new Set(names).size, tag).toBe(names.length);
    }
  });
});
