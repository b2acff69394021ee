import { Allowance, Team } from './allowances.ts';
import { IntList, IntQueue } from './arrays.ts';
import { Change, ChangedPool, Dependence, Effect } from './changes.ts';
import { Control } from './control.ts';
import { Gauge, LevelPlace, Trigger } from './levels.ts';
import { Response } from './responses.ts';
import { Instants, Recent, Signal } from './signals.ts';
import { PoissonClock } from './clocks.ts';
import { ImageReader } from './image-reader.ts';
import { fillDoubles, newDoubles, newInts, newTable } from './platform.ts';
import { readPoolList } from './pool-list.ts';
import { Pool } from './pools.ts';
import { ARRIVE_AS_RECORDED, ARRIVE_AT_RATE, Cohort, Run } from './run.ts';
import { i32 } from './scalars.ts';

/** Reads what is watched and changed from outside, in the order of src/program/control-image.ts. */
export function readControl(image: ImageReader, run: Run): void {
  const control = new Control();
  run.control = control;
  control.code = image.manyInts(image.int());
  control.constants = image.manyNumbers(image.int());
  const variables = image.int();
  run.variables = newDoubles(variables);
  fillDoubles(run.variables, 1, 0, variables);
  control.sets = newInts(image.int());
  readWatched(image, control);
  readChanges(image, control);
  control.responseCount = image.int();
  control.responses = newTable<Response>(control.responseCount);
  for (let i = 0; i < control.responseCount; i++) {
    const calls = image.list();
    const atMost = image.number();
    const delay = image.number();
    const after = image.list();
    control.responses[i] = new Response(i, calls, atMost, delay, after, image.list());
  }
  readPools(image, control, run);
  readStaff(image, control, run);
  readArrivals(image, control, run);
  control.watched = image.list();
  control.seen = newDoubles(3 * control.watched.count);
  run.recorder.recents = control.recents;
}

function readInstants(image: ImageReader): Instants | null {
  if (image.int() === 0) return null;
  const count = image.int();
  return new Instants(image.manyNumbers(count), count);
}

function readWatched(image: ImageReader, control: Control): void {
  control.recentCount = image.int();
  control.recents = newTable<Recent>(control.recentCount);
  for (let i = 0; i < control.recentCount; i++) {
    const over = image.number();
    const cohort = image.int();
    const outcome = image.int();
    control.recents[i] = new Recent(over, cohort, outcome, image.int() === 1);
  }
  control.signalCount = image.int();
  control.signals = newTable<Signal>(control.signalCount);
  for (let i = 0; i < control.signalCount; i++) {
    const code = image.int();
    const steps = image.steps();
    const window = image.number();
    control.signals[i] = new Signal(code, steps, window, readInstants(image));
  }
  control.triggerCount = image.int();
  control.triggers = newTable<Trigger>(control.triggerCount);
  for (let i = 0; i < control.triggerCount; i++) {
    const when = image.int();
    const until = image.int();
    const place = image.int();
    const level = image.int();
    const lasting = image.number();
    control.triggers[i] = new Trigger(i, when, until, lasting, image.number(), place, level);
  }
  control.placeCount = image.int();
  control.places = newTable<LevelPlace>(control.placeCount);
  for (let i = 0; i < control.placeCount; i++) control.places[i] = new LevelPlace();
  control.gaugeCount = image.int();
  control.gauges = newTable<Gauge>(control.gaugeCount);
  for (let i = 0; i < control.gaugeCount; i++) {
    const place = image.int();
    const scores = image.list();
    const lineCounts = image.list();
    let count = 0;
    for (let k = 0; k < lineCounts.count; k++) count += lineCounts.at[k]!;
    const lines = image.manyNumbers(2 * count);
    const thresholdCount = image.int();
    const thresholds = image.manyNumbers(2 * thresholdCount);
    const worst = image.list();
    const counted = image.list();
    const samples = readInstants(image);
    control.gauges[i] = new Gauge(
      place,
      scores,
      lineCounts,
      lines,
      thresholds,
      thresholdCount,
      worst,
      counted,
      samples,
    );
  }
}

