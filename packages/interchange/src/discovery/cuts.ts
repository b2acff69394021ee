import type { DirectlyFollows } from './variants.js';

/** A partition of the activities that explains how they follow one another. */
export interface Cut {
  readonly kind: 'choice' | 'sequence' | 'parallel' | 'loop';
  /** For a loop the body comes first, then what leads back to it. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * Looks for a cut in the order of the inductive miner (Leemans, Fahland and van der Aalst 2013): choice, sequence,
 * parallel, loop.
 */
export function findCut(graph: DirectlyFollows): Cut | undefined {
  return choiceCut(graph) ?? sequenceCut(graph) ?? parallelCut(graph) ?? loopCut(graph);
}

function edge(graph: DirectlyFollows, from: number, to: number): boolean {
  return (graph.follows.get(from)?.get(to) ?? 0) > 0;
}

/** Groups of activities that are connected, in the order of their first member. */
function components(activities: readonly number[], connected: (a: number, b: number) => boolean): number[][] {
  const left = new Set(activities);
  const groups: number[][] = [];
  for (const first of activities) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const member of group) {
      for (const other of left) {
        if (connected(member, other)) {
          left.delete(other);
          group.push(other);
        }
      }
    }
    groups.push(group.sort((a, b) => a - b));
  }
  return groups;
}

function choiceCut(graph: DirectlyFollows): Cut | undefined {
  const groups = components(graph.activities, (a, b) => edge(graph, a, b) || edge(graph, b, a));
  return groups.length > 1 ? { kind: 'choice', groups } : undefined;
}

/** From each activity, which others can follow at some time. */
function reachability(
  graph: Pick<DirectlyFollows, 'activities' | 'follows'>,
): ReadonlyMap<number, ReadonlySet<number>> {
  return new Map(
    graph.activities.map((from) => {
      const reached = new Set<number>();
      const open = [from];
      for (const at of open) {
        for (const to of graph.follows.get(at)?.keys() ?? []) {
          if (!reached.has(to)) {
            reached.add(to);
            open.push(to);
          }
        }
      }
      return [from, reached] as const;
    }),
  );
}

/** Groups in an order in which each can follow all before it and never the other way round. */
export function sequenceCut(graph: Pick<DirectlyFollows, 'activities' | 'follows'>): Cut | undefined {
  const reach = reachability(graph);
  const reaches = (a: number, b: number): boolean => reach.get(a)?.has(b) ?? false;
  // Together stay activities that can follow each other both ways, and those that cannot follow each other at all.
  const groups = components(graph.activities, (a, b) => reaches(a, b) === reaches(b, a));
  if (groups.length < 2) return undefined;
  groups.sort((a, b) => (reaches(a[0]!, b[0]!) ? -1 : 1));
  const ordered = groups.every((group, i) =>
    groups.slice(i + 1).every((later) => group.every((a) => later.every((b) => reaches(a, b) && !reaches(b, a)))),
  );
  return ordered ? { kind: 'sequence', groups } : undefined;
}

/** Groups whose members all follow each other directly both ways; each group begins and ends somewhere. */
function parallelCut(graph: DirectlyFollows): Cut | undefined {
  let groups = components(graph.activities, (a, b) => !(edge(graph, a, b) && edge(graph, b, a)));
  const complete = (group: readonly number[]): boolean =>
    group.some((a) => graph.starts.has(a)) && group.some((a) => graph.ends.has(a));
  // A group without a beginning or an end belongs to another one.
  while (groups.length > 1 && !groups.every(complete)) {
    const lacking = groups.findIndex((group) => !complete(group));
    const into = lacking === 0 ? 1 : 0;
    const joined = [...groups[into]!, ...groups[lacking]!].sort((a, b) => a - b);
    groups = [joined, ...groups.filter((_, i) => i !== into && i !== lacking)];
  }
  return groups.length > 1 ? { kind: 'parallel', groups } : undefined;
}

/** A body that holds all beginnings and ends, and groups that lead from its ends to its beginnings. */
function loopCut(graph: DirectlyFollows): Cut | undefined {
  const outer = new Set([...graph.starts.keys(), ...graph.ends.keys()]);
  const inner = graph.activities.filter((activity) => !outer.has(activity));
  const groups = components(inner, (a, b) => edge(graph, a, b) || edge(graph, b, a));
  const body = new Set(outer);
  const redo: number[][] = [];
  for (const group of groups) {
    const enters = graph.activities.filter((a) => body.has(a) && group.some((b) => edge(graph, a, b)));
    const leaves = graph.activities.filter((a) => body.has(a) && group.some((b) => edge(graph, b, a)));
    const fits =
      enters.every((a) => graph.ends.has(a)) &&
      leaves.every((a) => graph.starts.has(a)) &&
      enters.length > 0 &&
      leaves.length > 0;
    if (fits) redo.push(group);
    else for (const activity of group) body.add(activity);
  }
  // What joined the body may be next to a group that seemed to fit.
  const settled = redo.filter((group) =>
    group.every((a) =>
      graph.activities.every(
        (b) =>
          !body.has(b) || ((!edge(graph, b, a) || graph.ends.has(b)) && (!edge(graph, a, b) || graph.starts.has(b))),
      ),
    ),
  );
  for (const group of redo) if (!settled.includes(group)) for (const activity of group) body.add(activity);
  if (settled.length === 0 || body.size === 0) return undefined;
  return { kind: 'loop', groups: [[...body].sort((a, b) => a - b), ...settled] };
}
