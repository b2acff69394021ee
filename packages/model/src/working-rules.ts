import { byId } from './by-id.js';
import { constantValue } from './evaluate.js';
import type { Model } from './model.js';
import type { RuleSet, WorkingRule } from './rosters.js';

/** Sets of rules with all that they extend, each once: what is extended before what extends it. */
export function ruleSetsIn(ids: readonly string[], model: Pick<Model, 'ruleSets'>): readonly RuleSet[] {
  const seen = new Set<string>();
  const collect = (id: string): readonly RuleSet[] => {
    const set = byId(model.ruleSets ?? [], id);
    if (set === undefined || seen.has(id)) return [];
    seen.add(id);
    return [...set.bases.flatMap(collect), set];
  };
  return ids.flatMap(collect);
}

/** Whether two rules limit the same thing, so that one can stand in place of the other. */
export function isSameKindOfRule(one: WorkingRule, other: WorkingRule): boolean {
  return kindOf(one) === kindOf(other);
}

function kindOf(rule: WorkingRule): string {
  switch (rule.kind) {
    case 'run':
      return `${rule.bound} ${rule.what} in a row`;
    case 'count':
      return `${rule.what} ${rule.week}`;
    case 'hours':
    case 'night hours':
      return `${rule.kind} ${rule.average}`;
    case 'rest':
      return `rest ${[...rule.after].sort().join()} ${[...rule.before].sort().join()}`;
    case 'notice':
      return `notice ${rule.always}`;
    case 'fair':
      return `fair ${rule.what}`;
    default:
      return rule.kind;
  }
}

/** How strict a rule is, beside others of its kind: the greater the stricter. */
export function strictnessOf(rule: WorkingRule, model: Model): number {
  switch (rule.kind) {
    case 'run':
      return rule.bound === 'most' ? -rule.count : rule.count;
    case 'count':
      return -rule.count;
    case 'off after nights':
      return rule.count;
    case 'hours':
    case 'night hours':
      return -(constantValue(rule.limit, model) ?? 0);
    case 'rest':
      return constantValue(rule.rest, model) ?? 0;
    case 'weekends off':
      return rule.count / rule.of;
    case 'notice':
      return constantValue(rule.notice, model) ?? 0;
    case 'fair':
      return -rule.spread;
  }
}
