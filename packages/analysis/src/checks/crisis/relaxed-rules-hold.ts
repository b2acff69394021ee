import type { Diagnostic, Model, RuleSet, WorkingRule } from '@pathway/model';
import { createDiagnostic, isSameKindOfRule, ruleSetsIn, strictnessOf, titleOf } from '@pathway/model';

/** What a response puts in place of rules of working time is weaker than them, and they are there, and may give way. */
export function relaxedRulesHold(model: Model): Diagnostic[] {
  return (model.responses ?? []).flatMap(({ patches }) =>
    patches.flatMap((patch) => {
      if (patch.kind !== 'relax rules') return [];
      const sets = ruleSetsIn([patch.ruleSet], model);
      const named = sets.at(-1);
      if (named === undefined) return [];
      return patch.rules.flatMap((rule) => {
        const sentence = whatIsWrong(rule, named, sets, model);
        return sentence === undefined ? [] : [createDiagnostic('PW5036', { sentence }, rule.origin)];
      });
    }),
  );
}

function whatIsWrong(rule: WorkingRule, named: RuleSet, sets: readonly RuleSet[], model: Model): string | undefined {
  const meant = sets.flatMap((set) =>
    set.rules.filter((each) => isSameKindOfRule(each, rule)).map((each) => ({ set, rule: each })),
  );
  if (meant.length === 0) return `${titleOf(named)} has no rule of this kind that could give way.`;
  const law = meant.find(
    (each) =>
      each.set.id === LAW && each.rule.kind === 'hours' && strictnessOf(rule, model) < strictnessOf(each.rule, model),
  );
  if (law !== undefined)
    return `${titleOf(law.set)} lets no emergency relax its average of hours a week (article 6, which article 17(3) leaves out).`;
  const strictest = Math.max(...meant.map((each) => strictnessOf(each.rule, model)));
  if (strictnessOf(rule, model) < strictest) return undefined;
  return `This is not weaker than what ${titleOf(named)} asks for already.`;
}

/** The set of rules of the library whose average working time cannot be derogated from. */
const LAW = 'EuropeanWorkingTime';
