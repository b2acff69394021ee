import {
  type ActivityDemand,
  type ActivityNeed,
  applyScenario,
  type Cohort,
  type Model,
  type NeedTarget,
  stableJson,
  titleOf,
  byId,
} from '@pathway/model';
import { periodOf } from './arrival-rate.js';
import { wantsOf } from './needs.js';
import { keyOfPart, needsApart } from './needs-apart.js';
import { type Demand, demandOf } from './offered-load.js';
import { placeOf } from './stations.js';
import { freshParts, type Parts } from './kept-parts.js';
import { type PlaceByHour, placesByHour } from './start-times.js';
import type { CohortTraffic, Visit } from './traffic.js';
import { asUsual } from './usual-demand.js';
import { arrivalsByHour } from './weekly-arrivals.js';

const DAY = 24;
const HOUR = 3600;

/**
 * How often each step and hold that needs people or things is begun in a mean week, hour by hour, and how many are
 * under way, if nobody ever waited; in textual order, what is never reached left out.
 *
 * Starts are the arrivals of the cohort, moved later by the law of the time from arrival to the activity; the number under
 * way follows from them and from how long each lasts, by the law of its time where that is one draw and else as if it
 * were fixed (see `placesByHour`; the mean of M(t)/G/∞, Eick, Massey and Whitt 1993). Sums over the week are exact. A profile that
 * counts from the study's start is averaged over the hours of the week that it meets; hours that a study shorter than
 * a week never meets have no starts. Appointments count at their booked times. Whoever comes only while a response is in
 * force does not count.
 * @param scenarioId the model as it is when absent
 * @throws ModelError for an unknown scenario and for impossible numbers
 */
export function activityDemand(model: Model, scenarioId?: string, studyId?: string): ActivityDemand[] {
  const changed = scenarioId === undefined ? model : applyScenario(model, scenarioId);
  const demand = asUsual(demandOf(changed, periodOf(changed, scenarioId, studyId)), changed);
  return demandByActivity(changed, demand).map((each) => {
    const batches = batchesIn(each.activity, demand, changed);
    return batches.length === 0 ? each : { ...each, batches };
  });
}

/** Titles of the cohorts that begin an activity and of whom all come at one time. */
function batchesIn(id: string, { traffic, rates }: Demand, { cohorts }: Model): readonly string[] {
  return cohorts
    .filter(({ id: cohort, arrivals }) => arrivals?.kind === 'batch' && (rates.get(cohort)?.rate ?? 0) > 0)
    .filter(({ id: own }) =>
      traffic.some(
        ({ cohort, kinds }) =>
          cohort === own &&
          kinds.some(({ visits }) => visits.some(({ activity, visits: mean }) => activity.id === id && mean > 0)),
      ),
    )
    .map((each) => titleOf(each));
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
  return totalsByActivity(model, demand, arriving).map(demandOfActivity);
}

/** What `demandByActivity` adds up, in the same order. */
export function totalsByActivity(
  model: Model,
  demand: Demand,
  arriving: (cohort: string, usual: (cohort: string) => readonly number[]) => readonly number[] = (cohort, usual) =>
    usual(cohort),
): ActivityTotals[] {
  const found = new Map<string, ActivityTotals>();
  const usual = (id: string): readonly number[] => {
    const cohort = byId(model.cohorts, id);
    return cohort === undefined ? [] : arrivalsByHour(cohort, demand.rates.get(id)?.rate ?? 0, model, demand.calendar);
  };
  for (const { cohort: id, kinds } of demand.traffic) {
    const cohort = byId(model.cohorts, id);
    if (cohort !== undefined) addVisits(found, { kinds }, arriving(id, usual), cohort, model);
  }
  const order = new Map(
    model.pathways.flatMap((pathway) => textualOrder(pathway.body)).map((id, place) => [id, place]),
  );
  const placeOfTotals = ({ visit }: ActivityTotals): number => order.get(visit.activity.id) ?? -1;
  return Array.from(found.values()).sort((a, b) => placeOfTotals(a) - placeOfTotals(b));
}

/** Mean units of a need that are in use at once, by hour of the week; one number where every hour is like the others. */
export interface NeedLoad {
  readonly target: ActivityNeed['target'];
  readonly hours: readonly number[];
}

/** What is asked of people and things by hour, as demandByActivity has it, added up for each need of each pathway; needs with alternatives left out. */
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
    addVisits(found, traffic, arrivals.every((each) => each === first) ? [first] : arrivals, cohort, seen);
    return addedUp(Array.from(found.values(), ofOneKind));
  });
}

/** As demandOfActivity, without needs that something else may meet as well. */
function ofOneKind(totals: ActivityTotals): ActivityDemand {
  const demand = demandOfActivity(totals);
  return { ...demand, needs: demand.needs.filter((_, i) => wantsOf(totals.visit.activity)[i]?.length === 1) };
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

/** Starts of an activity, what is under way, and units of each need times starts. */
export interface ActivityTotals {
  readonly visit: Visit;
  readonly starts: number[];
  readonly load: number[];
  readonly amounts: number[];
}

function addVisits(
  found: Map<string, ActivityTotals>,
  { kinds }: Pick<CohortTraffic, 'kinds'>,
  arrivals: readonly number[],
  { arrivals: written }: Cohort,
  model: Model,
): void {
  const minute = written?.kind === 'batch' ? written.at % 60 : undefined;
  const repeating = { hours: repeated(arrivals), minute };
  for (const traffic of kinds) {
    const placeOfVisit = placesByHour(traffic, repeating, model);
    for (const visit of traffic.visits.flatMap(needsApart))
      if (visit.activity.needs.length > 0) addVisit(found, visit, placeOfVisit(visit), arrivals.length);
  }
}

/** The hours after which those of a week repeat: one, a day, or all. */
function repeated(arrivals: readonly number[]): readonly number[] {
  const hours = [1, DAY].find((each) => arrivals.every((people, hour) => people === arrivals[hour % each]));
  return arrivals.slice(0, hours);
}

/** Adds starts that repeat after their hours, to so many hours. */
function addVisit(
  found: Map<string, ActivityTotals>,
  visit: Visit,
  { starts, load }: PlaceByHour,
  hours: number,
): void {
  const { activity } = visit;
  const none = new Array<number>(hours).fill(0);
  const key = keyOfPart(activity.id, visit);
  const totals = found.get(key) ?? {
    visit,
    starts: none,
    load: [...none],
    amounts: activity.needs.map(() => 0),
  };
  found.set(key, totals);
  let all = 0;
  for (let hour = 0; hour < hours; hour++) {
    const here = hour % starts.length;
    all += starts[here] ?? 0;
    totals.starts[hour] = (totals.starts[hour] ?? 0) + (starts[here] ?? 0);
    totals.load[hour] = (totals.load[hour] ?? 0) + (load[here] ?? 0);
  }
  visit.amounts.forEach((amount, need) => {
    totals.amounts[need] = (totals.amounts[need] ?? 0) + all * (amount ?? 1);
  });
}

/** What totals say of each hour that they have. */
export function demandOfActivity({ visit, starts, load, amounts }: ActivityTotals): ActivityDemand {
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
    needs: wantsOf(activity).flatMap(([target], i): ActivityNeed[] =>
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
