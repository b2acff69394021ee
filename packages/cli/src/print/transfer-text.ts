import type { DerivedDemand, EffectRow, TransferReport } from '@pathway/compiler';
import { formatNumber } from '@pathway/model';
import type { Colours } from '../shell/context.js';
import { figure, interval, meanFigure } from './figure.js';
import { printable } from './printable.js';
import { table } from './table.js';

const STATES = ['there', 'near', 'missing'] as const;
const STATE_WORDS: Readonly<Record<(typeof STATES)[number], string>> = {
  there: 'There',
  near: 'Near',
  missing: 'Missing',
};

/** A transfer for people: what is there, near and missing, the demand, the effect, and a draft to go on with. */
export function transferText(report: TransferReport, colours: Colours): string {
  const { transfer, template, territory, origin, demand } = report;
  const from = origin === undefined ? '' : `, beside ${origin}`;
  const parts = [
    colours.bold(printable(`${template} in ${territory}${from}`)),
    ...STATES.flatMap((state) => gapsText(report, state, colours)),
    ...demand.map((each) => demandText(each, territory, origin, colours)),
    effectText(report, colours),
    `${colours.bold('Draft')}\n${printable(transfer.draft.trimEnd())}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function gapsText({ transfer }: TransferReport, state: (typeof STATES)[number], colours: Colours): string[] {
  const gaps = transfer.gaps.filter((gap) => gap.state === state);
  if (gaps.length === 0) return [];
  const rows = gaps.map(({ title, candidates, because, closes }) => {
    const [best] = candidates;
    const what =
      best === undefined || state === 'missing'
        ? because
        : best.title === because
          ? because
          : `${best.title}: ${because}`;
    return [printable(title), printable(what), ...(state === 'there' ? [] : [printable(closes ?? '')])];
  });
  const header = [
    'needed',
    state === 'missing' ? 'here' : 'what is here',
    ...(state === 'there' ? [] : ['what closes it']),
  ];
  return [`${colours.bold(`${STATE_WORDS[state]} (${gaps.length})`)}\n${table(header, rows)}`];
}

function demandText(demand: DerivedDemand, here: string, origin: string | undefined, colours: Colours): string {
  const { cohort, lines, perDay, perDayAtOrigin } = demand;
  const number = (value: number | undefined, digits = 12): string =>
    value === undefined ? 'not known' : formatNumber(value, { digits });
  const yearly = (people: number | undefined, perYear: number, among: number): string =>
    people === undefined ? 'not known' : formatNumber((people * perYear) / among);
  const header = [
    'ages',
    'a year among',
    `people, ${here}`,
    'a year',
    ...(origin === undefined ? [] : [`people, ${origin}`, 'a year']),
  ];
  const rows = lines.map(({ ages, perYear, among, people, peopleAtOrigin }) => [
    ages,
    `${formatNumber(perYear)} per ${number(among)}`,
    number(people),
    yearly(people, perYear, among),
    ...(origin === undefined ? [] : [number(peopleAtOrigin), yearly(peopleAtOrigin, perYear, among)]),
  ]);
  const sums = [
    `${perDay === undefined ? 'not known' : formatNumber(perDay)} a day in ${here}`,
    ...(origin === undefined
      ? []
      : [`${perDayAtOrigin === undefined ? 'not known' : formatNumber(perDayAtOrigin)} in ${origin}`]),
  ];
  return [
    colours.bold(printable(`How many of ${cohort} come`)),
    table(
      header.map((each) => printable(each)),
      rows,
      [2, 3, 4, 5],
    ),
    printable(`${sums.join(', ')}.`),
  ].join('\n');
}

function effectText({ effect, territory, origin }: TransferReport, colours: Colours): string {
  const head = colours.bold('What would come of it');
  if (effect.kind === 'none') return `${head}\n${printable(effect.reason)}`;
  const places = [territory, ...(origin === undefined ? [] : [origin])].map((each) => printable(each));
  const header = ['', ...places.flatMap((place) => [place, '95% interval'])];
  const rows = [
    ...effect.rows.map((row) => [
      printable(row.title),
      ...cells(row, 'here'),
      ...(origin === undefined ? [] : cells(row, 'origin')),
    ]),
    ...effect.resources.map(({ title, place, result }) => {
      const used = result.utilisation;
      const own = used === null ? ['not counted', '–'] : [figure(used.mean, 'share'), interval(used, 'share')];
      const called = `In use: ${printable(title)}`;
      if (origin === undefined) return [called, ...own];
      return place === 'here' ? [called, ...own, '', ''] : [called, '', '', ...own];
    }),
  ];
  const told = `${effect.replications} replications of ${printable(effect.study)}, with the best that is here.`;
  return [head, table(header, rows, [1, 2, 3, 4]), told].join('\n');
}

function cells(row: EffectRow, place: 'here' | 'origin'): string[] {
  const result = row[place];
  if (result === undefined) return ['not measured', ''];
  const { estimate, unit, currency } = result;
  return [meanFigure(estimate, unit, currency), interval(estimate, unit, currency)];
}
