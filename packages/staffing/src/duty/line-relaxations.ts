import { formatOrigin } from '@pathway/model';
import { ruleFact } from './explanation-facts.js';
import type { Explaining, Relaxation } from './explaining.js';
import { missingHours } from './missing-work.js';
import { type FoundConflict, hasNoLine } from './roster-conflicts.js';
import { REQUEST } from './roster-people.js';
import { PRICE } from './roster-relaxations.js';
import { rosterTask } from './roster-task.js';
import { relaxed, ruleInWords } from './rule-words.js';

/**
 * What would give somebody a line who has none: to leave out what is set for them, or a rule a step weaker for them. Any part
 * of a smallest conflict that is left out is enough; a weaker rule is tried.
 */
export function lineRelaxations(
  explaining: Explaining,
  person: number,
  { conflict, parts }: FoundConflict,
): readonly Relaxation[] {
  const { task, solution, made } = explaining;
  const { id } = task.members[person]!;
  const then = { missingHours: missingHours(task, solution.roster) };
  return parts.flatMap((part): Relaxation[] => {
    const places = part.place === undefined ? [] : [part.place];
    if (part.entry !== undefined && part.fact.what === 'set' && conflict.smallest)
      return [
        {
          kind: 'set',
          sentence: `Leave out ${part.sentence}: ${id} has a line.`,
          fact: { allow: [], people: [id], leaveOut: part.fact, givesLine: true },
          places,
          ...then,
          cost: solution.cost + REQUEST,
        },
      ];
    const { rule } = part;
    const weaker = rule === undefined ? undefined : relaxed(rule, task.model, task.shifts);
    if (rule === undefined || weaker === undefined) return [];
    const rules = task.rules.map((each) => (each === rule ? weaker : each));
    if (hasNoLine(explaining, rosterTask(task.model, task.roster, { ...made, rules }), person)) return [];
    const sentence = `Allow ${ruleInWords(weaker, task.model)} for ${id}: they have a line.`;
    return [
      {
        kind: 'rule',
        sentence,
        fact: { allow: [ruleFact(weaker, task)], people: [id], givesLine: true },
        places: [formatOrigin(rule.origin)],
        ...then,
        cost: solution.cost + PRICE.person,
      },
    ];
  });
}
