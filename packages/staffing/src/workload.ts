import type { ActivityDemand, ActivityNeed, HeldSkill, Model, Role, StaffGroup } from '@pathway/model';
import { titleOf } from '@pathway/model';
import { addScaled, HOURS_OF_WEEK } from './hours.js';
import type { TeamLoad } from './team-load.js';

/** Work of one role at one organisation, from every step that asks for it. */
export interface RoleWork {
  readonly role: Role;
  /** Absent where no group of the role exists at any organisation. */
  readonly organisation: string | undefined;
  readonly groups: readonly StaffGroup[];
  /** People at work at once, by hour of the week. */
  readonly loadByHour: number[];
  readonly activities: RoleActivity[];
  /** Titles of the cohorts of whom all come at one time, among those for whom it works. */
  readonly batches: Set<string>;
}

interface RoleActivity {
  readonly activity: string;
  readonly title: string;
  readonly loadByHour: readonly number[];
  readonly startsPerWeek: number;
  /** People of the role that one start takes together. */
  readonly size: number;
  /** Seconds of one person's work that one start costs. */
  readonly secondsEach: number;
  /** Seconds that one start takes, however many do it. */
  readonly duration: number;
  readonly bySkill: boolean;
}

/** The work of a role in an hour of the week, by how many do a piece of it together. */
export function teamLoadsAt({ activities }: RoleWork, hour: number): readonly TeamLoad[] {
  return activities.map(({ size, loadByHour }) => ({ size, load: loadByHour[hour] ?? 0 }));
}

/** Seconds that a piece of work takes, over all of the role's. */
export function meanService({ activities }: RoleWork): number {
  const starts = activities.reduce((sum, { startsPerWeek }) => sum + startsPerWeek, 0);
  const seconds = activities.reduce((sum, { startsPerWeek, duration }) => sum + startsPerWeek * duration, 0);
  return starts > 0 && seconds > 0 ? seconds / starts : 1;
}

/** Work that asks for a skill, whoever does it. */
export interface SkillWork {
  readonly skill: string;
  readonly level: string | undefined;
  readonly loadByHour: number[];
}

/** Work that nobody can be named for. */
interface Unassigned {
  readonly subject: string;
  readonly message: string;
}

export interface Workload {
  readonly roles: readonly RoleWork[];
  readonly skills: readonly SkillWork[];
  readonly unassigned: readonly Unassigned[];
}

/**
 * Shares out the demand of steps to roles: people are taken from the groups of the role at the step's organisation, or
 * wherever the role exists when there is none (as in the simulation). Work asked for by skill goes to the role with the
 * fewest skills among those that have it, which is whom the simulation takes first.
 */
export function workloadOf(model: Model, demand: readonly ActivityDemand[]): Workload {
  const ledger = new Ledger(model);
  for (const activity of demand) {
    for (const need of activity.needs) ledger.add(activity, need);
  }
  return { roles: ledger.roles(), skills: [...ledger.skills.values()], unassigned: ledger.unassigned };
}

class Ledger {
  readonly skills = new Map<string, SkillWork>();
  readonly unassigned: Unassigned[] = [];
  private readonly works = new Map<string, RoleWork>();

  constructor(private readonly model: Model) {}

  add(activity: ActivityDemand, need: ActivityNeed): void {
    const { target } = need;
    if (target.kind === 'resource') return;
    const organisation = target.organisation ?? activity.organisation;
    if (target.kind === 'role') {
      this.addToRole(activity, need, target.role, organisation, false);
      return;
    }
    this.addToSkill(activity, need.amount, target.skill, target.level);
    const role = this.leastQualified(target, organisation);
    if (role !== undefined) {
      this.addToRole(activity, need, role.id, organisation, true);
      return;
    }
    const skill = this.model.skills.find((each) => each.id === target.skill);
    const name = skill === undefined ? target.skill : titleOf(skill);
    this.unassigned.push({ subject: activity.title, message: `Nobody has the skill ${name} that it needs.` });
  }

  /** Roles in the order of the model, groups of one role in theirs. */
  roles(): readonly RoleWork[] {
    const order = new Map(this.model.roles.map((role, index) => [role.id, index]));
    const rank = (work: RoleWork): number => order.get(work.role.id) ?? 0;
    return [...this.works.values()].sort((a, b) => rank(a) - rank(b));
  }

