import { constantValue, type Model, byId } from '@pathway/model';
import type { SkillCover } from './facts.js';
import { groupHasSkill, hasSkill } from './stations.js';
import { neededSkills } from './needs.js';

/**
 * How many people have each skill that a step or hold asks for, at the asked level or a higher one, in order of first
 * use. A role gives its skills to everyone of its groups; named people may have more.
 */
export function skillCover(model: Model): SkillCover[] {
  return neededSkills(model).map(({ skill, level }) => {
    const groups = model.staff.filter((group) => groupHasSkill(group, skill, level, model));
    let holders = 0;
    for (const group of groups) {
      const role = byId(model.roles, group.role);
      if (role !== undefined && hasSkill(role.skills, skill, level, model)) {
        holders += group.people.length > 0 ? group.people.length : (constantValue(group.headcount, model) ?? 0);
      } else holders += group.people.filter(({ skills }) => hasSkill(skills, skill, level, model)).length;
    }
    return { skill, ...(level !== undefined && { level }), holders, groups: groups.map(({ id }) => id) };
  });
}
