import type { ArrivalProfile, Declaration } from '../elements.js';
import type { Expression } from '../expression.js';
import type { Origin } from '../origin.js';

/** What the world does to us. */
export interface Crisis extends Declaration {
  /** When its effects last that say nothing themselves; absent for the whole run. */
  readonly span?: Span;
  readonly effects: readonly Effect[];
}

/** From a moment (the beginning of the crisis, or of the run) for some time, up to a moment, or to the end of the run. */
export interface Span {
  readonly begin?: CrisisMoment;
  readonly lasting?: Expression;
  readonly end?: CrisisMoment;
}

/** `at` is minutes after midnight; without it, a day begins when it does in the study, a date at midnight. */
export type CrisisMoment =
  /** So many times 24 h after the end of the warm-up. */
  | { readonly kind: 'day'; readonly day: Expression; readonly at?: number }
  | { readonly kind: 'date'; readonly date: string; readonly at?: number };

/** What every effect has; `id` is `Crisis.#n`, counted in textual order. */
interface EffectBase {
  readonly id: string;
  readonly origin: Origin;
  readonly span?: Span;
}

export type Effect =
  | (EffectBase & { readonly kind: 'arrivals'; readonly cohorts: readonly string[]; readonly change: ArrivalChange })
  /** A share of those who arrive come as another cohort, or go away. */
  | (EffectBase & {
      readonly kind: 'diversion';
      readonly cohort: string;
      readonly share: Expression;
      readonly to?: string;
    })
  /** A share of the people of a role who should be on duty are not, at one organisation or everywhere. */
  | (EffectBase & {
      readonly kind: 'absence';
      readonly role: string;
      readonly organisation?: string;
      readonly share: Expression;
    })
  /** So many units or such a share of them are gone, all where neither is said; they come back evenly over `returnsOver`. */
  | (EffectBase & {
      readonly kind: 'loss';
      readonly resource: string;
      readonly amount?: Expression;
      readonly share?: Expression;
      readonly returnsOver?: Expression;
    })
  /** Everything at these places is gone: things, systems, staff. */
  | (EffectBase & { readonly kind: 'closure'; readonly organisations: readonly string[] })
  /** The work of steps, of pathways, or at organisations takes longer by this share. */
  | (EffectBase & { readonly kind: 'slowdown'; readonly places: readonly SlowedPlace[]; readonly share: Expression })
  /** Deliveries bring less by this share, nothing where no share is said. */
  | (EffectBase & { readonly kind: 'supply cut'; readonly stock: string; readonly share?: Expression })
  /** A message that fires a trigger is in force. */
  | (EffectBase & { readonly kind: 'alert'; readonly trigger: string });

export type SlowedPlace =
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'pathway'; readonly pathway: string }
  | { readonly kind: 'organisation'; readonly organisation: string };

/** How arrivals change; shares, rates and people are negative where there are fewer. */
export type ArrivalChange =
  /** More or fewer by a share of what there is. */
  | { readonly kind: 'share'; readonly share: Expression }
  /** More or fewer per second. */
  | { readonly kind: 'rate'; readonly rate: Expression }
  /** So many more: at once where the effect has but a beginning, else spread evenly over its span. */
  | { readonly kind: 'people'; readonly people: Expression }
  /** Those of an epidemic, beside the usual ones. */
  | { readonly kind: 'curve'; readonly curve: EpidemicCurve };

/** People who come of an epidemic over the time since its effect began. */
export type EpidemicCurve =
  /** Cumulative arrivals grow to `total` by a logistic curve: doubling time at first, and time of the most. */
  | {
      readonly kind: 'logistic';
      readonly total: Expression;
      readonly doubling: Expression;
      readonly peak: Expression;
    }
  /** Susceptible, (exposed,) infectious, removed. Of those who become infectious `admitted` come, `delay` later. */
  | {
      readonly kind: 'sir' | 'seir';
      readonly population: Expression;
      readonly infected: Expression;
      readonly reproduction: Expression;
      readonly infectious: Expression;
      readonly latent?: Expression;
      readonly admitted?: Expression;
      readonly delay?: Expression;
    }
  /** People in each slot. */
  | { readonly kind: 'table'; readonly profile: ArrivalProfile };
