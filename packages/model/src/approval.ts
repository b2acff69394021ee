import type { Origin } from './origin.js';

/** That somebody agrees to what a declaration means, as it meant on that day. */
export interface Approval {
  /** `StrokeCare by RoyalDevon`. */
  readonly id: string;
  readonly origin: Origin;
  /** Id of what was approved. */
  readonly subject: string;
  /** Id of the organisation or role that did. */
  readonly approver: string;
  /** ISO date. */
  readonly date: string;
  /** As `meaningHash` gave it then. */
  readonly hash: string;
}
