import {
  byId,
  createDiagnostic,
  type Diagnostic,
  type Model,
  type Shift,
  shiftLength,
  titleOf,
  WEEKDAYS,
} from '@pathway/model';
import type { NeedLoad } from '../demand.js';
import { needsOf } from '../needs.js';
import { groupsFor, hasSkill } from '../stations.js';

const WEEK = 168;

/**
 * Skills of people who are named are there in every hour in which steps ask for them and others of their group work: somebody
 * with the skill works a shift then. Whoever has no shifts may work at any time; hours of presence are checked by themselves.
 */
export function skillsAreOnShifts(model: Model, needs: readonly NeedLoad[]): Diagnostic[] {
  const told = new Set<string>();
  return needs.flatMap(({ target, hours }) => {
    if (target.kind !== 'skill') return [];
    const { organisation, ...asked } = target;
    const { skill, level } = asked;
    const groups = groupsFor(asked, organisation, model);
    const works = groups.flatMap(({ people, shifts, role }) => {
      const ofRole = byId(model.roles, role)?.skills ?? [];
      const holders = people.filter((person) => hasSkill([...person.skills, ...ofRole], skill, level, model));
      return people.length > 0 ? holders.map((each) => (each.shifts.length > 0 ? each.shifts : shifts)) : [shifts];
    });
    const isNamed = groups.some(({ people }) => people.length > 0);
    const use = needsOf(model).find(
      ({ target: each, need }) =>
        each.kind === 'skill' && each.skill === skill && each.level === level && need.of.length === 1,
    );
    const name = `${skill} ${level ?? ''}`;
    if (!isNamed || use === undefined || told.has(name) || works.some((shifts) => shifts.length === 0)) return [];
    const covered = hoursOf(model.shifts.filter(({ id }) => works.some((shifts) => shifts.includes(id))));
    const ids = new Set(groups.flatMap((group) => [...group.shifts, ...group.people.flatMap(({ shifts }) => shifts)]));
    const worked = model.shifts.filter(({ id }) => ids.has(id));
    const open = [...hoursOf(worked)].filter(
      (hour) => ((hours.length === 1 ? hours[0] : hours[hour]) ?? 0) > 1e-9 && !covered.has(hour),
    );
    const shift = worked.find((each) => open.some((hour) => hoursOf([each]).has(hour)));
    if (shift === undefined) return [];
    told.add(name);
    const declared = byId(model.skills, skill);
    const params = {
      skill: `${declared === undefined ? skill : titleOf(declared)}${level === undefined ? '' : ` (${level})`}`,
      shift: titleOf(shift),
      hours: open.length === 1 ? '1 hour' : `${open.length} hours`,
    };
    return [createDiagnostic('PW5037', params, use.need.origin)];
  });
}

/** The hours of a week that shifts reach into. */
function hoursOf(shifts: readonly Shift[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const shift of shifts)
    for (const [day, name] of WEEKDAYS.entries()) {
      if (shift.days?.includes(name) === false) continue;
      const end = shift.from + shiftLength(shift);
      for (let hour = Math.floor(shift.from / 60); hour * 60 < end; hour++) found.add((day * 24 + hour) % WEEK);
    }
  return found;
}
