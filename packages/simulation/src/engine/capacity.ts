import { SimulationError } from '../errors.js';
import { CLASS_CAPACITY } from './event-heap.js';
import { EVENT_CAPACITY, EVENT_FAILURE, EVENT_REPAIR, KINDS } from './events.js';
import { UNLIMITED } from './pools.js';
import type { RunState } from './run-state.js';

/** Sets what each pool has at the beginning, and schedules its first change and the first failure of its units. */
export function beginCapacity(run: RunState): void {
  const { pools, program } = run;
  program.input.pools.forEach((_, pool) => {
    const cursor = run.capacityCursors[pool];
    pools.schedule(pool, cursor === undefined ? UNLIMITED : Math.round(cursor.value), 0);
    scheduleCapacity(run, pool);
    for (let unit = 0; unit < run.unitVisits[pool]!.length; unit++) scheduleFailure(run, pool, unit);
  });
  pools.clearDirty();
}

/** The timetable of a pool goes on to its next piece. */
export function changeCapacity(run: RunState, pool: number): void {
  const cursor = run.capacityCursors[pool]!;
  cursor.advance();
  run.pools.schedule(pool, Math.round(cursor.value), run.now);
  scheduleCapacity(run, pool);
}

function scheduleCapacity(run: RunState, pool: number): void {
  const next = run.capacityCursors[pool]?.nextTime ?? Number.POSITIVE_INFINITY;
  if (next < run.end) run.heap.push(next, CLASS_CAPACITY, pool * KINDS + EVENT_CAPACITY);
}

/** A unit fails: at once when one is free, else as soon as one is. @param subject number of the unit among all */
export function breakDown(run: RunState, subject: number): void {
  const pool = poolOfUnit(run, subject);
  const unit = subject - run.unitBase[pool]!;
  // A unit that is not there at present works on, so to speak, until its next failure.
  if (unit >= run.pools.scheduled[pool]!) scheduleFailure(run, pool, unit);
  else if (run.pools.free(pool) > 0) beginRepair(run, pool, unit);
  else run.owedUnits[pool]!.push(unit);
}

/** Takes free units of a pool for the repairs that wait for one. */
export function repairOwed(run: RunState, pool: number): void {
  const owed = run.owedUnits[pool]!;
  while (owed.length > 0 && run.pools.free(pool) > 0) beginRepair(run, pool, owed.shift()!);
}

function beginRepair(run: RunState, pool: number, unit: number): void {
  run.pools.down[pool] = run.pools.down[pool]! + 1;
  run.pools.update(pool, run.now);
  const up = unitTime(run, pool, unit, run.program.poolBreakdown[pool]!.lasts);
  run.heap.push(up, CLASS_CAPACITY, (run.unitBase[pool]! + unit) * KINDS + EVENT_REPAIR);
}

/** A unit works again. @param subject number of the unit among all */
export function endRepair(run: RunState, subject: number): void {
  const pool = poolOfUnit(run, subject);
  run.pools.down[pool] = run.pools.down[pool]! - 1;
  run.pools.update(pool, run.now);
  scheduleFailure(run, pool, subject - run.unitBase[pool]!);
}

function scheduleFailure(run: RunState, pool: number, unit: number): void {
  const down = unitTime(run, pool, unit, run.program.poolBreakdown[pool]!.every);
  run.heap.push(down, CLASS_CAPACITY, (run.unitBase[pool]! + unit) * KINDS + EVENT_FAILURE);
}

function poolOfUnit(run: RunState, subject: number): number {
  let pool = run.unitBase.length - 1;
  while (run.unitBase[pool]! > subject || run.unitVisits[pool]!.length === 0) pool--;
  return pool;
}

/** When something that begins now and lasts as drawn for a unit is over. */
function unitTime(run: RunState, pool: number, unit: number, code: number): number {
  const visits = run.unitVisits[pool]!;
  const hash = run.program.poolBreakdown[pool]!.hash;
  const time = run.evaluator.value(code, unit, hash, visits[unit]!, run.population.attribute, 0);
  visits[unit] = visits[unit]! + 1;
  if (Number.isNaN(time)) {
    const place = run.program.input.facilities[run.pools.facility[pool]!];
    throw new SimulationError(`A time of working or repair of ${place?.title ?? ''} is not a number.`, place?.origin);
  }
  return run.now + Math.max(0, time);
}
