import type { ActivityDemand, Model, Response, RosterCover, RosterDeclaration, Shift } from '@pathway/model';
import { byId, constantValue, titleOf, WEEKDAYS, weeklyAverage, type StudyCalendar } from '@pathway/model';
import { HOURS_OF_WEEK } from './hours.js';
import { poissonQuantile } from './team-load.js';
import type { RoleWork } from './workload.js';

/** People who must be there whatever the work, by hour of the week, and what says so. */
export interface MinimumPresence {
  readonly byHour: readonly number[];
  readonly from: readonly string[];
  /** Lines that say nothing of a number by themselves, in sentences. */
  readonly notes: readonly string[];
}

/** Who must be there for the units of a resource in use at one level of a scale. */
export interface TeamNeed {
  readonly scale: string;
  readonly level: string;
  readonly resource: string;
  /** So many of the role for each so many units in use. */
  readonly amount: number;
  readonly per: number;
  readonly byHour: readonly number[];
}

type TeamPatch = Extract<Response['patches'][number], { kind: 'team' }>;

/** Units that are likely in use are those that are not exceeded so often. */
export const LIKELY = 0.9;

/**
 * The minimum of a role: what rosters with its groups always want on their shifts, the highest where shifts meet, and the team of
 * the lowest level of surge. Lines for some dates only, or from a level on, are no part of what is usual.
 */
export function minimumOf(
  work: Pick<RoleWork, 'role' | 'groups'>,
  model: Model,
  teams: readonly TeamNeed[],
  calendar: StudyCalendar,
): MinimumPresence {
  const byHour = HOURS_OF_WEEK.map(() => 0);
  const from: string[] = [];
  const notes: string[] = [];
  for (const { roster, covers } of coversFor(work, model)) {
    const usual = covers.filter(({ reached, since, until }) =>
      [reached, since, until].every((each) => each === undefined),
    );
    if (usual.length > 0) from.push(titleOf(roster));
    for (const cover of usual) {
      const amount = wantedBy(cover, model, calendar);
      if (amount === undefined)
        notes.push(
          `What the roster ${titleOf(roster)} wants for each so many of others is not in the minimum: it follows from who is on a shift.`,
        );
      else raise(byHour, byShift(cover, amount, model));
    }
  }
  for (const team of teams.filter((each) => isLowest(each, model))) {
    raise(byHour, team.byHour);
    from.push(`${titleOf(byId(model.resources, team.resource) ?? { name: team.resource })}, ${team.level}`);
  }
  return { byHour, from, notes };
}

/** What rosters with groups of a role want of it. */
export function coversFor(
  { role, groups }: Pick<RoleWork, 'role' | 'groups'>,
  model: Model,
): readonly { readonly roster: RosterDeclaration; readonly covers: readonly RosterCover[] }[] {
  const ids = new Set(groups.map(({ id }) => id));
  return (model.rosters ?? [])
    .filter((roster) => roster.groups.some((id) => ids.has(id)))
    .map((roster) => ({ roster, covers: roster.cover.filter((cover) => cover.role === role.id) }));
}

/**
 * How many a line wants on each of its shifts; those for each so many units of a resource for as many as there are at most.
 * Undefined where they are wanted for each so many people of the shift.
 */
export function wantedBy({ amount, per }: RosterCover, model: Model, calendar: StudyCalendar): number | undefined {
  const people = constantValue(amount, model) ?? 0;
  if (per === undefined) return people;
  const resource = byId(model.resources, per.of);
  if (resource === undefined) return undefined;
  const units = Math.max(...weeklyAverage(resource.count, calendar, model));
  return Number.isFinite(units) ? Math.ceil((units / per.units) * people) : undefined;
}

function raise(byHour: number[], values: readonly number[]): void {
  for (const [hour, value] of values.entries()) byHour[hour] = Math.max(byHour[hour] ?? 0, value);
}

/** Whether a team is that of the lowest level of its scale. */
export function isLowest({ scale, level }: TeamNeed, model: Model): boolean {
  return byId(model.scales ?? [], scale)?.levels[0]?.name === level;
}

/** What a roster wants in each hour that one of the shifts fills. */
function byShift(cover: RosterCover, amount: number, model: Model): readonly number[] {
  const byHour = HOURS_OF_WEEK.map(() => 0);
  for (const id of cover.shifts) {
    const shift = byId(model.shifts, id);
    if (shift === undefined) continue;
    for (const [day, weekday] of WEEKDAYS.entries()) {
      const isOn = (days: readonly string[] | undefined): boolean => days === undefined || days.includes(weekday);
      if (!isOn(shift.days) || !isOn(cover.days)) continue;
      for (const hour of hoursOf(shift)) {
        const at = (day * 24 + hour) % 168;
        byHour[at] = Math.max(byHour[at] ?? 0, amount);
      }
    }
  }
  return byHour;
}

/** The hours from midnight that a shift touches; beyond 23 on the next day. */
export function hoursOf({ from, to }: Shift): readonly number[] {
  const end = to > from ? to : to + 1440;
  const first = Math.floor(from / 60);
  return Array.from({ length: Math.ceil(end / 60) - first }, (_, index) => first + index);
}

/** The teams that responses ask for, by role: for each level who must be there for the units that are likely in use. */
export function teamsOf(
  role: string,
  model: Model,
  demand: readonly ActivityDemand[],
  calendar: StudyCalendar,
): readonly TeamNeed[] {
  const patches = (model.responses ?? []).flatMap(({ patches: own }) =>
    own.filter((patch): patch is TeamPatch => patch.kind === 'team'),
  );
  return patches.flatMap((patch) =>
    patch.teams.flatMap(({ level, members, per }) =>
      members
        .filter((member) => member.role === role)
        .map(({ amount }): TeamNeed => ({
          scale: patch.scale,
          level,
          resource: patch.resource,
          amount,
          per,
          byHour: unitsInUse(patch.resource, model, demand, calendar).map((units) => Math.ceil(units / per) * amount),
        })),
    ),
  );
}

function unitsInUse(
  resource: string,
  model: Model,
  demand: readonly ActivityDemand[],
  calendar: StudyCalendar,
): readonly number[] {
  return censusOf(resource, model, demand, calendar, (load) => poissonQuantile(load, LIKELY));
}

/** Units of a resource in use by hour of the week, never more than there are. */
export function censusOf(
  resource: string,
  model: Model,
  demand: readonly ActivityDemand[],
  calendar: StudyCalendar,
  of: (load: number) => number = (load) => load,
): readonly number[] {
  const load = HOURS_OF_WEEK.map(() => 0);
  for (const activity of demand) {
    for (const { target, amount } of activity.needs) {
      if (target.kind !== 'resource' || target.resource !== resource) continue;
      for (const [hour, units] of activity.loadByHour.entries()) load[hour] = (load[hour] ?? 0) + units * amount;
    }
  }
  const declared = byId(model.resources, resource);
  const capacity = declared === undefined ? undefined : weeklyAverage(declared.count, calendar, model);
  return load.map((units, hour) => Math.min(of(units), capacity?.[hour] ?? Number.POSITIVE_INFINITY));
}
