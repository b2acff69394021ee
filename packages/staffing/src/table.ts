import { dateOf, weekdayOf } from './duty/roster-days.js';
import type { StaffingPlan } from './plan.js';

/** A plan as a table: one row a role, organisation and hour of the week, and one for each hour of a scenario's crises. */
export interface StaffingTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** Need against presence, hour by hour, for spreadsheets. */
export function staffingTable(plan: StaffingPlan): StaffingTable {
  const header = [
    'scenario',
    'role',
    'organisation',
    ...(plan.byDay === undefined ? [] : ['date']),
    'day',
    'hour',
    'people at work',
    'at work, 90th percentile',
    'simulated',
    'minimum',
    'cover needed',
    'on duty',
    ...(plan.byDay === undefined ? [] : ['called in']),
  ];
  const rows = plan.roles.flatMap((need) =>
    need.coverByHour.map((cover, hour) => [
      plan.scenario,
      need.role,
      need.organisation,
      ...(plan.byDay === undefined ? [] : [undefined]),
      DAYS[Math.floor(hour / 24)],
      hour % 24,
      need.loadByHour[hour],
      need.load90ByHour[hour],
      need.simulated?.meanByHour?.[hour],
      need.minimumByHour[hour],
      cover,
      need.onDutyByHour?.[hour],
      ...(plan.byDay === undefined ? [] : [undefined]),
    ]),
  );
  return { header, rows: [...rows, ...rowsByDay(plan)] };
}

/** The days of a scenario's crises, after its usual week: those have dates. */
function rowsByDay({ scenario, byDay }: StaffingPlan): StaffingTable['rows'] {
  if (byDay === undefined) return [];
  return byDay.roles.flatMap((need) =>
    need.coverByHour.map((cover, hour) => {
      const day = Math.floor(hour / 24);
      return [
        scenario,
        need.role,
        need.organisation,
        dateOf(byDay, day),
        weekdayOf(byDay, day),
        hour % 24,
        need.loadByHour[hour],
        undefined,
        undefined,
        need.minimumByHour[hour],
        cover,
        need.onDutyByHour?.[hour],
        need.calledInByHour[hour],
      ];
    }),
  );
}
