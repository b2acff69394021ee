import { emptyModel } from '@pathway/model';
import type { ConflictFact, DutyRoster, RelaxationFact } from '@pathway/staffing';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, rosterHtml, type RosterInput, rosterWorkbook } from '../../src/index.js';
import { rosterWorkbookOf } from '../../src/workbook/roster-workbook.js';

const SET = { what: 'set', person: '=N1', shifts: ['Late'], only: false, dates: ['2027-01-05'] } as const;

/** Each kind of part that a conflict can have, with how it reads in English. */
const PARTS: readonly (readonly [fact: ConflictFact, english: string])[] = [
  [{ what: 'rule', rule: 'least rest', limit: 11, set: 'Ours' }, 'at least 11 h of rest between shifts (Ours)'],
  [
    { what: 'rule', rule: 'least rest', limit: 24, after: ['Late'], before: ['Early'], set: 'Ours' },
    'at least 24 h of rest after Late before Early (Ours)',
  ],
  [{ what: 'rule', rule: 'least rest', limit: 24, after: ['Late'], set: 'Ours' }, 'rest after Late (Ours)'],
  [{ what: 'rule', rule: 'least rest', limit: 24, before: ['Early'], set: 'Ours' }, 'rest before Early (Ours)'],
  [{ what: 'all shifts' }, 'the shifts that people work'],
  [{ what: 'all contracts' }, 'the contracts'],
  [{ what: 'all leave' }, 'the leave of people'],
  [
    { what: 'shifts', who: { group: '<b>Nurse</b>, Ward', people: 6 }, shifts: ['Early', 'Late'] },
    'shifts of <b>Nurse</b>, Ward (6 people): only Early, Late',
  ],
  [
    { what: 'contract', who: { group: 'Nurse', people: 1, person: '=N1' }, hours: 1160 },
    'contracts of =N1: 1,160 h in all',
  ],
  [
    {
      what: 'leave',
      person: '=N1',
      days: {
        spans: [
          { from: '2027-01-05', until: '2027-01-06' },
          { from: '2027-01-08', until: '2027-01-08' },
        ],
        more: 1,
      },
    },
    'leave of =N1: 5 January 2027 – 6 January 2027, 8 January 2027, and 1 more day',
  ],
  [SET, '=N1, set: Late (5 January 2027)'],
  [{ ...SET, shifts: [] }, '=N1, set: day off (5 January 2027)'],
  [{ ...SET, only: true }, '=N1, set: only Late on some days (5 January 2027)'],
  [{ what: 'all set', person: 'N2' }, 'what is set for N2'],
  [
    {
      what: 'cover',
      amount: 3,
      of: 'role',
      who: 'Nurse',
      shifts: ['Night'],
      days: { spans: [{ from: '2027-01-06', until: '2027-01-06' }], more: 0 },
    },
    'cover: 3 Nurse on Night (6 January 2027)',
  ],
  [
    { what: 'cover', amount: 1, of: 'skill', who: 'Lead', per: { units: 3, of: 'Student' }, shifts: ['Night'] },
    'cover: 1 with Lead for each 3 Student on Night',
  ],
  [
    { what: 'cover', amount: 2, of: 'role', who: 'Nurse', shifts: [] },
    'cover: 2 Nurse on the hours that pathways need',
  ],
  [{ what: 'people', of: 'role', who: 'Nurse', count: 5 }, 'in the roster altogether: 5 Nurse'],
];

const none: RelaxationFact = { allow: [], people: [], givesLine: false };

/** Ways out with the hours that they leave of 40, and how each reads in English. */
const WAYS: readonly (readonly [fact: RelaxationFact, left: number, english: string, outcome: string])[] = [
  [
    { ...none, leaveOut: SET, people: ['=N1'], givesLine: true },
    40,
    'leave out: =N1, set: Late (5 January 2027)',
    '=N1 gets a line',
  ],
  [
    {
      ...none,
      allow: [{ what: 'rule', rule: 'most nights in a row', limit: 3 }, { what: 'leave' }],
      people: ['N2', 'N3'],
    },
    28.4,
    'allow: at most 3 nights in a row; work on days of leave (for 2 people: N2, N3)',
    '12 of 40 missing hours go',
  ],
  [
    {
      ...none,
      by: 'Great strain',
      allow: [{ what: 'shifts', group: 'Senior', shifts: ['Night'] }],
      people: ['A', 'B', 'C', 'D', 'E', 'F', 'G'],
      borrow: { first: [{ amount: 0.6, of: 'role', who: 'Nurse', weekday: 3, shift: 'Night' }], more: 2 },
    },
    0,
    'put Great strain in force, which allows: shifts Night also for Senior (for 7 people: A, B, C, D, E, F, …); ' +
      'borrow: 0.6 Nurse, Thu Night; and for 2 other shifts',
    'nothing is missing',
  ],
  [
    { ...none, borrow: { first: [{ amount: 1, of: 'skill', who: 'Lead', weekday: 6 }], more: 0 } },
    0,
    'borrow: 1 with Lead, Sun by the hour',
    'nothing is missing',
  ],
  [{ ...none, close: { units: 2, resource: 'Bed' } }, 0, 'close 2 Bed', 'nothing is missing'],
];

