import { byId } from '../by-id.js';
import type { AgeRange, Cohort, Territory } from '../elements.js';
import { titleOf } from '../elements.js';
import type { Expression } from '../expression.js';
import { NUMBER } from '../dimension.js';
import type { Model } from '../model.js';

/** `65 to 79`, `80 and over`. */
export function agesText({ low, high }: AgeRange): string {
  return high === undefined ? `${low} and over` : `${low} to ${high}`;
}

/**
 * How many people of an age live in a territory: the sum of the groups that make up exactly these ages, or all of its
 * people for `0 and over` where it has no groups.
 * @returns a sentence where that is not known: nothing is shared out between the ages of a group
 */
export function peopleOfAge(territory: Territory, range: AgeRange): Expression | string {
  const { ages = [], population } = territory;
  const place = titleOf(territory);
  const isEverybody = range.low === 0 && range.high === undefined;
  if (isEverybody && ages.length === 0)
    return population ?? `${place} does not say how many people live there: \`population 120_000\`.`;
  const inside = ages
    .filter(({ low, high }) => low >= range.low && (range.high === undefined || (high ?? Infinity) <= range.high))
    .toSorted((a, b) => a.low - b.low);
  let next: number | undefined = range.low;
  for (const { low, high } of inside) {
    if (low !== next) break;
    next = high === undefined ? undefined : high + 1;
    if (next === undefined) break;
  }
  const reaches = range.high === undefined ? next === undefined : next === range.high + 1;
  if (inside.length === 0 || !reaches) {
    const known = ages.length === 0 ? 'no ages' : `the ages ${ages.map(agesText).join('; ')}`;
    return `${place} tells ${known}, of which none make up ${agesText(range)}; give its people of these ages: \`ages ${agesText(range)}: …\`.`;
  }
  return sum(inside.map(({ people }) => people));
}

/**
 * A cohort that comes by population with the rate of its arrivals: for each group of ages, its people times the rate of so
 * many people. The cohort as it is where its territory, or the people of an age, are not known.
 */
export function withArrivals(cohort: Cohort, model: Pick<Model, 'territories'>): Cohort {
  const { population } = cohort;
  const territory = population?.territory === undefined ? undefined : byId(model.territories, population.territory);
  if (population === undefined || territory === undefined) return cohort;
  const terms: Expression[] = [];
  for (const { rate, people, ...range } of population.rates) {
    const here = peopleOfAge(territory, range);
    if (typeof here === 'string') return cohort;
    terms.push(times(rate, times(here, { kind: 'number', value: people, dimension: NUMBER }, '/'), '*'));
  }
  if (terms.length === 0) return cohort;
  const { profile } = population;
  return { ...cohort, arrivals: { kind: 'rate', rate: sum(terms), ...(profile !== undefined && { profile }) } };
}

function times(left: Expression, right: Expression, operator: '*' | '/'): Expression {
  return { kind: 'binary', operator, left, right };
}

function sum(terms: readonly Expression[]): Expression {
  return terms.reduce((left, right) => ({ kind: 'binary', operator: '+', left, right }));
}
