import type { ActivityDemand, DailyDemand, Model, StudyCalendar } from '@pathway/model';
import { applyScenario, formatNumber, groupOf, noteOnBatch, titleOf, withCredentialsOn } from '@pathway/model';
import { dailyNeed } from './days/daily-need.js';
import { HOURS_OF_WEEK, total } from './hours.js';
import { planningWeek } from './planning-week.js';
import { minimumOf, teamsOf } from './minimum.js';
import { patientDaysOf } from './patient-days.js';
import type { RoleNeed, SimulatedWork, SkillNeed, StaffingPlan } from './plan.js';
import { presenceOf } from './presence.js';
import { coverFor, coverTargetText, type CoverTarget, delayAt, DELAY_TARGET } from './target.js';
import { workloadPercentile } from './team-load.js';
import { leaveOf, timeAwayNotExceeded } from './time-away.js';
import { wisnOf } from './wisn.js';
import { headcountOf, type WorkingTime, workingTimeOf } from './working-time.js';
import { covers, meanService, workloadOf, type RoleWork, type SkillWork, teamLoadsAt } from './workload.js';

export interface StaffingOptions {
  /** The model as it is where absent. */
  readonly scenario?: string;
  /** What the steps ask for in this scenario, from the analysis. */
  readonly demand: readonly ActivityDemand[];
  /** Steps whose demand could not be computed, and why. */
  readonly limits?: readonly { readonly subject: string; readonly message: string }[];
  /** What the scenario's crises and responses make of it by day, from the analysis. */
  readonly daily?: DailyDemand;
  /** Whether all its days are wanted, also those at its end that are as usual. */
  readonly wholePeriod?: boolean;
  /** What cover is to keep; that at most a fifth of the work waits where absent. */
  readonly target?: CoverTarget;
  /** Hours of a role that each patient has in 24 h, by role id. */
  readonly hoursPerPatientDay?: ReadonlyMap<string, number>;
  /** What groups of staff did in a study of this scenario. */
  readonly simulated?: { readonly study: string; readonly groups: readonly SimulatedGroup[] };
}

/** A group of staff in a study, as its results have it. */
export interface SimulatedGroup {
  readonly id: string;
  readonly census: { readonly mean: number };
  /** Share of time with 0, 1, 2, … at work. */
  readonly censusDistribution: readonly number[];
  readonly byHourOfWeek?: { readonly census: readonly number[] };
}

/** What is exceeded in one of ten cases. */
const HIGH = 0.9;

/**
 * The need for staff by role, organisation and hour of the week: workload from the pathways, the cover that keeps the
 * target and the minimum, the headcount that fills it, and WISN and hours per patient day beside it.
 * @throws ModelError when the model has no such scenario
 */
export function planStaffing(model: Model, options: StaffingOptions): StaffingPlan {
  const changed = options.scenario === undefined ? model : applyScenario(model, options.scenario);
  const applied = withCredentialsOn(changed, changed.studies[0]?.start);
  const scenario = model.scenarios.find((each) => each.id === options.scenario);
  const workload = workloadOf(applied, options.demand);
  const calendar = planningWeek(applied);
  const roles = workload.roles.map((work) => roleNeed(work, applied, calendar, options));
  const { daily, target = DELAY_TARGET, wholePeriod: whole = false } = options;
  const byDay =
    daily === undefined
      ? undefined
      : dailyNeed(applied, daily, { target, calendar: planningWeek(applied, options.scenario), usual: roles, whole });
  return {
    format: 'pathway-staffing-plan',
    formatVersion: 1,
    languageVersion: model.languageVersion,
    sourceHash: model.sourceHash,
    scenario: options.scenario ?? '',
    title: scenario === undefined ? model.title : titleOf(scenario),
    roles,
    skills: workload.skills.map((work) => skillNeed(work, applied)),
    ...(byDay !== undefined && { byDay }),
    gaps: [...(options.limits ?? []), ...workload.unassigned, ...comingTogether(applied)],
  };
}

/** Cohorts who come in groups: the formulas for cover and percentiles are those of people who come one by one. */
function comingTogether({ cohorts, pathways }: Model): StaffingPlan['gaps'] {
  const entering = new Set(pathways.flatMap((pathway) => pathway.cohorts.map(({ cohort }) => cohort)));
  return cohorts
    .filter(({ id, arrivals }) => entering.has(id) && groupOf(arrivals) !== undefined)
    .map((cohort) => ({
      subject: titleOf(cohort),
      message:
        'that they come in groups: cover and percentiles are those of people who come alone, so that more of them wait.',
    }));
}

