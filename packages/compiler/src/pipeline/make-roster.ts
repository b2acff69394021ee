import { activityDemand, analyse, dailyDemand } from '@pathway/analysis';
import type { Model, RosterChange, RosterDeclaration, RosterNeed } from '@pathway/model';
import { constantValue, scenarioChain } from '@pathway/model';
import {
  planStaffing,
  repairTask,
  responseDates,
  rosterTable,
  rosterTask,
  type DutyRoster,
  type RepairTask,
  type RosterTask,
  type StaffingPlan,
  type StandingRoster,
  type TaskOptions,
} from '@pathway/staffing';
import { csvTable } from '@pathway/interchange';

/**
 * The problem that a roster poses, with what its pathways ask for by hour.
 * @param before the roster of the days before, whose last days the rules look back to
 * @throws ModelError where nobody is in the roster, or a day names a person who is not
 */
export function taskOfRoster(
  model: Model,
  roster: RosterDeclaration,
  before?: StandingRoster,
): { readonly task: RosterTask; readonly made: TaskOptions } {
  const made = { plans: plansOf(model, roster), ...(before !== undefined && { before }) };
  return { task: rosterTask(model, roster, made), made };
}

/**
 * The problem of repairing a roster that stands after a change.
 * @throws ModelError where the roster that stands is another one, and as `taskOfRoster`
 */
export function repairOfRoster(
  model: Model,
  roster: RosterDeclaration,
  change: RosterChange,
  standing: StandingRoster,
  before?: StandingRoster,
): RepairTask {
  const plans = plansOf(model, roster, change);
  return repairTask(model, roster, change, standing, {
    plans,
    ...(change.levels.length > 0 && { plansBefore: plansOf(model, roster) }),
    ...(before !== undefined && { before }),
  });
}

function plansOf(model: Model, roster: RosterDeclaration, change?: RosterChange): readonly StaffingPlan[] {
  return roster.needs.map((need) => planOf(model, roster, need, change));
}

/** The need of pathways on the days of a roster: with the crises of its scenario, and the responses that its levels call for. */
function planOf(model: Model, roster: RosterDeclaration, need: RosterNeed, change?: RosterChange): StaffingPlan {
  const { scenario, pathways } = need;
  const target = need.target === undefined ? undefined : constantValue(need.target, model);
  const demand = activityDemand(model, scenario).filter(({ activity }) =>
    pathways.some((pathway) => activity.startsWith(`${pathway}.`)),
  );
  const named =
    scenario === undefined ? [] : scenarioChain(model, scenario).flatMap(({ responses }) => responses ?? []);
  const known = responseDates(model, roster, change);
  const daily = dailyDemand(model, scenario, {
    known: named.length === 0 ? known : known.filter(({ response }) => named.includes(response)),
    period: roster,
    pathways,
  });
  const others = model.pathways.map(({ id }) => id).filter((id) => !pathways.includes(id));
  const limits = analyse(model, scenario).facts.limits.filter(
    ({ subject }) => !others.some((other) => subject === other || subject.startsWith(`${other}.`)),
  );
  return planStaffing(model, {
    demand,
    limits,
    ...(scenario !== undefined && { scenario }),
    ...(daily !== undefined && { daily, wholePeriod: true }),
    ...(target !== undefined && { target: { kind: 'delay' as const, most: 1 - target } }),
  });
}

/** A roster as CSV: one row a person and day worked. */
export function rosterCsv(roster: DutyRoster): string {
  const { header, rows } = rosterTable(roster);
  return csvTable(header, rows);
}
