import { type Cut, findCut, sequenceCut } from './cuts.js';
import { type FlowTree, NOTHING, sequence } from './flow-tree.js';
import { simplify } from './simplify.js';
import { directlyFollows, eventuallyFollows, merged, type Variant, withoutNoise } from './variants.js';

/** How the miner is set. */
export interface DiscoverOptions {
  /** Behaviour that is rarer than this share of its most frequent alternative is left out; the log shows it as deviations. */
  readonly noise: number;
}

/**
 * Finds a pathway of nested blocks that explains the frequent behaviour of a log: the inductive miner with infrequent
 * behaviour left out (IMf; Leemans, Fahland and van der Aalst, BPM Workshops 2013). Each activity stands in it once.
 * Unlike there, sequences are looked for first, in what follows at any distance and in most cases, since people read a
 * pathway as an order of steps; and no cut is taken that loses most events of an activity.
 */
export function discover(variants: readonly Variant[], { noise }: DiscoverOptions): FlowTree {
  let places = 0;
  const place = (): string => `#${++places}`;

  const mine = (log: readonly Variant[]): FlowTree => {
    const total = casesOf(log);
    const empty = casesOf(log.filter(({ trace }) => trace.length === 0));
    const rest = log.filter(({ trace }) => trace.length > 0);
    if (rest.length === 0) return NOTHING;
    if (empty > noise * total) return { kind: 'choice', place: place(), branches: [mine(rest), NOTHING] };
    return mineNonEmpty(rest);
  };

  const mineNonEmpty = (log: readonly Variant[]): FlowTree => {
    const graph = directlyFollows(log);
    if (graph.activities.length === 1) return mineOne(log, graph.activities[0]!);
    const order = sequenceCut(eventuallyFollows(log, noise));
    if (order !== undefined && keepsMost(log, order)) return split(log, order);
    const frequent = noise > 0 ? findCut(withoutNoise(graph, noise)) : undefined;
    if (frequent !== undefined && keepsMost(log, frequent)) return split(log, frequent);
    const whole = findCut(graph);
    if (whole !== undefined) return split(log, whole);
    const once = onceInEach(log, graph.activities);
    if (once !== undefined) return apart(log, once);
    const concurrent = graph.activities.find((activity) => {
      const without = log.map(({ trace, count }) => ({ trace: trace.filter((each) => each !== activity), count }));
      return (
        findCut(withoutNoise(directlyFollows(without.filter(({ trace }) => trace.length > 0)), noise)) !== undefined
      );
    });
    if (concurrent !== undefined) return apart(log, concurrent);
    const { starts, ends } = withoutNoise(graph, noise);
    const rounds = roundsOf(log, starts, ends);
    if (rounds !== undefined) return loop(mine(rounds));
    // Nothing is seen but that each of them happens, any number of times, in any order.
    const branches = graph.activities.map(step);
    return loop({ kind: 'choice', place: place(), branches });
  };

  const step = (activity: number): FlowTree => ({ kind: 'step', label: activity, place: `step ${activity}` });
  const loop = (body: FlowTree, redo: FlowTree = NOTHING): FlowTree => ({
    kind: 'loop',
    place: place(),
    body,
    redo,
  });

  const mineOne = (log: readonly Variant[], activity: number): FlowTree => {
    const repeated = casesOf(log.filter(({ trace }) => trace.length > 1));
    return repeated > noise * casesOf(log) ? loop(step(activity)) : step(activity);
  };

  /** One activity on its own beside all others. */
  const apart = (log: readonly Variant[], activity: number): FlowTree => {
    const project = (keep: (each: number) => boolean): Variant[] =>
      merged(log.map(({ trace, count }) => ({ trace: trace.filter(keep), count })));
    return {
      kind: 'parallel',
      place: place(),
      branches: [mine(project((each) => each === activity)), mine(project((each) => each !== activity))],
    };
  };

  const split = (log: readonly Variant[], cut: Cut): FlowTree => {
    const parts = splitLog(log, cut);
    switch (cut.kind) {
      case 'choice':
        return { kind: 'choice', place: place(), branches: parts.map(mine) };
      case 'sequence':
        return sequence(parts.map(mine));
      case 'parallel':
        return { kind: 'parallel', place: place(), branches: parts.map(mine) };
      case 'loop': {
        const [body = [], ...redo] = parts;
        const at = place();
        const back = redo.map(mineNonEmptyParts);
        return {
          kind: 'loop',
          place: at,
          body: mine(body),
          redo: back.length === 1 ? back[0]! : { kind: 'choice', place: place(), branches: back },
        };
      }
    }
  };
  const mineNonEmptyParts = (log: readonly Variant[]): FlowTree => mine(log.filter(({ trace }) => trace.length > 0));

  return simplify(mine(merged(variants)));
}

function casesOf(log: readonly Variant[]): number {
  return log.reduce((sum, { count }) => sum + count, 0);
}

