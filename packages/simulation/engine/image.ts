import { IntList } from './arrays.ts';
import { PoissonClock } from './clocks.ts';
import { readControl } from './control-image.ts';
import { Facility } from './facility.ts';
import { Grid } from './grid.ts';
import { ImageReader } from './image-reader.ts';
import { Conversion } from './conversions.ts';
import { countedCapacity, COUNTS_CAPACITY, COUNTS_WAITING, JointCensus, JointLink } from './joint-census.ts';
import { lookupOf } from './lookup.ts';
import * as op from './operations.ts';
import { beginLine, Doubles, Ints, newInts, newNulls, newTable, Table } from './platform.ts';
import { Step } from './plain-instructions.ts';
import { readPoolList } from './pool-list.ts';
import { ASKED_ANYHOW, Pool, Target, PLAIN, PLAIN_ALONE } from './pools.ts';
import { Need, RequestClass } from './queues.ts';
import { RandomStream } from './random.ts';
import { Activity, Collector, Flow, Recorder, Site } from './recorder.ts';
import { ARRIVE_BY_RENEWAL, ARRIVE_IN_BATCHES, Cohort, Run } from './run.ts';
import { i32 } from './scalars.ts';
import { Delivery, Order, Stock } from './stocks.ts';
import { Sizes } from './tokens.ts';

/** Makes a run of a program's image; its parts are those of the image, in the same order. */
export function readImage(ints: Ints, numbers: Doubles, random: RandomStream, mostPatients: i32): Run {
  const image = new ImageReader(ints, numbers);
  const sizes = new Sizes();
  sizes.slots = image.int();
  sizes.registers = image.int();
  sizes.needs = image.int();
  sizes.attributes = image.int();
  sizes.visits = image.int();
  sizes.moments = image.int();
  sizes.clocks = image.int();
  sizes.patients = mostPatients;
  const poolCount = image.int();
  const classCount = image.int();
  const run = new Run(random, sizes, poolCount, classCount, readGrid(image));
  run.end = run.grid.batchEnds[run.grid.batches - 1]!;
  const words = image.int();
  run.code = image.manyInts(words);
  run.steps = newNulls<Step>(words);
  run.shortcuts = image.list();
  run.detours = image.list();
  run.constants = image.manyNumbers(image.int());
  run.levelCount = image.int();
  run.levels = image.manyNumbers(run.levelCount);
  readFacilities(image, run);
  readPools(image, run);
  run.population.makeRoom(poolCount > 0 ? run.pools.all[0]! : null);
  readClasses(image, run);
  readCohorts(image, run);
  readRecorder(image, run.recorder, run.joints);
  run.present = image.list();
  readStocks(image, run);
  run.departures = image.list();
  readConversions(image, run);
  if (image.int() === 1) readControl(image, run);
  return run;
}

function readGrid(image: ImageReader): Grid {
  const grid = new Grid();
  grid.tick = image.number();
  grid.warmUp = image.number();
  grid.ticks = image.int();
  grid.ticksPerSlot = image.int();
  grid.slots = image.int();
  grid.weekly = image.int() === 1;
  grid.batches = image.int();
  grid.batchEnds = image.manyNumbers(grid.batches);
  grid.batchHours = image.manyInts(grid.batches * grid.ticks);
  grid.hours = newInts(grid.ticks);
  grid.goToBatch(0);
  return grid;
}

function readFacilities(image: ImageReader, run: Run): void {
  run.jointCount = image.int();
  run.joints = newTable<JointCensus>(run.jointCount);
  for (let i = 0; i < run.jointCount; i++) run.joints[i] = new JointCensus(image.int());
  run.recorder.roles = image.int();
  run.facilityCount = image.int();
  run.facilities = newTable<Facility>(run.facilityCount);
  run.grid.makeRoom(run.facilityCount);
  const none = new IntList(newInts(0), 0);
  for (let i = 0; i < run.facilityCount; i++) {
    beginLine();
    const role = image.int();
    const facility = new Facility(i, role, run.grid, image.int() !== 0);
    for (let links = image.int(); links > 0; links--) {
      const joint = run.joints[image.int()]!;
      const dimension = image.int();
      const kind = image.int();
      facility.joints = new JointLink(joint, dimension, kind, facility.joints);
      // Nothing is there before the timetables begin.
      if (kind === COUNTS_CAPACITY) joint.values[dimension] = joint.values[dimension]! + countedCapacity(0);
    }
    run.facilities[i] = facility;
    // What asks for a unit looks at both, so that they lie together.
    for (let pools = image.int(); pools > 0; pools--) {
      const index = image.int();
      beginLine();
      run.pools.all[index] = new Pool(index, facility, none);
    }
  }
}

