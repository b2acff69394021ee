import type { DerivedDemand, EffectRow, TransferReport } from '@pathway/compiler';
import { formatNumber } from '@pathway/model';
import {
  barsBlock,
  type Block,
  estimateBars,
  estimatedMean,
  type FigureKind,
  heading,
  type IdSource,
  interval,
  paragraph,
  percent,
  plain,
  type Words,
} from '@pathway/report';

const STATES = ['there', 'near', 'missing'] as const;

/**
 * A transfer for people: what is there, near and missing, the demand and the effect.
 * @param ids where those of charts come from; there are no charts without it
 */
export function transferBlocks(words: Words, report: TransferReport, ids?: IdSource): readonly Block[] {
  const { say } = words;
  const { template, territory, origin, demand } = report;
  const title =
    origin === undefined ? say`${template} in ${territory}` : say`${template} in ${territory}, beside ${origin}`;
  return [
    heading(2, title),
    ...STATES.flatMap((state) => gapBlocks(words, report, state)),
    ...demand.flatMap((each) => [
      ...demandBlocks(words, each, territory, origin),
      ...(ids === undefined ? [] : demandCharts(words, ids, each, report)),
    ]),
    ...effectBlocks(words, report),
    ...(ids === undefined ? [] : effectCharts(words, ids, report)),
  ];
}

/** What the rest of the transfer says is written by its analysis, in sentences that the words know. */
function told(words: Words, sentence: string): string {
  return sentence
    .split('; ')
    .map((part) => words.known(part, 'transfer'))
    .join('; ');
}

function stateTitle({ say }: Words, state: (typeof STATES)[number], count: number): string {
  switch (state) {
    case 'there':
      return say`There (${count})`;
    case 'near':
      return say`Near (${count})`;
    case 'missing':
      return say`Missing (${count})`;
  }
}

function gapBlocks(words: Words, { transfer }: TransferReport, state: (typeof STATES)[number]): readonly Block[] {
  const { say } = words;
  const gaps = transfer.gaps.filter((gap) => gap.state === state);
  if (gaps.length === 0) return [];
  const rows = gaps.map(({ title, candidates, because, closes }) => {
    const [best] = candidates;
    const said = told(words, because);
    const isAlone = best === undefined || state === 'missing' || best.title === because;
    const what = isAlone ? said : say`${best.title}: ${said}`;
    return [words.known(title, 'transfer'), what, ...(state === 'there' ? [] : [told(words, closes ?? '')])];
  });
  const head = [
    say`Needed`,
    state === 'missing' ? say`Here` : say`What is here`,
    ...(state === 'there' ? [] : [say`What closes it`]),
  ];
  return [
    heading(3, stateTitle(words, state, gaps.length)),
    { kind: 'table', align: head.map(() => 'left'), head, rows },
  ];
}

