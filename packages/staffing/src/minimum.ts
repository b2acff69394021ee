import type { ActivityDemand, Model, Response, RosterCover, Shift } from '@pathway/model';
import { byId, constantValue, titleOf, weeklyAverage, type StudyCalendar } from '@pathway/model';
import { HOURS_OF_WEEK } from './hours.js';
import { poissonQuantile } from './team-load.js';
import type { RoleWork } from './workload.js';

/** People who must be there whatever the work, by hour of the week, and what says so. */
export interface MinimumPresence {
  readonly byHour: readonly number[];
  readonly from: readonly string[];
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
const LIKELY = 0.9;

/**
 * The minimum of a role: what rosters with its groups want on their shifts, the highest where shifts meet, and the team of the
 * lowest level of surge.
 */
export function minimumOf(
  work: Pick<RoleWork, 'role' | 'groups'>,
  model: Model,
  teams: readonly TeamNeed[],
): MinimumPresence {
  const groups = new Set(work.groups.map(({ id }) => id));
  const rosters = (model.rosters ?? []).filter((roster) => roster.groups.some((id) => groups.has(id)));
  const byHour = HOURS_OF_WEEK.map(() => 0);
  const from: string[] = [];
  for (const roster of rosters) {
    const covers = roster.cover.filter((cover) => cover.role === work.role.id);
    if (covers.length > 0) from.push(titleOf(roster));
    for (const cover of covers) raise(byHour, byShift(cover, model));
  }
  for (const team of teams.filter((each) => isLowest(each, model))) {
    raise(byHour, team.byHour);
    from.push(`${titleOf(byId(model.resources, team.resource) ?? { name: team.resource })}, ${team.level}`);
  }
  return { byHour, from };
}

function raise(byHour: number[], values: readonly number[]): void {
  for (const [hour, value] of values.entries()) byHour[hour] = Math.max(byHour[hour] ?? 0, value);
}

/** Whether a team is that of the lowest level of its scale. */
export function isLowest({ scale, level }: TeamNeed, model: Model): boolean {
  return byId(model.scales ?? [], scale)?.levels[0]?.name === level;
}

const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** What a roster wants in each hour that one of the shifts fills. */
function byShift(cover: RosterCover, model: Model): readonly number[] {
  const amount = constantValue(cover.amount, model) ?? 0;
  const byHour = HOURS_OF_WEEK.map(() => 0);
  for (const id of cover.shifts) {
    const shift = byId(model.shifts, id);
    if (shift === undefined) continue;
    for (const [day, weekday] of WEEK.entries()) {
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
function hoursOf({ from, to }: Shift): readonly number[] {
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
