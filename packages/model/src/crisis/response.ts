import type { Declaration, Titles } from '../elements.js';
import type { Expression } from '../expression.js';
import type { Activity, Consumption, Fallback, Hold, Need, Step, WaitLimit } from '../flow.js';
import type { Origin } from '../origin.js';
import type { WorkingRule } from '../rosters.js';
import type { LevelReference } from './watching.js';

/** What we do about it: a patch of a pathway and measures beside it, in force while any of its activations is. */
export interface Response extends Declaration {
  readonly pathway?: string;
  readonly activations: readonly Activation[];
  /** Of two that change the same thing, the one with the smaller number has the last word; absent is no order. */
  readonly priority?: number;
  /** Ends after so many seconds, and can begin again only after its activations have ended. */
  readonly atMost?: Expression;
  readonly patches: readonly Patch[];
  /** Money for each time that it begins, and money per second while it is in force; beside what it adds. */
  readonly costs?: readonly Expression[];
  /** It ends so long after its activations, and not before these responses have ended. */
  readonly recovery: { readonly delay?: Expression; readonly after: readonly string[] };
  readonly cards: readonly ActionCard[];
}

export type Activation =
  | { readonly kind: 'trigger'; readonly trigger: string; readonly origin: Origin }
  /** At that level or a higher one, `only` at that level. */
  | {
      readonly kind: 'level';
      readonly scale: string;
      readonly level: string;
      readonly organisation?: string;
      readonly only: boolean;
      readonly origin: Origin;
    }
  | {
      readonly kind: 'gauge';
      readonly gauge: string;
      readonly level: string;
      readonly only: boolean;
      readonly origin: Origin;
    };

/** What people of a role do; from a level on, or whenever the response is in force. */
export interface ActionCard {
  readonly id: string;
  readonly role: string;
  readonly organisation?: string;
  readonly from?: LevelReference;
  readonly actions: readonly {
    readonly text: string;
    /** The text in other languages. */
    readonly titles?: Titles;
    readonly within?: Expression;
    readonly origin: Origin;
  }[];
  readonly origin: Origin;
}

/** What every patch has; `id` is `Response.#n`, counted in textual order. */
interface PatchBase {
  readonly id: string;
  readonly origin: Origin;
}

/** Changes of the way itself: places are activity ids. */
export type PathwayPatch =
  | (PatchBase & { readonly kind: 'replace'; readonly place: string; readonly with: readonly Activity[] })
  | (PatchBase & {
      readonly kind: 'insert';
      readonly where: 'before' | 'after';
      readonly place: string;
      readonly with: readonly Activity[];
    })
  | (PatchBase & { readonly kind: 'remove'; readonly place: string })
  | (PatchBase & {
      readonly kind: 'change';
      readonly place: string;
      /** Said to be weaker than before, which the checks hold it to. */
      readonly relaxes: boolean;
      readonly to: ChangedProperties;
    })
  /** Those who come to the place, or those of them for whom the condition holds, go on at another. */
  | (PatchBase & { readonly kind: 'reroute'; readonly place: string; readonly to: string; readonly when?: Expression })
  /** Those who come to the place wait before it. */
  | (PatchBase & { readonly kind: 'hold back'; readonly place: string; readonly by: Expression })
  /** Whoever asks for one of these resources or roles may get any of them. */
  | (PatchBase & { readonly kind: 'merge'; readonly of: readonly ScarceTarget[] })
  /** Who is served first at a resource or role: the smallest value. */
  | (PatchBase & { readonly kind: 'ration'; readonly target: ScarceTarget; readonly by: Expression });

export type ScarceTarget =
  { readonly kind: 'resource'; readonly resource: string } | { readonly kind: 'role'; readonly role: string };

