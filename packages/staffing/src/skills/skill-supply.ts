import type { ActivityDemand, HeldSkill, Model, Response, Role, StaffGroup, StudyCalendar } from '@pathway/model';
import { byId, constantValue, titleOf } from '@pathway/model';
import { groupCalledInto, peopleCalledIn } from '../days/daily-supply.js';
import { addScaled, HOURS_OF_WEEK } from '../hours.js';
import { minimumOf } from '../minimum.js';
import { planningWeek } from '../planning-week.js';
import { presenceOf } from '../presence.js';
import { coverFor, type CoverTarget } from '../target.js';
import type { TeamLoad } from '../team-load.js';
import { headcountOf, workingTimeOf } from '../working-time.js';
import { covers } from '../workload.js';
import type { Demand, Match, Supply } from './matching.js';
import type { SkillHolder } from './skill-report.js';

/** People of one group with the same skills. */
export interface SkillSupply extends Supply {
  readonly group: StaffGroup;
  readonly people: number;
  readonly skills: readonly HeldSkill[];
}

/** Work that asks for a role or a skill at a place. */
export interface SkillDemand extends Demand {
  readonly title: string;
  readonly target: { readonly kind: 'role'; readonly role: string } | ({ readonly kind: 'skill' } & HeldSkill);
  readonly load: readonly number[];
}

/** Named people one by one, others as their groups. */
export function holdersOf(model: Model): readonly SkillHolder[] {
  return model.staff.flatMap((group): readonly SkillHolder[] => {
    const role = byId(model.roles, group.role);
    const common = {
      group: group.id,
      role: group.role,
      title: role === undefined ? group.role : titleOf(role),
      ...(group.organisation === undefined ? {} : { organisation: group.organisation }),
    };
    if (group.people.length === 0)
      return [{ ...common, id: group.id, people: headcountOf(group, model), skills: [...(role?.skills ?? [])] }];
    return group.people.map(({ id, skills }) => ({ ...common, id, people: 1, skills: [...skills] }));
  });
}

/** The people of each group, those with the same skills together, sharing its presence in proportion. */
export function suppliesOf(model: Model, calendar: StudyCalendar): readonly SkillSupply[] {
  return model.staff.flatMap((group) => {
    const { byHour } = presenceOf(group, model, calendar);
    const kinds = new Map<string, { people: number; readonly skills: readonly HeldSkill[] }>();
    for (const { people, skills } of holdersOf({ ...model, staff: [group] })) {
      const key = skills
        .map(({ skill, level }) => `${skill} ${level ?? ''}`)
        .sort()
        .join(';');
      const known = kinds.get(key);
      if (known === undefined) kinds.set(key, { people, skills });
      else known.people += people;
    }
    const all = headcountOf(group, model);
    return [...kinds.values()].map(({ people, skills }, index): SkillSupply => ({
      id: `${group.id} ${index + 1}`,
      group,
      people,
      skills,
      role: group.role,
      ...(group.organisation === undefined ? {} : { organisation: group.organisation }),
      byHour: byHour.map((there) => (all > 0 ? (there * people) / all : 0)),
      cost: costAnHour(byId(model.roles, group.role), model),
    }));
  });
}

/**
 * People whom responses in force call in, around the clock and with the skills of their role, in the group that they work in, as
 * on the days of a staffing plan. Whoever comes only when the crisis is over, or has no group to work in, is not there.
 * @param lasts seconds; as long as it takes where absent
 */
export function suppliesCalledIn(
  model: Model,
  responses: readonly Response[],
  lasts = Number.POSITIVE_INFINITY,
): readonly SkillSupply[] {
  return responses.flatMap((response) =>
    response.patches.flatMap((patch): readonly SkillSupply[] => {
      if (patch.kind !== 'call in') return [];
      const group = groupCalledInto(patch, response, model);
      const people = peopleCalledIn(patch, model);
      const notice = patch.after === undefined ? 0 : (constantValue(patch.after, model) ?? 0);
      if (group === undefined || people <= 0 || notice >= lasts) return [];
      const role = byId(model.roles, patch.role);
      return [
        {
          id: `${patch.id} called in`,
          group,
          people,
          skills: role?.skills ?? [],
          role: patch.role,
          ...(group.organisation === undefined ? {} : { organisation: group.organisation }),
          byHour: HOURS_OF_WEEK.map(() => people),
          cost: costAnHour(role, model),
        },
      ];
    }),
  );
}