/** Whether a limit is about one of its groups, or about a way on which it has work, all of which may be later or more seldom. */
function isCountedInPart({ groups, activities }: RoleWork, limits: NonNullable<StaffingOptions['limits']>): boolean {
  const pathwayOf = (activity: string): string => activity.slice(0, activity.indexOf('.'));
  const own = new Set([...groups.map(({ id }) => id), ...activities.map(({ activity }) => pathwayOf(activity))]);
  return limits.some(({ subject }) => own.has(subject.includes('.') ? pathwayOf(subject) : subject));
}

function roleNeed(work: RoleWork, model: Model, calendar: StudyCalendar, options: StaffingOptions): RoleNeed {
  const { demand, target = DELAY_TARGET, hoursPerPatientDay } = options;
  const teams = teamsOf(work.role.id, model, demand, calendar);
  const minimum = minimumOf(work, model, teams, calendar);
  const service = meanService(work);
  const loadsByHour = HOURS_OF_WEEK.map((hour) => teamLoadsAt(work, hour));
  const coverByHour = loadsByHour.map((loads, hour) =>
    Math.max(coverFor(loads, target, service), minimum.byHour[hour] ?? 0),
  );
  const presences = work.groups.map((group) => presenceOf(group, model, calendar));
  const onDutyByHour =
    presences.length === 0
      ? null
      : HOURS_OF_WEEK.map((hour) => presences.reduce((sum, presence) => sum + (presence.byHour[hour] ?? 0), 0));
  const [group] = work.groups;
  const time = group === undefined ? undefined : workingTimeOf(group, model);
  const headcount = time === undefined ? null : headcountNeed(work, model, time, total(coverByHour));
  const wisn = wisnOf(work, model) ?? null;
  const given = hoursPerPatientDay?.get(work.role.id);
  const patientDays =
    time === undefined ? null : (patientDaysOf(work, model, demand, calendar, time, teams, given) ?? null);
  const isEstimated = presences.some((presence) => presence.estimated);
  return {
    role: work.role.id,
    title: titleOf(work.role),
    ...(work.organisation === undefined ? {} : { organisation: work.organisation }),
    ...(isCountedInPart(work, options.limits ?? []) && { countedInPart: true }),
    loadByHour: work.loadByHour,
    load90ByHour: loadsByHour.map((loads) => workloadPercentile(loads, HIGH)),
    coverByHour,
    minimumByHour: minimum.byHour,
    minimumFrom: minimum.from,
    teams,
    onDutyByHour,
    worstDelay:
      onDutyByHour === null
        ? null
        : Math.max(...loadsByHour.map((loads, hour) => delayAt(loads, onDutyByHour[hour] ?? 0))),
    target,
    simulated: simulatedWork(work, options) ?? null,
    workHoursPerWeek: total(work.loadByHour),
    coverHoursPerWeek: total(coverByHour),
    headcount,
    workByActivity: work.activities.map(({ activity, title, loadByHour }) => ({
      activity,
      title,
      hoursPerWeek: total(loadByHour),
    })),
    wisn,
    patientDays,
    notes: [...minimum.notes, ...notesOn(work, { isEstimated, headcount, wisn, patientDays, target })],
  };
}

/**
 * People needed to fill the cover: its hours over what one contract gives after absence, leave and what each shift loses. Absence
 * and leave both count as days of the year, as in WISN, so that their shares add. Null where nobody is left to work.
 */
function headcountNeed(work: RoleWork, model: Model, time: WorkingTime, coverHours: number): RoleNeed['headcount'] {
  const [group] = work.groups;
  if (group === undefined) return null;
  const existing = work.groups.reduce((sum, each) => sum + headcountOf(each, model), 0);
  const { contractHours, absence, shiftHours, lostPerShift, productiveHours } = time;
  const peopleFor = (away: number | undefined): number | null => {
    if (away === undefined || coverHours === 0) return away === undefined ? null : 0;
    const useful = contractHours * (1 - away) * (shiftHours > 0 ? productiveHours / shiftHours : 1);
    return useful > 0 ? coverHours / useful : null;
  };
  const leave = leaveOf(group, model);
  const needed = peopleFor(absence + leave);
  if (needed === null) return null;
  return {
    existing,
    needed,
    contractHoursPerWeek: contractHours,
    absence,
    leave,
    shiftHours,
    productiveHours,
    lostPerShift,
    shortfall: Math.max(0, needed - existing),
    neededAtHighAbsence: peopleFor(timeAwayNotExceeded(group, model, HIGH)),
  };
}