function readPools(image: ImageReader, run: Run): void {
  let units = 0;
  for (let i = 0; i < run.pools.count; i++) {
    const pool = run.pools.all[i]!;
    pool.classes = image.list();
    pool.bigClasses = image.list();
    pool.otherClasses = image.list();
    pool.cursor = image.steps();
    pool.every = image.int();
    pool.lasts = image.int();
    pool.hash = image.int();
    pool.units = image.int();
    pool.asked = image.int() === 1 ? PLAIN : ASKED_ANYHOW;
    pool.firstUnit = units;
    pool.visits = newInts(pool.units);
    units += pool.units;
  }
  findPoolsAlone(run);
  run.unitPools = newTable<Pool>(units);
  for (let i = 0; i < run.pools.count; i++) {
    const pool = run.pools.all[i]!;
    for (let unit = 0; unit < pool.units; unit++) run.unitPools[pool.firstUnit + unit] = pool;
  }
}

/** Finds the pools of whose units nothing is counted but what is counted of all. */
function findPoolsAlone(run: Run): void {
  const pools = newInts(run.facilityCount);
  for (let i = 0; i < run.pools.count; i++) {
    const facility = run.pools.all[i]!.facility.index;
    pools[facility] = pools[facility]! + 1;
  }
  for (let i = 0; i < run.pools.count; i++) {
    const pool = run.pools.all[i]!;
    const facility = pool.facility;
    if (pool.asked !== PLAIN || facility.role >= 0 || facility.joints !== null) continue;
    if (pools[facility.index]! === 1) pool.asked = PLAIN_ALONE;
  }
}

function readClasses(image: ImageReader, run: Run): void {
  const targetCount = image.int();
  const targets = newTable<Target>(targetCount);
  for (let i = 0; i < targetCount; i++) {
    const count = image.int();
    const pools = readPoolList(image, run, count);
    const ranks = image.manyInts(count);
    targets[i] = new Target(count, pools, ranks, image.list());
  }
  const levels = run.levelCount > 1 ? run.levelCount : 1;
  for (let i = 0; i < run.classCount; i++) {
    const flags = image.int();
    const fits = image.int();
    const needCount = image.int();
    const needs = newTable<Need>(needCount);
    for (let k = 0; k < needCount; k++) needs[k] = readNeed(image, run, targets);
    const poolCount = image.int();
    const pools = readPoolList(image, run, poolCount);
    const allowances = image.list();
    const otherCount = image.int();
    const others = readPoolList(image, run, otherCount);
    const facilityCount = image.int();
    const facilities = newTable<Facility>(facilityCount);
    for (let k = 0; k < facilityCount; k++) facilities[k] = run.facilities[image.int()]!;
    beginLine();
    const requestClass = new RequestClass(
      i,
      needCount,
      needs,
      flags,
      fits,
      poolCount,
      pools,
      allowances,
      otherCount,
      others,
      facilityCount,
      facilities,
      levels,
    );
    run.classes[i] = requestClass;
    if (requestClass.pool.asked >= PLAIN) requestClass.pool.queue = requestClass;
  }
}

function readNeed(image: ImageReader, run: Run, targets: Table<Target>): Need {
  const amount = image.int();
  const code = image.int();
  const visit = image.int();
  const consumes = image.int() === 1;
  const count = image.int();
  const own = newTable<Target>(count);
  for (let i = 0; i < count; i++) own[i] = targets[image.int()]!;
  const some = count > 0 && own[0]!.count > 0;
  const pool = some ? own[0]!.pools[0]! : run.pools.all[0]!;
  return new Need(amount, code, visit, consumes, count, own, pool);
}

/** Looks up the law of the times between arrivals, where they come from one with fixed parameters. */
function findLaw(code: Ints, cohort: Cohort): void {
  const at = cohort.arrival;
  if (code[at + 1]! !== op.E_LAW || code[at + 4]! !== op.E_RETURN) return;
  cohort.stream = code[at]!;
  cohort.law = code[at + 2]!;
  cohort.parameters = code[at + 3]!;
}