  private addToRole(
    activity: ActivityDemand,
    need: ActivityNeed,
    roleId: string,
    organisation: string | undefined,
    bySkill: boolean,
  ): void {
    const work = this.workOf(roleId, organisation);
    if (work === undefined) return;
    addScaled(work.loadByHour, activity.loadByHour, need.amount);
    for (const title of activity.batches ?? []) work.batches.add(title);
    const before = work.activities.findIndex((each) => each.activity === activity.activity);
    const known = work.activities[before];
    if (known !== undefined) {
      // What one step asks for twice, by role and by skill, is one team.
      work.activities[before] = {
        ...known,
        loadByHour: known.loadByHour.map((load, hour) => load + (activity.loadByHour[hour] ?? 0) * need.amount),
        size: known.size + need.amount,
        secondsEach: known.secondsEach + activity.meanDuration * need.amount,
        bySkill: known.bySkill || bySkill,
      };
      return;
    }
    work.activities.push({
      activity: activity.activity,
      title: activity.title,
      loadByHour: activity.loadByHour.map((load) => load * need.amount),
      startsPerWeek: activity.startsByHour.reduce((sum, starts) => sum + starts, 0),
      size: need.amount,
      secondsEach: activity.meanDuration * need.amount,
      duration: activity.meanDuration,
      bySkill,
    });
  }

  private addToSkill(activity: ActivityDemand, amount: number, skill: string, level: string | undefined): void {
    const key = `${skill} ${level ?? ''}`;
    const work = this.skills.get(key) ?? { skill, level, loadByHour: HOURS_OF_WEEK.map(() => 0) };
    this.skills.set(key, work);
    addScaled(work.loadByHour, activity.loadByHour, amount);
  }

  private workOf(roleId: string, organisation: string | undefined): RoleWork | undefined {
    const role = this.model.roles.find((each) => each.id === roleId);
    if (role === undefined) return undefined;
    const all = this.model.staff.filter((group) => group.role === roleId);
    const here = all.filter((group) => group.organisation === organisation);
    const groups = here.length > 0 ? here : all;
    const place = here.length > 0 ? organisation : groups[0]?.organisation;
    const key = `${roleId} ${place ?? ''}`;
    const known = this.works.get(key);
    if (known !== undefined) return known;
    const work: RoleWork = {
      role,
      organisation: place,
      groups,
      loadByHour: HOURS_OF_WEEK.map(() => 0),
      activities: [],
      batches: new Set(),
    };
    this.works.set(key, work);
    return work;
  }

  /** Roles that give the skill to everyone; where there are none, those of which some named people have it. */
  private rolesWith(wanted: HeldSkill): readonly Role[] {
    const has = (skills: readonly HeldSkill[]): boolean => skills.some((held) => covers(held, wanted, this.model));
    const everyone = this.model.roles.filter(({ skills }) => has(skills));
    if (everyone.length > 0) return everyone;
    return this.model.roles.filter((role) =>
      this.model.staff.some(({ role: of, people }) => of === role.id && people.some(({ skills }) => has(skills))),
    );
  }

  private leastQualified(wanted: HeldSkill, organisation: string | undefined): Role | undefined {
    const able = this.rolesWith(wanted);
    const staffed = able.filter((role) => this.model.staff.some((group) => group.role === role.id));
    const here = staffed.filter((role) =>
      this.model.staff.some((group) => group.role === role.id && group.organisation === organisation),
    );
    const candidates = here.length > 0 ? here : staffed;
    return [...candidates].sort((a, b) => a.skills.length - b.skills.length)[0];
  }
}

/** Whether a held skill is the wanted one at its level or a higher one. */
export function covers(held: HeldSkill, wanted: HeldSkill, model: Model): boolean {
  if (held.skill !== wanted.skill) return false;
  if (wanted.level === undefined) return true;
  const levels = model.skills.find((skill) => skill.id === wanted.skill)?.levels ?? [];
  return held.level !== undefined && levels.indexOf(held.level) >= levels.indexOf(wanted.level);
}
