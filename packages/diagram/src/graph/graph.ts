import type { Origin } from '@pathway/model';

/**
 * What a drawing shows, before anything has a place: lanes, nodes and the ways between them. Nodes stand in the
 * order of the text; every edge that is not a `return` leads from an earlier node to a later one.
 */
export interface PathwayGraph {
  readonly title: string;
  readonly description: string;
  /** In order of first use along the pathway. Empty when the drawing has no lanes. */
  readonly lanes: readonly Lane[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly holds: readonly HoldRegion[];
  /** What could not be shown as written, in plain words. */
  readonly warnings: readonly string[];
  /**
   * `stages`: lanes are stages that follow one another along the flow. A way may then lead from a later stage to an
   * earlier one without being a `return`.
   */
  readonly arrangement?: 'stages';
  /** What colours stand for, below the drawing. */
  readonly legend?: readonly LegendEntry[];
  /** Sentences below the drawing: what it leaves out, and whom it is about. */
  readonly remarks?: readonly string[];
}

/** How much waits at a node: 0 nothing, 4 very much. */
export type LoadLevel = 0 | 1 | 2 | 3 | 4;

/** A colour of the drawing and what it stands for. */
export interface LegendEntry {
  readonly load: LoadLevel;
  readonly text: string;
}

/** One drawing of several that belong together; the ids of others are what nodes lead to. */
export interface Sheet {
  /** Fit for a file name. */
  readonly id: string;
  readonly title: string;
  readonly graph: PathwayGraph;
}

export interface Lane {
  readonly id: string;
  readonly title: string;
  readonly origin?: Origin;
  /** Its place among all lanes, on a sheet that shows some of them: its colours stay what they are. */
  readonly place?: number;
}

export type NodeKind =
  | 'start'
  | 'step'
  | 'call'
  | 'decision'
  | 'fork'
  | 'join'
  /** Where a hold asks for what it keeps. */
  | 'take'
  | 'release'
  /** Time passes, or patients gather, without work. */
  | 'wait'
  | 'end'
  /** One end of a long way, drawn as a lettered circle. */
  | 'connector';

export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** Index into the lanes; 0 when there are none. */
  readonly lane: number;
  readonly title: string;
  /** Smaller lines below the title. */
  readonly notes: readonly string[];
  /** `if age < 90`: shown above the title of what not every patient gets. */
  readonly condition?: string;
  /** How long a step usually takes, as its notes say it: for drawings on which it stands as a line of another node. */
  readonly lasts?: string;
  readonly letter?: string;
  /** Drawn elsewhere as a sign of this diameter, in pixels, with its title beside it. */
  readonly sign?: number;
  /** The node in one sentence, for tooltips and screen readers. */
  readonly description: string;
  readonly origin?: Origin;
  /** Where a click leads; the origin when absent. */
  readonly leadsTo?: Origin;
  /** Id of the sheet that a click leads to, before anything else. */
  readonly sheet?: string;
  /** How much waits here, as colour; the notes say it in numbers. */
  readonly load?: LoadLevel;
  /** Ids of the holds around it, outermost first. */
  readonly holds: readonly string[];
  /** The branch at every choice or split around it, outermost first: keeps branches in the order of the text. */
  readonly branchPath: readonly BranchPlace[];
  /** In a drawing by stages: nodes of one group stand together. */
  readonly group?: string;
  /** In a drawing of two versions: what became of it; absent where it is the same in both. */
  readonly mark?: Mark;
  /** What it shows in each version, where it changed. */
  readonly versions?: { readonly before: Shown; readonly after: Shown };
}

/** What became of a node or way between two versions. */
export type Mark = 'added' | 'removed' | 'changed';

/** What a changed node or way shows in one version. */
export interface Shown {
  readonly title: string;
  readonly notes: readonly string[];
  readonly condition?: string;
}

/** A branch by its number, and where its choice or split stands among all in the text. */
export interface BranchPlace {
  readonly block: number;
  readonly branch: number;
  /** Id of the node at which the branches part. */
  readonly opener: string;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** A `return` leads back to what came before. */
  readonly kind: 'flow' | 'return';
  /** From one organisation to another. */
  readonly handover: boolean;
  readonly mark?: Mark;
  /** Its texts in each version, where they differ. */
  readonly versions?: { readonly before: string; readonly after: string };
}

/** Everything for which a resource is kept. */
export interface HoldRegion {
  readonly id: string;
  readonly title: string;
  /** What it keeps, for those who hear the drawing. */
  readonly description: string;
  readonly origin: Origin;
}
