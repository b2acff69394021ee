import {
  activitiesOf,
  type Cohort,
  type Expression,
  type Hold,
  meanOfExpression,
  type Model,
  type Pathway,
  type Step,
  byId,
} from '@pathway/model';
import { flowGraph } from './flow-graph/build-graph.js';
import type { FlowGraph, GraphLimit } from './flow-graph/graph.js';
import { attributesIn } from './attributes-in.js';
import { freshParts, type Parts } from './kept-parts.js';
import { reachable, solveFlow } from './linear-flow.js';
import { attributesLookedAt, expressionsOf, type PatientKind, patientKinds } from './patients.js';

/** Visits of one place by patients of one kind, per arriving patient of the whole cohort. */
export interface Visit {
  readonly activity: Step | Hold;
  /** The pathway in whose text the activity stands; its owner is responsible where the step does not say. */
  readonly pathway: Pathway;
  readonly node: number;
  /** Expected visits per arriving patient of the cohort, the share of the kind included. */
  readonly visits: number;
  /** Mean seconds from arrival to the visit if nobody waits. */
  readonly delay: number;
  /** Mean seconds that a visit keeps each of its needs, in their order; undefined without a closed form. */
  readonly kept: readonly (number | undefined)[];
  /** Units that a visit takes of each of its needs. */
  readonly amounts: readonly (number | undefined)[];
  /** The place of its only need among those of the activity, where these are kept for different times (see `needsApart`). */
  readonly part?: number;
}

/** What one kind of patients does on a pathway. */
export interface KindTraffic {
  readonly kind: PatientKind;
  readonly graph: FlowGraph;
  /** Expected visits of each node per patient of the kind. */
  readonly flow: readonly number[];
  readonly visits: readonly Visit[];
}

/** What the patients of one cohort do on one pathway that they enter. */
export interface CohortTraffic {
  readonly cohort: string;
  readonly pathway: string;
  readonly kinds: readonly KindTraffic[];
  /** What could not be computed exactly: an activity or attribute, and why. */
  readonly limits: readonly GraphLimit[];
}

/**
 * Expected visits and times of every activity that a cohort reaches, by the traffic equations (Jackson 1957), if nobody
 * ever waits or gives up. Exact unless it says otherwise in `limits`.
 * @param pathways ids of the pathways that take part; all when empty
 * @throws ModelError for impossible parameters and shares
 */
export function trafficOf(
  model: Model,
  pathways: readonly string[] = [],
  parts: Parts = freshParts(model),
): CohortTraffic[] {
  const takesPart = new Set(pathways);
  return model.pathways
    .filter(({ id }) => takesPart.size === 0 || takesPart.has(id))
    .flatMap((pathway) => trafficOn(pathway, model, parts));
}

/** As trafficOf, of one pathway and those that it calls. */
export function trafficOn(pathway: Pathway, model: Model, parts: Parts): readonly CohortTraffic[] {
  const changing = changingAttributes(model.pathways, parts);
  return parts.of(pathway, 'traffic', changing, (seen) =>
    pathway.cohorts.flatMap((entry) => cohortTraffic(seen, pathway, entry, changing)),
  );
}

function cohortTraffic(
  model: Model,
  pathway: Pathway,
  { cohort: id, entry }: Pathway['cohorts'][number],
  changing: readonly string[],
): CohortTraffic[] {
  const cohort = byId(model.cohorts, id);
  if (cohort === undefined) return [];
  const { kinds, limits: unknown } = patientKinds(
    withoutChanging(cohort, changing),
    attributesLookedAt(pathway, cohort, model),
    model,
  );
  const limits = new Map<string, GraphLimit>();
  const note = (limit: GraphLimit): unknown => limits.set(`${limit.subject} ${limit.message}`, limit);
  for (const message of unknown) note({ subject: cohort.id, message });
  const found = kinds.map((kind): KindTraffic => {
    const graph = flowGraph(model, pathway, entry, kind);
    graph.limits.forEach(note);
    const flow = solveFlow(graph.visits, source(graph));
    if (flow === undefined) {
      note({
        subject: pathway.id,
        message: 'Whoever enters one of its loops never leaves it; its visits are not counted.',
      });
      return { kind, graph, flow: graph.nodes.map(() => 0), visits: [] };
    }
    return { kind, graph, flow, visits: visitsOf(model, kind, graph, flow) };
  });
  for (const limit of dependentConditions(found, model)) note(limit);
  return [{ cohort: cohort.id, pathway: pathway.id, kinds: found, limits: [...limits.values()] }];
}

