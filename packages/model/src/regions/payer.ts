import type { Declaration } from '../elements.js';
import type { Expression } from '../expression.js';
import type { Origin } from '../origin.js';

/** Whoever pays for care, and at what prices. */
export interface Payer extends Declaration {
  readonly tariffs: readonly Tariff[];
}

/**
 * What is paid for one thing: money for each time (a step or hold that ends, a patient of a cohort who arrives, a response
 * that begins), money per second (a step or hold for as long as it took, a resource for its time in use, an organisation
 * for its existence, a response while it is in force), or a share of what it costs.
 */
export interface Tariff {
  readonly of: TariffTarget;
  /** Money, money per second, or a share. */
  readonly price: Expression;
  readonly per: 'time' | 'second' | 'cost';
  readonly origin: Origin;
}

export type TariffTarget =
  | { readonly kind: 'activity'; readonly activity: string }
  | { readonly kind: 'resource'; readonly resource: string }
  | { readonly kind: 'cohort'; readonly cohort: string }
  | { readonly kind: 'organisation'; readonly organisation: string }
  | { readonly kind: 'response'; readonly response: string };