/** The properties that a patch gives a step or hold; those that are absent stay. Staff and things are changed apart. */
export interface ChangedProperties {
  readonly organisation?: string;
  readonly staff?: readonly Need[];
  readonly things?: readonly Need[];
  readonly consumes?: readonly Consumption[];
  readonly takes?: Expression;
  readonly within?: NonNullable<Step['within']>;
  readonly costs?: readonly Expression[];
  readonly priority?: Expression;
  readonly waits?: WaitLimit;
  readonly handover?: NonNullable<Step['handover']>;
  readonly dependsOn?: readonly string[];
  readonly fallbacks?: readonly Fallback[];
  readonly remote?: true;
  readonly interruption?: NonNullable<Step['interruption']>;
  readonly preempts?: true;
  readonly fitsShift?: true;
  readonly handedOver?: true;
  readonly freesFirst?: true;
  readonly moves?: NonNullable<Hold['moves']>;
}

/** What is done beside the way: who comes, what there is, who may work. */
export type ResponseMeasure =
  /** `pause`: those who arrive wait outside, and come in when it ends. `cancel`: they do not come at all. */
  | (PatchBase & { readonly kind: 'pause' | 'cancel'; readonly cohorts: readonly string[] })
  /** These cohorts arrive only while a response that starts them is in force. */
  | (PatchBase & { readonly kind: 'start'; readonly cohorts: readonly string[] })
  | (PatchBase & { readonly kind: 'postpone'; readonly cohort: string; readonly by: Expression })
  | (PatchBase & {
      readonly kind: 'divert';
      readonly cohort: string;
      readonly share: Expression;
      readonly to?: string;
    })
  /** So many units more after a lead time, at a cost (money per second) for all of them or `each`. */
  | (PatchBase & {
      readonly kind: 'add';
      readonly resource: string;
      readonly amount: Expression;
      readonly after?: Expression;
      readonly cost?: { readonly amount: Expression; readonly each: boolean };
    })
  | (PatchBase & {
      readonly kind: 'call in';
      readonly role: string;
      readonly amount: Expression;
      readonly from?: string;
      readonly after?: Expression;
      readonly cost?: { readonly amount: Expression; readonly each: boolean };
    })
  /** Units of one resource become units of another; those in use stay with their patients and change when free. */
  | (PatchBase & {
      readonly kind: 'convert';
      readonly amount: Expression;
      readonly from: string;
      readonly to: string;
      readonly after?: Expression;
    })
  /** People of a role, or one person, may do the work of another role. */
  | (PatchBase & {
      readonly kind: 'allow';
      readonly who:
        { readonly kind: 'role'; readonly role: string } | { readonly kind: 'person'; readonly person: string };
      readonly as: string;
      readonly from?: LevelReference;
      /** So many supervisors (of the replaced role, or of another) for each so many who stand in. */
      readonly supervision?: { readonly role: string; readonly supervisors: number; readonly per: number };
      readonly training?: Expression;
      /** Work done per time, as a share of what the replaced role does. */
      readonly speed?: Expression;
    })
  /** Who must be on duty for each so many units of a resource in use, by level. */
  | (PatchBase & {
      readonly kind: 'team';
      readonly resource: string;
      readonly scale: string;
      readonly teams: readonly {
        readonly level: string;
        readonly members: readonly { readonly role: string; readonly amount: number }[];
        readonly per: number;
      }[];
    })
  /** Rules of working time that stand in place of those of the same kind in a set, and in what it extends. */
  | (PatchBase & { readonly kind: 'relax rules'; readonly ruleSet: string; readonly rules: readonly WorkingRule[] });

export type Patch = PathwayPatch | ResponseMeasure;

const PATHWAY_PATCHES: readonly string[] = [
  'replace',
  'insert',
  'remove',
  'change',
  'reroute',
  'hold back',
  'merge',
  'ration',
] satisfies PathwayPatch['kind'][];

/** Whether a patch changes the way itself. */
export function isPathwayPatch(patch: Patch): patch is PathwayPatch {
  return PATHWAY_PATCHES.includes(patch.kind);
}
