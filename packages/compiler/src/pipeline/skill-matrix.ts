import { activityDemand } from '@pathway/analysis';
import type { SkillMatrix } from '@pathway/diagram';
import { byId, type Model, titleOf } from '@pathway/model';
import { skillVerdict, type Words } from '@pathway/report';
import { type SkillTable, skillTableOf } from '@pathway/staffing';

/**
 * Who can do what in a scenario and where that is thin; nothing has to be solved for it.
 * @param scenario the model as it is where absent
 * @throws ModelError for an unknown scenario
 */
export function skillTable(model: Model, scenario: string | undefined): SkillTable {
  const demand = activityDemand(model, scenario);
  return skillTableOf(model, { demand, ...(scenario !== undefined && { scenario }) });
}

/**
 * The matrix to be drawn: rows called by who they are, what they do and where, with the verdicts of a report; columns for what
 * anybody has or any step asks for, and not for all that is known of, such as the library's.
 */
export function skillMatrix(model: Model, { title, holders, skills, spots }: SkillTable, words: Words): SkillMatrix {
  const matters = (skill: string): boolean =>
    holders.some(({ skills: own }) => own.some((held) => held.skill === skill)) ||
    spots.some((spot) => spot.skill === skill);
  return {
    title,
    skills: skills.filter(({ skill }) => matters(skill)),
    holders: holders.map((holder) => {
      const place = byId(model.organisations, holder.organisation ?? '');
      // A group has the name of its role and place already.
      const names = [
        ...(holder.people > 1 ? [] : [holder.id]),
        holder.title,
        ...(place === undefined ? [] : [titleOf(place)]),
      ];
      return { id: holder.id, label: names.join(', '), people: holder.people, skills: holder.skills };
    }),
    spots: spots.map(({ skill, level, holders: count, verdict, alone }) => ({
      skill,
      ...(level !== undefined && { level }),
      holders: count,
      isThin: verdict !== 'enough',
      verdict: skillVerdict(words, verdict),
      alone,
    })),
  };
}
