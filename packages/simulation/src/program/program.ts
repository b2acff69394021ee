import type { SimulationInput } from '../input/types.js';
import type { CensusGrid } from '../statistics/census-grid.js';

/**
 * A simulation input as the interpreter runs it: one array of whole numbers with the code of instructions and
 * expressions, one of doubles with their constants, and tables. -1 stands for "none" everywhere.
 */
export interface Program {
  readonly input: SimulationInput;
  readonly code: Int32Array;
  readonly constants: Float64Array;
  /** Word where an instruction of the input begins. */
  readonly wordOf: Int32Array;
  /** Names of families for draws with parameters computed in the run. */
  readonly families: readonly string[];

  /** Request classes: requests that ask for the same things. Needs of class c are classNeeds[c] … classNeeds[c + 1]. */
  readonly classCount: number;
  readonly classNeeds: Int32Array;
  /** All its requests ask for the same amounts, so that where one fails the others need no look. */
  readonly classUniform: Uint8Array;
  /** May ask for more than one unit of something at once, and so hold others back. */
  readonly classBig: Uint8Array;
  /** Two of its needs may be met by the same pool. */
  readonly classOverlaps: Uint8Array;
  readonly classPools: readonly Int32Array[];
  readonly classFacilities: readonly Int32Array[];
  /** Fixed amount, or -1 when needAmountCode is to be evaluated. */
  readonly needAmount: Int32Array;
  readonly needAmountCode: Int32Array;
  readonly needTargets: readonly Int32Array[];
  readonly mostNeeds: number;

  readonly targetPools: readonly Int32Array[];
  readonly targetRanks: readonly Int32Array[];
  readonly poolFacility: Int32Array;
  readonly poolClasses: readonly Int32Array[];
  /** Big classes that involve the pool: only where there are any can a request be held back. */
  readonly poolBigClasses: readonly Int32Array[];

  /** Queue levels: the distinct priorities, lowest number first; empty when they are not known before the run. */
  readonly levels: Float64Array;

  readonly visitSlots: number;
  readonly attributeCount: number;
  readonly cohortHash: Int32Array;
  readonly cohortPriority: Int32Array;
  readonly cohortAttributes: readonly (readonly { readonly slot: number; readonly code: number }[])[];
  /** Code of the time between arrivals or the batch size; of the first arrival. */
  readonly cohortArrival: Int32Array;
  readonly cohortFirst: Int32Array;
  readonly poolBreakdown: readonly { readonly every: number; readonly lasts: number; readonly hash: number }[];

  /** Request sites: request and try instructions, numbered. Gauges count those waiting where a formula asks. */
  readonly siteCount: number;
  readonly siteInstruction: Int32Array;
  readonly siteActivity: Int32Array;

  /** Where the census is booked: the same in all replications. */
  readonly grid: CensusGrid;
}
