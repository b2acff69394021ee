/** What a run may use before it is stopped with a message. */
export interface RunLimits {
  /** Events in one replication. */
  readonly events: number;
  /** Patients on their way at once. */
  readonly patients: number;
  /** Instructions and events at one instant. */
  readonly instant: number;
}

export const DEFAULT_LIMITS: RunLimits = { events: 2e9, patients: 5_000_000, instant: 5_000_000 };
