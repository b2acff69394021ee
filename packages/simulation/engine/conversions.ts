import { Pool } from './pools.ts';
import { f64, i32 } from './scalars.ts';

/** So many units of a pool that become units of another, and back again at its end. */
export class Conversion {
  readonly index: i32;
  readonly from: Pool;
  readonly to: Pool;
  readonly units: i32;
  readonly at: f64;
  /** Infinity where they stay what they became. */
  readonly until: f64;
  begun: boolean = false;
  /** Units that have changed and have not changed back. */
  done: i32 = 0;

  constructor(index: i32, from: Pool, to: Pool, units: i32, at: f64, until: f64) {
    this.index = index;
    this.from = from;
    this.to = to;
    this.units = units;
    this.at = at;
    this.until = until;
  }
}