const ROSTER: DutyRoster = {
  ...{ format: 'pathway-roster', formatVersion: 1, languageVersion: '1', sourceHash: 'hash' },
  ...{ roster: 'Week', title: 'Week', from: '2027-01-04', days: 7, seed: 1, effort: 1 },
  ...{ cost: 96, bound: 96, gap: 0, optimal: true },
  ...{ shifts: [], people: [], shortfalls: [], cover: [], rules: [], requests: [], withoutLine: ['=N1'] },
  explanation: {
    missingHours: 40,
    conflicts: [
      {
        smallest: true,
        parts: PARTS.map(([fact], i) => ({ sentence: 'of the plan', fact, place: `ward.pathway:${i + 1}:3` })),
      },
      { person: '=N1', smallest: false, parts: [{ sentence: 'of the plan', fact: SET }] },
    ],
    relaxations: WAYS.map(([fact, missingHours], i) => ({
      kind: 'together',
      sentence: 'of the plan',
      fact,
      places: i === 1 ? ['ward.pathway:7:3', 'people.csv:2:1'] : [],
      missingHours,
      cost: i,
    })),
  },
};
const INPUT: RosterInput = { model: emptyModel({ sourceHash: 'hash', title: 'Ward' }), roster: ROSTER };

function whySheetOf(input: RosterInput): readonly (readonly unknown[])[] {
  return (
    rosterWorkbookOf(input)
      .sheets.at(-1)
      ?.rows.map((row) => row.map(({ value }) => value)) ?? []
  );
}

describe('the explanation of a short roster', () => {
  const page = rosterHtml(INPUT);
  const rows = whySheetOf(INPUT);

  it.each(PARTS)('says on the page and in the workbook what cannot be kept: %j', (fact, english) => {
    const place = `ward.pathway:${PARTS.findIndex(([each]) => each === fact) + 1}:3`;
    const row = rows.find(([, where]) => where === place);
    expect(row?.[0]).toContain(english);
    expect(page).toContain(`${english.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</th>`);
    expect(page).toContain(`<code>${place}</code>`);
  });

  it.each(WAYS)('says what would help and what comes of it: %j', (_fact, _left, english, outcome) => {
    expect(page).toContain(`${english}</th>`);
    expect(rows.find(([first]) => first === english)?.[2]).toBe(outcome);
  });

  it('tells people without a line from shifts that nobody works, and what is proved from what is not', () => {
    expect(page).toContain('In every roster somebody is missing: these cannot all be kept.');
    expect(page).toContain('For =N1 no line is possible: these cannot all be kept.');
    expect(page.indexOf('Without any one of them')).toBeLessThan(page.indexOf('For =N1 no line'));
    expect(page.indexOf('Perhaps not all of them')).toBeGreaterThan(page.indexOf('For =N1 no line'));
    expect(page).toContain('<code>ward.pathway:7:3</code>, <code>people.csv:2:1</code>');
    expect(() => parse(page, { onParseError: (error) => expect.fail(error.code) })).not.toThrow();
  });

  it.each(LANGUAGES.filter((language) => language !== 'en'))('speaks %s in each part of it', (language) => {
    const own = rosterHtml({ ...INPUT, language });
    const inSheet = whySheetOf({ ...INPUT, language }).flat();
    for (const english of [...PARTS, ...WAYS.map(([fact, , words]) => [fact, words] as const)].map(
      ([, words]) => words,
    ))
      expect(own).not.toContain(english);
    const english = rows.flat().filter((value) => typeof value === 'string' && /[a-z]{3} [a-z]{2}/.test(value));
    expect(inSheet.filter((value) => english.includes(value))).toEqual([]);
    expect(own).not.toContain('of the plan');
    expect(inSheet.length).toBe(rows.flat().length);
  });

  it('is left out where nobody is missing', () => {
    const { explanation: _, ...whole } = ROSTER;
    expect(rosterHtml({ ...INPUT, roster: whole })).not.toContain('id="why"');
    expect(rosterWorkbookOf({ ...INPUT, roster: whole }).sheets.length).toBe(rosterWorkbookOf(INPUT).sheets.length - 1);
  });

  it('gives the same bytes each time', async () => {
    expect(rosterHtml(INPUT)).toBe(page);
    expect(await rosterWorkbook(INPUT)).toEqual(await rosterWorkbook(INPUT));
  });
});
