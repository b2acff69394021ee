import { emptyModel } from '@pathway/model';
import type { DutyRoster, Shortfall, StandInFact } from '@pathway/staffing';
import { strFromU8, unzipSync } from 'fflate';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, rosterCalendarWords, rosterHtml, type RosterInput, rosterWorkbook } from '../../src/index.js';
import { standInWords } from '../../src/roster/repair-words.js';
import { rosterWorkbookOf } from '../../src/workbook/roster-workbook.js';
import { wordsOf } from '../../src/words/words.js';

const FACT: StandInFact = {
  ...{ thatDay: 'off', offAround: true, hours: 36, contractHours: 40, noticeHours: 55.5 },
};
const SHORT: Shortfall = {
  ...{ date: '2027-01-07', from: 1320, to: 1860, of: 'skill', who: 'Lead', shift: 'Night', wanted: 2, there: 1 },
  missing: 1,
  sentence: '',
};
const line = { role: 'Nurse', leave: [], hours: 8, contractHours: 40, nights: 0, weekendDays: 0, requestsMissed: 0 };

/** Of one who is ill, one who works their night instead of an early shift, and one who is free for it on another day. */
const ROSTER: DutyRoster = {
  ...{ format: 'pathway-roster', formatVersion: 1, languageVersion: '1', sourceHash: 'hash' },
  ...{ roster: 'Week', title: 'Week', from: '2027-01-04', days: 7, seed: 1, effort: 1 },
  ...{ cost: 96, bound: 0, gap: 1, optimal: false },
  shifts: [
    { id: 'Early', title: 'Early', from: 420, to: 900, night: false },
    { id: 'Night', title: 'Night', from: 1320, to: 1860, night: true },
  ],
  people: [
    { ...line, person: 'N1', shifts: [null, null, null, null, null, null, null] },
    { ...line, person: 'N2', shifts: [null, null, 'Night', null, null, null, 'Early'] },
    { ...line, person: 'N3', shifts: [null, null, null, null, 'Early', null, null] },
  ],
  ...{ cover: [], rules: [], requests: [], withoutLine: [] },
  shortfalls: [{ ...SHORT, date: '2027-01-04' }, SHORT],
  repair: {
    ...{ change: 'Flu', title: 'Influenza', known: '2027-01-05T06:30', lostShifts: 1, changedDays: 3 },
    changes: [
      { person: 'N1', date: '2027-01-06', was: 'Night', now: null, lost: true, sentence: '' },
      {
        ...{ person: 'N2', date: '2027-01-06', was: 'Early', now: 'Night', lost: false, sentence: '' },
        tell: { by: '2027-01-05T07:00', atOnce: true },
      },
      {
        ...{ person: 'N3', date: '2027-01-07', was: 'Night', now: null, lost: false, sentence: '' },
        tell: { by: '2027-01-06T22:00', atOnce: false },
      },
      {
        ...{ person: 'N3', date: '2027-01-08', was: null, now: 'Early', lost: false, sentence: '' },
        tell: { by: '2027-01-07T07:00', atOnce: false },
      },
    ],
    calls: [
      {
        ...{ date: '2027-01-06', from: 1320, to: 1860, shift: 'Night', of: 'role', who: 'Nurse', missing: 2, left: 1 },
        people: [
          { person: 'N2', planned: true, reason: '', fact: { ...FACT, thatDay: 'other shift', insteadOf: 'Early' } },
          { person: 'N3', planned: false, reason: '', fact: FACT },
        ],
      },
      {
        ...{ date: '2027-01-07', from: 1320, to: 1860, shift: 'Night', of: 'skill', who: 'Lead' },
        ...{ missing: 1, left: 1, people: [] },
      },
    ],
    missing: [SHORT],
  },
};
const INPUT: RosterInput = { model: emptyModel({ sourceHash: 'hash', title: 'Ward' }), roster: ROSTER };

const textOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('the page of a repaired roster', () => {
  const { document } = new JSDOM(rosterHtml(INPUT)).window;
  const section = document.querySelector('#changes');

  it('has what changed from what to what, and until when each person is to be told', () => {
    expect(textOf(section?.querySelector('caption'))).toBe(
      'Influenza, known 5 January 2027, 06:30: 1 shift lost, 3 days changed beside them.',
    );
    const rows = [...(section?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map(textOf));
    expect(rows).toEqual([
      ['6 January 2027', 'N1', 'Night', 'cannot work', '–'],
      ['6 January 2027', 'N2', 'Early', 'Night', 'at once, by 5 January 2027, 07:00 at the latest'],
      ['7 January 2027', 'N3', 'Night', 'day off', '6 January 2027, 22:00'],
      ['8 January 2027', 'N3', 'day off', 'Early', '7 January 2027, 07:00'],
    ]);
  });

  it('has whom to call in which order, and what stays missing from then on', () => {
    const calls = [...(section?.querySelectorAll('ol li') ?? [])].map(textOf);
    expect(calls[0]).toMatch(
      /^N2 \(planned\): instead of Early; a day off before and after; 36 h of 40 h with it; 2 days of notice$/,
    );
    expect(calls[1]).toMatch(/^N3: off that day;/);
    expect(textOf(section)).toContain('6 January 2027, Night: 2 Nurse missing, 1 also with these changes');
    expect(textOf(section)).toContain('nobody who keeps the rules');
    expect([...(section?.querySelectorAll('ul li') ?? [])].map(textOf)).toEqual([
      '7 January 2027, Night: 1 of 2 with Lead missing.',
    ]);
  });

  it('marks changed days on the sheet by an arrow and a frame, and on the clock by frames', () => {
    const marked = [...document.querySelectorAll('#sheet td.changed')].map((cell) => cell.textContent.trim());
    expect(marked).toEqual(['N\u202f→\u202f·', 'E\u202f→\u202fN', 'N\u202f→\u202f·', '·\u202f→\u202fE']);
    expect(document.querySelectorAll('#clock rect.bar.changed')).toHaveLength(2);
    expect(document.querySelectorAll('#clock rect.gone')).toHaveLength(2);
  });

  it.each(LANGUAGES)('speaks %s', (language) => {
    const page = rosterHtml({ ...INPUT, language });
    expect(page).not.toMatch(/\{\d/);
    expect(rosterHtml({ ...INPUT, language })).toBe(page);
    if (language !== 'en') expect(page).not.toMatch(/cannot work|Whom to call|day off|of notice|What stays/);
  });
});

describe('why somebody may take a shift', () => {
  it.each([
    [{}, 'off that day; a day off before and after; 36 h of 40 h with it; 2 days of notice'],
    [{ noticeHours: 2.5, hours: 40.5 }, '; 0.5 h beyond the contract with it; 2.5 h of notice'],
    [
      {
        thatDay: 'same shift',
        offAround: false,
        restAfter: { hours: 11, shift: 'Late' },
        restBefore: { hours: 24, shift: 'Early' },
      },
      'works it already; 11 h of rest after Late; 24 h before Early; 36 h',
    ],
  ] as const)('is told by %o', (own, words) => {
    expect(standInWords(wordsOf(), { ...FACT, ...own })).toContain(words);
  });

  it('has the forms of Polish for 1, 2 and 5', () => {
    const notice = (days: number): string =>
      standInWords(wordsOf('pl'), { ...FACT, noticeHours: days * 24 }).replace(/^.*; /, '');
    expect([2, 5, 22].map(notice)).toEqual(['2 dni uprzedzenia', '5 dni uprzedzenia', '22 dni uprzedzenia']);
    const lost = (lostShifts: number): string =>
      rosterHtml({ ...INPUT, language: 'pl', roster: { ...ROSTER, repair: { ...ROSTER.repair!, lostShifts } } });
    expect(lost(1)).toContain('1 zmiana przepada');
    expect(lost(3)).toContain('3 zmiany przepadają');
    expect(lost(12)).toContain('12 zmian przepada');
  });
});

describe('the workbook of a repaired roster', () => {
  it('shows what stood before the code, which alone is counted, in a frame', async () => {
    const { sheets } = rosterWorkbookOf(INPUT);
    const cells = sheets[0]?.rows.find(([first]) => first?.value === 'N2') ?? [];
    expect(cells[4]).toMatchObject({ value: 'N', format: '"E→"@', framed: true, bold: true });
    expect(cells[8]).not.toHaveProperty('framed');
    const parts = unzipSync(await rosterWorkbook(INPUT));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    const style = /<c r="E6" s="(\d+)" t="inlineStr"><is><t>N<\/t><\/is><\/c>/.exec(sheet)?.[1];
    const styles = strFromU8(parts['xl/styles.xml'] ?? new Uint8Array());
    const cellStyles = /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(styles)?.[1]?.match(/<xf .*?<\/xf>/gs) ?? [];
    const own = cellStyles[Number(style)] ?? '';
    const format = /numFmtId="(\d+)"/.exec(own)?.[1] ?? '';
    expect(styles).toContain(`<numFmt numFmtId="${format}" formatCode="&quot;E→&quot;@"/>`);
    expect(styles).toMatch(/style="thick"/);
  });

  it('has sheets of changes, with what stays missing, and of calls in order', () => {
    const { sheets } = rosterWorkbookOf(INPUT);
    expect(sheets.slice(1, 3).map(({ name }) => name)).toEqual(['What changes', 'Whom to call, in this order']);
    const values = (sheet: number) => sheets[sheet]?.rows.map((row) => row.map(({ value }) => value)) ?? [];
    expect(values(1)).toContainEqual(['2027-01-06', 'N1', 'Night', 'cannot work', undefined]);
    expect(values(1).at(-1)).toEqual(['7 January 2027, Night: 1 of 2 with Lead missing.']);
    expect(
      values(2)
        .slice(1)
        .map((row) => row.slice(0, 8)),
    ).toEqual([
      ['2027-01-06', 'Night', 'Nurse', 2, 1, 1, 'N2', 'planned'],
      ['2027-01-06', 'Night', 'Nurse', 2, 1, 2, 'N3', undefined],
      ['2027-01-07', 'Night', 'with Lead', 1, 1, undefined, undefined, undefined],
    ]);
  });
});

describe('what a calendar says of a repair', () => {
  it('is in the language and with the names of its reader', () => {
    const words = rosterCalendarWords(ROSTER, new Map([['N2', 'Ada Ruiz']]), 'de');
    const { changes, calls } = ROSTER.repair!;
    expect(changes.map(words.changed)).toEqual([
      'Geändert: Night → kann nicht arbeiten',
      'Geändert: Early → Night',
      'Geändert: Night → frei',
      'Geändert: frei → Early',
    ]);
    expect(words.tell(changes[1]!)).toBe('Ada Ruiz Bescheid geben: 6. Januar 2027, Early → Night');
    const told = calls.map(words.call);
    expect(told.map(({ title }) => title)).toEqual([
      'Anrufen: 6. Januar 2027, Night: 2 Nurse fehlen, 1 auch mit diesen Änderungen',
      'Anrufen: 7. Januar 2027, Night: 1 mit Lead fehlt, 1 auch mit diesen Änderungen',
    ]);
    expect(told[0]?.lines.map((each) => each.slice(0, 24))).toEqual([
      '1. Ada Ruiz (eingeplant)',
      '2. N3: an dem Tag frei; ',
    ]);
    expect(told[1]?.lines).toEqual(['niemand, bei dem alle Regeln gehalten werden']);
  });
});
