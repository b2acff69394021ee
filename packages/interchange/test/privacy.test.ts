import { describe, expect, test } from 'vitest';
import { calibrationHtml, calibrationMarkdown } from '../src/report/report.js';
import { calibrationJson, summarise } from '../src/report/summary.js';
import { discoveredText } from '../src/write/discovered-text.js';
import { calibrated, simulatedLog } from './simulated.js';
import { fault, readCsv } from './logs.js';

const CASES = 300;

/** Everything that is written of a log: text, report for people in both forms, report for programs. */
async function written(log: string, threshold = 10): Promise<string> {
  const calibration = await calibrated(log, { threshold });
  const summary = summarise(calibration, { title: 'Log' });
  return [
    discoveredText(calibration, { title: 'Log', name: 'Care', waits: true }),
    calibrationHtml(summary),
    calibrationMarkdown(summary),
    calibrationJson(summary),
  ].join('\n');
}

describe('personal data', () => {
  const more = {
    heading: 'performer,Patient name,Remark,Ward,Score,Row',
    cells(one: number): string {
      const ward = one < 4 ? 'Zeppelinward' : one < 150 ? 'North' : 'South';
      const score = one === 7 ? '987654' : String(40 + (one % 30));
      return `Performer${one % 7}xyzzy,Mrs Quuxley ${one},Remark-${one}-plugh,${ward},${score},${one * 1_000_000_000_039}`;
    },
  };

  test('no case, name, performer, remark or rare value reaches what is written', async () => {
    const log = simulatedLog({ cases: CASES, more }).replaceAll('case ', 'NHS77');
    const text = `${log}NHS7712,Exorcism by Father Merrin,2026-01-06T00:00:00,2026-01-06T01:00:00,Performer1xyzzy,,,,,\n`;
    const all = await written(text);
    for (const secret of ['NHS77', 'Quuxley', 'xyzzy', 'plugh', 'Zeppelin', '987654', 'Merrin', 'Exorcism'])
      expect(all, secret).not.toContain(secret);
    for (let one = 1; one < CASES; one++)
      expect(all.includes(String(one * 1_000_000_000_039)), String(one)).toBe(false);
    for (const kept of ['North', 'South', 'CT scan']) expect(all).toContain(kept);
  });

  test('no moment of any event is in it, but the dates of the first and the last', async () => {
    const log = simulatedLog({ cases: CASES });
    const all = await written(log);
    const moments = [...log.matchAll(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/g)].map(([moment]) => moment);
    expect(moments.length).toBeGreaterThan(CASES);
    for (const moment of moments) expect(all.includes(moment)).toBe(false);
  });

  test('a value shared by just enough cases is written, by one fewer not', async () => {
    const wards = (of: number) => ({
      heading: 'Ward',
      cells: (one: number): string => (one < of ? 'Attic' : one < 150 ? 'North' : 'South'),
    });
    expect(await written(simulatedLog({ cases: CASES, more: wards(10) }))).toContain('Attic');
    expect(await written(simulatedLog({ cases: CASES, more: wards(9) }))).not.toContain('Attic');
    expect(await written(simulatedLog({ cases: CASES, more: wards(19) }), 20)).not.toContain('Attic');
  });

  test.each([
    ['free text that many share', 'lives with Peter Quuxley, says pain since Tuesday', 'no'],
    ['two sentences', 'Daughter comes. Ask Quuxley', 'no'],
    ['a number to call', 'Quuxley 0171 223 3445', 'none'],
    ['an address of mail', 'quuxley@example.org', 'none'],
    ['somebody with a title', 'Dr. Quuxley', 'Prof Plugh'],
    ['somebody with a title in another language', 'Frau Quuxley', 'Mme Plugh'],
  ])('%s is no category, unless it is asked for', async (_, one, other) => {
    const more = { heading: 'Extra', cells: (each: number): string => `"${each % 2 === 0 ? one : other}"` };
    const log = simulatedLog({ cases: CASES, more });
    const all = await written(log);
    expect(all).not.toContain(one);
    expect(all.toLowerCase()).not.toContain('quuxley');
    expect(all).toContain('Extra is left out: its values read like free text or names of people');
    const { attributes } = await calibrated(log, { attributesAskedFor: true });
    expect(attributes[0]).toMatchObject({ kind: 'categories', options: [{ value: expect.any(String) as string }, {}] });
  });

  test.each([
    'Nachname',
    'Cognome',
    'nom_usuel',
    'Data urodzenia',
    'Straße',
    'Código postal',
    'Bemerkung',
    'PLZ',
    'Zuweiser',
    'DOB',
    'Home e-mail',
  ])('a column called %s is not read', async (heading) => {
    const log = simulatedLog({
      cases: CASES,
      more: { heading, cells: (each) => (each % 2 === 0 ? 'Quuxley' : 'Plugh') },
    });
    expect((await calibrated(log)).attributes).toEqual([]);
  });

  test('what hospitals call their categories is read as ever', async () => {
    const headings = [
      'Nomenclature',
      'Diagnosis',
      'DiagnosticECG',
      'Notified',
      'Doctor seen',
      'CAP',
      'Destination',
      'Renal replacement',
    ];
    const values = [
      'Patient discharged to a nursing home',
      'St. Mary ward',
      'MS Therapy',
      '472191000119101',
      'ICD-10 I63.9',
      'yes',
      'A. B',
      '2026',
    ];
    for (const [i, heading] of headings.entries()) {
      const cells = (each: number): string => (each % 2 === 0 ? (values[i] ?? '') : 'else');
      const { attributes } = await calibrated(simulatedLog({ cases: CASES, more: { heading, cells } }));
      expect(attributes, heading).toMatchObject([{ kind: 'categories', name: heading }]);
    }
  });

  test('a group of a few is not left over by naming all others', async () => {
    const more = {
      heading: 'Ward',
      cells: (one: number): string => (one < 3 ? 'Attic' : one < 15 ? 'Cellar' : 'North'),
    };
    const log = simulatedLog({ cases: CASES, more });
    const { attributes } = await calibrated(log);
    expect(attributes[0]).toMatchObject({
      kind: 'categories',
      merged: 1,
      known: 297,
      options: [{ value: 'North' }, { value: 'Cellar' }],
    });
    expect(await written(log)).toContain('Not known of fewer than 10 cases.');
  });

  test('a wait that only a few had is none', async () => {
    const early = 'case 12,Exorcism,2026-01-05T00:00:00,2026-01-05T01:00:00\n';
    const { steps } = await calibrated(simulatedLog({ cases: CASES }) + early);
    expect(steps.find(({ activity }) => activity === 'Register')!.wait).toMatchObject({ mean: 0, law: { mean: 0 } });
  });

  test('messages show the shape of a value and not the value', async () => {
    const message = await fault(readCsv('case,activity,time\n1,A,Mrs Quuxley born 1950\n'));
    expect(message).not.toContain('Quuxley');
    expect(message).toContain('`aaa aaaaaaa aaaa 9999`');
  });
});
