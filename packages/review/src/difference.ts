import type { Origin } from '@pathway/model';
import type { Json, JsonObject } from './json.js';
import type { Rank } from './words.js';

export type ChangeKind = 'added' | 'removed' | 'moved' | 'renamed' | 'changed';

/** An element as people name it. */
export interface ElementName {
  /** `step`, `resource`, `branch`, … */
  readonly kind: string;
  /** As declared; for what has no name, what it is in a few words. */
  readonly name: string;
  readonly title?: string;
  /** The declaration around it, for what stands in one. */
  readonly in?: { readonly kind: string; readonly name: string; readonly title?: string };
}

/** One side of a change. */
export interface Side {
  /** The value as people read it, with units; or where the element stands. */
  readonly text: string;
  /** The value of the model, canonical units, without origins; absent for whole elements and places. */
  readonly value?: Json;
  readonly origin?: Origin;
}

/** One thing that differs between two models. */
export interface Change {
  readonly kind: ChangeKind;
  readonly rank: Rank;
  readonly element: ElementName;
  /** Keys of the element in the earlier and the later model. */
  readonly keys: { readonly before?: string; readonly after?: string };
  /** Name of the changed property in the model, and its word in the language. */
  readonly property?: string;
  readonly word?: string;
  /** What is said in one sentence. */
  readonly sentence: string;
  /** Why it has its rank, where that does not go without saying: `time target relaxed`. */
  readonly reason?: string;
  readonly before?: Side;
  readonly after?: Side;
  /** What came or went with it: `step Scan`. */
  readonly contains?: readonly string[];
  readonly affects: Affected;
  /** Organisations that have to agree, by their titles. */
  readonly approvers: readonly string[];
}

/** Whom a change concerns; titles, in the order of the model. */
export interface Affected {
  readonly organisations: readonly string[];
  readonly roles: readonly string[];
  /** Territories of these organisations. */
  readonly sites: readonly string[];
  /** Pathways in which it stands or that use it, and those that call them. */
  readonly pathways: readonly string[];
}

/** What a machine needs to make the later model of the earlier one. Elements are named by their keys. */
export interface Edits {
  /** Of elements that stay: the key before and after, where they differ. */
  readonly rekeyed: readonly (readonly [before: string, after: string])[];
  readonly removed: readonly string[];
  readonly added: readonly { readonly key: string; readonly shell: JsonObject }[];
  /** Properties with another value, by later key; without a value the property is gone. */
  readonly set: readonly { readonly element: string; readonly property: string; readonly value?: Json }[];
  /** Contents whose members or order are others, by later keys. */
  readonly slots: readonly { readonly element: string; readonly slot: string; readonly children: readonly string[] }[];
}

/** An approval that was true of the earlier model and is not of the later one. */
export interface SignAgain {
  /** Titles of what was approved and of who did. */
  readonly subject: string;
  readonly approver: string;
  /** ISO date of the approval. */
  readonly date: string;
  readonly origin: Origin;
}

export interface ModelName {
  readonly title: string;
  readonly sourceHash: string;
}

/** What differs between two models. */
export interface Difference {
  readonly before: ModelName;
  readonly after: ModelName;
  /** By rank, then in textual order of the later model. */
  readonly changes: readonly Change[];
  /** Whose approval the changes have made untrue, in the order of the text. */
  readonly signAgain: readonly SignAgain[];
  readonly edits: Edits;
}

/** Whether nothing differs in meaning. */
export function isSame({ changes }: Pick<Difference, 'changes'>): boolean {
  return changes.length === 0;
}
