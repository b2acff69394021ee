import {
  type ActivityDemand,
  type ActivityNeed,
  applyScenario,
  type Arrivals,
  bookedTimes,
  clockOccurrences,
  type Cohort,
  hourOfWeekAt,
  localDays,
  meanOfExpression,
  type Model,
  type NeedTarget,
  rateChanges,
  requireConstant,
  stableJson,
  type StudyCalendar,
  titleOf,
  byId,
} from '@pathway/model';
import { atMostAYear, periodOf } from './arrival-rate.js';
import { type Demand, demandOf } from './offered-load.js';
import { placeOf } from './stations.js';
import { freshParts, type Parts } from './kept-parts.js';
import type { CohortTraffic, Visit } from './traffic.js';
import { type Duration, durationOf, underWay } from './under-way.js';

const HOURS = 168;
const HOUR = 3600;

/**
 * How often each step and hold that needs people or things is begun in a mean week, hour by hour, and how many are
 * under way, if nobody ever waited; in textual order, what is never reached left out.
 *
 * Starts are the arrivals of the cohort, moved later by the mean time from arrival to the activity; the number under
 * way follows from them and from how long each lasts, by the law of its time where that is one draw and else as if it
 * were fixed (the mean of M(t)/G/∞; Eick, Massey and Whitt 1993). Sums over the week are exact. A profile that
 * counts from the study's start is averaged over the hours of the week that it meets; hours that a study shorter than
 * a week never meets have no starts. Appointments count at their booked times.
 * @param scenarioId the model as it is when absent
 * @throws ModelError for an unknown scenario and for impossible numbers
 */
export function activityDemand(model: Model, scenarioId?: string, studyId?: string): ActivityDemand[] {
  const changed = scenarioId === undefined ? model : applyScenario(model, scenarioId);
  return demandByActivity(changed, demandOf(changed, periodOf(changed, scenarioId, studyId)));
}

/**
 * As activityDemand, of a model to which the scenario is applied already.
 * @param arriving who arrives of a cohort in each hour of the week, from who does of any as usual; as usual where absent
 */
export function demandByActivity(
  model: Model,
  demand: Demand,
  arriving: (cohort: string, usual: (cohort: string) => readonly number[]) => readonly number[] = (cohort, usual) =>
    usual(cohort),
): ActivityDemand[] {
  const found = new Map<string, ActivityTotals>();
  const usual = (id: string): readonly number[] => {
    const cohort = byId(model.cohorts, id);
    return cohort === undefined ? [] : arrivalsByHour(cohort, demand.rates.get(id)?.rate ?? 0, model, demand.calendar);
  };
  for (const { cohort: id, kinds } of demand.traffic) {
    if (byId(model.cohorts, id) === undefined) continue;
    addVisits(found, { kinds }, arriving(id, usual), model);
  }
  const order = new Map(
    model.pathways.flatMap((pathway) => textualOrder(pathway.body)).map((id, place) => [id, place]),
  );
  const placeOfTotals = ({ visit }: ActivityTotals): number => order.get(visit.activity.id) ?? -1;
  return Array.from(found.values())
    .sort((a, b) => placeOfTotals(a) - placeOfTotals(b))
    .map(demandOfActivity);
}

/** Mean units of a need that are in use at once, by hour of the week; one number where every hour is like the others. */
export interface NeedLoad {
  readonly target: ActivityNeed['target'];
  readonly hours: readonly number[];
}

/** What is asked of people and things by hour, as demandByActivity has it, added up for each need of each pathway. */
export function loadsByNeed(model: Model, demand: Demand, parts: Parts = freshParts(model)): readonly NeedLoad[] {
  return demand.traffic.flatMap((traffic) => loadsOf(traffic, demand, parts));
}

/** As loadsByNeed, of one cohort on one pathway. */
export function loadsOf(
  traffic: CohortTraffic,
  { calendar, rates }: Pick<Demand, 'calendar' | 'rates'>,
  parts: Parts,
): readonly NeedLoad[] {
  const rate = rates.get(traffic.cohort)?.rate ?? 0;
  return parts.of(traffic, `loads at ${rate}`, calendar, (seen) => {
    const cohort = byId(seen.cohorts, traffic.cohort);
    if (cohort === undefined) return [];
    const arrivals = arrivalsByHour(cohort, rate, seen, calendar);
    const [first = 0] = arrivals;
    const found = new Map<string, ActivityTotals>();
    addVisits(found, traffic, arrivals.every((each) => each === first) ? [first] : arrivals, seen);
    return addedUp(Array.from(found.values(), demandOfActivity));
  });
}

