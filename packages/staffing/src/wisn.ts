import type { Model, StaffGroup } from '@pathway/model';
import { constantValue, SECONDS } from '@pathway/model';
import { WEEKS_PER_YEAR } from './hours.js';
import type { WisnResult } from './plan.js';
import { absenceOf, contractHours, headcountOf, WORKING_DAYS_PER_WEEK } from './working-time.js';
import { leaveDaysOf, POSSIBLE_DAYS } from './time-away.js';
import type { RoleWork } from './workload.js';

/**
 * WHO's workload indicators of staffing need (WISN, user's manual 2010): available working time
 * AWT = (possible days − absences) × hours a day; basic need A = Σ volume × time / AWT; need
 * N = A × category allowance factor + individual allowance factor, rounded as the manual rounds. Category allowance
 * standards are the shares of support work that everyone does, and time lost on each shift as a share of the working day;
 * individual ones are support work of some people. The first group's contract, leave and support stand for the role. Undefined where no group works in the role or no time is left to work.
 */
export function wisnOf(work: RoleWork, model: Model): WisnResult | undefined {
  const group = work.groups[0];
  if (group === undefined) return undefined;
  const hoursPerDay = contractHours(group, model) / WORKING_DAYS_PER_WEEK;
  const absences = absencesOf(group, model);
  const daysLeft = POSSIBLE_DAYS - absences.reduce((sum, absence) => sum + absence.daysPerYear, 0);
  const availableHoursPerYear = daysLeft * hoursPerDay;
  const support = supportOf(group, hoursPerDay, model);
  const supportShare = support.reduce((sum, { share }) => sum + share, 0);
  const individual = individualOf(group, availableHoursPerYear, model);
  if (availableHoursPerYear <= 0 || supportShare >= 1) return undefined;
  const activities = work.activities.map((activity) => {
    const volumePerYear = activity.startsPerWeek * WEEKS_PER_YEAR;
    const hoursEach = activity.secondsEach / SECONDS.h;
    const required = (volumePerYear * hoursEach) / availableHoursPerYear;
    return { activity: activity.activity, title: activity.title, volumePerYear, hoursEach, required };
  });
  const basic = activities.reduce((sum, activity) => sum + activity.required, 0);
  const categoryAllowanceFactor = 1 / (1 - supportShare);
  const individualAllowanceHours = individual.reduce((sum, { hoursPerYear }) => sum + hoursPerYear, 0);
  const individualAllowanceFactor = individualAllowanceHours / availableHoursPerYear;
  const required = basic * categoryAllowanceFactor + individualAllowanceFactor;
  const existing = work.groups.reduce((sum, each) => sum + headcountOf(each, model), 0);
  return {
    possibleDays: POSSIBLE_DAYS,
    absences,
    hoursPerDay,
    availableHoursPerYear,
    activities,
    categoryAllowanceShare: supportShare,
    categoryAllowanceFactor,
    support,
    individual,
    individualAllowanceHours,
    individualAllowanceFactor,
    required,
    rounded: roundedByWisn(required),
    existing,
    ratio: required > 0 ? existing / required : 0,
  };
}

function absencesOf(group: StaffGroup, model: Model): WisnResult['absences'] {
  const leave = leaveDaysOf(group, model);
  const share = absenceOf(group, model);
  const sickness = { name: 'sickness and other absence', daysPerYear: share * POSSIBLE_DAYS };
  return share > 0 ? [...leave, sickness] : leave;
}

/** Shares of the working day that everyone spends beside the care: support work, and what each shift loses. */
function supportOf(group: StaffGroup, hoursPerDay: number, model: Model): WisnResult['support'] {
  const everyone = group.supportShares.filter(({ people }) => people === undefined);
  return [
    ...everyone.map(({ name, share }) => ({ name, share: constantValue(share, model) ?? 0 })),
    ...(group.lostPerShift ?? []).map(({ name, time }) => ({
      name,
      share: (constantValue(time, model) ?? 0) / SECONDS.h / hoursPerDay,
    })),
  ];
}

function individualOf(group: StaffGroup, availableHours: number, model: Model): WisnResult['individual'] {
  return group.supportShares.flatMap(({ name, share, people }) =>
    people === undefined
      ? []
      : [{ name, people, hoursPerYear: people * (constantValue(share, model) ?? 0) * availableHours }],
  );
}

/**
 * A fraction of a person is dropped where the others can bear it: up to a tenth of each of them, as the manual has it (1.1 is 1,
 * 2.2 is 2, 3.3 is 3, 4.4 is 4, 5.5 is 5; beyond that by halves), and never below one.
 */
export function roundedByWisn(required: number): number {
  if (required <= 0) return 0;
  const whole = Math.floor(required + 1e-9);
  const borne = whole <= 5 ? whole / 10 : 0.5;
  return required - whole <= borne + 1e-9 && whole > 0 ? whole : whole + 1;
}
