import { constantValue, type Gather, type Race, type Together } from '@pathway/model';
import { solveFlow } from '../linear-flow.js';
import type { Fork, GraphWriter, Place } from './graph.js';
import { type BranchTime, straightTime } from './straight-time.js';

/** All branches are visited; people go on when the last of them has ended. */
export function together(graph: GraphWriter, together: Together, node: number, next: number, place: Place): void {
  const made = graph.nodes[node];
  const ways: Fork['ways'][number][] = [];
  const times = together.branches.map((branch, i) => {
    const around = { ...place, branches: [...place.branches, { together: node, branch: i }] };
    const join = graph.point(around);
    const inside = { ...around, exit: graph.point(around) };
    const begin = graph.body(branch.body, join, inside);
    graph.both(inside.exit, join, 1);
    graph.visits.push({ from: node, to: begin, amount: 1, delay: 0 });
    ways.push({ begin, exit: inside.exit });
    return straightTime(graph, begin, join);
  });
  const on = { from: node, to: next, amount: 1 };
  const out = { from: node, to: place.exit, amount: 0 };
  graph.visits.push(on, out);
  graph.clock.push(on, out);
  const fork = { ways, on, out };
  graph.fork(fork);
  leaveAfter(graph, fork);
  if (made === undefined) return;
  const longest = longestOf(times);
  if (longest === undefined)
    graph.limit(together.id, 'The mean of the longest of its branches has no closed form here.');
  made.time = longest?.mean;
  made.fixed = longest?.fixed ?? false;
}

/** Which branch ends first does not follow from the text: all are followed, with times that are not known. */
export function race(graph: GraphWriter, race: Race, node: number, next: number, place: Place): void {
  const ways = race.branches.map((branch, i) => {
    const around = { ...place, branches: [...place.branches, { together: node, branch: i }], unknown: true };
    const join = graph.point(around);
    const inside = { ...around, exit: graph.point(around) };
    const begin = graph.body(branch.body, join, inside);
    graph.both(inside.exit, join, 1);
    graph.visits.push({ from: node, to: begin, amount: 1, delay: 0 });
    return begin;
  });
  detour(graph, node, next, place);
  if (ways.length > 0)
    graph.limit(
      race.id,
      'Which of its branches ends first does not follow from the text; times in it are not counted.',
    );
}

/** A group of a fixed size visits its block once for all its members; how long they gather is not known. */
export function gather(graph: GraphWriter, gather: Gather, node: number, next: number, place: Place): void {
  const size = gather.after === undefined && gather.size !== undefined ? constantValue(gather.size, graph.model) : 1;
  const around = { ...place, branches: [...place.branches, { together: node, branch: 0 }], unknown: true };
  const join = graph.point(around);
  const inside = { ...around, exit: graph.point(around) };
  const begin = graph.body(gather.body, join, inside);
  graph.both(inside.exit, join, 1);
  graph.visits.push({ from: node, to: begin, amount: 1 / Math.max(1, size ?? 1), delay: 0 });
  detour(graph, node, next, place);
  graph.limit(gather.id, 'How patients gather does not follow from the text; times in the group are not counted.');
}

/** From a block whose own time is not known to what follows it. */
function detour(graph: GraphWriter, node: number, next: number, place: Place): void {
  graph.both(node, next, 1);
  // Never taken here, since who finishes inside is not known.
  graph.both(node, place.exit, 0);
  const made = graph.nodes[node];
  if (made === undefined) return;
  made.time = undefined;
  made.fixed = false;
}

/** Whoever finishes in any branch of a `together` leaves when all of them have ended. */
export function leaveAfter(graph: GraphWriter, { ways, on, out }: Fork): void {
  let stay = 1;
  for (const { begin, exit } of ways) {
    if (!graph.visits.some(({ to, amount }) => to === exit && amount > 0)) continue;
    const flow = solveFlow(
      graph.visits,
      graph.nodes.map((_, node) => Number(node === begin)),
    );
    stay *= 1 - Math.min(1, flow?.[exit] ?? 0);
  }
  on.amount = stay;
  out.amount = 1 - stay;
}

/** The time until all have ended: of fixed times the greatest; of a single one that takes time, its own mean. */
function longestOf(times: readonly (BranchTime | undefined)[]): BranchTime | undefined {
  const known = times.filter((time) => time !== undefined);
  if (known.length < times.length) return undefined;
  const lasting = known.filter((time) => time.mean > 0);
  if (lasting.every((time) => time.fixed))
    return { mean: Math.max(0, ...lasting.map((time) => time.mean)), fixed: true };
  return lasting.length === 1 ? lasting[0] : undefined;
}
