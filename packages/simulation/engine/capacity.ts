import { Conversion } from './conversions.ts';
import { value } from './evaluator.ts';
import { CLASS_CAPACITY, EVENT_CAPACITY, EVENT_FAILURE, EVENT_REPAIR, KINDS } from './event-heap.ts';
import { FAULT_UNIT_TIME } from './faults.ts';
import { freeForRepair, giveWay } from './interruptions.ts';
import { whole } from './platform.ts';
import { Pool, UNLIMITED } from './pools.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';

/** Sets what each pool has at the beginning, and schedules its first change and the first failure of its units. */
export function beginCapacity(run: Run): void {
  const pools = run.pools;
  for (let i = 0; i < pools.count; i++) {
    const pool = pools.all[i]!;
    const cursor = pool.cursor;
    pools.schedule(pool, cursor === null ? UNLIMITED : whole(Math.round(cursor.value())));
    scheduleCapacity(run, pool);
    for (let unit = 0; unit < pool.units; unit++) scheduleFailure(run, pool, unit);
  }
  pools.clearDirty();
}

/** The timetable of a pool goes on to its next piece. */
export function changeCapacity(run: Run, subject: i32): void {
  const pool = run.pools.all[subject]!;
  const cursor = pool.cursor!;
  cursor.advance();
  run.pools.schedule(pool, whole(Math.round(cursor.value())));
  if (pool.free() < 0 && run.giving !== null) giveWay(run, pool);
  scheduleCapacity(run, pool);
}

/** The next piece of a pool's timetable. */
export function scheduleCapacity(run: Run, pool: Pool): void {
  const cursor = pool.cursor;
  if (cursor === null) return;
  const next = cursor.nextTime();
  if (next < run.end) run.heap.push(next, CLASS_CAPACITY, pool.index * KINDS + EVENT_CAPACITY);
}

/** A unit fails: at once when one is free or work gives way, else as soon as one is. @param subject number of the unit among all */
export function breakDown(run: Run, subject: i32): void {
  const pool = run.unitPools[subject]!;
  const unit = subject - pool.firstUnit;
  // A unit that is not there at present works on, so to speak, until its next failure.
  if (unit >= pool.scheduled + pool.converted) scheduleFailure(run, pool, unit);
  else if (pool.free() > 0 || freeForRepair(run, pool)) beginRepair(run, pool, unit);
  else pool.owed.push(unit);
}

/** Takes free units of a pool for the repairs and conversions that wait for one. */
export function settleOwed(run: Run, pool: Pool): void {
  while (pool.owed.count > 0 && pool.free() > 0) {
    const what = pool.owed.shift();
    if (what >= 0) beginRepair(run, pool, what);
    else convertUnit(run, pool, run.conversions[-1 - what]!);
  }
}

/** A free unit of one of the two pools of a conversion becomes one of the other. */
function convertUnit(run: Run, pool: Pool, conversion: Conversion): void {
  const leaves = pool === conversion.from;
  const other = leaves ? conversion.to : conversion.from;
  conversion.done += leaves ? 1 : -1;
  pool.converted--;
  other.converted++;
  run.pools.update(pool);
  run.pools.update(other);
  settleOwed(run, other);
}

function beginRepair(run: Run, pool: Pool, unit: i32): void {
  pool.down++;
  run.pools.update(pool);
  const up = unitTime(run, pool, unit, pool.lasts);
  run.heap.push(up, CLASS_CAPACITY, (pool.firstUnit + unit) * KINDS + EVENT_REPAIR);
}

/** A unit works again. @param subject number of the unit among all */
export function endRepair(run: Run, subject: i32): void {
  const pool = run.unitPools[subject]!;
  pool.down--;
  run.pools.update(pool);
  scheduleFailure(run, pool, subject - pool.firstUnit);
}

function scheduleFailure(run: Run, pool: Pool, unit: i32): void {
  const down = unitTime(run, pool, unit, pool.every);
  run.heap.push(down, CLASS_CAPACITY, (pool.firstUnit + unit) * KINDS + EVENT_FAILURE);
}

/** When something that begins now and lasts as drawn for a unit is over. */
function unitTime(run: Run, pool: Pool, unit: i32, code: i32): f64 {
  const time = value(run, code, unit, pool.hash, pool.visits[unit]!, 0);
  pool.visits[unit] = pool.visits[unit]! + 1;
  if (isNaN(time)) run.fail(FAULT_UNIT_TIME, pool.facility.index, 0);
  return run.now + Math.max(0, time);
}
