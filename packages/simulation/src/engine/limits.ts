import { SimulationError } from '../errors.js';
import type { RunState } from './run-state.js';

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

/** The error of a run whose time does not go on. @param token one that does not come to rest, where it is known */
export function endless(run: RunState, token?: number): SimulationError {
  const at = token === undefined ? undefined : activityNear(run, run.population.pc[token]!);
  return new SimulationError(
    `Time stands still: more than ${run.limits.instant} things happen at one instant. A loop takes no time` +
      `${at === undefined ? '' : `, near ${at.title}`}; give one of its steps a duration, or limit its rounds.`,
    at?.origin,
  );
}

function activityNear(run: RunState, pc: number): { readonly title: string; readonly origin: string } | undefined {
  const { input, wordOf } = run.program;
  for (let i = wordOf.length - 1; i >= 0; i--) {
    const instruction = input.instructions[i];
    if (wordOf[i]! <= pc && instruction !== undefined && 'activity' in instruction) {
      return input.activities[instruction.activity];
    }
  }
  return undefined;
}
