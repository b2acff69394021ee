import type { Declaration, Titles } from './elements.js';
import type { Expression } from './expression.js';
import type { Origin } from './origin.js';
import type { Weekday } from './schedule.js';

/** The way of one or more cohorts through care. Activities run in textual order. */
export interface Pathway extends Declaration {
  /** Who enters, and where: at the first activity, or at the named one. */
  readonly cohorts: readonly { readonly cohort: string; readonly entry?: string }[];
  readonly owner?: string;
  /** Declared essential to the community: recovery targets and the smallest acceptable service. */
  readonly essential?: { readonly maximumOutage?: Expression; readonly minimum?: Expression };
  readonly body: readonly Activity[];
}

export type Activity =
  Step | Hold | Choose | Together | Race | Gather | Repeat | Wait | SetAttribute | Release | GoTo | Call | Finish;

/**
 * What every activity has. `id` is `Pathway.Name` for named ones and `Pathway.#n` (n counts in textual order)
 * for the others; it keys random numbers and diagrams, and is unique in the model.
 */
interface ActivityBase {
  readonly id: string;
  readonly titles?: Titles;
  readonly origin: Origin;
  readonly documentation?: string;
}

/** Staff or things that a step or hold needs: so many of any one of the alternatives, the first that is free. */
export interface Need {
  readonly amount: Expression;
  readonly of: readonly NeedTarget[];
  readonly origin: Origin;
}

export type NeedTarget =
  | { readonly kind: 'resource'; readonly resource: string }
  | { readonly kind: 'role'; readonly role: string; readonly from?: string }
  | { readonly kind: 'skill'; readonly skill: string; readonly level?: string; readonly from?: string };

/** So much of a stock: once, or `over time` so much for each second that the step takes, all of it at the beginning. */
export interface Consumption {
  readonly stock: string;
  readonly amount: Expression;
  readonly overTime: boolean;
  readonly origin: Origin;
}

/** A patient who waits longer than `atMost` gives up and goes another way, then continues after the activity. */
export interface WaitLimit {
  readonly atMost: Expression;
  readonly otherwise: readonly Activity[];
}

/** Where something that a step depends on is lost: it goes on for `battery` seconds, then the workaround is done instead. */
export interface Fallback {
  readonly on: readonly string[];
  readonly battery?: Expression;
  readonly workaround?: readonly Activity[];
  readonly origin: Origin;
}

/** Waits until all needs are free at once, takes them together, keeps them for `takes`, gives them back. */
export interface Step extends ActivityBase {
  readonly kind: 'step';
  readonly name: string;
  readonly title?: string;
  readonly organisation?: string;
  readonly needs: readonly Need[];
  /** What is used up when work begins; absent where nothing is. */
  readonly consumes?: readonly Consumption[];
  readonly takes?: Expression;
  /** Time target: begins within `limit` of the start of another step (its activity id), or of `arrival`. */
  readonly within?: { readonly limit: Expression; readonly of: string; readonly share?: Expression };
  readonly costs: readonly Expression[];
  readonly when?: Expression;
  readonly priority?: Expression;
  readonly waits?: WaitLimit;
  readonly handover?: {
    readonly to: readonly string[];
    readonly by: readonly string[];
    readonly returns?: string;
    readonly origin: Origin;
  };
  /** Resources and stocks that must be there though nobody takes them. */
  readonly dependsOn: readonly string[];
  /** What bridges the loss of some of them, or is done instead; absent where the work waits until they are back. */
  readonly fallbacks?: readonly Fallback[];
  readonly remote: boolean;
  /**
   * Work may be interrupted, by more urgent requests, fewer units, a breakdown or the end of a shift. Whoever is
   * interrupted asks again at their first place; the work then goes on with what is left, or is done anew.
   */
  readonly interruption?: 'resumes' | 'restarts' | 'leaves';
  /** Takes what it lacks from less urgent work that is interruptible. */
  readonly preempts?: boolean;
  /** Begins only where its mean time ends before fewer of its staff are on duty. */
  readonly fitsShift?: boolean;
  /** At the end of a shift, someone else goes on with it as soon as anybody is free. */
  readonly handedOver?: boolean;
  readonly sources?: readonly string[];
}

