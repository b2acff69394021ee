import type { DailyDemand, Effect, Model, StudyCalendar } from '@pathway/model';
import { byId, titleOf } from '@pathway/model';
import type { DailyNeed, DailyRoleNeed, RoleNeed } from '../plan.js';
import { coverFor, type CoverTarget } from '../target.js';
import { meanService, type RoleWork, teamLoadsAt, workloadOf } from '../workload.js';
import { dailyMinimum } from './daily-minimum.js';
import { dailyStretches } from './daily-summary.js';
import { dailySupply, isWithin } from './daily-supply.js';
import { effectsIn, patchesIn } from './holding.js';

export interface DailyNeedOptions {
  readonly target: CoverTarget;
  readonly calendar: StudyCalendar;
  /** The need of a usual week, to which days at the end that are like it need not be added. */
  readonly usual: readonly RoleNeed[];
  /** Whether all days are wanted, also those that are as usual. */
  readonly whole: boolean;
}

type HourlyNeed = Omit<DailyRoleNeed, 'stretches'>;

/** Who is needed and who is there of each role, hour by hour, over the days of a scenario's crises. */
export function dailyNeed(model: Model, daily: DailyDemand, options: DailyNeedOptions): DailyNeed {
  const { roles, unassigned } = workloadOf(model, daily.demand);
  const needs = roles
    .map((work) => needOf(work, model, daily, options))
    .filter(({ coverByHour }) => coverByHour.some((people) => people > 0));
  const days = options.whole ? daily.days : lastUnusualDay(needs, daily, options.usual);
  return {
    from: daily.from,
    days,
    spells: daily.spells,
    roles: needs.map((need) => {
      const whole = cut(need, days * 24);
      return { ...whole, stretches: dailyStretches(whole, { from: daily.from, days, spells: daily.spells }) };
    }),
    notes: [
      ...daily.notes,
      ...new Set(unassigned.map(({ subject, message }) => `${subject}: ${message}`)),
      ...notesOn(model, daily),
    ],
  };
}

function needOf(work: RoleWork, model: Model, daily: DailyDemand, { target, calendar }: DailyNeedOptions): HourlyNeed {
  const hours = Array.from({ length: daily.days * 24 }, (_, hour) => hour);
  const minimum = dailyMinimum(work, model, daily, calendar);
  const service = meanService(work);
  const supplies = work.groups.map((group) => dailySupply(group, model, daily, calendar));
  const sum = (of: 'onDuty' | 'calledIn'): number[] =>
    hours.map((hour) => supplies.reduce((all, supply) => all + (supply[of][hour] ?? 0), 0));
  return {
    role: work.role.id,
    title: titleOf(work.role),
    ...(work.organisation === undefined ? {} : { organisation: work.organisation }),
    loadByHour: hours.map((hour) => work.loadByHour[hour] ?? 0),
    coverByHour: hours.map((hour) => Math.max(coverFor(teamLoadsAt(work, hour), target, service), minimum[hour] ?? 0)),
    minimumByHour: minimum,
    onDutyByHour: supplies.length === 0 ? null : sum('onDuty'),
    calledInByHour: sum('calledIn'),
  };
}

/** Days up to the last on which something holds, or another cover is needed than as usual. */
function lastUnusualDay(needs: readonly HourlyNeed[], daily: DailyDemand, usual: readonly RoleNeed[]): number {
  const first = ((new Date(`${daily.from}T00:00:00Z`).getUTCDay() + 6) % 7) * 24;
  const last = Math.min(daily.days, Math.ceil(Math.max(...daily.spells.map(({ until }) => until)) / 24));
  const isUsual = (day: number): boolean =>
    needs.every((need) => {
      const week = usual.find(({ role, organisation }) => role === need.role && organisation === need.organisation);
      return Array.from({ length: 24 }, (_, hour) => day * 24 + hour).every(
        (hour) => (need.coverByHour[hour] ?? 0) === (week?.coverByHour[(hour + first) % 168] ?? 0),
      );
    });
  let days = daily.days;
  while (days > last && isUsual(days - 1)) days -= 1;
  return days;
}

function cut(need: HourlyNeed, hours: number): HourlyNeed {
  const first = <T>(values: readonly T[]): readonly T[] => values.slice(0, hours);
  return {
    ...need,
    loadByHour: first(need.loadByHour),
    coverByHour: first(need.coverByHour),
    minimumByHour: first(need.minimumByHour),
    onDutyByHour: need.onDutyByHour === null ? null : first(need.onDutyByHour),
    calledInByHour: first(need.calledInByHour),
  };
}

/** What a plan by day leaves out. */
function notesOn(model: Model, daily: DailyDemand): readonly string[] {
  const lost = new Set(
    effectsIn(model, daily).flatMap(({ what, spell }) => (takesThings(what, model) ? [spell.title] : [])),
  );
  const converted = new Set(patchesIn(model, daily, 'convert').map(({ response }) => titleOf(response)));
  const waiting = daily.spells.flatMap(({ kind, id, title }) => {
    const response = kind === 'response' ? byId(model.responses ?? [], id) : undefined;
    return response !== undefined && response.recovery.after.length > 0 ? [title] : [];
  });
  const assumed = [...new Set(daily.spells.filter((each) => each.assumed === true).map(({ title }) => title))];
  const standIns = new Set(patchesIn(model, daily, 'allow').map(({ response }) => titleOf(response)));
  return [
    ...assumed.map(
      (title) => `${title}: when it begins follows from a run alone; it is taken to be in force while the crises last.`,
    ),
    ...Array.from(standIns, standInNote),
    ...Array.from(
      lost,
      (title) =>
        `${title}: what depends on systems and things that are lost, or on deliveries, is counted as if they were there.`,
    ),
    ...Array.from(converted, (title) => `${title}: units that become others are counted as what they were.`),
    ...Array.from(
      new Set(waiting),
      (title) => `${title}: the end of another response that it waits for is not followed.`,
    ),
  ];
}

/** Whether an effect takes things, systems or deliveries away, on which steps may wait or change. */
function takesThings(effect: Effect, model: Model): boolean {
  if (effect.kind !== 'closure') return effect.kind === 'loss' || effect.kind === 'supply cut';
  return model.resources.some(({ organisation }) =>
    effect.organisations.some((place) => isWithin(organisation, place, model)),
  );
}

/** What is left out of who is there on the days of a crisis, where a response of this title lets people stand in. */
export function standInNote(title: string): string {
  return `${title}: those who may stand in for others are not counted in their place.`;
}
