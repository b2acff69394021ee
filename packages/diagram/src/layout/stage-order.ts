import type { GraphNode, PathwayGraph } from '../graph/graph.js';

/** Enough for the order to settle in maps that people can read. */
const SWEEPS = 12;

/**
 * Nodes by stage, each stage in an order that crosses few ways: nodes stand near the middle of what they are joined to
 * (the barycentre method; Sugiyama, Tagawa and Toda 1981), and nodes of a group stand together.
 */
export function orderInStages(graph: PathwayGraph): readonly GraphNode[] {
  const stages = graph.lanes.map((_, lane) => graph.nodes.filter((node) => node.lane === lane));
  const neighbours = neighboursOf(graph);
  const places = new Map<string, number>();
  const note = (stage: readonly GraphNode[]): void =>
    stage.forEach(({ id }, index) => places.set(id, (index + 0.5) / stage.length));
  stages.forEach(note);
  const there = stages.map((_, index) => index);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const index of sweep % 2 === 0 ? there : [...there].reverse()) {
      const ordered = byMiddle(stages[index] ?? [], (id) => {
        const known = (neighbours.get(id) ?? []).flatMap((each) => places.get(each) ?? []);
        return known.length === 0 ? (places.get(id) ?? 0) : mean(known);
      });
      stages[index] = ordered;
      note(ordered);
    }
  }
  return stages.flat();
}

function neighboursOf({ edges }: PathwayGraph): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const join = (from: string, to: string): void => void found.set(from, [...(found.get(from) ?? []), to]);
  for (const { from, to } of edges) {
    join(from, to);
    join(to, from);
  }
  return found;
}

function byMiddle(stage: readonly GraphNode[], middle: (id: string) => number): GraphNode[] {
  const groupOf = ({ id, group }: GraphNode): string => group ?? `\u0001${id}`;
  const middles = new Map(
    [...new Set(stage.map(groupOf))].map((group) => [
      group,
      mean(stage.filter((node) => groupOf(node) === group).map(({ id }) => middle(id))),
    ]),
  );
  const order = new Map([...middles.keys()].map((group, index) => [group, index]));
  // Sorting is stable: what has the same middle keeps the order that it had.
  return [...stage].sort((a, b) => {
    const [one, other] = [groupOf(a), groupOf(b)];
    if (one === other) return middle(a.id) - middle(b.id);
    return (middles.get(one) ?? 0) - (middles.get(other) ?? 0) || (order.get(one) ?? 0) - (order.get(other) ?? 0);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