function costAnHour(role: Role | undefined, model: Model): number {
  return role?.cost === undefined ? 0 : (constantValue(role.cost, model) ?? 0) * 3600;
}

/**
 * What is asked for, by role or skill and place: the people who keep the target in the work of the steps, and of a role not
 * fewer than the rosters of its people want on their shifts, also where no step asks for it.
 */
export function demandsOf(
  model: Model,
  demand: readonly ActivityDemand[],
  target: CoverTarget,
): readonly SkillDemand[] {
  const found = new Map<
    string,
    { readonly of: SkillDemand; readonly work: TeamWork[]; readonly load: number[]; starts: number; seconds: number }
  >();
  for (const activity of demand) {
    for (const { target: asked, amount } of activity.needs) {
      if (asked.kind === 'resource') continue;
      const organisation = asked.organisation ?? activity.organisation;
      const who = asked.kind === 'role' ? asked.role : `${asked.skill} ${asked.level ?? ''}`;
      const key = `${asked.kind} ${who} ${organisation ?? ''}`;
      const entry = found.get(key) ?? {
        of: emptyDemand(key, asked, organisation, model),
        work: [],
        load: HOURS_OF_WEEK.map(() => 0),
        starts: 0,
        seconds: 0,
      };
      found.set(key, entry);
      addScaled(entry.load, activity.loadByHour, amount);
      entry.work.push({ size: amount, loadByHour: activity.loadByHour });
      const starts = activity.startsByHour.reduce((sum, each) => sum + each, 0);
      entry.starts += starts;
      entry.seconds += starts * activity.meanDuration;
    }
  }
  const worked = [...found.values()].map(({ of, work, load, starts, seconds }) => {
    const service = starts > 0 && seconds > 0 ? seconds / starts : 1;
    const loadsAt = (hour: number): readonly TeamLoad[] =>
      work.map(({ size, loadByHour }) => ({ size, load: size * (loadByHour[hour] ?? 0) }));
    return { ...of, load, byHour: HOURS_OF_WEEK.map((hour) => coverFor(loadsAt(hour), target, service)) };
  });
  return withMinimum(model, worked);
}

function withMinimum(model: Model, demands: readonly SkillDemand[]): readonly SkillDemand[] {
  const minimumAt = (role: Role, place: string | undefined): readonly number[] => {
    const groups = model.staff.filter((group) => group.role === role.id && group.organisation === place);
    return minimumOf({ role, groups }, model, [], planningWeek(model)).byHour;
  };
  const isFor = ({ target, organisation }: SkillDemand, role: Role, place: string | undefined): boolean =>
    target.kind === 'role' && target.role === role.id && organisation === place;
  const raised = demands.map((demand): SkillDemand => {
    const role = demand.target.kind === 'role' ? byId(model.roles, demand.target.role) : undefined;
    if (role === undefined) return demand;
    const least = minimumAt(role, demand.organisation);
    return { ...demand, byHour: demand.byHour.map((people, hour) => Math.max(people, least[hour] ?? 0)) };
  });
  const places = [...new Set(model.staff.map(({ organisation }) => organisation))];
  const unworked = model.roles.flatMap((role) =>
    places.flatMap((place): readonly SkillDemand[] => {
      if (raised.some((demand) => isFor(demand, role, place))) return [];
      const byHour = minimumAt(role, place);
      if (!byHour.some((people) => people > 0)) return [];
      const target = { kind: 'role' as const, role: role.id };
      const id = `role ${role.id} ${place ?? ''}`;
      return [{ ...emptyDemand(id, target, place, model), load: HOURS_OF_WEEK.map(() => 0), byHour }];
    }),
  );
  return [...raised, ...unworked];
}

/** A step that asks for so many at once, with how often it is under way in each hour of the week. */
interface TeamWork {
  readonly size: number;
  readonly loadByHour: readonly number[];
}

type Asked = Exclude<ActivityDemand['needs'][number]['target'], { kind: 'resource' }>;

