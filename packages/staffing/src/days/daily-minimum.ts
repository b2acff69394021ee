import type { DailyDemand, Model, StudyCalendar } from '@pathway/model';
import { byId, constantValue, hourlyAmounts, WEEKDAYS } from '@pathway/model';
import { dayOf, firstWeekday } from '../duty/roster-days.js';
import { coversFor, hoursOf, LIKELY, wantedBy } from '../minimum.js';
import { poissonQuantile } from '../team-load.js';
import type { RoleWork } from '../workload.js';
import { held, patchesIn, reachedIn } from './holding.js';

/**
 * Who must be there of a role hour by hour: what rosters want on the day, at the levels that are reached, and the teams of the
 * responses in force for the units that are likely in use.
 */
export function dailyMinimum(
  work: Pick<RoleWork, 'role' | 'groups'>,
  model: Model,
  daily: DailyDemand,
  calendar: StudyCalendar,
): readonly number[] {
  const byHour = new Array<number>(daily.days * 24).fill(0);
  raiseByRosters(byHour, work, model, daily, calendar);
  raiseByTeams(byHour, work.role.id, model, daily, calendar);
  return byHour;
}

function raiseByRosters(
  byHour: number[],
  work: Pick<RoleWork, 'role' | 'groups'>,
  model: Model,
  daily: DailyDemand,
  calendar: StudyCalendar,
): void {
  const first = firstWeekday(daily.from);
  for (const { roster, covers } of coversFor(work, model)) {
    const reached = reachedIn(model, daily, roster);
    for (const cover of covers) {
      const amount = wantedBy(cover, model, calendar);
      if (amount === undefined) continue;
      const since = cover.since === undefined ? -1 : dayOf(daily, cover.since);
      const until = cover.until === undefined ? daily.days - 1 : dayOf(daily, cover.until);
      // A shift of the evening before reaches into the first day.
      for (let day = -1; day < daily.days; day++) {
        const weekday = WEEKDAYS[(day + first + 7) % 7]!;
        if (cover.days?.includes(weekday) === false || day < since || day > until) continue;
        for (const shift of model.shifts.filter(({ id }) => cover.shifts.includes(id))) {
          if (shift.days?.includes(weekday) === false) continue;
          const begins = day * 24 + Math.floor(shift.from / 60);
          if (
            cover.reached !== undefined &&
            reached(cover.reached.scale, Math.max(0, begins)) < rankOf(model, cover.reached)
          )
            continue;
          for (const hour of hoursOf(shift)) {
            const at = day * 24 + hour;
            if (at >= 0 && at < byHour.length) byHour[at] = Math.max(byHour[at] ?? 0, amount);
          }
        }
      }
    }
  }
}

function raiseByTeams(byHour: number[], role: string, model: Model, daily: DailyDemand, calendar: StudyCalendar): void {
  const reached = reachedIn(model, daily);
  for (const { what, spell } of patchesIn(model, daily, 'team')) {
    const inUse = unitsInUse(what.resource, model, daily, calendar);
    for (const hour of byHour.keys()) {
      if (held(spell, hour) === 0) continue;
      const level = reached(what.scale, hour);
      const team = what.teams
        .filter((each) => rankOf(model, { scale: what.scale, level: each.level }) <= level)
        .sort(
          (a, b) =>
            rankOf(model, { scale: what.scale, level: b.level }) - rankOf(model, { scale: what.scale, level: a.level }),
        )[0];
      const amount = team?.members.find((member) => member.role === role)?.amount ?? 0;
      if (team === undefined || amount === 0) continue;
      byHour[hour] = Math.max(byHour[hour] ?? 0, Math.ceil((inUse[hour] ?? 0) / team.per) * amount);
    }
  }
}

/** Units of a resource that are likely in use, never more than there are with what responses add. */
function unitsInUse(resource: string, model: Model, daily: DailyDemand, calendar: StudyCalendar): readonly number[] {
  const hours = daily.days * 24;
  const load = new Array<number>(hours).fill(0);
  for (const { needs, loadByHour } of daily.demand)
    for (const { target, amount } of needs) {
      if (target.kind !== 'resource' || target.resource !== resource) continue;
      for (let hour = 0; hour < hours; hour++) load[hour] = (load[hour] ?? 0) + (loadByHour[hour] ?? 0) * amount;
    }
  const declared = byId(model.resources, resource);
  if (declared === undefined) return load;
  const there = hourlyAmounts(declared.count, calendar, model, daily.from, daily.days);
  const added = patchesIn(model, daily, 'add').filter(({ what }) => what.resource === resource);
  return load.map((units, hour) => {
    const more = added.reduce((sum, { what, spell }) => {
      const lead = what.after === undefined ? 0 : (constantValue(what.after, model) ?? 0);
      return (
        sum +
        (held({ from: spell.from + lead / 3600, until: spell.until }, hour) > 0
          ? (constantValue(what.amount, model) ?? 0)
          : 0)
      );
    }, 0);
    return Math.min(poissonQuantile(units, LIKELY), (there[hour] ?? 0) + more);
  });
}

function rankOf(model: Model, { scale, level }: { readonly scale: string; readonly level: string }): number {
  return byId(model.scales ?? [], scale)?.levels.findIndex(({ name }) => name === level) ?? -1;
}
