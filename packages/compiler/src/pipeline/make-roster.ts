import { activityDemand, analyse } from '@pathway/analysis';
import type { Model, RosterDeclaration, RosterNeed } from '@pathway/model';
import { constantValue } from '@pathway/model';
import {
  planStaffing,
  rosterTable,
  rosterTask,
  type DutyRoster,
  type RosterTask,
  type StaffingPlan,
} from '@pathway/staffing';
import { csvTable } from '@pathway/interchange';

/**
 * The problem that a roster poses, with what its pathways ask for by hour.
 * @throws ModelError where nobody is in the roster, or a day names a person who is not
 */
export function taskOfRoster(model: Model, roster: RosterDeclaration): RosterTask {
  return rosterTask(
    model,
    roster,
    roster.needs.map((need) => planOf(model, need)),
  );
}

function planOf(model: Model, need: RosterNeed): StaffingPlan {
  const { scenario, pathways } = need;
  const target = need.target === undefined ? undefined : constantValue(need.target, model);
  const demand = activityDemand(model, scenario).filter(({ activity }) =>
    pathways.some((pathway) => activity.startsWith(`${pathway}.`)),
  );
  const { limits } = analyse(model, scenario).facts;
  return planStaffing(model, {
    demand,
    limits,
    ...(scenario !== undefined && { scenario }),
    ...(target !== undefined && { delayTarget: 1 - target }),
  });
}

/** A roster as CSV: one row a person and day worked. */
export function rosterCsv(roster: DutyRoster): string {
  const { header, rows } = rosterTable(roster);
  return csvTable(header, rows);
}
