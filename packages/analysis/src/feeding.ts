import { constantValue, type Expression, type Hold, type Model, type Step } from '@pathway/model';
import { isExponential } from './arrival-rate.js';
import type { FlowGraph } from './flow-graph.js';
import type { Demand, Request } from './offered-load.js';
import { groupsFor, placeOf, presenceOf } from './stations.js';
import type { KindTraffic } from './traffic.js';

/** What is known of the stream of requests for a station. */
export interface Feeding {
  /** Requests are a steady Poisson stream of single units, kept for times that no other queue lengthens. */
  readonly poisson: boolean;
  /** Moreover the times kept are exponential with one mean, served first come, first served: M/M/c. */
  readonly exponential: boolean;
  /** The number of units, where it is whole, limited and never changes. */
  readonly steadyServers: number | undefined;
}

const NOTHING: Feeding = Object.freeze({ poisson: false, exponential: false, steadyServers: undefined });

/**
 * Whether closed forms hold for a station. Requests are Poisson where Poisson patients come to it unhindered: nobody
 * upstream, nor inside what the request keeps, can queue, and nobody comes twice. (Departures of M/M/c are Poisson too,
 * but not those of queues in general, so that what is downstream of any queue is left out.)
 */
export function feedingOf(station: string, requests: readonly Request[], model: Model, demand: Demand): Feeding {
  const steadyServers = serversOf(station, model);
  const single = requests.every(({ amount, share }) => amount === 1 && share === 1);
  if (requests.length === 0 || !single || demand.limits.length > 0) return { ...NOTHING, steadyServers };
  const steady = requests.every(({ cohort }) => demand.rates.get(cohort)?.steadyPoisson === true);
  const free = demand.traffic
    .filter(({ cohort }) => (demand.rates.get(cohort)?.rate ?? 0) > 0)
    .every(({ kinds }) => kinds.every((kind) => arrivesUnhindered(station, kind, requests, model)));
  const poisson = steady && free;
  return { poisson, exponential: poisson && isMarkovian(requests, model), steadyServers };
}

function arrivesUnhindered(station: string, kind: KindTraffic, requests: readonly Request[], model: Model): boolean {
  const { graph, flow } = kind;
  const asked = new Set(requests.filter(({ visit }) => kind.visits.includes(visit)).map(({ visit }) => visit.node));
  if (asked.size === 0) return true;
  const queues = graph.nodes.flatMap(({ activity }, node) =>
    (flow[node] ?? 0) > 0 &&
    (activity?.kind === 'step' || activity?.kind === 'hold') &&
    canQueue(activity, graph, node, model)
      ? [node]
      : [],
  );
  const finite = serversOf(station, model) !== undefined || queues.some((node) => asked.has(node));
  const hindering = finite ? queues : queues.filter((node) => !asked.has(node));
  const after = reachable(graph, hindering);
  return [...asked].every((node) => {
    if (after.has(node)) return false;
    const own = graph.nodes[node]?.activity;
    if (own?.kind === 'step' || own?.kind === 'hold') {
      if (finite && own.needs.length !== 1) return false;
      if (own.waits !== undefined) return false;
    }
    return !hindering.some((queue) => queue !== node && graph.nodes[queue]?.holds.includes(node));
  });
}

/** Whether anybody could ever have to wait for an activity's needs. */
function canQueue(activity: Step | Hold, graph: FlowGraph, node: number, model: Model): boolean {
  const pathway = graph.nodes[node]?.pathway;
  return activity.needs.some(({ of }) =>
    of.every((target) => {
      if (target.kind === 'resource') {
        const resource = model.resources.find(({ id }) => id === target.resource);
        return resource === undefined || resource.breakdown !== undefined || !isUnlimited(resource.count);
      }
      const place = pathway && placeOf(activity.kind === 'step' ? activity : {}, pathway);
      const groups = groupsFor(target, place, model);
      return groups.length === 0 || !groups.some((group) => isUnlimited(presenceOf(group, model).schedule));
    }),
  );
}

function isUnlimited(schedule: { readonly rules: readonly unknown[]; readonly otherwise: unknown }): boolean {
  return schedule.rules.length === 0 && schedule.otherwise === 'unlimited';
}

/** Nodes that can come after others, on a way that somebody takes; not these themselves unless a way leads back. */
function reachable({ visits }: FlowGraph, from: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const edge of visits) {
      if (edge.from !== node || edge.amount === 0 || found.has(edge.to)) continue;
      found.add(edge.to);
      open.push(edge.to);
    }
  }
  return found;
}

function serversOf(station: string, model: Model): number | undefined {
  const resource = model.resources.find(({ id }) => id === station);
  const group = model.staff.find(({ id }) => id === station);
  if (resource?.breakdown !== undefined) return undefined;
  const schedule = resource?.count ?? (group && presenceOf(group, model).schedule);
  if (schedule === undefined || schedule.rules.length > 0 || schedule.otherwise === 'unlimited') return undefined;
  const amount = constantValue(schedule.otherwise, model);
  return amount !== undefined && Number.isInteger(amount) && amount > 0 ? amount : undefined;
}

/** One mean for all, every time a single exponential draw, and nobody served before another. */
function isMarkovian(requests: readonly Request[], model: Model): boolean {
  const [first] = requests;
  return requests.every(({ visit, kept, cohort }) => {
    const { activity } = visit;
    if (activity.kind !== 'step' || activity.takes === undefined || activity.priority !== undefined) return false;
    if (model.cohorts.find(({ id }) => id === cohort)?.priority !== undefined) return false;
    return sameTime(kept, first?.kept) && isDrawnExponentially(activity.takes, cohort, model);
  });
}

function isDrawnExponentially(takes: Expression, cohort: string, model: Model): boolean {
  if (takes.kind !== 'attribute') return isExponential(takes, model);
  const attribute = model.cohorts.find(({ id }) => id === cohort)?.attributes.find(({ name }) => name === takes.name);
  return attribute !== undefined && isExponential(attribute.value, model);
}

function sameTime(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-12 * Math.max(a, b);
}
