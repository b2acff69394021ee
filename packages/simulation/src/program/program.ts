import type { InputNeed, SimulationInput } from '../input/types.js';
import type { CensusGrid } from '../statistics/census-grid.js';
import type { CollectorTable } from '../statistics/collectors.js';
import type { Observable } from '../statistics/observables.js';
import type { ProgramImage } from './image.js';
import type { QueueLines } from './queue-lines.js';

/** Requests that ask for the same things share a class, and so a queue. */
export interface RequestClass {
  readonly needs: readonly InputNeed[];
  /** All its requests ask for the same amounts, so that where one fails the others need no look. */
  readonly uniform: boolean;
  /** May ask for more than one unit of something at once. */
  readonly big: boolean;
  /** Takes what it lacks from work that gives way. */
  readonly preempts: boolean;
  /** Its requests become more or less urgent while they wait. */
  readonly dynamic: boolean;
  /** Code of how long its staff must stay on duty, or -1. */
  readonly fits: number;
  /** By need: code of its amount, or -1 where that is fixed. */
  readonly amountCode: readonly number[];
  /** Count of visits of the work whose time some amounts are made with; -1 for none. */
  readonly workVisit: number;
}

/** A simulation input, the image of it that the engine runs, and what is needed to read the engine's report. */
export interface Program {
  readonly input: SimulationInput;
  readonly image: ProgramImage;
  /** Word where an instruction of the input begins. */
  readonly wordOf: Int32Array;
  readonly classes: readonly RequestClass[];
  /** Request sites: request and try instructions, numbered. */
  readonly siteInstruction: Int32Array;
  /** Where the census is booked: the same in all replications. Of a run in batches, in the first of them. */
  readonly grid: CensusGrid;
  /** The batches of the run, each as an input whose window it is; the input alone where it is not cut into any. */
  readonly batches: readonly { readonly input: SimulationInput; readonly grid: CensusGrid }[];
  readonly table: CollectorTable;
  /** What each joint census counts. */
  readonly observables: readonly (readonly Observable[])[];
  /** Queues of several facilities together. */
  readonly lines: QueueLines;
  /** Roles of staff, in the order in which the engine numbers them. */
  readonly roles: readonly string[];
}
