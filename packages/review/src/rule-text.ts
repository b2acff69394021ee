import type { JsonObject } from './json.js';
import type { PartText } from './plan-text.js';

/** A rule of working time as the language writes it: `at most 6 nights in a row`; undefined for anything else. */
export function ruleText(rule: JsonObject, text: PartText): string | undefined {
  const shifts = (word: string, property: 'after' | 'before'): string =>
    Array.isArray(rule[property]) && rule[property].length > 0 ? ` ${word} ${text(rule[property])}` : '';
  const averaged = rule.average === true ? ' averaged' : '';
  const cost = rule.cost === undefined ? '' : ` costs ${text(rule.cost)}`;
  switch (rule.kind) {
    case 'run':
      return `at ${text(rule.bound)} ${text(rule.count)} ${text(rule.what)} in a row`;
    case 'count':
      return `at most ${text(rule.count)} ${text(rule.what)}${rule.week === true ? ' a week' : ''}`;
    case 'off after nights':
      return `at least ${text(rule.count)} days off after nights`;
    case 'hours':
      return `at most ${text(rule.limit)}${averaged}`;
    case 'night hours':
      return `nights at most ${text(rule.limit)}${averaged}`;
    case 'rest':
      return `rest at least ${text(rule.rest)}${shifts('after', 'after')}${shifts('before', 'before')}`;
    case 'weekends off':
      return `weekends off at least ${text(rule.count)} in ${text(rule.of)}`;
    case 'notice':
      return `change ${rule.always === true ? 'at least ' : ''}${text(rule.notice)} before`;
    case 'fair':
      return `share ${text(rule.what)} within ${text(rule.spread)}${cost}`;
    default:
      return undefined;
  }
}
