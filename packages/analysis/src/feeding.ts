import { constantValue, type Expression, type Hold, type Model, type Step, byId } from '@pathway/model';
import { isExponential } from './arrival-rate.js';
import type { FlowGraph } from './flow-graph/graph.js';
import { reachable } from './linear-flow.js';
import type { Demand, Request } from './offered-load.js';
import { groupsFor, placeOf, presenceOf } from './stations.js';
import type { CohortTraffic, KindTraffic, Visit } from './traffic.js';

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
  const asking = byKind(requests, demand);
  const free = Array.from(asking).every(
    ([kind, { traffic, nodes }]) =>
      (demand.rates.get(traffic.cohort)?.rate ?? 0) <= 0 || arrivesUnhindered(station, kind, nodes, model),
  );
  const poisson = steady && free && onceAPatient(asking.values());
  return { poisson, exponential: poisson && isMarkovian(requests, model), steadyServers };
}

/** The places where patients of one kind ask for a station. */
interface Asking {
  readonly traffic: CohortTraffic;
  readonly nodes: Set<number>;
}

/** Where each kind of patients asks, of the kinds that do. */
function byKind(requests: readonly Request[], demand: Demand): ReadonlyMap<KindTraffic, Asking> {
  const found = new Map<KindTraffic, Asking>();
  const kinds = kindsOf(demand);
  for (const { visit } of requests) {
    const asked = kinds.get(visit);
    if (asked === undefined) continue;
    const { kind, traffic } = asked;
    const asking = found.get(kind) ?? { traffic, nodes: new Set<number>() };
    found.set(kind, asking);
    asking.nodes.add(visit.node);
  }
  return found;
}

interface VisitingKind {
  readonly kind: KindTraffic;
  readonly traffic: CohortTraffic;
}

const kindsOfDemands = new WeakMap<Demand, ReadonlyMap<Visit, VisitingKind>>();

/** Whose visit each one is. Every station asks, so it is found once. */
function kindsOf(demand: Demand): ReadonlyMap<Visit, VisitingKind> {
  const known = kindsOfDemands.get(demand);
  if (known !== undefined) return known;
  const found = new Map(
    demand.traffic.flatMap((traffic) =>
      traffic.kinds.flatMap((kind) => kind.visits.map((visit): [Visit, VisitingKind] => [visit, { kind, traffic }])),
    ),
  );
  kindsOfDemands.set(demand, found);
  return found;
}

/** Whether no patient asks on two ways at once: a cohort that enters several pathways enters all of them together. */
function onceAPatient(asking: Iterable<Asking>): boolean {
  const ways = new Set(Array.from(asking, ({ traffic }) => traffic));
  return new Set(Array.from(ways, ({ cohort }) => cohort)).size === ways.size;
}

function arrivesUnhindered(station: string, kind: KindTraffic, asked: ReadonlySet<number>, model: Model): boolean {
  const { graph } = kind;
  const queues = queuesOf(kind, model);
  const finite = serversOf(station, model) !== undefined || queues.some((node) => asked.has(node));
  const twice = [...asked].some((a) => [...asked].some((b) => a !== b && overlap(graph, a, b)));
  if (twice || (finite && comesAgain(graph, asked))) return false;
  const hindering = finite ? queues : queues.filter((node) => !asked.has(node));
  const after = reachable(graph.visits, hindering);
  return [...asked].every((node) => {
    if (after.has(node)) return false;
    const own = graph.nodes[node]?.activity;
    if (own?.kind === 'step' || own?.kind === 'hold') {
      if (finite && own.needs.length !== 1) return false;
      if (own.waits !== undefined) return false;
    }
    if (isBlockedAfter(graph, node, queues)) return false;
    return !hindering.some((queue) => queue !== node && graph.nodes[queue]?.holds.includes(node));
  });
}

const queuesOfModels = new WeakMap<Model, Map<KindTraffic, readonly number[]>>();