function readCohorts(image: ImageReader, run: Run): void {
  run.cohortCount = image.int();
  run.cohorts = newTable<Cohort>(run.cohortCount);
  for (let i = 0; i < run.cohortCount; i++) {
    const cohort = new Cohort(i, image.int());
    cohort.kind = image.int();
    cohort.priority = image.int();
    cohort.steady = image.int() === 1;
    const lookup = lookupOf(run.code, run.constants, cohort.priority);
    cohort.lookup = lookup;
    if (lookup !== null && lookup.attribute < 0) cohort.constantPriority = lookup.resultFor(0);
    cohort.arrival = image.int();
    if (cohort.kind === ARRIVE_BY_RENEWAL) findLaw(run.code, cohort);
    cohort.first = image.int();
    cohort.group = image.int();
    cohort.timeCount = image.int();
    cohort.times = image.manyNumbers(cohort.timeCount);
    const rate = image.steps();
    if (rate !== null) cohort.clock = new PoissonClock(rate);
    cohort.attributes = image.list();
    cohort.entries = image.list();
    cohort.single = cohort.kind !== ARRIVE_IN_BATCHES && cohort.entries.count === 2 && cohort.group < 0;
    run.cohorts[i] = cohort;
  }
}

function readStocks(image: ImageReader, run: Run): void {
  run.stockCount = image.int();
  run.stocks = newTable<Stock>(run.stockCount);
  run.deliveryCount = image.int();
  run.deliveries = newTable<Delivery>(run.deliveryCount);
  run.orderList = newTable<Order>(image.int());
  let deliveries = 0;
  let orders = 0;
  for (let i = 0; i < run.stockCount; i++) {
    const pool = run.pools.all[image.int()]!;
    const hash = image.int();
    const stock = new Stock(pool, hash, image.int());
    pool.stock = i;
    run.stocks[i] = stock;
    for (let left = image.int(); left > 0; left--) {
      const amount = image.int();
      const count = image.int();
      run.deliveries[deliveries] = new Delivery(deliveries, stock, amount, count, image.manyNumbers(count));
      deliveries++;
    }
    stock.orderCount = image.int();
    stock.orders = newTable<Order>(stock.orderCount);
    for (let k = 0; k < stock.orderCount; k++) {
      const below = image.number();
      const amount = image.int();
      const order = new Order(orders, stock, below, amount, image.int());
      stock.orders[k] = order;
      run.orderList[orders] = order;
      orders++;
    }
  }
}

function readConversions(image: ImageReader, run: Run): void {
  run.conversionCount = image.int();
  run.conversions = newTable<Conversion>(run.conversionCount);
  for (let i = 0; i < run.conversionCount; i++) {
    const from = run.pools.all[image.int()]!;
    const to = run.pools.all[image.int()]!;
    const units = image.int();
    const at = image.number();
    run.conversions[i] = new Conversion(i, from, to, units, at, image.number());
  }
}

function readRecorder(image: ImageReader, recorder: Recorder, joints: Table<JointCensus>): void {
  recorder.collectorCount = image.int();
  recorder.collectors = newTable<Collector>(recorder.collectorCount);
  for (let i = 0; i < recorder.collectorCount; i++) {
    const cohorts: IntList | null = image.int() === 1 ? image.list() : null;
    const by = image.int();
    const groupOf = image.list();
    const test = image.int();
    recorder.collectors[i] = new Collector(cohorts, by, groupOf, test, image.number(), image.int());
  }
  recorder.outcomeColumns = image.int();
  recorder.flowCount = image.int();
  recorder.flows = newTable<Flow>(recorder.flowCount);
  for (let i = 0; i < recorder.flowCount; i++) recorder.flows[i] = new Flow(image.int(), recorder.outcomeColumns);
  recorder.activityCount = image.int();
  recorder.activities = newTable<Activity>(recorder.activityCount);
  for (let i = 0; i < recorder.activityCount; i++) {
    const activity = new Activity();
    activity.request = image.hook();
    activity.start = image.hook();
    activity.end = image.hook();
    activity.endClock = image.int();
    activity.waitClock = image.int();
    recorder.activities[i] = activity;
  }
  recorder.siteCount = image.int();
  recorder.sites = newTable<Site>(recorder.siteCount);
  for (let i = 0; i < recorder.siteCount; i++) {
    const collectors = image.list();
    const site = new Site(collectors, image.list());
    for (let links = image.int(); links > 0; links--) {
      const joint = joints[image.int()]!;
      site.joints = new JointLink(joint, image.int(), COUNTS_WAITING, site.joints);
    }
    recorder.sites[i] = site;
  }
  recorder.arrival = image.hook();
  recorder.exit = image.hook();
  const outcomes = image.list();
  if (outcomes.count > 0) recorder.outcomes = outcomes;
  recorder.makeRoom();
}