function demandBlocks(words: Words, demand: DerivedDemand, here: string, origin: string | undefined): readonly Block[] {
  const { say } = words;
  const { cohort, lines, perDay, perDayAtOrigin } = demand;
  const number = (value: number | undefined): string =>
    value === undefined
      ? say`not known`
      : plain(words, value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
  const yearly = (people: number | undefined, perYear: number, among: number): string =>
    number(people === undefined ? undefined : (people * perYear) / among);
  const head = [
    say`Ages`,
    say`A year among`,
    say`People, ${here}`,
    say`A year`,
    ...(origin === undefined ? [] : [say`People, ${origin}`, say`A year`]),
  ];
  const rows = lines.map(({ ages, perYear, among, people, peopleAtOrigin }) => [
    agesIn(words, ages),
    say`${words.digits(formatNumber(perYear))} per ${plain(words, among, 0)}`,
    number(people),
    yearly(people, perYear, among),
    ...(origin === undefined ? [] : [number(peopleAtOrigin), yearly(peopleAtOrigin, perYear, among)]),
  ]);
  const sums =
    origin === undefined
      ? say`${number(perDay)} a day in ${here}.`
      : say`${number(perDay)} a day in ${here}, ${number(perDayAtOrigin)} in ${origin}.`;
  return [
    heading(3, say`How many of ${cohort} come`),
    { kind: 'table', align: head.map((_, i) => (i < 2 ? 'left' : 'right')), head, rows },
    paragraph(sums),
  ];
}

/** How many come a year of each age, here and where the template comes from. */
function demandCharts(
  words: Words,
  ids: IdSource,
  { cohort, lines }: DerivedDemand,
  { territory, origin }: TransferReport,
): readonly Block[] {
  const { say } = words;
  const rows = lines.flatMap(({ ages, perYear, among, people, peopleAtOrigin }) => {
    const counts = [
      { place: territory, count: people },
      { place: origin, count: peopleAtOrigin },
    ];
    return counts.flatMap(({ place, count }) =>
      place === undefined || count === undefined
        ? []
        : [{ label: `${agesIn(words, ages)}, ${place}`, from: 0, to: (count * perYear) / among }],
    );
  });
  if (rows.length === 0) return [];
  const title = say`A year: ${cohort}`;
  const told = rows.map(({ label, to }) => `${label}: ${plain(words, to)}`).join('; ');
  return [barsBlock(words, ids, { title, description: told, xLabel: say`A year`, reference: 0, rows })];
}

/** Each figure here and where the template comes from, and how much of people and things is in use. */
function effectCharts(words: Words, ids: IdSource, { effect, territory, origin }: TransferReport): readonly Block[] {
  if (effect.kind === 'none') return [];
  const placed = (place: 'here' | 'origin'): string => (place === 'here' ? territory : (origin ?? ''));
  const figures = effect.rows.flatMap((row) => {
    const found = (['here', 'origin'] as const).flatMap((place) => {
      const result = row[place];
      return result === undefined ? [] : [{ label: placed(place), estimate: result.estimate, result }];
    });
    const [first] = found;
    if (first === undefined) return [];
    const kind: FigureKind = { unit: first.result.unit, currency: first.result.currency };
    return estimateBars(words, ids, { title: row.title, kind, rows: found });
  });
  const rows = effect.resources.flatMap(({ title, place, result }) =>
    result.utilisation === null ? [] : [{ label: `${placed(place)}: ${title}`, estimate: result.utilisation }],
  );
  return [...figures, ...estimateBars(words, ids, { title: words.say`In use`, kind: { unit: 'share' }, rows })];
}

/** `65 to 79`, `80 and over` in the words of the language. */
function agesIn({ say }: Words, ages: string): string {
  const [, from, to] = /^(\d+) to (\d+)$/.exec(ages) ?? [];
  if (from !== undefined && to !== undefined) return say`${from} to ${to}`;
  const [, least] = /^(\d+) and over$/.exec(ages) ?? [];
  return least === undefined ? ages : say`${least} and over`;
}

function effectBlocks(words: Words, { effect, territory, origin }: TransferReport): readonly Block[] {
  const { say } = words;
  const title = heading(3, say`What would come of it`);
  if (effect.kind === 'none') return [title, paragraph(words.known(effect.reason, 'transfer'))];
  const places = [territory, ...(origin === undefined ? [] : [origin])];
  const head = ['', ...places.flatMap((place) => [place, say`95 % interval`])];
  const rows = [
    ...effect.rows.map((row) => [
      row.title,
      ...cells(words, row, 'here'),
      ...(origin === undefined ? [] : cells(words, row, 'origin')),
    ]),
    ...effect.resources.map(({ title: called, place, result }) => {
      const used = result.utilisation;
      const own =
        used === null ? [say`not counted`, '–'] : [percent(words, used.mean), interval(words, used, { unit: 'share' })];
      const name = say`In use: ${called}`;
      if (origin === undefined) return [name, ...own];
      return place === 'here' ? [name, ...own, '', ''] : [name, '', '', ...own];
    }),
  ];
  const replications = say`${effect.replications} replications of ${effect.study}, with the best that is here.`;
  return [
    title,
    { kind: 'table', align: head.map((_, i) => (i === 0 ? 'left' : 'right')), head, rows },
    paragraph(replications),
  ];
}

function cells(words: Words, row: EffectRow, place: 'here' | 'origin'): string[] {
  const result = row[place];
  if (result === undefined) return [words.say`not measured`, ''];
  const kind: FigureKind = { unit: result.unit, currency: result.currency };
  return [estimatedMean(words, result.estimate, kind), interval(words, result.estimate, kind)];
}
