import type { ActivityDemand, Model, StudyCalendar } from '@pathway/model';
import { applyScenario, calendarOf, formatNumber, formatShare, SECONDS, titleOf } from '@pathway/model';
import { coverFor } from './delay.js';
import { HOURS_OF_WEEK, total } from './hours.js';
import type { RoleNeed, SkillNeed, StaffingPlan } from './plan.js';
import { absenceOf, contractHours, headcountOf, presenceOf } from './presence.js';
import { wisnOf } from './wisn.js';
import { covers, workloadOf, type RoleWork, type SkillWork } from './workload.js';

export interface StaffingOptions {
  /** The model as it is where absent. */
  readonly scenario?: string;
  /** What the steps ask for in this scenario, from the analysis. */
  readonly demand: readonly ActivityDemand[];
  /** Steps whose demand could not be computed, and why. */
  readonly limits?: readonly { readonly subject: string; readonly message: string }[];
  /** Probability that work has to wait for somebody; 0.2 where absent. */
  readonly delayTarget?: number;
}

const DELAY_TARGET = 0.2;

/**
 * The need for staff by role, organisation and hour of the week: workload from the pathways, the cover that keeps the
 * probability of delay at the target, the headcount that fills it, and WISN beside it.
 * @throws ModelError when the model has no such scenario
 */
export function planStaffing(model: Model, options: StaffingOptions): StaffingPlan {
  const applied = options.scenario === undefined ? model : applyScenario(model, options.scenario);
  const scenario = model.scenarios.find((each) => each.id === options.scenario);
  const workload = workloadOf(applied, options.demand);
  const target = options.delayTarget ?? DELAY_TARGET;
  const calendar = planningWeek(applied);
  return {
    format: 'pathway-staffing-plan',
    formatVersion: 1,
    languageVersion: model.languageVersion,
    sourceHash: model.sourceHash,
    scenario: options.scenario ?? '',
    title: scenario === undefined ? model.title : titleOf(scenario),
    roles: workload.roles.map((work) => roleNeed(work, applied, calendar, target)),
    skills: workload.skills.map((work) => skillNeed(work, applied)),
    gaps: [...(options.limits ?? []), ...workload.unassigned],
  };
}

/** Two weeks from the first study's start, so that every hour of the week is met. */
function planningWeek(model: Model): StudyCalendar {
  const study = model.studies[0];
  const horizonSeconds = 2 * SECONDS.week;
  if (study !== undefined) return calendarOf(study, horizonSeconds);
  return { start: '2026-01-05T00:00', timezone: 'UTC', horizonSeconds };
}

function roleNeed(work: RoleWork, model: Model, calendar: StudyCalendar, delayTarget: number): RoleNeed {
  const coverByHour = work.loadByHour.map((load) => coverFor(load, delayTarget));
  const presences = work.groups.map((group) => presenceOf(group, model, calendar));
  const onDutyByHour =
    presences.length === 0
      ? null
      : HOURS_OF_WEEK.map((hour) => presences.reduce((sum, presence) => sum + (presence.byHour[hour] ?? 0), 0));
  const headcount = headcountNeed(work, model, total(coverByHour));
  const wisn = wisnOf(work, model) ?? null;
  return {
    role: work.role.id,
    title: titleOf(work.role),
    ...(work.organisation === undefined ? {} : { organisation: work.organisation }),
    loadByHour: work.loadByHour,
    coverByHour,
    onDutyByHour,
    delayTarget,
    workHoursPerWeek: total(work.loadByHour),
    coverHoursPerWeek: total(coverByHour),
    headcount,
    workByActivity: work.activities.map(({ activity, title, loadByHour }) => ({
      activity,
      title,
      hoursPerWeek: total(loadByHour),
    })),
    wisn,
    notes: notesOn(work, { estimated: presences.some((presence) => presence.estimated), headcount, wisn, delayTarget }),
  };
}

/** People needed to fill the cover: its hours over what one contract gives after absence. */
function headcountNeed(work: RoleWork, model: Model, coverHours: number): RoleNeed['headcount'] {
  const group = work.groups[0];
  if (group === undefined) return null;
  const existing = work.groups.reduce((sum, each) => sum + headcountOf(each, model), 0);
  const contractHoursPerWeek = contractHours(group, model);
  const absence = absenceOf(group, model);
  const useful = contractHoursPerWeek * (1 - absence);
  const needed = useful > 0 ? coverHours / useful : 0;
  return { existing, needed, contractHoursPerWeek, absence, shortfall: Math.max(0, needed - existing) };
}

interface Figures {
  readonly estimated: boolean;
  readonly headcount: RoleNeed['headcount'];
  readonly wisn: RoleNeed['wisn'];
  readonly delayTarget: number;
}

function notesOn(work: RoleWork, { estimated, headcount, wisn, delayTarget }: Figures): readonly string[] {
  const notes: string[] = [];
  if (work.groups.length === 0) notes.push('No staff of this role are declared, so the need has nobody to fill it.');
  if (estimated) {
    notes.push(
      'The text does not say how many are on duty; presence is estimated from headcount, contract and absence, spread over the shifts.',
    );
  }
  if (work.activities.some((activity) => activity.bySkill)) {
    notes.push('Work asked for by skill is counted here, because this role is the least qualified that has it.');
  }
  if (headcount !== null && wisn !== null && Math.abs(headcount.needed - wisn.required) > 0.05) {
    notes.push(
      `Cover needs ${formatNumber(headcount.needed)} people and WISN ${formatNumber(wisn.required)}: cover keeps somebody there ` +
        `in every hour with work, so that at most ${formatShare(delayTarget)} of it waits, while WISN divides the year's ` +
        'work by the working time of one person and lets work wait for whoever is free; WISN also takes off leave and support work.',
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
