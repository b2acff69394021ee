import type { InputIndicator, InputMeasure } from '@pathway/simulation';
import { plainText } from '../program-text.js';
import type { SimmerScope } from './flow-text.js';
import { rNumber, rText } from './r.js';

type Observed = Exclude<InputMeasure, { kind: 'value' | 'share' }>;

/** The lists of what is observed: times, waits and outcomes by the keys of their figures, and the titles of all figures. */
export function simmerFigures(scope: SimmerScope): string[] {
  const { input } = scope;
  const lists: Record<Observed['kind'], string[]> = { time: [], wait: [], 'outcome share': [] };
  const titles: string[] = [];
  for (const indicator of input.indicators) {
    const inner = innermost(indicator.measure);
    if (inner === undefined) continue;
    for (const { key, title, only } of groupsOf(indicator, scope)) {
      lists[inner.kind].push(
        `${rText(key)} = list(${[...observed(inner, scope), ...how(indicator, inner, scope), ...only].join(', ')})`,
      );
      titles.push(`${rText(key)} = ${rText(title)}`);
    }
  }
  for (const { id, title } of input.facilities) {
    const told = plainText(title);
    titles.push(`${rText(`wait ${id}`)} = ${rText(`${told}: wait`)}`);
    titles.push(`${rText(`use ${id}`)} = ${rText(`${told}: in use`)}`);
    titles.push(`${rText(`queue ${id}`)} = ${rText(`${told}: waiting`)}`);
  }
  return [
    ...listLines('TIMES', lists.time),
    '# Moments that times are measured from or to.',
    'MOMENTS <- unlist(lapply(TIMES, function(each) c(each$from, each$to)))',
    ...listLines('WAITS', lists.wait),
    ...listLines('OUTCOMES', lists['outcome share']),
    ...listLines('TITLES', titles),
  ];
}

function listLines(name: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [`${name} <- list()`] : [`${name} <- list(`, `  ${parts.join(',\n  ')}`, ')'];
}

function innermost(measure: InputMeasure): Observed | undefined {
  if (measure.kind === 'value') return undefined;
  return measure.kind === 'share' ? innermost(measure.of) : measure;
}

/** All patients, then those with each value of the attribute by which an indicator is told. */
function groupsOf(
  { id, title, by }: InputIndicator,
  { input, attributes }: SimmerScope,
): readonly { readonly key: string; readonly title: string; readonly only: readonly string[] }[] {
  const categories = by === undefined ? [] : (input.attributes[by]?.categories ?? []);
  return [
    { key: id, title: plainText(title), only: [] },
    ...categories.map((category) => {
      const name = input.categories[category] ?? '';
      const only = [`only = c(${rText(attributes[by ?? -1] ?? '')}, ${rText(name)})`];
      return { key: `${id} [${name}]`, title: `  ${plainText(name)}`, only };
    }),
  ];
}

function observed(inner: Observed, { input, activities, sites }: SimmerScope): string[] {
  const moment = (place: number): string => {
    const told = input.moments[place];
    if (told === undefined) return '""';
    return 'activity' in told ? `"${told.at} ${(activities[told.activity] ?? '""').slice(1, -1)}"` : `"${told.at}"`;
  };
  switch (inner.kind) {
    case 'time':
      return [`from = ${moment(inner.from)}`, `to = ${moment(inner.to)}`];
    case 'wait': {
      const names = [...new Set(inner.requests.flatMap((request) => sites.get(request) ?? []))];
      return [`sites = c(${names.map((site) => `"${site}"`).join(', ')})`];
    }
    case 'outcome share':
      return [`outcome = ${rText(input.outcomes[inner.outcome] ?? '')}`];
  }
}

function how({ measure }: InputIndicator, inner: Observed, { input }: SimmerScope): string[] {
  const parts: string[] = [];
  if (inner.cohorts !== undefined)
    parts.push(`cohorts = c(${inner.cohorts.map((cohort) => rText(input.cohorts[cohort]?.id ?? '')).join(', ')})`);
  if (measure.kind === 'share') {
    const sign = measure.operator === '=' ? '==' : measure.operator;
    parts.push(`holds = function(values) values ${sign} ${rNumber(measure.limit)}`);
  }
  return parts;
}
