import type { Activity, Expression, Model, Pathway } from '@pathway/model';
import type { FlowEdge } from '../linear-flow.js';
import type { PatientKind } from '../patients.js';

/** A place on the way of one kind of patients: an activity with its calls inlined, or a point between activities. */
export interface FlowNode {
  readonly activity?: Activity;
  /** Mean seconds that pass here if nobody waits; undefined where there is no closed form. */
  time: number | undefined;
  /** Whether the time is the same for everyone. */
  fixed: boolean;
  /** Nodes of the holds around, outermost first. */
  readonly holds: readonly number[];
  /** Branches of `together` that it lies in: the block's node and the branch's number. */
  readonly branches: readonly { readonly together: number; readonly branch: number }[];
  /** The pathway in whose text it stands. */
  readonly pathway: Pathway;
}

/** A visit that leads to others; `delay` seconds lie between, the node's own time where it is absent. */
export interface VisitEdge extends FlowEdge {
  readonly delay?: number;
}

/** The ways of one kind of patients of one cohort, if nobody ever waits. */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  /** How many visits each visit leads to; the branches of `together` are all visited. */
  readonly visits: readonly VisitEdge[];
  /** Where a patient's clock goes on; the branches of `together` count within its own node. */
  readonly clock: readonly FlowEdge[];
  readonly entry: number;
  /** Where those end who come to a `finish`. */
  readonly exit: number;
  /** Where those end who come to the end of the pathway without `finish`. */
  readonly end: number;
  readonly limits: readonly GraphLimit[];
}

export interface GraphLimit {
  readonly subject: string;
  readonly message: string;
}

/** Where a part of the text stands while its graph is built. */
export interface Place {
  readonly pathway: Pathway;
  readonly holds: readonly number[];
  readonly branches: FlowNode['branches'];
  /** Where `finish` leads: out of the pathway, or to the end of the branch of a `together`. */
  readonly exit: number;
  /** Nodes of the activities of this copy of the text by id, then of the texts around it. */
  readonly scopes: readonly Map<string, number>[];
  readonly calls: readonly string[];
  /** In a race or a group, where times do not follow from those that are written. */
  readonly unknown: boolean;
}

/** What becomes of those who leave a `together`: the ways through its branches, and the edges on and out of it. */
export interface Fork {
  readonly ways: readonly { readonly begin: number; readonly exit: number }[];
  readonly on: { amount: number };
  readonly out: { amount: number };
}

/** What the parts of the builder write a graph with. */
export interface GraphWriter {
  readonly model: Model;
  readonly kind: PatientKind;
  readonly nodes: readonly FlowNode[];
  /** How many visits each visit leads to; a part may add those that are no ways of the clock. */
  readonly visits: VisitEdge[];
  /** Where a patient's clock goes on; a part may add ways that are no visits of their own. */
  readonly clock: FlowEdge[];
  /** Builds a body from its end to its start, so that each activity knows where to go on; returns where it begins. */
  body(body: readonly Activity[], next: number, place: Place): number;
  /** Adds a point between activities. */
  point(place: Place): number;
  /** Adds a way of visits and of the clock alike. */
  both(from: number, to: number, amount: number): void;
  /** Notes what the graph does not know of an activity or a pathway. */
  limit(subject: string, message: string): void;
  /** Probability of a condition for this kind of patients; undefined where it does not follow from the text. */
  probability(expression: Expression): number | undefined;
  /** Notes a `together` that people may leave from inside. */
  fork(fork: Fork): void;
}