/** Whether splitting keeps at least half of the events of each activity: a cut that loses one explains nothing of it. */
function keepsMost(log: readonly Variant[], cut: Cut): boolean {
  const before = eventCounts(log);
  const after = eventCounts(splitLog(log, cut).flat());
  return [...before].every(([activity, count]) => (after.get(activity) ?? 0) * 2 >= count);
}

function eventCounts(log: readonly Variant[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { trace, count } of log)
    for (const activity of trace) counts.set(activity, (counts.get(activity) ?? 0) + count);
  return counts;
}

/** An activity that happens exactly once in every case, beside others that follow no order. */
function onceInEach(log: readonly Variant[], activities: readonly number[]): number | undefined {
  if (activities.length < 2) return undefined;
  return activities.find((activity) =>
    log.every(({ trace }) => trace.filter((each) => each === activity).length === 1),
  );
}

/** Rounds, where cases are cut between something that ends a case and something that begins one. */
function roundsOf(
  log: readonly Variant[],
  starts: ReadonlyMap<number, number>,
  ends: ReadonlyMap<number, number>,
): Variant[] | undefined {
  const rounds = log.flatMap(({ trace, count }) => {
    const parts: Variant[] = [];
    let from = 0;
    for (let i = 1; i <= trace.length; i++) {
      if (i === trace.length || (ends.has(trace[i - 1]!) && starts.has(trace[i]!))) {
        parts.push({ trace: trace.slice(from, i), count });
        from = i;
      }
    }
    return parts;
  });
  // Rounds must be simpler than the cases, or the search would go on for ever.
  const longest = (list: readonly Variant[]): number => Math.max(...list.map(({ trace }) => trace.length));
  if (longest(rounds) >= longest(log)) return undefined;
  return findCut(directlyFollows(rounds)) === undefined ? undefined : merged(rounds);
}

/** The part of each case that belongs to each group of a cut. What is in no order with the cut goes where most of it fits. */
function splitLog(log: readonly Variant[], { kind, groups }: Cut): Variant[][] {
  const groupOf = new Map(groups.flatMap((group, g) => group.map((activity) => [activity, g] as const)));
  const parts: Variant[][] = groups.map(() => []);
  for (const { trace, count } of log) {
    switch (kind) {
      case 'choice': {
        const counts = groups.map((_, g) => trace.filter((activity) => groupOf.get(activity) === g).length);
        const most = counts.indexOf(Math.max(...counts));
        parts[most]!.push({ trace: trace.filter((activity) => groupOf.get(activity) === most), count });
        break;
      }
      case 'parallel':
        groups.forEach((_, g) => parts[g]!.push({ trace: trace.filter((each) => groupOf.get(each) === g), count }));
        break;
      case 'sequence':
        bestCuts(trace, groups.length, groupOf).forEach(([from, to], g) =>
          parts[g]!.push({ trace: trace.slice(from, to).filter((each) => groupOf.get(each) === g), count }),
        );
        break;
      case 'loop':
        splitRounds(trace, groupOf).forEach(({ group, part }) => parts[group]!.push({ trace: part, count }));
    }
  }
  return parts.map(merged);
}

/** Where to cut a case into as many parts as there are groups, so that most events lie in their own. */
function bestCuts(
  trace: readonly number[],
  size: number,
  groupOf: ReadonlyMap<number, number>,
): (readonly [from: number, to: number])[] {
  // best[g][i]: most events of the first i that lie in their own of the groups 0 … g.
  const best: number[][] = [];
  const from: number[][] = [];
  for (let g = 0; g < size; g++) {
    const row: number[] = [];
    const begin: number[] = [];
    let own = 0;
    let most = Number.NEGATIVE_INFINITY;
    let at = 0;
    for (let i = 0; i <= trace.length; i++) {
      if (i > 0 && groupOf.get(trace[i - 1]!) === g) own += 1;
      const before = g === 0 ? (i === 0 ? 0 : Number.NEGATIVE_INFINITY) : best[g - 1]![i]!;
      if (before - own > most) {
        most = before - own;
        at = i;
      }
      row.push(most + own);
      begin.push(at);
    }
    best.push(row);
    from.push(begin);
  }
  const cuts: (readonly [number, number])[] = [];
  let end = trace.length;
  for (let g = size - 1; g >= 0; g--) {
    const begin = from[g]![end]!;
    cuts.unshift([begin, end]);
    end = begin;
  }
  return cuts;
}

/** Rounds of a loop: the body first and last, what leads back between. */
function splitRounds(
  trace: readonly number[],
  groupOf: ReadonlyMap<number, number>,
): { group: number; part: number[] }[] {
  const rounds: { group: number; part: number[] }[] = [];
  for (const activity of trace) {
    const group = groupOf.get(activity) ?? 0;
    const last = rounds.at(-1);
    if (last?.group === group) last.part.push(activity);
    else {
      if (group !== 0 && last?.group !== 0) rounds.push({ group: 0, part: [] });
      rounds.push({ group, part: [activity] });
    }
  }
  if (rounds.at(-1)?.group !== 0) rounds.push({ group: 0, part: [] });
  return rounds;
}
