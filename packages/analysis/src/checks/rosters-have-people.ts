import type { Diagnostic, HeldSkill, Model, RosterCover, RosterDeclaration, StaffGroup } from '@pathway/model';
import { constantValue, createDiagnostic, formatNumber, titleOf } from '@pathway/model';
import { wantedOn } from './roster-amounts.js';

/** No roster wants more people of a kind on one shift than its staff have of it, who work such shifts. */
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
  // A level brings people who stand in for others, and what is wanted for each so many people depends on how many there are.
  if (cover.reached !== undefined || cover.team !== undefined) return [];
  const wanted = wantedOn(cover, model) ?? 0;
  const have = Math.min(
    ...cover.shifts.map((shift) => groups.reduce((sum, group) => sum + able(group, cover, shift, model), 0)),
  );
  if (wanted <= have) return [];
  const kind = model.roles.find(({ id }) => id === cover.role) ?? model.skills.find(({ id }) => id === cover.skill);
  const who = kind === undefined ? 'people' : cover.role === undefined ? `with ${titleOf(kind)}` : titleOf(kind);
  const params = { roster: titleOf(roster), who, wanted: formatNumber(wanted), have: formatNumber(have) };
  return [createDiagnostic('PW5032', params, cover.origin)];
}

function able(group: StaffGroup, cover: RosterCover, shift: string, model: Model): number {
  const works = (own: readonly string[]): boolean => {
    const named = own.length > 0 ? own : group.shifts;
    return named.length === 0 || named.includes(shift);
  };
  const all = works([]) ? (constantValue(group.headcount, model) ?? 0) : 0;
  const { people } = group;
  const isRole = group.role === cover.role;
  if (cover.role !== undefined && (!isRole || people.length === 0)) return isRole ? all : 0;
  if (people.length > 0)
    return people.filter(({ skills, shifts }) => works(shifts) && (isRole || holds(skills, cover, model))).length;
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
