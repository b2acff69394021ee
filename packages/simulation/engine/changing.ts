import { convertBack, convertUnits } from './converting.ts';
import { Team } from './allowances.ts';
import {
  ADDS_UNITS,
  ALERTS,
  Change,
  CHANGES_WAYS,
  ChangedPool,
  CONVERTS,
  CUTS_SUPPLY,
  LOSES_ALL,
  LOSES_SHARE,
  LOSES_UNITS,
  PAUSES,
  SLOWS,
  STAFFS,
} from './changes.ts';
import { Control, supplyOf, TOLD_MEASURE } from './control.ts';
import { TIMER_DRAW, TIMER_RETURN } from './timers.ts';
import { CLASS_ARRIVAL, EVENT_ENTER, KINDS } from './event-heap.ts';
import { giveWay } from './interruptions.ts';
import { whole } from './platform.ts';
import { UNLIMITED } from './pools.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';

/*
 * What effects and responses change, and how it comes to be as before.
 */

const DAY: f64 = 86400;

/** Something begins to be otherwise. */
export function begin(run: Run, change: Change): void {
  const control = run.control!;
  change.on = true;
  change.returning = false;
  if (change.lead > 0) control.tell(run.now, TOLD_MEASURE, change.index, 1);
  switch (change.kind) {
    case LOSES_UNITS:
    case LOSES_SHARE:
    case LOSES_ALL:
      if (change.detail !== 0) control.timers.push(run.now + DAY, TIMER_DRAW, change.index, change.stamp);
      lose(run, control, change);
      adjustAll(run, control);
      return;
    case ADDS_UNITS:
    case STAFFS:
      adjustAll(run, control);
      return;
    case CONVERTS:
      convertUnits(run, change.subject);
      return;
    case SLOWS:
      run.variables[change.subject] = change.amount;
      return;
    case CUTS_SUPPLY:
      supplyOf(control, run.stocks[change.subject]!, change.subject);
      return;
    case ALERTS:
      control.triggers[change.subject]!.alerts++;
      return;
    case CHANGES_WAYS:
      control.sets[change.subject] = control.sets[change.subject]! | change.detail;
  }
}

/** Something is as it was before. */
export function end(run: Run, change: Change): void {
  const control = run.control!;
  if (change.lead > 0) control.tell(run.now, TOLD_MEASURE, change.index, 0);
  if (change.loses() && change.more > 0) {
    beginReturn(run, control, change);
    return;
  }
  change.on = false;
  switch (change.kind) {
    case LOSES_UNITS:
    case LOSES_SHARE:
    case LOSES_ALL:
    case ADDS_UNITS:
    case STAFFS:
      adjustAll(run, control);
      return;
    case CONVERTS:
      convertBack(run, change.subject);
      return;
    case SLOWS:
      run.variables[change.subject] = 1;
      return;
    case CUTS_SUPPLY:
      supplyOf(control, run.stocks[change.subject]!, change.subject);
      return;
    case ALERTS:
      control.triggers[change.subject]!.alerts--;
      return;
    case PAUSES:
      letIn(run, control, change);
      return;
    case CHANGES_WAYS:
      control.sets[change.subject] = control.sets[change.subject]! & ~change.detail;
  }
}

/** How many units of each pool a loss takes, by what there should be now. */
export function lose(run: Run, control: Control, change: Change): void {
  if (change.returning) return;
  for (let i = 0; i < change.list.count; i++) loseOf(run, change, i);
  change.draws++;
}

function loseOf(run: Run, change: Change, place: i32): void {
  const pool = run.pools.all[change.list.at[place]!]!;
  const scheduled = pool.scheduled;
  let units: f64 = scheduled;
  if (change.kind === LOSES_UNITS) units = change.amount;
  else if (change.kind === LOSES_SHARE) units = scheduled >= UNLIMITED ? 0 : scheduled * change.amount;
  let lost = whole(Math.floor(units + 1e-9));
  if (change.detail === 0) {
    lost = whole(Math.round(units));
  } else if (units > lost) {
    // A share of a few people is a whole number of them now and again another one, so that their mean is right.
    run.random.address(change.draws, change.hash, pool.hash, place);
    if (run.random.uniform() < units - lost) lost++;
  }
  change.lost[place] = lost < scheduled ? lost : scheduled;
}

/** What was lost comes back evenly over a time. */
function beginReturn(run: Run, control: Control, change: Change): void {
  change.returning = true;
  change.returned = 0;
  change.ended = run.now;
  scheduleReturn(control, change);
}

function mostLost(change: Change): i32 {
  let most = 0;
  for (let i = 0; i < change.list.count; i++) if (change.lost[i]! > most) most = change.lost[i]!;
  return most;
}

function scheduleReturn(control: Control, change: Change): void {
  const left = mostLost(change);
  const all = left + change.returned;
  const steps = left >= UNLIMITED || all === 0 ? 1 : all;
  const next = change.ended + (change.more * (change.returned + 1)) / steps;
  control.timers.push(next, TIMER_RETURN, change.index, change.stamp);
}

/** One unit of each pool that lost some is back. */
export function returnUnit(run: Run, control: Control, change: Change): void {
  const all = mostLost(change) >= UNLIMITED;
  for (let i = 0; i < change.list.count; i++) {
    if (all) change.lost[i] = 0;
    else if (change.lost[i]! > 0) change.lost[i] = change.lost[i]! - 1;
  }
  change.returned++;
  if (mostLost(change) > 0) scheduleReturn(control, change);
  else {
    change.on = false;
    change.returning = false;
  }
  adjustAll(run, control);
}

