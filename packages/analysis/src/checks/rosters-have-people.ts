import type { Diagnostic, HeldSkill, Model, RosterCover, RosterDeclaration, StaffGroup } from '@pathway/model';
import { constantValue, createDiagnostic, formatNumber, titleOf } from '@pathway/model';

/** No roster wants more people of a kind on one shift than its staff have of it. */
export function rostersHavePeople(model: Model): Diagnostic[] {
  return (model.rosters ?? []).flatMap((roster) => {
    const groups = model.staff.filter(({ id }) => roster.groups.includes(id));
    return groups.length === 0 ? [] : roster.cover.flatMap((cover) => enough(roster, cover, groups, model));
  });
}

function enough(
  roster: RosterDeclaration,
  cover: RosterCover,
  groups: readonly StaffGroup[],
  model: Model,
): Diagnostic[] {
  const wanted = constantValue(cover.amount, model) ?? 0;
  const have = groups.reduce((sum, group) => sum + able(group, cover, model), 0);
  if (wanted <= have) return [];
  const kind = model.roles.find(({ id }) => id === cover.role) ?? model.skills.find(({ id }) => id === cover.skill);
  const who = kind === undefined ? 'people' : cover.role === undefined ? `with ${titleOf(kind)}` : titleOf(kind);
  const params = { roster: titleOf(roster), who, wanted: formatNumber(wanted), have: formatNumber(have) };
  return [createDiagnostic('PW5032', params, cover.origin)];
}

function able(group: StaffGroup, cover: RosterCover, model: Model): number {
  const all = constantValue(group.headcount, model) ?? 0;
  if (cover.role !== undefined) return group.role === cover.role ? all : 0;
  const { people } = group;
  if (people.length > 0) return people.filter(({ skills }) => holds(skills, cover, model)).length;
  return holds(model.roles.find(({ id }) => id === group.role)?.skills ?? [], cover, model) ? all : 0;
}

function holds(skills: readonly HeldSkill[], cover: RosterCover, model: Model): boolean {
  const levels = model.skills.find(({ id }) => id === cover.skill)?.levels ?? [];
  return skills.some(
    ({ skill, level }) =>
      skill === cover.skill &&
      (cover.level === undefined || (level !== undefined && levels.indexOf(level) >= levels.indexOf(cover.level))),
  );
}