/** The nodes where patients of a kind may have to wait. Every station asks, so it is found once a kind. */
function queuesOf(kind: KindTraffic, model: Model): readonly number[] {
  const found = queuesOfModels.get(model) ?? new Map<KindTraffic, readonly number[]>();
  queuesOfModels.set(model, found);
  const known = found.get(kind);
  if (known !== undefined) return known;
  const { graph, flow } = kind;
  const queues = graph.nodes.flatMap(({ activity }, node) =>
    (flow[node] ?? 0) > 0 &&
    (activity?.kind === 'step' || activity?.kind === 'hold') &&
    canQueue(activity, graph, node, model)
      ? [node]
      : [],
  );
  found.set(kind, queues);
  return queues;
}

/** Whether a patient can be in two places at once: one around the other, or both in branches that run together. */
export function overlap({ nodes }: FlowGraph, a: number, b: number): boolean {
  const [first, second] = [nodes[a], nodes[b]];
  if (first === undefined || second === undefined) return false;
  if (first.holds.includes(b) || second.holds.includes(a)) return true;
  return first.branches.some(({ together, branch }) =>
    second.branches.some((each) => each.together === together && each.branch !== branch),
  );
}

/** Whether rounds that are counted at once lead a patient to a place more than once. */
function comesAgain({ visits }: FlowGraph, asked: ReadonlySet<number>): boolean {
  const repeated = visits.filter(({ amount }) => amount > 1).map(({ to }) => to);
  const after = reachable(visits, repeated);
  return [...asked].some((node) => after.has(node) || repeated.includes(node));
}

/**
 * Whether a hold keeps its units while its patients queue for the next one: one that is entered directly after it, with
 * nothing between that takes time or starts branches, and does not free first.
 */
function isBlockedAfter({ nodes, visits }: FlowGraph, hold: number, queues: readonly number[]): boolean {
  if (nodes[hold]?.activity?.kind !== 'hold') return false;
  const seen = new Set<number>();
  const open = visits
    .filter(({ from, to, amount }) => amount > 0 && isInside(nodes, from, hold) && !isInside(nodes, to, hold))
    .filter(({ from }) => nodes[from]?.activity?.kind !== 'go to')
    .map(({ to }) => to);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const activity = nodes[node]?.activity;
    if (activity?.kind === 'hold') {
      if (!activity.freesFirst && queues.includes(node)) return true;
      continue;
    }
    if (activity !== undefined && !['choose', 'call', 'release', 'set'].includes(activity.kind)) continue;
    for (const edge of visits) if (edge.from === node && edge.amount > 0) open.push(edge.to);
  }
  return false;
}

function isInside(nodes: FlowGraph['nodes'], node: number, hold: number): boolean {
  return node === hold || nodes[node]?.holds.includes(hold) === true;
}

/** Whether anybody could ever have to wait for an activity's needs. */
function canQueue(activity: Step | Hold, graph: FlowGraph, node: number, model: Model): boolean {
  if (activity.kind === 'step' && activity.consumes !== undefined) return true;
  const pathway = graph.nodes[node]?.pathway;
  return activity.needs.some(({ of }) =>
    of.every((target) => {
      if (target.kind === 'resource') {
        const resource = byId(model.resources, target.resource);
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

function serversOf(station: string, model: Model): number | undefined {
  const resource = byId(model.resources, station);
  const group = byId(model.staff, station);
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
    if (activity.consumes !== undefined) return false;
    if (byId(model.cohorts, cohort)?.priority !== undefined) return false;
    return sameTime(kept, first?.kept) && isDrawnExponentially(activity.takes, cohort, model);
  });
}

function isDrawnExponentially(takes: Expression, cohort: string, model: Model): boolean {
  if (takes.kind !== 'attribute') return isExponential(takes, model);
  const attribute = byId(model.cohorts, cohort)?.attributes.find(({ name }) => name === takes.name);
  return attribute !== undefined && isExponential(attribute.value, model);
}

function sameTime(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-12 * Math.max(a, b);
}
