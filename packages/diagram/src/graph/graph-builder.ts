import type { Origin } from '@pathway/model';
import { joinLabels, type OpenEnd } from './ends.js';
import type { BranchPlace, GraphEdge, GraphNode, HoldRegion, NodeKind } from './graph.js';
import type { DrawingWords } from './words.js';

/** What the id of a join has beyond that of its fork. */
export const JOIN = ':join';

/** A node that has no lane yet: it knows its organisation, and a step whose work it is. */
export type DraftNode = Omit<GraphNode, 'lane'> & { readonly organisation: string; readonly worker?: string };

/** Where a part of the pathway is drawn: inside which holds, in which branch, and in whose lane if it says none. */
export interface Surroundings {
  readonly organisation: string;
  readonly holds: readonly string[];
  readonly branchPath: readonly BranchPlace[];
}

export interface NodeContent {
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  readonly description: string;
  readonly notes?: readonly string[];
  readonly condition?: string | undefined;
  readonly lasts?: string | undefined;
  readonly origin?: Origin | undefined;
  readonly leadsTo?: Origin | undefined;
  readonly sheet?: string;
  readonly worker?: string;
}

/** Collects nodes and edges in the order of the text. */
export class GraphBuilder {
  readonly nodes: DraftNode[] = [];
  readonly holds: HoldRegion[] = [];
  readonly warnings: string[] = [];
  private readonly edges = new Map<string, { from: string; to: string; label: string; repeats: boolean }>();
  private readonly index = new Map<string, number>();

  constructor(private readonly words: Pick<DrawingWords, 'say'>) {}

  /** Adds a node and leads all open ends into it. */
  add(content: NodeContent, organisation: string, around: Surroundings, ends: readonly OpenEnd[]): DraftNode {
    const { condition, lasts, origin, leadsTo, notes = [], ...rest } = content;
    const node: DraftNode = {
      ...rest,
      notes,
      organisation,
      holds: around.holds,
      branchPath: around.branchPath,
      ...(condition === undefined ? {} : { condition }),
      ...(lasts === undefined ? {} : { lasts }),
      ...(origin === undefined ? {} : { origin }),
      ...(leadsTo === undefined ? {} : { leadsTo }),
    };
    this.index.set(node.id, this.nodes.length);
    this.nodes.push(node);
    this.connect(ends, node.id);
    return node;
  }

  /** Leads open ends to a node; two ways between the same nodes become one with both labels. */
  connect(ends: readonly OpenEnd[], to: string, repeats = false): void {
    for (const end of ends) {
      const key = `${end.from}\u0000${to}`;
      const known = this.edges.get(key);
      if (known === undefined) this.edges.set(key, { from: end.from, to, label: end.label, repeats });
      else known.label = joinLabels(this.words, known.label, end.label);
    }
  }

  /** The organisation whose lane all ends come from; undefined when they come from several or from none. */
  commonOrganisation(ends: readonly OpenEnd[]): string | undefined {
    const organisations = new Set(ends.map((end) => this.node(end.from)?.organisation));
    return organisations.size === 1 ? [...organisations][0] : undefined;
  }

  node(id: string): DraftNode | undefined {
    const index = this.index.get(id);
    return index === undefined ? undefined : this.nodes[index];
  }

  /** The edges, with ways against the order of the text marked as returns. */
  finishedEdges(): readonly GraphEdge[] {
    return [...this.edges.values()].map((edge, position): GraphEdge => {
      const from = this.index.get(edge.from) ?? 0;
      const to = this.index.get(edge.to) ?? 0;
      return {
        id: `way${position + 1}`,
        from: edge.from,
        to: edge.to,
        label: edge.label,
        kind: edge.repeats || to <= from ? 'return' : 'flow',
        handover: this.nodes[from]?.organisation !== this.nodes[to]?.organisation,
      };
    });
  }
}
