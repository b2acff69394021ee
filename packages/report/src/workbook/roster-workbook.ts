import { rosterDays, type RosterInput, stretches } from '../roster/roster-view.js';
import { repairSheets } from './roster-repair-sheets.js';
import { whySheet } from './roster-why-sheet.js';
import { wordsOf } from '../words/words.js';
import { sheetNames, type Workbook } from './workbook.js';
import { coverSheet, missingSheet, peopleSheet, requestSheet, ruleSheet } from './roster-sheets.js';
import { wallSheet } from './roster-wall-sheet.js';

/** Days side by side on one sheet: as many as a page can hold. */
const DAYS_ON_A_SHEET = 35;
const DAYS_WHERE_MORE = 28;

/**
 * A roster as a workbook: the sheet to hang up, with colours and totals that follow when a shift is changed by hand, need
 * against cover, totals of each person, the rules, and who is missing in words.
 * @returns the bytes of an XLSX file; the same roster gives the same bytes
 */
export async function rosterWorkbook(input: RosterInput): Promise<Uint8Array> {
  const { writeWorkbook } = await import('./write-workbook.js');
  return writeWorkbook(rosterWorkbookOf(input));
}

/** The workbook as plain values. */
export function rosterWorkbookOf(input: RosterInput): Workbook {
  const words = wordsOf(input.language);
  const days = rosterDays(input.roster);
  const most = days.length <= DAYS_ON_A_SHEET ? DAYS_ON_A_SHEET : DAYS_WHERE_MORE;
  const sheets = [
    ...stretches(days, most).map((stretch) => wallSheet(words, input, stretch)),
    ...(input.roster.repair === undefined ? [] : repairSheets(words, input.roster, input.roster.repair)),
    coverSheet(words, input, days),
    peopleSheet(words, input),
    ruleSheet(words, input),
    requestSheet(words, input),
    missingSheet(words, input),
    ...(input.roster.explanation === undefined ? [] : [whySheet(words, input.roster.explanation)]),
  ];
  const names = sheetNames(sheets.map(({ name }) => name));
  return { sheets: sheets.map((sheet, i) => ({ ...sheet, isOnePageWide: true, name: names[i] ?? sheet.name })) };
}
