import type { ReadNode } from './read-graph.js';
import type { FlowGraph } from './recover.js';

/**
 * Tells of joins to which a way leads that nobody goes who begins at a start: one that nothing leads to, or that another start
 * alone leads to. In BPMN such a join waits for ever, in the text nobody does.
 */
export function tellLonelyJoins(starts: readonly ReadNode[], graph: FlowGraph, notSaid: Set<string>): void {
  for (const start of starts) {
    const reached = graph.reach(start.id, new Set());
    const isGone = (from: string): boolean => reached.has(graph.nodes.get(from)?.attachedTo ?? from);
    for (const id of reached) {
      const join = graph.nodes.get(id);
      if (join?.tag !== 'parallelGateway' || graph.into(id).every(({ from }) => isGone(from))) continue;
      notSaid.add(
        `Line ${join.line}: ${join.name || 'a parallelGateway'}: it waits for a way that nobody goes who begins at ${start.name || `the ${start.tag}`}; here nobody waits for ever.`,
      );
    }
  }
}