/** Nothing is known of the value of an attribute that is set on the way. */
function withoutChanging(cohort: Cohort, changing: readonly string[]): Cohort {
  if (!cohort.attributes.some(({ name }) => changing.includes(name))) return cohort;
  return { ...cohort, attributes: cohort.attributes.filter(({ name }) => !changing.includes(name)) };
}

const changingOfLists = new WeakMap<readonly Pathway[], readonly string[]>();

/** Names of the attributes that some pathway sets on the way, ascending. Every cohort asks, so they are found once. */
function changingAttributes(pathways: readonly Pathway[], parts: Parts): readonly string[] {
  const known = changingOfLists.get(pathways);
  if (known !== undefined) return known;
  const names = pathways.flatMap((pathway) => parts.of(pathway, 'sets', undefined, () => attributesSetIn(pathway)));
  const changing = parts.same('attributes that are set', [...new Set(names)].sort());
  changingOfLists.set(pathways, changing);
  return changing;
}

function attributesSetIn(pathway: Pathway): readonly string[] {
  return activitiesOf(pathway).flatMap((activity) => (activity.kind === 'set' ? [activity.attribute] : []));
}

function source({ nodes, entry }: FlowGraph): number[] {
  return nodes.map((_, i) => Number(i === entry));
}

function visitsOf(model: Model, kind: PatientKind, graph: FlowGraph, flow: readonly number[]): Visit[] {
  const elapsed = elapsedTimes(graph, flow);
  return graph.nodes.flatMap(({ activity, pathway }, node) => {
    if (activity?.kind !== 'step' && activity?.kind !== 'hold') return [];
    const visits = flow[node] ?? 0;
    if (visits <= 1e-15) return [];
    return [
      {
        activity,
        pathway,
        node,
        visits: visits * kind.share,
        delay: (elapsed[node] ?? 0) / visits,
        kept: keptTimes(graph, node, activity),
        amounts: activity.needs.map(({ amount }) => meanAmount(amount, model, kind)),
      },
    ];
  });
}

/** Visits of each node times the mean time before them; the same equations with the times passed as what enters. */
function elapsedTimes({ nodes, visits }: FlowGraph, flow: readonly number[]): readonly number[] {
  const entering = nodes.map(() => 0);
  for (const { from, to, amount, delay } of visits) {
    entering[to] = (entering[to] ?? 0) + (flow[from] ?? 0) * amount * (delay ?? nodes[from]?.time ?? 0);
  }
  return solveFlow(visits, entering) ?? entering;
}

/** A step keeps what it needs for its own time, a hold for everything inside, or until it is released. */
function keptTimes(graph: FlowGraph, node: number, activity: Step | Hold): (number | undefined)[] {
  if (activity.kind === 'step') return activity.needs.map(() => graph.nodes[node]?.time);
  const released = new Set<string>();
  for (const { activity: inside, holds } of graph.nodes) {
    if (inside?.kind === 'release' && inside.hold === activity.id && holds.includes(node))
      for (const target of inside.targets) released.add(target);
  }
  const all = timeInside(graph, node, undefined);
  return activity.needs.map(({ of }) => {
    const [target] = of;
    const id = target?.kind === 'resource' ? target.resource : target?.kind === 'role' ? target.role : target?.skill;
    return id !== undefined && released.has(id) ? timeInside(graph, node, id) : all;
  });
}

