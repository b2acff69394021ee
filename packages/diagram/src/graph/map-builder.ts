import type { Origin } from '@pathway/model';
import type { GraphEdge, GraphNode, NodeKind, PathwayGraph } from './graph.js';

/** What stands on a map. */
export interface MapNode {
  readonly id: string;
  readonly kind?: NodeKind;
  readonly title: string;
  readonly notes?: readonly string[];
  readonly group?: string;
  readonly origin?: Origin | undefined;
}

/** A stage and what it is called. */
interface NamedStage<Stage extends string> {
  readonly id: Stage;
  readonly title: string;
}

/** Collects what a map shows, stage by stage; what comes again is the same node or way, with both texts. */
export class MapBuilder<Stage extends string> {
  readonly #nodes = new Map<string, MapNode & { readonly stage: Stage }>();
  readonly #edges = new Map<string, { from: string; to: string; label: string; strong: boolean }>();

  add(stage: Stage, node: MapNode): void {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, { ...node, stage });
  }

  has(id: string): boolean {
    return this.#nodes.has(id);
  }

  /** A way between nodes that are there; `strong` ones are drawn as handovers are. */
  join(from: string, to: string, label = '', strong = false): void {
    if (!this.has(from) || !this.has(to) || from === to) return;
    const key = `${from}\u0000${to}`;
    const known = this.#edges.get(key);
    if (known === undefined) this.#edges.set(key, { from, to, label, strong });
    else if (!known.label.split(', ').includes(label))
      known.label = [known.label, label].filter((text) => text !== '').join(', ');
  }

  /** The map, with its nodes by stage, each called as it is here; stages without nodes are left out. */
  finished(title: string, description: string, stages: readonly NamedStage<Stage>[]): PathwayGraph {
    const members = stages.flatMap((stage) =>
      [...this.#nodes.values()].filter((node) => node.stage === stage.id).map((node) => ({ ...node, stage })),
    );
    const used = stages.filter((stage) => members.some((node) => node.stage === stage));
    return {
      title,
      description,
      lanes: used.map(({ id, title: called }) => ({ id, title: called })),
      nodes: members.map(({ stage, kind = 'step', notes = [], origin, ...node }): GraphNode => ({
        ...node,
        kind,
        notes,
        lane: used.indexOf(stage),
        description: [`${stage.title}: ${node.title}`, ...notes].join('; '),
        ...(origin !== undefined && { origin }),
        holds: [],
        branchPath: [],
      })),
      edges: [...this.#edges.values()].map(({ strong, ...edge }, index): GraphEdge => ({
        ...edge,
        id: `way${index + 1}`,
        kind: 'flow',
        handover: strong,
      })),
      holds: [],
      warnings: [],
      arrangement: 'stages',
    };
  }
}