function readChanges(image: ImageReader, control: Control): void {
  control.changeCount = image.int();
  control.changes = newTable<Change>(control.changeCount);
  for (let i = 0; i < control.changeCount; i++) {
    const kind = image.int();
    const hash = image.int();
    const subject = image.int();
    const detail = image.int();
    const code = image.int();
    const amount = image.number();
    const more = image.number();
    const lead = image.number();
    const list = image.list();
    control.changes[i] = new Change(i, kind, hash, subject, detail, amount, more, lead, code, list, image.steps());
  }
  control.effectCount = image.int();
  control.effects = newTable<Effect>(control.effectCount);
  for (let i = 0; i < control.effectCount; i++) {
    const at = image.number();
    const until = image.number();
    const lasts = image.int();
    const hash = image.int();
    control.effects[i] = new Effect(i, at, until, lasts, hash, image.list());
  }
}

function readPools(image: ImageReader, control: Control, run: Run): void {
  control.dependenceCount = image.int();
  control.dependences = newTable<Dependence>(control.dependenceCount);
  for (let i = 0; i < control.dependenceCount; i++) {
    const count = image.int();
    const pools = newTable<Pool>(count);
    for (let k = 0; k < count; k++) pools[k] = run.pools.all[image.int()]!;
    control.dependences[i] = new Dependence(i, count, pools, image.number());
  }
  control.poolCount = image.int();
  control.pools = newTable<ChangedPool>(control.poolCount);
  for (let i = 0; i < control.poolCount; i++) {
    const pool = run.pools.all[image.int()]!;
    const changes = image.list();
    const needs = image.list();
    control.pools[i] = new ChangedPool(pool, changes, needs, image.int() === 1);
  }
}

/** Who may stand in for whom, and who must be on duty for what is in use. */
function readStaff(image: ImageReader, control: Control, run: Run): void {
  control.allowanceCount = image.int();
  control.allowances = newTable<Allowance>(control.allowanceCount);
  for (let i = 0; i < control.allowanceCount; i++) {
    const change = image.int();
    const places = image.list();
    const level = image.int();
    const count = image.int();
    const pools = readPoolList(image, run, count);
    const supervisors = image.int();
    const per = image.int();
    const bossCount = image.int();
    const bosses = readPoolList(image, run, bossCount);
    const leads = image.int() === 1;
    control.allowances[i] = new Allowance(
      i,
      change,
      places,
      level,
      count,
      pools,
      supervisors,
      per,
      bossCount,
      bosses,
      leads,
      image.number(),
    );
  }
  control.teamCount = image.int();
  control.teams = newTable<Team>(control.teamCount);
  for (let i = 0; i < control.teamCount; i++) {
    const places = image.list();
    const levels = image.list();
    const per = image.manyNumbers(levels.count);
    const memberCounts = image.list();
    const poolCounts = image.list();
    const amounts = image.manyNumbers(poolCounts.count);
    const pools = readPoolList(image, run, image.int());
    control.teams[i] = new Team(places, levels.count, levels, per, memberCounts, amounts, poolCounts, pools);
  }
}

/** Cohorts whose arrivals are changed, and sources of further ones, which come after all cohorts. */
function readArrivals(image: ImageReader, control: Control, run: Run): void {
  const cohorts = run.cohortCount;
  control.guards = newTable<IntList>(cohorts);
  control.outside = newTable<IntQueue>(cohorts);
  for (let i = 0; i < cohorts; i++) {
    const guard = image.list();
    control.guards[i] = guard;
    control.outside[i] = new IntQueue();
    run.cohorts[i]!.guarded = guard.count > 0;
  }
  const sources = image.int();
  const all = newTable<Cohort>(cohorts + sources);
  for (let i = 0; i < cohorts; i++) all[i] = run.cohorts[i]!;
  for (let i = cohorts; i < cohorts + sources; i++) all[i] = readSource(image, i, run);
  run.cohorts = all;
  run.cohortCount = cohorts + sources;
}

function readSource(image: ImageReader, index: i32, run: Run): Cohort {
  const cohort = new Cohort(index, image.int());
  cohort.guarded = true;
  cohort.base = image.int();
  cohort.source = image.int();
  cohort.firstNumber = image.int();
  if (image.int() === 1) cohort.group = run.cohorts[cohort.base]!.group;
  cohort.timeCount = image.int();
  cohort.times = image.manyNumbers(cohort.timeCount);
  cohort.kind = ARRIVE_AS_RECORDED;
  const rate = image.steps();
  if (rate !== null) {
    cohort.kind = ARRIVE_AT_RATE;
    cohort.clock = new PoissonClock(rate);
  }
  return cohort;
}
