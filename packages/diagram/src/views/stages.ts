import { type Activity, nestedBodies } from '@pathway/model';

/** Nodes that an activity became: from the first place, before the second. */
export type Spans = ReadonlyMap<string, readonly [first: number, end: number]>;

/** Activities one after another that stand as one node on a sheet, and have a sheet of their own. */
export interface Stage {
  readonly run: readonly Activity[];
  readonly first: number;
  readonly end: number;
}

/** So many nodes are read at a glance on A4: a sheet has about so many at most, an overview about so many. */
export const MOST_ON_SHEET = 24;
export const MOST_ON_OVERVIEW = 9;
/** A stage stands for about so many nodes. */
const NODES_OF_STAGE = 8;
/** How much worse a stage is that ends inside one organisation, in nodes squared. */
const INSIDE_ORGANISATION = 16;
/** Beyond so many activities in a row boundaries are not searched for but cut evenly. */
const MOST_SEARCHED = 400;

/** The places of nodes that activities one after another became; undefined where they became none. */
export function spanOf(run: readonly Activity[], spans: Spans): readonly [number, number] | undefined {
  const own = run.flatMap(({ id }) => {
    const span = spans.get(id);
    return span === undefined || span[0] === span[1] ? [] : [span];
  });
  const [first, last] = [own[0], own.at(-1)];
  return first === undefined || last === undefined ? undefined : [first[0], last[1]];
}

/**
 * Which parts of some activities stand as one node each, so that a drawing of them keeps to about nine nodes. What is
 * one after another is parted into stages of like size, where the organisation changes if possible; what does not fit
 * inside a block is parted inside its branches.
 * @param isCut whether a stage may begin between two neighbouring activities at little cost
 */
export function stagesOf(
  run: readonly Activity[],
  spans: Spans,
  isCut: (before: Activity, after: Activity) => boolean,
  budget: number,
): readonly Stage[] {
  const weigh = (activities: readonly Activity[]): number => {
    const span = spanOf(activities, spans);
    return span === undefined ? 0 : span[1] - span[0];
  };
  const present = run.filter((activity) => weigh([activity]) > 0);
  const total = present.reduce((sum, each) => sum + weigh([each]), 0);
  if (total <= budget) return [];
  const [only, ...others] = present;
  if (only === undefined) return [];
  if (others.length === 0) return insideBlock(only, spans, isCut, budget, weigh);
  const weights = present.map((activity) => weigh([activity]));
  const count = Math.min(present.length, budget, Math.max(2, Math.ceil(total / NODES_OF_STAGE)));
  const runs = partition(present, weights, count, isCut);
  return runs.flatMap((each): readonly Stage[] => {
    const span = spanOf(each, spans);
    return span === undefined || span[1] - span[0] < 2 ? [] : [{ run: each, first: span[0], end: span[1] }];
  });
}

/** A block that does not fit: what opens and closes it stays, and each of its bodies has a share of the room. */
function insideBlock(
  block: Activity,
  spans: Spans,
  isCut: (before: Activity, after: Activity) => boolean,
  budget: number,
  weigh: (activities: readonly Activity[]) => number,
): readonly Stage[] {
  const bodies = nestedBodies(block).filter((body) => weigh(body) > 0);
  const inside = bodies.reduce((sum, body) => sum + weigh(body), 0);
  const room = Math.max(bodies.length, budget - (weigh([block]) - inside));
  return bodies.flatMap((body) => {
    const share = Math.floor((room * weigh(body)) / inside);
    const span = spanOf(body, spans);
    if (span === undefined || weigh(body) <= Math.max(1, share)) return [];
    if (share < 2) return [{ run: body, first: span[0], end: span[1] }];
    return stagesOf(body, spans, isCut, share);
  });
}

/** Parts a row into so many runs of like weight, least squares from the mean, by dynamic programming. */
function partition(
  row: readonly Activity[],
  weights: readonly number[],
  count: number,
  isCut: (before: Activity, after: Activity) => boolean,
): readonly (readonly Activity[])[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = total / count;
  if (row.length > MOST_SEARCHED) return evenRuns(row, weights, mean);
  const sums = [0];
  for (const weight of weights) sums.push((sums.at(-1) ?? 0) + weight);
  const ends = [...row.keys(), row.length].map((to) => {
    const [before, after] = [row[to - 1], row[to]];
    return before === undefined || after === undefined || isCut(before, after) ? 0 : INSIDE_ORGANISATION;
  });
  const cost = (from: number, to: number): number => {
    const away = (sums[to] ?? 0) - (sums[from] ?? 0) - mean;
    return away * away + (ends[to] ?? 0);
  };
  let best = Array.from({ length: row.length + 1 }, (_, to) => (to === 0 ? Infinity : cost(0, to)));
  const from: number[][] = [];
  for (let part = 2; part <= count; part++) {
    const next = best.map(() => Infinity);
    const came = best.map(() => 0);
    for (let to = part; to <= row.length; to++)
      for (let start = part - 1; start < to; start++) {
        const value = (best[start] ?? Infinity) + cost(start, to);
        if (value < (next[to] ?? Infinity)) [next[to], came[to]] = [value, start];
      }
    best = next;
    from.push(came);
  }
  const runs: (readonly Activity[])[] = [];
  let end = row.length;
  for (const came of from.reverse()) {
    const start = came[end] ?? 0;
    runs.unshift(row.slice(start, end));
    end = start;
  }
  return [row.slice(0, end), ...runs].filter((run) => run.length > 0);
}

function evenRuns(
  row: readonly Activity[],
  weights: readonly number[],
  mean: number,
): readonly (readonly Activity[])[] {
  const runs: Activity[][] = [];
  let sum = 0;
  row.forEach((activity, index) => {
    const run = Math.min(Math.floor((sum + (weights[index] ?? 0) / 2) / mean), runs.length);
    sum += weights[index] ?? 0;
    (runs[run] ??= []).push(activity);
  });
  return runs;
}