/** Mean time from a hold's beginning until its end, or until a target is released. */
function timeInside({ nodes, clock }: FlowGraph, hold: number, released: string | undefined): number | undefined {
  const inside = nodes.map(({ holds }) => holds.includes(hold));
  const isEnd = nodes.map(
    ({ activity }) =>
      released !== undefined &&
      activity?.kind === 'release' &&
      activity.hold === nodes[hold]?.activity?.id &&
      activity.targets.includes(released),
  );
  const edges = clock.filter(
    ({ from, to }) => inside[to] === true && (inside[from] === true || from === hold) && isEnd[from] !== true,
  );
  const passed = solveFlow(
    edges,
    nodes.map((_, i) => Number(i === hold)),
  );
  if (passed === undefined) return undefined;
  let time = 0;
  for (const [i, node] of nodes.entries()) {
    const times = passed[i] ?? 0;
    if (!inside[i] || times <= 1e-15) continue;
    if (node.time === undefined) return undefined;
    time += times * node.time;
  }
  return time;
}

/**
 * A number of the patient that decides a way or an amount and stands in a second place makes the two depend on each
 * other, which means alone do not show; so does one that decides the same way again and again.
 */
function dependentConditions(kinds: readonly KindTraffic[], model: Model): GraphLimit[] {
  const found = new Map<string, { places: number; decides: boolean }>();
  for (const [name, { places, decides }] of kinds.flatMap((kind) => [...usesOf(kind, model)])) {
    const known = found.get(name) ?? { places: 0, decides: false };
    found.set(name, { places: Math.max(known.places, places), decides: known.decides || decides });
  }
  return Array.from(found).flatMap(([name, { places, decides }]) => {
    if (places < 2 || !decides) return [];
    return [
      { subject: name, message: `${name} decides more than one thing; each is counted as if it were drawn anew.` },
    ];
  });
}

/** In how many places each number of the patient stands, and whether one of them is more than the time of a step. */
function usesOf({ kind, graph }: KindTraffic, model: Model): Map<string, { places: number; decides: boolean }> {
  const found = new Map<string, { places: number; decides: boolean }>();
  graph.nodes.forEach(({ activity }, node) => {
    if (activity === undefined) return;
    const time = namesIn([activity.kind === 'step' ? activity.takes : undefined], kind, model);
    const takes = activity.kind === 'step' ? activity.takes : undefined;
    const ways = namesIn(
      expressionsOf(activity).filter((each) => each !== takes),
      kind,
      model,
    );
    const again = activity.kind === 'repeat' || (ways.size > 0 && reachable(graph.visits, [node]).has(node));
    for (const name of new Set([...time, ...ways])) {
      const { places, decides } = found.get(name) ?? { places: 0, decides: false };
      const here = Number(time.has(name)) + (ways.has(name) ? (again ? 2 : 1) : 0);
      found.set(name, { places: places + here, decides: decides || ways.has(name) });
    }
  });
  return found;
}

function namesIn(
  expressions: readonly (Expression | undefined)[],
  { values, knowledge }: PatientKind,
  model: Model,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const expression of expressions) {
    if (expression === undefined) continue;
    for (const name of attributesIn(expression, model, knowledge.attributes ?? [])) {
      if (!values.has(name)) names.add(name);
    }
  }
  return names;
}

/** Units of a need are rounded to whole ones; exact where that has a closed form. */
function meanAmount(amount: Expression, model: Model, { knowledge }: PatientKind): number | undefined {
  const rounded = meanOfExpression({ kind: 'function', name: 'round', arguments: [amount] }, model, knowledge).value;
  const value = rounded ?? meanOfExpression(amount, model, knowledge).value;
  return value === undefined ? undefined : Math.max(0, value);
}