function addedUp(demand: readonly ActivityDemand[]): readonly NeedLoad[] {
  const found = new Map<string, { target: ActivityNeed['target']; hours: number[] }>();
  for (const { needs, loadByHour } of demand) {
    for (const { amount, target } of needs) {
      const key = stableJson(target);
      const { hours } = found.get(key) ?? { hours: loadByHour.map(() => 0) };
      found.set(key, { target, hours });
      loadByHour.forEach((load, hour) => (hours[hour] = (hours[hour] ?? 0) + load * amount));
    }
  }
  return [...found.values()];
}

interface ActivityTotals {
  readonly visit: Visit;
  readonly starts: number[];
  readonly load: number[];
  readonly amounts: number[];
}

function addVisits(
  found: Map<string, ActivityTotals>,
  { kinds }: Pick<CohortTraffic, 'kinds'>,
  arrivals: readonly number[],
  model: Model,
): void {
  for (const { kind, visits } of kinds) {
    for (const visit of visits) {
      if (visit.activity.needs.length > 0) addVisit(found, visit, arrivals, durationOf(visit, kind, model));
    }
  }
}

function addVisit(
  found: Map<string, ActivityTotals>,
  visit: Visit,
  arrivals: readonly number[],
  duration: Duration,
): void {
  const { activity } = visit;
  const totals = found.get(activity.id) ?? {
    visit,
    starts: arrivals.map(() => 0),
    load: arrivals.map(() => 0),
    amounts: activity.needs.map(() => 0),
  };
  found.set(activity.id, totals);
  const starts = later(arrivals, visit.delay).map((each) => each * visit.visits);
  const load = underWay(starts, duration);
  const all = starts.reduce((sum, each) => sum + each, 0);
  starts.forEach((each, hour) => (totals.starts[hour] = (totals.starts[hour] ?? 0) + each));
  load.forEach((each, hour) => (totals.load[hour] = (totals.load[hour] ?? 0) + each));
  visit.amounts.forEach((amount, need) => {
    totals.amounts[need] = (totals.amounts[need] ?? 0) + all * (amount ?? 1);
  });
}

function demandOfActivity({ visit, starts, load, amounts }: ActivityTotals): ActivityDemand {
  const { activity, pathway } = visit;
  const organisation = placeOf(activity.kind === 'step' ? activity : {}, pathway);
  const all = starts.reduce((sum, each) => sum + each, 0);
  const underway = load.reduce((sum, each) => sum + each, 0);
  return {
    activity: activity.id,
    title: titleOf(activity),
    ...(organisation !== undefined && { organisation }),
    startsByHour: starts,
    loadByHour: load,
    meanDuration: all > 0 ? (underway * HOUR) / all : 0,
    needs: activity.needs.flatMap(({ of: [target] }, i): ActivityNeed[] =>
      target === undefined
        ? []
        : [
            {
              amount: all > 0 ? (amounts[i] ?? 0) / all : (visit.amounts[i] ?? 1),
              target: needTarget(target, organisation),
            },
          ],
    ),
  };
}

function needTarget(target: NeedTarget, organisation: string | undefined): ActivityNeed['target'] {
  if (target.kind === 'resource') return target;
  const place = target.from ?? organisation;
  const at = place === undefined ? {} : { organisation: place };
  if (target.kind === 'role') return { kind: 'role', role: target.role, ...at };
  return { kind: 'skill', skill: target.skill, ...(target.level !== undefined && { level: target.level }), ...at };
}

