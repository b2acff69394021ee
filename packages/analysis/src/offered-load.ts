import {
  erlangB,
  type Model,
  type NeedTarget,
  type StaffGroup,
  type StudyCalendar,
  titleOf,
  waitingLine,
  byId,
} from '@pathway/model';
import { arrivalRate, type ArrivalRate, type Period } from './arrival-rate.js';
import type { OfferedLoad } from './facts.js';
import type { GraphLimit } from './flow-graph/graph.js';
import { wantsOf } from './needs.js';
import { meanUnits, groupsFor, placeOf, presenceOf, type Station } from './stations.js';
import { type CohortTraffic, trafficOf, type Visit } from './traffic.js';
import { feedingOf } from './feeding.js';
import { freshParts, type Parts } from './kept-parts.js';

/** Everything that facts about load are derived from, computed once for a model as a scenario sees it. */
export interface Demand {
  readonly traffic: readonly CohortTraffic[];
  readonly rates: ReadonlyMap<string, ArrivalRate>;
  readonly calendar: StudyCalendar;
  readonly limits: readonly GraphLimit[];
}

/** What one visit asks of one station. */
export interface Request {
  readonly cohort: string;
  readonly visit: Visit;
  readonly need: number;
  readonly station: string;
  /** Requests per second. */
  readonly rate: number;
  /** Units of each request; undefined without a closed form. */
  readonly amount: number | undefined;
  /** Mean seconds kept; undefined without a closed form. */
  readonly kept: number | undefined;
  /** Share of the visits of which this station is asked, where several groups share the work. */
  readonly share: number;
  /** All stations of which any can meet the need: groups, and alternatives. */
  readonly able: readonly string[];
}

/**
 * The arrivals and ways that loads follow from.
 * @throws ModelError for impossible numbers
 */
export function demandOf(model: Model, period: Period, parts: Parts = freshParts(model)): Demand {
  const calendar = parts.same('calendar', period.calendar);
  const traffic = trafficOf(model, period.pathways, parts);
  const rates = new Map<string, ArrivalRate>();
  const limits = traffic.flatMap((each) => each.limits);
  for (const { cohort: id } of traffic) {
    const cohort = byId(model.cohorts, id);
    if (cohort === undefined || rates.has(id)) continue;
    const rate = parts.of(cohort, 'rate', calendar, (seen) => arrivalRate(cohort, seen, calendar));
    rates.set(id, rate);
    if (rate.reason !== undefined) limits.push({ subject: id, message: rate.reason });
  }
  return { traffic, rates, calendar, limits };
}

/**
 * All requests for resources and staff if nobody ever waited. Of alternatives the first is counted; work for several
 * groups of one role is shared in proportion to how many of each are on duty.
 */
export function requestsOf(model: Model, demand: Demand): readonly Request[] {
  const known = requestsOfDemands.get(demand);
  if (known?.model === model) return known.requests;
  const requests = requestsFor(model, demand);
  requestsOfDemands.set(demand, { model, requests });
  return requests;
}

const requestsOfDemands = new WeakMap<Demand, { readonly model: Model; readonly requests: readonly Request[] }>();

function requestsFor(model: Model, demand: Demand): readonly Request[] {
  const work = new SharesOfWork(model, demand.calendar);
  const requests: Request[] = [];
  for (const { cohort, kinds } of demand.traffic) {
    const arriving = demand.rates.get(cohort)?.rate ?? 0;
    if (arriving === 0) continue;
    for (const { visits } of kinds) {
      for (const visit of visits) {
        for (const [need, of] of wantsOf(visit.activity).entries()) {
          const able = [...new Set(of.flatMap((target) => work.of(target, visit).map(({ station }) => station)))];
          for (const { station, share } of work.of(of[0], visit)) {
            const rate = arriving * visit.visits * share;
            const [amount, kept] = [visit.amounts[need], visit.kept[need]];
            requests.push({ cohort, visit, need, station, share, able, rate, amount, kept });
          }
        }
      }
    }
  }
  return requests;
}

interface ShareOfWork {
  readonly station: string;
  readonly share: number;
}

/** Who does what share of the work that a need asks for; found once for each need of the same at the same place. */
class SharesOfWork {
  readonly #presence = new Map<string, number>();
  readonly #shares = new Map<readonly StaffGroup[], readonly ShareOfWork[]>();

  constructor(
    private readonly model: Model,
    private readonly calendar: StudyCalendar,
  ) {}