/** The groups of a role together: means add; the distribution is that of the only one, else of independent ones. */
function simulatedWork(work: RoleWork, { simulated }: StaffingOptions): SimulatedWork | undefined {
  const groups = (simulated?.groups ?? []).filter(({ id }) => work.groups.some((group) => group.id === id));
  const [first, ...others] = groups;
  if (simulated === undefined || first === undefined) return undefined;
  const shares = others.reduce(
    (sum, { censusDistribution }) => convolved(sum, censusDistribution),
    first.censusDistribution,
  );
  const hasHours = groups.every(({ byHourOfWeek }) => byHourOfWeek !== undefined);
  return {
    study: simulated.study,
    mean: groups.reduce((sum, { census }) => sum + census.mean, 0),
    meanByHour: hasHours
      ? HOURS_OF_WEEK.map((hour) => groups.reduce((sum, each) => sum + (each.byHourOfWeek?.census[hour] ?? 0), 0))
      : null,
    percentiles: { p50: notExceeded(shares, 0.5), p90: notExceeded(shares, 0.9), p95: notExceeded(shares, 0.95) },
  };
}

function convolved(a: readonly number[], b: readonly number[]): readonly number[] {
  const sum = new Array<number>(Math.max(0, a.length + b.length - 1)).fill(0);
  for (const [i, left] of a.entries())
    for (const [j, right] of b.entries()) sum[i + j] = (sum[i + j] ?? 0) + left * right;
  return sum;
}

function notExceeded(shares: readonly number[], probability: number): number {
  let sum = 0;
  const found = shares.findIndex((share) => (sum += share) >= probability - 1e-9);
  return found < 0 ? Math.max(0, shares.length - 1) : found;
}

interface Figures {
  readonly isEstimated: boolean;
  readonly headcount: RoleNeed['headcount'];
  readonly wisn: RoleNeed['wisn'];
  readonly patientDays: RoleNeed['patientDays'];
  readonly target: CoverTarget;
}

function notesOn(work: RoleWork, { isEstimated, headcount, wisn, patientDays, target }: Figures): readonly string[] {
  const notes: string[] = [];
  if (work.groups.length === 0) notes.push('No staff of this role are declared, so the need has nobody to fill it.');
  if (work.groups.length > 0 && headcount === null)
    notes.push('Absence and leave take all working time, so that no number of people fills the cover.');
  if (isEstimated) {
    notes.push(
      'The text does not say how many are on duty; presence is estimated from headcount, contract, absence and leave, spread over the shifts.',
    );
  }
  if (work.activities.some((activity) => activity.bySkill)) {
    notes.push('Work asked for by skill is counted here, because this role is the least qualified that has it.');
  }
  notes.push(...Array.from(work.batches, noteOnBatch));
  if (headcount !== null && wisn !== null && Math.abs(headcount.needed - wisn.required) > 0.05) {
    notes.push(
      `Cover needs ${formatNumber(headcount.needed)} people and WISN ${formatNumber(wisn.required)}: cover keeps somebody there ` +
        `in every hour with work, so that the target (${coverTargetText(target)}) and the minimum hold, while WISN divides the year's ` +
        'work by the working time of one person and lets work wait for whoever is free; WISN also takes off support work.',
    );
  }
  if (patientDays !== null) {
    const hours = `${formatNumber(patientDays.hoursEach)} h`;
    const from = {
      given: 'are given for this plan',
      team: 'follow from the team of the lowest level',
      work: 'are what the steps come to, so that this adds nothing to the work itself',
    }[patientDays.source];
    notes.push(
      `Hours per patient day need ${formatNumber(patientDays.required)} people: ${formatNumber(patientDays.patients)} patients in beds with ` +
        `${hours} each a day, whatever is done for them and when. These hours ${from}.`,
    );
  }
  return notes;
}

function skillNeed(work: SkillWork, model: Model): SkillNeed {
  const skill = model.skills.find((each) => each.id === work.skill);
  const wanted = { skill: work.skill, ...(work.level === undefined ? {} : { level: work.level }) };
  const holders = model.staff.reduce((sum, group) => {
    if (group.people.length > 0) {
      return sum + group.people.filter((person) => person.skills.some((held) => covers(held, wanted, model))).length;
    }
    const role = model.roles.find((each) => each.id === group.role);
    const able = role?.skills.some((held) => covers(held, wanted, model)) ?? false;
    return able ? sum + headcountOf(group, model) : sum;
  }, 0);
  return {
    ...wanted,
    title: skill === undefined ? work.skill : titleOf(skill),
    loadByHour: work.loadByHour,
    workHoursPerWeek: total(work.loadByHour),
    holders,
  };
}
