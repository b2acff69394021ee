import {
  type Activity,
  byId,
  constantValue,
  type Expression,
  meanOfExpression,
  type Model,
  type Repeat,
  varianceOfExpression,
  walkActivities,
} from '@pathway/model';
import type { GraphWriter, Place } from './graph.js';
import { straightTime } from './straight-time.js';

const MOST_COPIES = 200;
const LONG_ROUNDS = 'Rounds that last longer than the gap between them are not counted longer.';

/** The rounds of a block: a loop, copies of it one after the other, or its mean number where they are too many. */
export function repeat(graph: GraphWriter, repeat: Repeat, node: number, next: number, place: Place): void {
  const limit = mostRounds(graph, repeat);
  const again = repeat.again === undefined ? 1 : graph.probability(repeat.again);
  const leaves = mayLeave(repeat.body, graph.model);
  if (repeat.until !== undefined || again === undefined) {
    graph.limit(repeat.id, 'How many rounds there are does not follow from the text; one is counted.');
    copies(graph, repeat, node, next, place, 1, 1);
    return;
  }
  const rounds = expectedRounds(limit, again);
  if (!leaves && !Number.isFinite(rounds)) {
    graph.limit(repeat.id, 'Nothing ends its rounds; one is counted.');
    copies(graph, repeat, node, next, place, 1, 1);
  } else if (rounds === 0) graph.both(node, next, 1);
  else if (repeat.every !== undefined && !leaves) spaced(graph, repeat, node, next, place, rounds);
  else if (limit === undefined) loop(graph, repeat, node, next, place, 1, again);
  else if (limit <= MOST_COPIES && Number.isInteger(limit)) copies(graph, repeat, node, next, place, limit, again);
  else if (!leaves) scaled(graph, repeat, node, next, place, rounds);
  else {
    graph.limit(repeat.id, 'Rounds are counted by their mean number.');
    loop(graph, repeat, node, next, place, Math.min(1, rounds), 1 - 1 / Math.max(1, rounds));
  }
}