/** Works out what each changed pool has. */
export function adjustAll(run: Run, control: Control): void {
  for (let i = 0; i < control.poolCount; i++) {
    const changed = control.pools[i]!;
    if (!changed.staffed) adjust(run, control, changed);
  }
  if (control.teamCount > 0) adjustStaffed(run, control);
}

/** Works out what there is of that for which teams must be on duty, once it is known who is. */
export function adjustStaffed(run: Run, control: Control): void {
  control.dutyChanged = false;
  for (let i = 0; i < control.poolCount; i++) {
    const changed = control.pools[i]!;
    if (changed.staffed) adjust(run, control, changed);
  }
}

/** Units that the teams on duty can look after, at the level that there is. */
function staffedUnits(control: Control, team: Team): f64 {
  const level = control.highest(team.places);
  let reached = -1;
  let units: f64 = UNLIMITED;
  let member = 0;
  let pool = 0;
  for (let line = 0; line < team.lineCount; line++) {
    const applies = team.levels.at[line]! <= level && team.levels.at[line]! > reached;
    let teams: f64 = UNLIMITED;
    for (let k = team.memberCounts.at[line]!; k > 0; k--) {
      let onDuty: f64 = 0;
      for (let n = team.poolCounts.at[member]!; n > 0; n--) {
        onDuty += team.pools[pool]!.capacity;
        pool++;
      }
      const amount = team.amounts[member]!;
      if (amount > 0) teams = Math.min(teams, Math.floor(onDuty / amount + 1e-9));
      member++;
    }
    if (!applies) continue;
    reached = team.levels.at[line]!;
    units = teams * team.per[line]!;
  }
  return units < UNLIMITED ? Math.floor(units + 1e-9) : UNLIMITED;
}

/** The units that a pool has by its timetable and all that is otherwise; running work gives way where it can. */
function adjust(run: Run, control: Control, changed: ChangedPool): void {
  const pool = changed.pool;
  const scheduled = pool.scheduled;
  let left: f64 = scheduled;
  let added = 0;
  let staffed: f64 = UNLIMITED;
  for (let i = 0; i < changed.changes.count; i++) {
    const change = control.changes[changed.changes.at[i]!]!;
    if (!change.on) continue;
    if (change.kind === ADDS_UNITS) added += whole(change.amount);
    else if (change.kind === STAFFS) staffed = Math.min(staffed, staffedUnits(control, control.teams[change.subject]!));
    else for (let k = 0; k < change.list.count; k++) if (change.list.at[k]! === pool.index) left -= change.lost[k]!;
  }
  if (left < 0) left = 0;
  changed.lost = scheduled - whole(left);
  let there = whole(left) + added;
  for (let i = 0; i < changed.needs.count; i++) {
    if (control.dependences[changed.needs.at[i]!]!.failing) there = 0;
  }
  if (there > staffed) there = whole(staffed);
  countAdded(run, control, changed, there - whole(left));
  const difference = there - scheduled;
  if (difference === changed.difference) return;
  pool.converted += difference - changed.difference;
  changed.difference = difference;
  run.pools.update(pool);
  if (pool.free() < 0 && run.giving !== null) giveWay(run, pool);
}

/** Tells those who add units how many of these are there, of so many beyond the usual: those of the first changes first. */
function countAdded(run: Run, control: Control, changed: ChangedPool, beyond: i32): void {
  let left = beyond > 0 ? beyond : 0;
  for (let i = 0; i < changed.changes.count; i++) {
    const change = control.changes[changed.changes.at[i]!]!;
    if (change.kind !== ADDS_UNITS) continue;
    const wanted = change.on ? whole(change.amount) : 0;
    const units = wanted < left ? wanted : left;
    left -= units;
    if (units !== change.units) change.setUnits(units, run.now, run.grid.warmUp);
  }
}

/** The timetable of a changed pool goes on: what is lost of it is worked out anew, and no work gives way before that. */
export function reschedule(run: Run, control: Control, changed: ChangedPool, units: i32): void {
  const pool = changed.pool;
  pool.scheduled = units;
  for (let i = 0; i < changed.changes.count; i++) {
    const change = control.changes[changed.changes.at[i]!]!;
    if (!change.on || !change.loses() || change.returning) continue;
    for (let k = 0; k < change.list.count; k++) if (change.list.at[k]! === pool.index) loseOf(run, change, k);
    change.draws++;
  }
  const before = changed.difference;
  adjust(run, control, changed);
  if (before === changed.difference) {
    run.pools.update(pool);
    if (pool.free() < 0 && run.giving !== null) giveWay(run, pool);
  }
}

/** Those who waited outside come in, unless another pause keeps them there. */
function letIn(run: Run, control: Control, change: Change): void {
  for (let i = 0; i < change.list.count; i++) {
    const cohort = change.list.at[i]!;
    const guard = control.guards[cohort]!;
    let paused = false;
    for (let k = 0; k < guard.count; k++) {
      const other = control.changes[guard.at[k]!]!;
      if (other.kind === PAUSES && other.on) paused = true;
    }
    if (paused) continue;
    const outside = control.outside[cohort]!;
    while (outside.count > 0) run.heap.push(run.now, CLASS_ARRIVAL, outside.shift() * KINDS + EVENT_ENTER);
  }
}
