import type { GraphWriter } from './graph.js';

/** How long a way takes that does not fork. */
export interface BranchTime {
  readonly mean: number;
  readonly fixed: boolean;
}

/** The time of a way without forks from one node to another; undefined where it forks or is not known. */
export function straightTime(graph: GraphWriter, from: number, to: number): BranchTime | undefined {
  let mean = 0;
  let fixed = true;
  for (let at = from, steps = 0; at !== to; steps++) {
    const node = graph.nodes[at];
    const ways = graph.clock.filter((edge) => edge.from === at && edge.amount > 0);
    const [way] = ways;
    if (node?.time === undefined || way?.amount !== 1 || ways.length !== 1 || steps > graph.nodes.length)
      return undefined;
    mean += node.time;
    fixed &&= node.fixed;
    at = way.to;
  }
  return { mean, fixed };
}
