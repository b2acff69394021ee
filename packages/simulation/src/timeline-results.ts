import type { Estimate } from './figure-results.js';

/** What was in force when, over the window. */
export interface TimelineResult {
  /** Seconds after the warm-up at which the series begin, and how long each of their values holds. */
  readonly from: number;
  readonly slot: number;
  readonly levels: readonly {
    readonly scale: string;
    readonly title: string;
    /** The calmest first. */
    readonly levels: readonly (TimelineState & { readonly level: string; readonly title: string })[];
  }[];
  readonly responses: readonly (TimelineState & { readonly id: string; readonly title: string })[];
  readonly effects: readonly (TimelineState & {
    readonly id: string;
    readonly title: string;
    readonly crisis: string;
  })[];
  /** People whose arrival an effect or a response changed. */
  readonly people: readonly {
    readonly id: string;
    readonly title: string;
    readonly what:
      'stayed away' | 'came besides' | 'diverted' | 'waited outside' | 'turned away' | 'postponed' | 'concerned';
    readonly people: Estimate;
  }[];
  /** What began and ended in the first replication, in order; the first 400 of it. */
  readonly events: readonly TimelineEvent[];
}

interface TimelineState {
  /** Share of the window. */
  readonly share: Estimate;
  /** How often it began. */
  readonly times: Estimate;
  /** Mean share of each slot. */
  readonly series: readonly number[];
}

export interface TimelineEvent {
  /** Seconds after the warm-up. */
  readonly time: number;
  /** A `system` that work depends on began to fail, or is back. */
  readonly kind: 'effect' | 'trigger' | 'level' | 'response' | 'measure' | 'system';
  readonly title: string;
  readonly began: boolean;
}