/** The greatest number of rounds; undefined where none is written. */
function mostRounds(graph: GraphWriter, repeat: Repeat): number | undefined {
  const written = [repeat.times, repeat.atMost].filter((each) => each !== undefined);
  const limits = written.map((each) => {
    const rounded: Expression = { kind: 'function', name: 'round', arguments: [each] };
    const exact = meanOfExpression(rounded, graph.model, graph.kind.knowledge);
    const { value } = exact.value === undefined ? meanOfExpression(each, graph.model, graph.kind.knowledge) : exact;
    const varies = varianceOfExpression(each, graph.model, graph.kind.knowledge).value !== 0;
    if (value === undefined || varies) graph.limit(repeat.id, 'The number of rounds is taken as its mean.');
    return value === undefined ? 1 : Math.max(0, value);
  });
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function loop(
  graph: GraphWriter,
  repeat: Repeat,
  node: number,
  next: number,
  place: Place,
  enter: number,
  again: number,
): void {
  const turn = graph.point(place);
  const begin = graph.body(repeat.body, turn, copyOf(place));
  graph.both(node, begin, enter);
  graph.both(node, next, 1 - enter);
  anew(graph, repeat, turn, { begin, end: turn }, again, place);
  graph.both(turn, next, 1 - again);
}

function copies(
  graph: GraphWriter,
  repeat: Repeat,
  node: number,
  next: number,
  place: Place,
  times: number,
  again: number,
): void {
  let after = next;
  for (let round = times; round >= 1; round--) {
    const end = after;
    const begin = graph.body(repeat.body, end, copyOf(place));
    if (round === 1) {
      graph.both(node, begin, 1);
      return;
    }
    after = graph.point(place);
    anew(graph, repeat, after, { begin, end }, again, place);
    graph.both(after, next, 1 - again);
  }
  graph.both(node, next, 1);
}

/** The way from the end of a round to the beginning of the next one, with what is left of the gap between them. */
function anew(
  graph: GraphWriter,
  repeat: Repeat,
  from: number,
  round: { begin: number; end: number },
  again: number,
  place: Place,
): void {
  if (repeat.every === undefined) {
    graph.both(from, round.begin, again);
    return;
  }
  const gap = constantValue(repeat.every, graph.model);
  const time = straightTime(graph, round.begin, round.end);
  const pause = graph.point(place);
  const made = graph.nodes[pause];
  if (made !== undefined)
    made.time = gap === undefined || time === undefined ? undefined : Math.max(0, gap - time.mean);
  graph.both(from, pause, again);
  graph.visits.push({ from: pause, to: round.begin, amount: 1, delay: made?.time ?? gap ?? 0 });
  graph.clock.push({ from: pause, to: round.begin, amount: 1 });
  if (gap === undefined || time === undefined)
    graph.limit(repeat.id, 'The time from the end of a round to the next one has no closed form here.');
  else if (!time.fixed || time.mean > gap) graph.limit(repeat.id, LONG_ROUNDS);
}

/** Rounds at fixed gaps from the first start: the clock runs by the gaps and one round. */
function spaced(graph: GraphWriter, repeat: Repeat, node: number, next: number, place: Place, rounds: number): void {
  const gap = repeat.every === undefined ? undefined : constantValue(repeat.every, graph.model);
  const made = graph.nodes[node];
  const stop = graph.point(place);
  const begin = graph.body(repeat.body, stop, copyOf(place));
  const gaps = gap === undefined ? undefined : Math.max(0, rounds - 1) * gap;
  const round = straightTime(graph, begin, stop);
  const entering = Math.min(1, rounds);
  // Rounds begin evenly over the gaps, so that half of them lies before the mean start.
  graph.visits.push({ from: node, to: begin, amount: rounds, delay: (gaps ?? 0) / 2 });
  graph.visits.push({ from: node, to: next, amount: 1, delay: (gaps ?? 0) + entering * (round?.mean ?? 0) });
  graph.clock.push({ from: node, to: begin, amount: entering }, { from: stop, to: next, amount: 1 });
  graph.clock.push({ from: node, to: next, amount: 1 - entering });
  if (made !== undefined) made.time = gaps;
  if (gap === undefined || round?.fixed !== true || round.mean > gap) graph.limit(repeat.id, LONG_ROUNDS);
}

function scaled(graph: GraphWriter, repeat: Repeat, node: number, next: number, place: Place, rounds: number): void {
  const stop = graph.point(place);
  const begin = graph.body(repeat.body, stop, copyOf(place));
  graph.both(node, begin, rounds);
  graph.both(node, next, 1);
  if (!Number.isInteger(rounds)) graph.limit(repeat.id, 'Rounds are counted by their mean number.');
}

function copyOf(place: Place): Place {
  return { ...place, scopes: [new Map<string, number>(), ...place.scopes] };
}

/** Whether somebody can leave a body on another way than over its end. */
function mayLeave(body: readonly Activity[], model: Model): boolean {
  const own = new Set(Array.from(walkActivities(body), ({ activity }) => activity.id));
  const called = new Set<string>();
  const look = (part: readonly Activity[], inside: ReadonlySet<string> | undefined): boolean =>
    Array.from(walkActivities(part)).some(({ activity }) => {
      if (activity.kind === 'finish') return true;
      if (activity.kind === 'go to') return inside?.has(activity.to) === false;
      if (activity.kind !== 'call' || called.has(activity.pathway)) return false;
      called.add(activity.pathway);
      return look(byId(model.pathways, activity.pathway)?.body ?? [], undefined);
    });
  return look(body, own);
}

/** Mean number of rounds when each is followed by another with probability `again`, `limit` at most. */
function expectedRounds(limit: number | undefined, again: number): number {
  if (limit === 0) return 0;
  if (again >= 1) return limit ?? Number.POSITIVE_INFINITY;
  return limit === undefined ? 1 / (1 - again) : (1 - again ** limit) / (1 - again);
}
