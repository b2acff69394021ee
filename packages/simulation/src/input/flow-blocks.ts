import type { Activity, Need, Pathway } from '@pathway/model';

/** Slots whose units are kept until the next request or the next other activity. */
export type Pending = ReadonlySet<number>;
export const NOTHING: Pending = new Set();

/** A block that is open: a hold with its slots, or one that a go to cannot enter. */
export interface Frame {
  readonly kind: 'hold' | 'together' | 'race' | 'gather' | 'repeat';
  readonly id: string;
  readonly slots: readonly number[];
  readonly needs: readonly Need[];
}

/** A pathway as it is being compiled: at the root, or inside a call. */
export interface Instance {
  readonly pathway: Pathway;
  readonly copy: number;
  readonly frames: readonly Frame[];
  readonly base: number;
  readonly calls: readonly string[];
  readonly labels: Map<string, number>;
  /** Where each activity begins as the text has it, whatever may stand in its stead. */
  readonly starts: Map<string, number>;
  readonly jumps: { readonly instruction: number; readonly to: string }[];
  /** For each activity the blocks that are open where it stands, outermost first. */
  readonly openAt: Map<string, readonly Frame[]>;
  /** For each step the instruction after its own, before the way of those who give up. */
  readonly ends: Map<string, number>;
}

/** A request in the program and what it asks for, so that measures find it. */
export interface RequestSite {
  readonly instruction: number;
  readonly activity: number;
  readonly resources: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
}

/** Whether what runs inside a block is a token of its own. */
export function isForked({ kind }: Frame): boolean {
  return kind === 'together' || kind === 'race' || kind === 'gather';
}

/** For each activity of a body the ids of the holds, repeats and branches around it, outermost first. */
export function blocksAround(body: readonly Activity[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (activities: readonly Activity[], around: readonly string[]): void => {
    for (const a of activities) {
      found.set(a.id, around);
      if (a.kind === 'step') visit(a.waits?.otherwise ?? [], around);
      if (a.kind === 'hold') {
        visit(a.body, [...around, a.id]);
        visit(a.otherwise ?? [], around);
        visit(a.waits?.otherwise ?? [], around);
      }
      if (a.kind === 'choose') for (const branch of a.branches) visit(branch.body, around);
      if (a.kind === 'together' || a.kind === 'race')
        for (const branch of a.branches) visit(branch.body, [...around, a.id]);
      if (a.kind === 'repeat' || a.kind === 'gather') visit(a.body, [...around, a.id]);
    }
  };
  visit(body, []);
  return found;
}

/** Slots one after another. */
export function range(from: number, count: number): Pending {
  return new Set(Array.from({ length: count }, (_, i) => from + i));
}

/** Slots of either. */
export function union(a: Pending, b: Pending): Pending {
  return a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]);
}

/** Slots in order. */
export function sorted(pending: Pending): number[] {
  return [...pending].sort((a, b) => a - b);
}
