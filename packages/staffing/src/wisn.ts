import type { Model, StaffGroup } from '@pathway/model';
import { constantValue, SECONDS } from '@pathway/model';
import { WEEKS_PER_YEAR } from './hours.js';
import type { WisnResult } from './plan.js';
import { absenceOf, contractHours, headcountOf } from './presence.js';
import type { RoleWork } from './workload.js';

/** Five working days in each of 52 weeks. */
const POSSIBLE_DAYS = 260;
const WORKING_DAYS_PER_WEEK = 5;

/**
 * WHO's workload indicators of staffing need (WISN, user's manual 2010): available working time
 * AWT = (possible days − absences) × hours a day; basic need A = Σ volume × time / AWT; need
 * N = A × category allowance factor + individual allowance factor. The first group's contract, leave and support
 * shares stand for the role. Undefined where no group works in the role or no time is left to work.
 */
export function wisnOf(work: RoleWork, model: Model): WisnResult | undefined {
  const group = work.groups[0];
  if (group === undefined) return undefined;
  const hoursPerDay = contractHours(group, model) / WORKING_DAYS_PER_WEEK;
  const absences = absencesOf(group, hoursPerDay, model);
  const daysLeft = POSSIBLE_DAYS - absences.reduce((sum, absence) => sum + absence.daysPerYear, 0);
  const availableHoursPerYear = daysLeft * hoursPerDay;
  const supportShare = supportShareOf(group, model);
  if (availableHoursPerYear <= 0 || supportShare >= 1) return undefined;
  const activities = work.activities.map((activity) => {
    const volumePerYear = activity.startsPerWeek * WEEKS_PER_YEAR;
    const hoursEach = activity.secondsEach / SECONDS.h;
    const required = (volumePerYear * hoursEach) / availableHoursPerYear;
    return { activity: activity.activity, title: activity.title, volumePerYear, hoursEach, required };
  });
  const basic = activities.reduce((sum, activity) => sum + activity.required, 0);
  const categoryAllowanceFactor = 1 / (1 - supportShare);
  const required = basic * categoryAllowanceFactor;
  const existing = work.groups.reduce((sum, each) => sum + headcountOf(each, model), 0);
  return {
    possibleDays: POSSIBLE_DAYS,
    absences,
    hoursPerDay,
    availableHoursPerYear,
    activities,
    categoryAllowanceShare: supportShare,
    categoryAllowanceFactor,
    // The language has no work of single persons yet that is not care; the term stays visible at zero.
    individualAllowanceHours: 0,
    individualAllowanceFactor: 0,
    required,
    existing,
    ratio: required > 0 ? existing / required : 0,
  };
}

function absencesOf(group: StaffGroup, hoursPerDay: number, model: Model): WisnResult['absences'] {
  const leave = group.leave.map(({ name, perYear }) => ({
    name,
    daysPerYear: (constantValue(perYear, model) ?? 0) / SECONDS.h / hoursPerDay,
  }));
  const share = absenceOf(group, model);
  const sickness = { name: 'sickness and other absence', daysPerYear: share * POSSIBLE_DAYS };
  return share > 0 ? [...leave, sickness] : leave;
}

function supportShareOf(group: StaffGroup, model: Model): number {
  return group.supportShares.reduce((sum, { share }) => sum + (constantValue(share, model) ?? 0), 0);
}
