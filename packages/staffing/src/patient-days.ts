import type { ActivityDemand, Model, StudyCalendar } from '@pathway/model';
import { censusOf, isLowest, type TeamNeed } from './minimum.js';
import { total } from './hours.js';
import type { PatientDayResult } from './plan.js';
import type { WorkingTime } from './working-time.js';
import type { RoleWork } from './workload.js';

/**
 * The method of hours per patient day, as in the WHO Health Workforce Estimator (WHO Regional Office for Europe 2020): workers a
 * day = patients × hours of care that each has in 24 h / hours that one worker gives on a shift; and, from there to people in
 * post, workers a day × 7 / (shifts that a contract has in a week × (1 − absence)). Patients are those in the beds and places of
 * the role's organisation. Undefined where nobody is there to be cared for.
 * @param given hours that a patient has of this role in 24 h; without it those of the team at the lowest level, else what the
 *   work of the pathway comes to
 */
export function patientDaysOf(
  work: RoleWork,
  model: Model,
  demand: readonly ActivityDemand[],
  calendar: StudyCalendar,
  time: WorkingTime,
  teams: readonly TeamNeed[],
  given?: number,
): PatientDayResult | undefined {
  const places = model.resources.filter(
    ({ resourceKind, organisation }) => resourceKind === 'space' && organisation === work.organisation,
  );
  const patients = places.reduce((sum, { id }) => sum + total(censusOf(id, model, demand, calendar)) / 168, 0);
  if (!(patients > 0) || !(time.productiveHours > 0)) return undefined;
  const team = teams.find((each) => isLowest(each, model) && places.some(({ id }) => id === each.resource));
  const [source, hoursEach] =
    given !== undefined
      ? (['given', given] as const)
      : team !== undefined
        ? (['team', (24 * team.amount) / team.per] as const)
        : (['work', total(work.loadByHour) / (patients * 7)] as const);
  const workersPerDay = (patients * hoursEach) / time.productiveHours;
  const shiftsPerWeek = time.contractHours / time.shiftHours;
  return {
    patients,
    hoursEach,
    source,
    productiveHoursPerShift: time.productiveHours,
    workersPerDay,
    shiftsPerWeek,
    absence: time.absence,
    required: (workersPerDay * 7) / (shiftsPerWeek * (1 - time.absence)),
  };
}