/** Mean arrivals in each hour of the local week; they add to the mean of a week. */
function arrivalsByHour(cohort: Cohort, rate: number, model: Model, calendar: StudyCalendar): number[] {
  const { arrivals } = cohort;
  const even = new Array<number>(HOURS).fill(rate * HOUR);
  switch (arrivals?.kind) {
    case 'rate':
    case 'table':
      return arrivals.kind === 'rate' && arrivals.profile === undefined && arrivals.days === undefined
        ? even
        : ratedByHour(arrivals, model, calendar);
    case 'batch': {
      const year = wholeWeeks(calendar);
      const size = meanOfExpression(arrivals.size, model).value ?? 0;
      const times = clockOccurrences(arrivals.at, arrivals.days, year);
      return counted(
        times.map((time) => ({ time, size })),
        year,
      );
    }
    case 'appointments': {
      // How early or late people come moves few of them to another hour; on the whole as many come.
      const year = wholeWeeks(calendar);
      const shows = arrivals.shows === undefined ? 1 : requireConstant(arrivals.shows, model, 'The share who come');
      return counted(
        bookedTimes(arrivals, year, model).map((time) => ({ time, size: shows })),
        year,
      );
    }
    case 'recorded': {
      const times = arrivals.times.filter((time) => time >= 0 && time < calendar.horizonSeconds);
      return counted(
        times.map((time) => ({ time, size: 1 })),
        calendar,
      );
    }
    default:
      return even;
  }
}

/** A study of whole weeks, at most a year; a study shorter than a week stays as it is for profiles from its start. */
function wholeWeeks(calendar: StudyCalendar): StudyCalendar {
  const week = HOURS * HOUR;
  const year = atMostAYear(calendar);
  return { ...year, horizonSeconds: Math.max(1, Math.floor(year.horizonSeconds / week)) * week };
}

function ratedByHour(
  arrivals: Extract<Arrivals, { kind: 'rate' | 'table' }>,
  model: Model,
  calendar: StudyCalendar,
): number[] {
  const fromStart = arrivals.profile?.anchor === 'study' && calendar.horizonSeconds < HOURS * HOUR;
  const span = fromStart ? calendar : wholeWeeks(calendar);
  const hours = new Array<number>(HOURS).fill(0);
  const changes = rateChanges(arrivals, span, model);
  let next = 0;
  for (const { hour, begin, end } of localHours(span)) {
    for (let from = begin; from < end;) {
      while ((changes[next]?.time ?? Number.POSITIVE_INFINITY) <= from) next++;
      const to = Math.min(end, changes[next]?.time ?? end);
      hours[hour] = (hours[hour] ?? 0) + (changes[next - 1]?.rate ?? 0) * (to - from);
      from = to;
    }
  }
  return hours.map((sum) => sum / weeksIn(span));
}

/** The hours of the local clock along a study, ascending; one that comes twice is long, one that is skipped absent. */
function localHours(calendar: StudyCalendar): { hour: number; begin: number; end: number }[] {
  return localDays(calendar).flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => ({
      hour: day.weekdayIndex * 24 + hour,
      begin: Math.max(0, day.at(hour * HOUR)),
      end: Math.min(calendar.horizonSeconds, day.at((hour + 1) * HOUR)),
    })).filter(({ begin, end }) => begin < end),
  );
}

function counted(events: readonly { time: number; size: number }[], calendar: StudyCalendar): number[] {
  const hours = new Array<number>(HOURS).fill(0);
  for (const { time, size } of events) {
    const hour = hourOfWeekAt(time, calendar);
    hours[hour] = (hours[hour] ?? 0) + size;
  }
  return hours.map((sum) => sum / weeksIn(calendar));
}

/** Weeks of a study; one shorter than a week stands for the only one. */
function weeksIn({ horizonSeconds }: StudyCalendar): number {
  return Math.max(1, horizonSeconds / (HOURS * HOUR));
}

/** Values by hour of the week, moved later; a part of an hour divides them between two hours. */
function later(values: readonly number[], seconds: number): readonly number[] {
  if (values.length < HOURS) return values;
  const whole = Math.floor(seconds / HOUR);
  const part = seconds / HOUR - whole;
  const at = (hour: number): number => values[((hour % HOURS) + HOURS) % HOURS] ?? 0;
  return values.map((_, hour) => at(hour - whole) * (1 - part) + at(hour - whole - 1) * part);
}

function textualOrder(body: readonly { readonly id: string }[]): string[] {
  const ids: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('id' in value && typeof value.id === 'string') ids.push(value.id);
    for (const part of Object.values(value)) look(part);
  };
  look(body);
  return ids;
}