/** Keeps resources over everything inside. */
export interface Hold extends ActivityBase {
  readonly kind: 'hold';
  /** The name after `as`, or that of the first resource. */
  readonly name: string;
  readonly title?: string;
  /**
   * `all`: every need at once. `first free`: one unit of the first listed that is free, never waits, `otherwise` if
   * none. `least busy`: joins the one with the smallest queue + busy − capacity on entry, ties to the first.
   */
  readonly policy: 'all' | 'first free' | 'least busy';
  readonly needs: readonly Need[];
  /** Only for `first free`: the way of those who find none. */
  readonly otherwise?: readonly Activity[];
  readonly waits?: WaitLimit;
  /** Gives back what the hold before it keeps before it asks for its own: no blocking. */
  readonly freesFirst: boolean;
  readonly when?: Expression;
  readonly priority?: Expression;
  /** Takes what it lacks from less urgent work that is interruptible. */
  readonly preempts?: boolean;
  /** What it keeps is exchanged for as much of this one as soon as that is free. */
  readonly moves?: { readonly to: NeedTarget; readonly origin: Origin };
  readonly body: readonly Activity[];
}

/** Gives back resources or staff of the hold around it before its end. */
export interface Release extends ActivityBase {
  readonly kind: 'release';
  /** Ids of resources, roles or skills that the hold named `hold` (activity id) keeps. */
  readonly targets: readonly string[];
  readonly hold: string;
}

/**
 * `shares`: one branch at random. `attribute`: by the value of a categorical attribute. `condition`: the first
 * branch whose condition is true. `otherwise` takes the rest.
 */
export interface Choose extends ActivityBase {
  readonly kind: 'choose';
  readonly name?: string;
  readonly title?: string;
  readonly by: 'shares' | 'attribute' | 'condition';
  readonly attribute?: string;
  readonly branches: readonly Branch[];
}

export interface Branch {
  readonly origin: Origin;
  /** What a diagram writes on the line: the branch's title, category, share or condition as text. */
  readonly label: string;
  readonly titles?: Titles;
  readonly name?: string;
  readonly when:
    | { readonly kind: 'share'; readonly share: Expression }
    | { readonly kind: 'category'; readonly values: readonly string[] }
    | { readonly kind: 'condition'; readonly condition: Expression }
    | { readonly kind: 'otherwise' };
  readonly body: readonly Activity[];
}

/** A way beside others. */
export interface ParallelBranch {
  readonly name: string;
  readonly title?: string;
  readonly titles?: Titles;
  readonly origin: Origin;
  readonly body: readonly Activity[];
}

/** All branches at once; continues when every branch has ended. */
export interface Together extends ActivityBase {
  readonly kind: 'together';
  readonly name?: string;
  readonly title?: string;
  readonly branches: readonly ParallelBranch[];
}

/** All branches at once; the first to end wins, and the others are abandoned with all that they keep given back. */
export interface Race extends ActivityBase {
  readonly kind: 'race';
  readonly name?: string;
  readonly title?: string;
  readonly branches: readonly ParallelBranch[];
}

/**
 * Patients wait here for one another and go through the body as one group. A group leaves when `size` have come, or
 * `after` the first of them came, whichever is first; or, with `every`, at multiples of it from the study's start, with
 * `atMost` of those who are there.
 */
export interface Gather extends ActivityBase {
  readonly kind: 'gather';
  readonly name?: string;
  readonly title?: string;
  readonly size?: Expression;
  readonly after?: Expression;
  readonly every?: Expression;
  readonly atMost?: Expression;
  readonly body: readonly Activity[];
}

/** Time passes without work: a duration, or until the local clock shows a time on one of the days. */
export interface Wait extends ActivityBase {
  readonly kind: 'wait';
  readonly name?: string;
  readonly title?: string;
  readonly duration?: Expression;
  /** Minutes after midnight; on any day where none is named. */
  readonly until?: { readonly at: number; readonly days?: readonly Weekday[] };
}

/** Gives an attribute of the patient another value. */
export interface SetAttribute extends ActivityBase {
  readonly kind: 'set';
  readonly attribute: string;
  readonly value: Expression;
}

/**
 * Runs `body` again and again: `times` at most or exactly, `until` a condition holds after a round, or with
 * probability `again` after each round. `every` is the time from the first start of a round to the next one's
 * (counted from the first start, so delays do not add up).
 */
export interface Repeat extends ActivityBase {
  readonly kind: 'repeat';
  readonly name?: string;
  readonly title?: string;
  readonly times?: Expression;
  readonly atMost?: Expression;
  readonly until?: Expression;
  /** Probability of another round. */
  readonly again?: Expression;
  readonly every?: Expression;
  readonly body: readonly Activity[];
}

/** Continues at another step, hold or block of the same pathway; whatever holds are left give back what they keep. */
export interface GoTo extends ActivityBase {
  readonly kind: 'go to';
  /** Activity id. */
  readonly to: string;
}

/** Runs another pathway's activities, then continues here. */
export interface Call extends ActivityBase {
  readonly kind: 'call';
  readonly pathway: string;
}

/** Leaves the pathway with an outcome; every hold gives back what it keeps. */
export interface Finish extends ActivityBase {
  readonly kind: 'finish';
  readonly outcome: string;
  readonly title?: string;
}
