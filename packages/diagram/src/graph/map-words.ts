import {
  constantValue,
  type Expression,
  expressionText,
  formatNumber,
  type Model,
  type Origin,
  sayShare,
  titleOf,
  walkActivities,
} from '@pathway/model';
import { activityTitle, type Wording, wordingOf } from './wording.js';
import { type DrawingWords, ENGLISH } from './words.js';

/** Anything that a map can show, with what it is. */
interface Named {
  readonly title: string;
  /** As in `Role`, `Stock`, `in Stroke care`. */
  readonly what: string;
  readonly origin: Origin;
  /** What stands together. */
  readonly group: string;
}

/** How the elements and quantities of a model read on a map. */
export interface MapWords extends Pick<DrawingWords, 'say'> {
  readonly element: (id: string) => Named | undefined;
  /** The title of an element; its id where there is none. */
  readonly name: (id: string) => string;
  /** The usual duration: a constant, a mean, or the expression itself. */
  readonly duration: (expression: Expression) => string;
  readonly number: (expression: Expression) => string;
  readonly share: (expression: Expression) => string;
}

/** The words for one model in a language. */
export function mapWords(model: Model, words: DrawingWords = ENGLISH): MapWords {
  const { say, digits } = words;
  const wording = wordingOf(model, words);
  const elements = elementsOf(model, wording, words);
  const constant = (expression: Expression, format: (value: number) => string): string => {
    const value = constantValue(expression, model);
    return value === undefined ? expressionText(expression) : format(value);
  };
  return {
    say,
    element: (id) => elements.get(id),
    name: (id) => elements.get(id)?.title ?? id,
    duration: (expression) => wording.duration(expression),
    number: (expression) => constant(expression, (value) => digits(formatNumber(value))),
    share: (expression) => constant(expression, (value) => sayShare(words, value)),
  };
}

function elementsOf(model: Model, wording: Wording, { say }: DrawingWords): ReadonlyMap<string, Named> {
  const found = new Map<string, Named>();
  for (const pathway of model.pathways) {
    const what = say`in ${titleOf(pathway)}`;
    for (const { activity } of walkActivities(pathway.body)) {
      const named = { title: activityTitle(activity, wording), what, origin: activity.origin, group: pathway.id };
      found.set(activity.id, named);
    }
  }
  for (const response of model.responses ?? []) {
    for (const patch of response.patches) {
      if (!('with' in patch)) continue;
      for (const { activity } of walkActivities(patch.with)) {
        const { id, origin } = activity;
        const what = say`brought by ${titleOf(response)}`;
        const group = response.pathway ?? response.id;
        if (!found.has(id)) found.set(id, { title: activityTitle(activity, wording), what, origin, group });
      }
    }
  }
  const kinds = [
    [say`Pathway`, model.pathways],
    [say`Cohort`, model.cohorts],
    [say`Role`, model.roles],
    [say`Resource`, model.resources],
    [say`Stock`, model.stocks],
    [say`Organisation`, model.organisations],
    [say`Signal`, model.signals ?? []],
    [say`Gauge`, model.gauges ?? []],
    [say`Trigger`, model.triggers ?? []],
    [say`Response`, model.responses ?? []],
    [say`Rules`, model.ruleSets ?? []],
  ] as const;
  for (const [what, declarations] of kinds) {
    for (const each of declarations)
      found.set(each.id, { title: titleOf(each), what, origin: each.origin, group: what });
  }
  return found;
}