function emptyDemand(id: string, asked: Asked, organisation: string | undefined, model: Model): SkillDemand {
  const place = organisation === undefined ? {} : { organisation };
  if (asked.kind === 'role') {
    const role = byId(model.roles, asked.role);
    const title = role === undefined ? asked.role : titleOf(role);
    return { id, title, target: { kind: 'role', role: asked.role }, load: [], byHour: [], ...place };
  }
  const level = asked.level === undefined ? {} : { level: asked.level };
  return {
    id,
    title: skillTitle(model, asked.skill, asked.level),
    target: { kind: 'skill', skill: asked.skill, ...level },
    load: [],
    byHour: [],
    ...place,
  };
}

/** `Non-invasive ventilation, expert`. */
export function skillTitle(model: Model, skill: string, level?: string): string {
  const declared = byId(model.skills, skill);
  const title = declared === undefined ? skill : titleOf(declared);
  return level === undefined ? title : `${title}, ${level}`;
}

/** That a supply may do the work of a demand, and the seconds of training before. */
export interface SkillMatch extends Match {
  readonly trainedAfter?: number;
}

type Allowance = Extract<Response['patches'][number], { kind: 'allow' }>;

/**
 * Who may do what: people of the role or with the skill where the work is; those of other organisations to which a way is
 * declared, less the way there and back on each shift; and, where responses allow it, one role in the place of another with
 * its speed and supervision.
 */
export function matchesOf(
  model: Model,
  supplies: readonly SkillSupply[],
  demands: readonly SkillDemand[],
): readonly SkillMatch[] {
  const allowances = (model.responses ?? []).flatMap(({ patches }) =>
    patches.filter((patch): patch is Allowance => patch.kind === 'allow'),
  );
  return demands.flatMap((demand, d) =>
    supplies.flatMap((supply, s): readonly SkillMatch[] => {
      const reach = reachOf(model, supply, demand);
      if (reach === undefined) return [];
      const isHere = reach === 1;
      if (canDo(supply, demand, model)) return [{ supply: s, demand: d, speed: reach, kind: isHere ? 'own' : 'lent' }];
      const allowance = allowances.find((each) => standsIn(each, supply, demand));
      if (allowance === undefined) return [];
      const speed = allowance.speed === undefined ? 1 : (constantValue(allowance.speed, model) ?? 1);
      const training = allowance.training === undefined ? undefined : constantValue(allowance.training, model);
      const rule = allowance.supervision;
      const by = supplies.flatMap((other, index) =>
        rule?.role === other.role && other.organisation === demand.organisation ? [index] : [],
      );
      return [
        {
          supply: s,
          demand: d,
          speed: reach * speed,
          kind: 'substitute',
          ...(training !== undefined && { trainedAfter: training }),
          ...(rule === undefined ? {} : { supervised: { by, ratio: rule.per / rule.supervisors } }),
        },
      ];
    }),
  );
}

function canDo({ role, skills }: SkillSupply, { target }: SkillDemand, model: Model): boolean {
  return target.kind === 'role' ? role === target.role : skills.some((held) => covers(held, target, model));
}

function standsIn({ who, as }: Allowance, { role, group }: SkillSupply, { target }: SkillDemand): boolean {
  if (target.kind !== 'role' || target.role !== as) return false;
  return who.kind === 'role' ? who.role === role : group.people.some(({ id }) => id === who.person);
}

/** Share of a shift that is left for work at the place; undefined where nobody goes there. */
function reachOf(model: Model, supply: SkillSupply, demand: SkillDemand): number | undefined {
  const { organisation: from } = supply;
  const { organisation: to } = demand;
  if (from === to || from === undefined || to === undefined) return 1;
  const way = wayBetween(model, from, to);
  if (way === undefined) return undefined;
  const { shiftHours } = workingTimeOf(supply.group, model);
  const share = shiftHours > 0 ? 1 - (2 * way) / 3600 / shiftHours : 0;
  return share > 0 ? share : undefined;
}

/** Seconds from one organisation to another, by the first declaration of ways that has it. */
function wayBetween(model: Model, from: string, to: string): number | undefined {
  for (const { speed, legs } of model.travel) {
    const leg = legs.find((each) => each.from === from && each.to === to);
    const length = leg === undefined ? undefined : constantValue(leg.length, model);
    if (length === undefined) continue;
    const pace = speed === undefined ? 1 : (constantValue(speed, model) ?? 1);
    return leg?.length.kind === 'number' && leg.length.dimension.time === 0 ? length / pace : length;
  }
  return undefined;
}
