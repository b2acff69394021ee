import type { ConsequenceRow, Consequences, PromiseRow } from '@pathway/compiler';
import type { FigureTable } from '@pathway/review';
import type { Colours } from '../shell/context.js';
import { counted } from './counted.js';
import { difference, differenceFigure, differenceInterval, figure } from './figure.js';
import { printable } from './printable.js';
import { table } from './table.js';

const HEADER = ['figure', 'scenario', 'before', 'after', 'difference', '95 % interval'];

/** The rows that tell something, and a sentence for those that are left out. */
function changedRows({ rows }: Consequences): {
  readonly rows: readonly ConsequenceRow[];
  readonly notes: readonly string[];
} {
  const isSame = ({ before, after, difference: found }: ConsequenceRow): boolean =>
    before === after && (found === undefined || (found.low === 0 && found.high === 0));
  const changed = rows.filter((row) => !isSame(row));
  const same = rows.length - changed.length;
  return {
    rows: changed,
    notes: same === 0 ? [] : [`${counted(same, 'figure is', 'figures are')} the same in both versions.`],
  };
}

function about({ method, replications, interrupted }: Consequences): string {
  if (method === 'closed forms') return 'by closed forms, exact where one holds';
  const runs = counted(replications ?? 0, 'pair of replications', 'pairs of replications');
  return `the same patients in both versions, ${runs}${interrupted ? '; interrupted' : ''}`;
}

function cells(row: ConsequenceRow): readonly string[] {
  const { unit, currency } = row;
  const told = (value: number | null): string =>
    value === null ? (row.about === 'capacity' ? 'none or unlimited' : 'no value') : figure(value, unit, currency);
  const apart =
    row.difference !== undefined
      ? [difference(row.difference, unit, currency), differenceInterval(row.difference, unit, currency)]
      : row.before === null || row.after === null
        ? ['', '']
        : [differenceFigure(row.after - row.before, unit, currency), ''];
  const title = row.about === 'indicator' ? row.title : `${row.title}, ${row.about}`;
  return [title, row.scenario, told(row.before), told(row.after), ...apart];
}

/** `holds → broken`, and whether that is for the worse. */
function verdicts({ before, after }: PromiseRow): { readonly text: string; readonly worse: boolean } {
  const told = (verdict: PromiseRow['before']): string =>
    verdict === undefined ? 'not there' : verdict === 'fails' ? 'broken' : verdict;
  return { text: `${told(before)} → ${told(after)}`, worse: after === 'fails' && before !== 'fails' };
}

/** What a change does to figures, for a terminal. */
export function consequencesText(consequences: Consequences, colours: Colours): string {
  const told = changedRows(consequences);
  const rows = told.rows.map((row) => cells(row).map(printable));
  const promises = consequences.promises.map((promise) => {
    const { text, worse } = verdicts(promise);
    const line = `${printable(promise.text)} [${printable(promise.scenario)}]: ${text}`;
    return worse ? colours.red(line) : line;
  });
  return [
    `${colours.bold('Consequences')} (${about(consequences)})`,
    rows.length === 0 ? 'No figure differs.' : table(HEADER, rows, [2, 3, 4]),
    ...told.notes,
    ...promises,
    ...consequences.notes.map(printable),
  ].join('\n');
}

/** The same as Markdown for a comment. */
export function consequencesMarkdown(consequences: Consequences): string {
  const cell = (text: string): string =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replace(/[\\`*_[\]#|~]/g, '\\$&')
      .replace(/@(?=\w)/g, '@\u200b');
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const told = changedRows(consequences);
  const rows = told.rows.map((row) => line(cells(row).map(cell)));
  const promises = consequences.promises.map((promise) => {
    const { text, worse } = verdicts(promise);
    return `- ${worse ? '❌ ' : ''}${cell(promise.text)} (${cell(promise.scenario)}): ${text}`;
  });
  return [
    '#### Consequences',
    '',
    `_${about(consequences)}._`,
    '',
    ...(rows.length === 0
      ? ['No figure differs.']
      : [line(HEADER), '| --- | --- | ---: | ---: | ---: | --- |', ...rows]),
    ...told.notes.map((note) => `\n${note}`),
    ...(promises.length === 0 ? [] : ['', ...promises]),
    ...consequences.notes.map((note) => `\n${cell(note)}`),
  ].join('\n');
}

/** The same as a table for a page; promises are rows, too. */
export function consequencesTable(consequences: Consequences): FigureTable {
  const told = changedRows(consequences);
  const promises = consequences.promises.map(
    (promise) => `${promise.text} in ${promise.scenario}: ${verdicts(promise).text}.`,
  );
  return {
    caption: 'Consequences',
    header: HEADER,
    rows: told.rows.map(cells),
    notes: [capital(`${about(consequences)}.`), ...told.notes, ...promises, ...consequences.notes],
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
