import { activityDemand, analyse, dailyDemand } from '@pathway/analysis';
import type { Model } from '@pathway/model';
import { planStaffing, staffingTable, type StaffingOptions, type StaffingPlan } from '@pathway/staffing';
import { csvTable } from '@pathway/interchange';

/**
 * The need for staff in a scenario, from the demand that the analysis finds.
 * @param scenario the model as it is where absent
 * @param asked target, hours per patient day, and what a study found
 */
export function staffingPlan(
  model: Model,
  scenario?: string,
  asked: Pick<StaffingOptions, 'target' | 'hoursPerPatientDay' | 'simulated'> = {},
): StaffingPlan {
  const demand = activityDemand(model, scenario);
  const { limits } = analyse(model, scenario).facts;
  const daily = dailyDemand(model, scenario);
  return planStaffing(model, {
    ...asked,
    demand,
    limits,
    ...(scenario !== undefined && { scenario }),
    ...(daily !== undefined && { daily }),
  });
}

/** A plan as CSV: one row a role, organisation and hour of the week, and one for each hour of a scenario's crises. */
export function staffingCsv(plan: StaffingPlan): string {
  const { header, rows } = staffingTable(plan);
  return csvTable(header, rows);
}
