import type { StaffingPlan } from './plan.js';

/** A plan as a table: one row a role, organisation and hour of the week. */
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
    'day',
    'hour',
    'people at work',
    'at work, 90th percentile',
    'simulated',
    'minimum',
    'cover needed',
    'on duty',
  ];
  const rows = plan.roles.flatMap((need) =>
    need.coverByHour.map((cover, hour) => [
      plan.scenario,
      need.role,
      need.organisation,
      DAYS[Math.floor(hour / 24)],
      hour % 24,
      need.loadByHour[hour],
      need.load90ByHour[hour],
      need.simulated?.meanByHour?.[hour],
      need.minimumByHour[hour],
      cover,
      need.onDutyByHour?.[hour],
    ]),
  );
  return { header, rows };
}
