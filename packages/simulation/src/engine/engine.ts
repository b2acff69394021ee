import type { ProgramImage } from '../program/image.js';
import type { RunLimits } from './limits.js';

/** What a replication is run with. */
interface RunSettings {
  readonly seed: number;
  readonly replication: number;
  readonly limits: RunLimits;
  /** Whether an event log is kept. */
  readonly tracing: boolean;
  /** Whether shortcuts are taken where there are any: the results are the same without. */
  readonly direct: boolean;
}

/**
 * The engine of packages/simulation/engine in one of its two builds, which give the same bits. What they write is
 * described in engine.ts there.
 */
export interface Engine {
  readonly name: 'WebAssembly' | 'TypeScript';
  /** A replication at time 0, before anything happens. */
  prepare(image: ProgramImage, settings: RunSettings): EngineRun;
}

/** A replication in progress. `begin` and `advance` throw when it cannot go on; `fault` then says why. */
export interface EngineRun {
  begin(): void;
  /** Runs at most so many events; whether the present batch has come to its end, or the run where it has none. */
  advance(events: number): boolean;
  now(): number;
  fault(): { readonly code: number; readonly numbers: Float64Array };
  /** The rows of the event log since the last call. */
  takeTrace(): Float64Array;
  /**
   * What the batch has found that has come to its end. The next one begins; after the last, and where a run has none,
   * nothing may be asked of it afterwards.
   */
  report(): Float64Array;
}
