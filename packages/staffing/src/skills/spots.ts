import type { ActivityDemand, HeldSkill, Model } from '@pathway/model';
import { byId, titleOf } from '@pathway/model';
import { HOURS_OF_WEEK, total } from '../hours.js';
import { covers } from '../workload.js';
import { holdersOf, skillTitle, type SkillSupply } from './skill-supply.js';
import type { SkillHolder, SkillSpot } from './skill-report.js';

/**
 * Each skill that steps ask for: who has it, where and on which shifts, and how many may be absent before an hour has fewer than
 * its work takes. What bears least comes first: a crisis takes it away first.
 */
export function spotsOf(
  model: Model,
  supplies: readonly SkillSupply[],
  demand: readonly ActivityDemand[],
): SkillSpot[] {
  const asked = new Map<string, { readonly skill: HeldSkill; readonly steps: string[]; readonly load: number[] }>();
  for (const activity of demand) {
    for (const { target, amount } of activity.needs) {
      if (target.kind !== 'skill') continue;
      const skill = { skill: target.skill, ...(target.level === undefined ? {} : { level: target.level }) };
      const key = `${skill.skill} ${skill.level ?? ''}`;
      const entry = asked.get(key) ?? { skill, steps: [], load: HOURS_OF_WEEK.map(() => 0) };
      asked.set(key, entry);
      if (!entry.steps.includes(activity.title)) entry.steps.push(activity.title);
      for (const [hour, load] of activity.loadByHour.entries()) entry.load[hour] = entry.load[hour]! + load * amount;
    }
  }
  const holders = holdersOf(model);
  return [...asked.values()]
    .map(({ skill, steps, load }) => spotOf(model, supplies, holders, skill, steps, load))
    .sort((a, b) => a.bears - b.bears || a.holders - b.holders);
}

function spotOf(
  model: Model,
  supplies: readonly SkillSupply[],
  everyone: readonly SkillHolder[],
  skill: HeldSkill,
  steps: readonly string[],
  load: readonly number[],
): SkillSpot {
  const able = everyone.filter(({ skills }) => skills.some((held) => covers(held, skill, model)));
  const count = (of: readonly SkillHolder[]): number => of.reduce((sum, { people }) => sum + people, 0);
  const shifts = model.shifts
    .map((shift) => ({ shift, on: able.filter((holder) => works(model, holder, shift.id)) }))
    .filter(({ shift }) => model.staff.some(({ shifts: own }) => own.includes(shift.id)));
  const holders = count(able);
  const fewest = Math.min(...shifts.map(({ on }) => count(on)), Number.POSITIVE_INFINITY);
  const alone = holders <= 1 ? able : shifts.filter(({ on }) => count(on) === 1).flatMap(({ on }) => on);
  const there = supplies.filter(({ skills }) => skills.some((held) => covers(held, skill, model)));
  const bears = Math.min(
    ...load.map((work, hour) => {
      if (work < 1e-9) return 1;
      const people = there.reduce((sum, { byHour }) => sum + (byHour[hour] ?? 0), 0);
      return people > work ? 1 - work / people : 0;
    }),
  );
  const sites = new Map<string, number>();
  for (const { organisation = '', people } of able) sites.set(organisation, (sites.get(organisation) ?? 0) + people);
  return {
    skill: skill.skill,
    ...(skill.level === undefined ? {} : { level: skill.level }),
    title: skillTitle(model, skill.skill, skill.level),
    steps: [...steps],
    workHoursPerWeek: total(load),
    holders,
    sites: [...sites].map(([id, people]) => {
      const organisation = byId(model.organisations, id);
      return { organisation: organisation === undefined ? id : titleOf(organisation), holders: people };
    }),
    shifts: shifts.map(({ shift, on }) => ({ shift: shift.id, title: titleOf(shift), holders: count(on) })),
    verdict:
      holders === 0
        ? 'nobody'
        : holders === 1
          ? 'one person'
          : fewest === 0
            ? 'nobody on a shift'
            : fewest === 1
              ? 'one person on a shift'
              : 'enough',
    alone: [...new Set(alone.map(({ id }) => id))],
    bears,
  };
}

/** Whether somebody works a shift: by the table of people, else by their group; any where neither says. */
function works(model: Model, { group: id, id: person }: SkillHolder, shift: string): boolean {
  const group = byId(model.staff, id);
  if (group === undefined) return false;
  const own = group.people.find((each) => each.id === person)?.shifts ?? [];
  const shifts = own.length > 0 ? own : group.shifts;
  return shifts.length === 0 || shifts.includes(shift);
}
