import { Pool } from './pools.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { consume } from './supplying.ts';
import { Token } from './tokens.ts';

/** Uses up units of a stock. @param since when they were asked for, NaN where that is no wait */
export function useUp(run: Run, pool: Pool, units: i32, since: f64): void {
  consume(run, pool, units);
  pool.facility.noteWait(run.now - since);
}

/** Takes units into a slot. @param since when they were asked for, NaN where that is no other wait */
export function takeUnits(run: Run, token: Token, pool: Pool, units: i32, slot: i32, activity: i32, since: f64): void {
  const population = run.population;
  const first = population.kept(token, slot);
  population.keepIn(token, slot, run.pools.take(pool, units, activity, first, run.now));
  if (!isNaN(since)) pool.facility.noteWait(run.now - since);
}
