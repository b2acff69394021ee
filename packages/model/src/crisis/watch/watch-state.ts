import type { Activation } from '../response.js';
import type { LevelNow } from './levels.js';
import type { ResponseState } from './response-state.js';
import type { SignalState } from './signal-memory.js';
import type { TriggerState } from './trigger-state.js';

/** A message in force that fires a trigger. */
export interface AlertInForce {
  readonly id: string;
  /** When it expires by itself. */
  readonly until?: number;
}

/** Everything that a watch remembers, as JSON: what goes on from it goes on as if it had never stopped. */
export interface WatcherState {
  /** Up to when everything is judged; null before anything was seen. */
  readonly time: number | null;
  /** What is known, by key. */
  readonly observed: Readonly<Record<string, number>>;
  readonly signals: Readonly<Record<string, SignalState>>;
  /** The last known points of a gauge, and its level as an index into its scale. */
  readonly gauges: Readonly<Record<string, { readonly score: number | null; readonly level: number }>>;
  readonly triggers: Readonly<Record<string, TriggerState>>;
  readonly alerts: Readonly<Record<string, readonly AlertInForce[]>>;
  readonly responses: Readonly<Record<string, ResponseState>>;
}

/** Something that changed, and why. */
export type WatchEvent =
  | {
      readonly kind: 'trigger';
      readonly time: number;
      readonly trigger: string;
      readonly phase: TriggerState['phase'];
      readonly before: TriggerState['phase'];
      /** Since when what it waited for holds. */
      readonly since: number;
      /** What its conditions look at, as it is now; what is not known is left out. */
      readonly values: Readonly<Record<string, number>>;
      /** Messages in force that fire it. */
      readonly alerts: readonly string[];
    }
  | {
      readonly kind: 'gauge';
      readonly time: number;
      readonly gauge: string;
      readonly level: string;
      readonly before: string;
      /** Its points, where it has scores and they are known. */
      readonly score?: number;
    }
  | ({ readonly kind: 'level'; readonly time: number; readonly before: string } & LevelNow)
  | {
      readonly kind: 'response';
      readonly time: number;
      readonly response: string;
      readonly phase: ResponseState['phase'];
      /** What calls for it now; nothing where it ends because nothing does. */
      readonly calledBy: readonly Activation[];
      /** It ends though it is called for, since its longest time is over. */
      readonly isSpent: boolean;
    };