  of(target: NeedTarget | undefined, { activity, pathway }: Visit): readonly ShareOfWork[] {
    if (target === undefined) return [];
    if (target.kind === 'resource') return [{ station: target.resource, share: 1 }];
    const groups = groupsFor(target, placeOf(activity.kind === 'step' ? activity : {}, pathway), this.model);
    const known = this.#shares.get(groups);
    if (known !== undefined) return known;
    const people = groups.map((group) => this.#onDuty(group));
    const sum = people.reduce((total, each) => total + each, 0);
    const shares = groups.map(({ id }, i) => ({
      station: id,
      share: sum > 0 && Number.isFinite(sum) ? (people[i] ?? 0) / sum : 1 / groups.length,
    }));
    this.#shares.set(groups, shares);
    return shares;
  }

  #onDuty(group: StaffGroup): number {
    const known = this.#presence.get(group.id);
    if (known !== undefined) return known;
    const people = meanUnits(presenceOf(group, this.model).schedule, this.calendar, this.model);
    this.#presence.set(group.id, people);
    return people;
  }
}

/**
 * Offered load of every resource and group of staff, in order of declaration: mean units in use at once if nobody ever
 * waited, requests × units × mean time kept (Little 1961). A station is left out, with a limit, where a time has no
 * closed form.
 * @throws ModelError for impossible numbers
 */
export function offeredLoads(model: Model, demand: Demand): { loads: OfferedLoad[]; limits: GraphLimit[] } {
  const requests = requestsOf(model, demand);
  const limits = sharedWork(requests);
  const resources = model.resources.map((resource) => ({
    station: { id: resource.id, title: titleOf(resource), kind: 'resource' } satisfies Station,
    schedule: resource.count,
  }));
  const groups = model.staff.map((group) => ({
    station: { id: group.id, title: titleOf(group), kind: 'staff' } satisfies Station,
    schedule: presenceOf(group, model).schedule,
  }));
  const byStation = new Map<string, Request[]>();
  for (const request of requests) {
    const own = byStation.get(request.station) ?? [];
    byStation.set(request.station, own);
    own.push(request);
  }
  const loads = [...resources, ...groups].flatMap(({ station, schedule }) => {
    const own = byStation.get(station.id) ?? [];
    if (own.some(({ kept, amount }) => kept === undefined || amount === undefined)) {
      limits.push({ subject: station.id, message: `The load of ${station.title} has no closed form here.` });
      return [];
    }
    return [loadOf(station, meanUnits(schedule, demand.calendar, model), own, model, demand)];
  });
  return { loads, limits };
}

/** Where several groups do the work of a need, who of them does how much follows from waits alone. */
function sharedWork(requests: readonly Request[]): GraphLimit[] {
  const subjects = requests.filter(({ share }) => share < 1).map(({ visit }) => visit.activity.id);
  return [...new Set(subjects)].map((subject) => ({
    subject,
    message: 'Several groups can do its work; it is shared among them in proportion to how many are on duty.',
  }));
}

function loadOf(
  station: Station,
  capacity: number,
  requests: readonly Request[],
  model: Model,
  demand: Demand,
): OfferedLoad {
  let load = 0;
  let requestRate = 0;
  let time = 0;
  for (const { rate, amount = 0, kept = 0 } of requests) {
    load += rate * amount * kept;
    requestRate += rate;
    time += rate * kept;
  }
  const unlimited = !Number.isFinite(capacity);
  const meanTimeKept = requestRate > 0 ? time / requestRate : 0;
  const feeding = feedingOf(station.id, requests, model, demand);
  const servers = feeding.steadyServers;
  return {
    ...station,
    load,
    capacity: unlimited ? null : capacity,
    utilisation: unlimited ? null : capacity > 0 ? load / capacity : load > 0 ? Number.MAX_VALUE : 0,
    requestRate,
    meanTimeKept,
    poisson: feeding.poisson,
    ...(feeding.poisson && servers !== undefined && requestRate > 0 && { erlangB: erlangB(load, servers) }),
    ...(feeding.exponential && servers !== undefined && load < servers && queueFacts(load, servers, meanTimeKept)),
  };
}

function queueFacts(
  load: number,
  servers: number,
  meanTimeKept: number,
): Pick<OfferedLoad, 'erlangC' | 'expectedWait'> {
  const line = waitingLine(load, servers, meanTimeKept);
  return { erlangC: line.waiting, expectedWait: line.meanWait };
}
