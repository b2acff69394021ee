import * as census from '../../engine/joint-census.js';
import { wholeAmount } from '../../engine/evaluator.js';
import * as recorder from '../../engine/recorder.js';
import * as run from '../../engine/run.js';
import type { InputArrivals, InputNeed, SimulationInput } from '../input/types.js';
import type { InputExpression } from '../input/expression-types.js';
import { type Collector } from '../statistics/collectors.js';
import { countedFacilities } from '../statistics/counted.js';
import { mostOwnUnits } from '../input/step-functions.js';
import { type ControlCode, writeControl } from './control-image.js';
import { constantOf } from './expression-code.js';
import { ImageWriter, type ProgramImage } from './image.js';
import type { Program } from './program.js';
import { detoursOf, plainPools, shortcutsOf } from './shortcuts.js';

/** Words of a cohort's expressions; `attributes` are pairs of an attribute and its code. */
export interface CohortCode {
  readonly hash: number;
  readonly priority: number;
  readonly attributes: readonly number[];
  readonly arrival: number;
  readonly first: number;
  readonly group: number;
}

/** Codes of a stock's amounts and times. */
export interface StockCode {
  readonly hash: number;
  /** Amounts of the deliveries. */
  readonly deliveries: readonly number[];
  /** Amounts of the orders, and times until they are there. */
  readonly orders: readonly { readonly amount: number; readonly after: number }[];
}

export interface BreakdownCode {
  readonly every: number;
  readonly lasts: number;
  readonly hash: number;
}

/** Everything that the engine is told. */
export interface ProgramParts extends Omit<Program, 'image'> {
  readonly code: Int32Array;
  readonly constants: readonly number[];
  /** Queue levels: the distinct priorities, lowest number first; empty when they are not known before the run. */
  readonly levels: Float64Array;
  /** Places in the code that hold the word to which an instruction goes. */
  readonly jumps: readonly number[];
  readonly visitSlots: number;
  readonly cohorts: readonly CohortCode[];
  readonly breakdowns: readonly BreakdownCode[];
  readonly stocks: readonly StockCode[];
  /** Pairs of an activity where patients gather by a timetable and the constant with the time between departures. */
  readonly departures: readonly number[];
  readonly control: ControlCode;
}

const ARRIVAL_KINDS: Readonly<Record<InputArrivals['kind'], number>> = {
  none: run.ARRIVE_NEVER,
  renewal: run.ARRIVE_BY_RENEWAL,
  poisson: run.ARRIVE_AT_RATE,
  batch: run.ARRIVE_IN_BATCHES,
  recorded: run.ARRIVE_AS_RECORDED,
  appointments: run.ARRIVE_BY_APPOINTMENT,
};

const TESTS: Readonly<Record<string, number>> = {
  '<': recorder.TEST_LESS,
  '<=': recorder.TEST_AT_MOST,
  '>': recorder.TEST_MORE,
  '>=': recorder.TEST_AT_LEAST,
  '=': recorder.TEST_EQUAL,
};

/** The image of a program; its parts come in the order in which the engine's readImage reads them. */
export function programImage(parts: ProgramParts): ProgramImage {
  const { input, classes } = parts;
  const to = new ImageWriter();
  to.int(input.slots, input.registers, Math.max(1, ...classes.map((c) => c.needs.length)));
  to.int(input.attributes.length, parts.visitSlots, parts.table.collectors.length, input.clocks?.length ?? 0);
  to.int(input.pools.length, classes.length);
  writeGrid(to, parts);
  to.list(parts.code);
  const pools = classPools(parts);
  const plain = plainPools(input, classes, pools);
  const steady = input.cohorts.every((cohort) => !looksAtState(cohort.priority));
  to.list(shortcutsOf({ ...parts, steady }, plain));
  to.list(detoursOf(parts));
  to.int(parts.constants.length);
  to.numbers(parts.constants);
  to.int(parts.levels.length);
  to.numbers(parts.levels);
  writeFacilities(to, parts);
  writePools(to, parts, pools, plain);
  writeClasses(to, parts, pools);
  writeCohorts(to, parts);
  writeRecorder(to, parts);
  to.list(input.present.flatMap(({ flow, instruction, count }) => [flow, parts.wordOf[instruction]!, count]));
  writeStocks(to, parts);
  to.list(parts.departures);
  writeConversions(to, input);
  writeControl(to, parts, parts.control);
  return to.image();
}

function writeGrid(to: ImageWriter, { grid, input, batches }: ProgramParts): void {
  to.number(grid.tick, input.warmUp);
  to.int(grid.ticks, grid.ticksPerSlot, grid.slots, Number(grid.weekly), batches.length);
  // Each batch begins where the one before it ends, whatever rounding says.
  to.numbers(batches.map((_, i) => batches[i + 1]?.input.warmUp ?? input.warmUp + input.run));
  for (const batch of batches) to.ints(batch.grid.hours);
}

/** What a joint census counts of a facility. */
const COUNTED = {
  census: census.COUNTS_BUSY,
  queue: census.COUNTS_WAITING,
  capacity: census.COUNTS_CAPACITY,
} as const;

function writeFacilities(to: ImageWriter, { input, observables, lines, roles }: ProgramParts): void {
  to.list(observables.map((list) => list.length));
  to.int(roles.length, input.facilities.length + lines.sets.length);
  const links: number[][][] = [...input.facilities, ...lines.sets].map(() => []);
  observables.forEach((list, joint) => {
    list.forEach(({ kind, of }, dimension) => {
      if (kind === 'waiting') return;
      const counting = kind === 'queue' ? lines.facilityOf(of) : of;
      for (const f of counting) links[f]?.push([joint, dimension, COUNTED[kind]]);
    });
  });
  const isCounted = countedFacilities(input);
  const pools: number[][] = input.facilities.map(() => []);
  input.pools.forEach(({ facility }, p) => pools[facility]!.push(p));
  input.facilities.forEach(({ role }, f) => {
    to.int(role === undefined ? -1 : roles.indexOf(role), Number(isCounted[f]), links[f]!.length);
    to.ints(links[f]!.flat());
    to.list(pools[f]!);
  });
  for (const own of links.slice(input.facilities.length)) {
    to.int(-1, 1, own.length);
    to.ints(own.flat());
    to.list([]);
  }
}

/** Pools that may meet a need. */
function poolsOf(input: SimulationInput, need: InputNeed): number[] {
  return need.of.flatMap((target) => input.targets[target]?.members.map((member) => member.pool) ?? []);
}

/** Pools that a class involves, in ascending order. */
function classPools({ input, classes }: ProgramParts): number[][] {
  return classes.map((c) => [...new Set(c.needs.flatMap((need) => poolsOf(input, need)))].sort((a, b) => a - b));
}

/** Allowances by which others may stand in for what some needs ask for. */
function allowancesOf(input: SimulationInput, needs: readonly InputNeed[]): number[] {
  const all = needs.flatMap(({ of }) => of.flatMap((target) => input.targets[target]?.standIns ?? []));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** Pools that may meet needs, or must help to, while others stand in, and do not else. */
function otherPools(input: SimulationInput, needs: readonly InputNeed[]): number[] {
  const own = new Set(needs.flatMap((need) => poolsOf(input, need)));
  const pools = allowancesOf(input, needs).flatMap((a) => {
    const allowance = input.control?.allowances[a];
    return [...(allowance?.pools ?? []), ...(allowance?.supervision?.pools ?? [])];
  });
  return [...new Set(pools)].filter((pool) => !own.has(pool)).sort((a, b) => a - b);
}

/** How much a need always asks for; -1 where that differs. */
export function fixedAmount(need: InputNeed): number {
  const amount = constantOf(need.amount);
  return amount === undefined ? -1 : wholeAmount(amount);
}

function writePools(
  to: ImageWriter,
  { input, classes, breakdowns }: ProgramParts,
  ofClass: readonly (readonly number[])[],
  plain: readonly boolean[],
): void {
  const byPool: number[][] = input.pools.map(() => []);
  ofClass.forEach((pools, c) => {
    for (const pool of pools) byPool[pool]?.push(c);
  });
  const others = classes.map(({ needs }) => new Set(otherPools(input, needs)));
  input.pools.forEach((pool, p) => {
    const { every, lasts, hash } = breakdowns[p]!;
    const { capacity } = pool;
    const limited = capacity === 'unlimited' ? undefined : capacity;
    to.list(byPool[p]!);
    to.list(byPool[p]!.filter((c) => classes[c]!.big));
    to.list(others.flatMap((pools, c) => (pools.has(p) ? [c] : [])));
    to.steps(limited);
    to.int(every, lasts, hash, every < 0 || limited === undefined ? 0 : mostOwnUnits(input, p));
    to.int(Number(plain[p]));
  });
}

function writeClasses(
  to: ImageWriter,
  { input, classes, lines }: ProgramParts,
  pools: readonly (readonly number[])[],
): void {
  to.int(input.targets.length);
  for (const { members, standIns = [] } of input.targets) {
    to.list(members.map((member) => member.pool));
    to.ints(members.map((member) => member.rank));
    to.list(standIns);
  }
  classes.forEach(({ needs, uniform, amountCode, big, preempts, dynamic, fits, workVisit }, c) => {
    const own = pools[c]!;
    const kept = needs.filter((need) => need.consumes === undefined).map((need) => new Set(poolsOf(input, need)));
    const overlaps = kept.reduce((n, pools) => n + pools.size, 0) > new Set(kept.flatMap((pools) => [...pools])).size;
    const flags = [uniform, big, overlaps, preempts, dynamic, fits >= 0];
    to.int(
      flags.reduce((sum, flag, i) => sum + (flag ? 2 ** i : 0), 0),
      fits,
      needs.length,
    );
    needs.forEach((need, k) => {
      to.int(fixedAmount(need), amountCode[k]!, need.consumes === 'over time' ? workVisit : -2);
      to.int(Number(need.consumes !== undefined));
      to.list(need.of);
    });
    to.list(own);
    to.list(allowancesOf(input, needs));
    to.list(otherPools(input, needs));
    const facilities = [...new Set(own.map((pool) => input.pools[pool]?.facility ?? 0))].sort((a, b) => a - b);
    to.list([...facilities, ...lines.involving(facilities)]);
  });
}

function writeCohorts(to: ImageWriter, { input, cohorts, wordOf }: ProgramParts): void {
  to.int(input.cohorts.length);
  input.cohorts.forEach((cohort, i) => {
    const { arrivals, entries } = cohort;
    const { hash, priority, arrival, first, group, attributes } = cohorts[i]!;
    to.int(hash, ARRIVAL_KINDS[arrivals.kind], priority, Number(!looksAtState(cohort.priority)), arrival, first, group);
    const times = 'at' in arrivals ? arrivals.at : [];
    to.int(times.length);
    to.numbers(times);
    to.steps(arrivals.kind === 'poisson' ? arrivals.rate : undefined);
    to.list(attributes);
    to.list(entries.flatMap((entry) => [entry.flow, wordOf[entry.instruction]!]));
  });
}

function writeStocks(to: ImageWriter, { input, stocks }: ProgramParts): void {
  const count = (list: 'deliveries' | 'orders'): number => stocks.reduce((sum, stock) => sum + stock[list].length, 0);
  to.int(stocks.length, count('deliveries'), count('orders'));
  input.stocks.forEach(({ pool, most, deliveries, orders }, i) => {
    const code = stocks[i]!;
    to.int(pool, code.hash, Math.min(1e9, most ?? 1e9), deliveries.length);
    deliveries.forEach(({ at }, k) => {
      to.int(code.deliveries[k]!, at.length);
      to.numbers(at);
    });
    to.int(orders.length);
    orders.forEach(({ below }, k) => {
      to.number(below);
      to.int(code.orders[k]!.amount, code.orders[k]!.after);
    });
  });
}

function writeConversions(to: ImageWriter, { conversions = [] }: SimulationInput): void {
  to.int(conversions.length);
  for (const { pool, to: target, units, at, until } of conversions) {
    to.int(pool, target, units);
    to.number(at ?? Number.POSITIVE_INFINITY, until ?? Number.POSITIVE_INFINITY);
  }
}

/** Whether an expression depends on more than the patient. */
function looksAtState(expression: InputExpression): boolean {
  switch (expression.op) {
    case 'number':
    case 'attribute':
      return false;
    case 'match':
      return [...expression.cases.map(({ then }) => then), expression.otherwise].some(
        (part) => part !== undefined && looksAtState(part),
      );
    case 'pick':
      return expression.weights.some(looksAtState);
    case 'negate':
    case 'not':
      return looksAtState(expression.of);
    case 'operation':
      return looksAtState(expression.left) || looksAtState(expression.right);
    default:
      return true;
  }
}

function writeRecorder(to: ImageWriter, { input, observables, table, siteInstruction }: ProgramParts): void {
  to.int(table.collectors.length);
  for (const collector of table.collectors) writeCollector(to, input, collector);
  to.int(input.outcomes.length + 1, input.flows.length);
  to.ints(input.flows.map(({ cohort }) => cohort));
  to.int(input.activities.length);
  input.activities.forEach((_, a) => {
    to.hook(table.request[a]);
    to.hook(table.start[a]);
    to.hook(table.end[a]);
    to.int(clockOf(input, a, 'end'), clockOf(input, a, 'wait'));
  });
  to.int(siteInstruction.length);
  table.waits.forEach((collectors, site) => {
    to.list(collectors ?? []);
    to.list(table.recentWaits[site] ?? []);
    const links = observables.flatMap((list, joint) =>
      list.flatMap(({ kind, of }, dimension) =>
        kind === 'waiting' && of.includes(siteInstruction[site]!) ? [[joint, dimension]] : [],
      ),
    );
    to.int(links.length);
    to.ints(links.flat());
  });
  to.hook(table.arrival);
  to.hook(table.exit);
  to.list(table.outcomes.flatMap(({ collector, outcome }) => [collector, outcome]));
}

/** The clock that remembers something of an activity; -1 for none. */
function clockOf({ clocks = [], control }: SimulationInput, activity: number, of: 'end' | 'wait'): number {
  const own = clocks.findIndex((clock) => clock.activity === activity && clock.of === of);
  if (own >= 0) return own;
  // What stands for a place leaves its traces.
  const place = control?.standIns.find((each) => (of === 'end' ? each.last : each.first) === activity)?.activity;
  return place === undefined ? -1 : clocks.findIndex((clock) => clock.activity === place && clock.of === of);
}

function writeCollector(to: ImageWriter, input: SimulationInput, collector: Collector): void {
  const { cohorts, by, categories, test } = collector;
  to.int(cohorts === undefined ? 0 : 1);
  if (cohorts !== undefined) to.list(input.cohorts.map((_, c) => Number(cohorts.includes(c))));
  to.int(by);
  const groupOf = new Int32Array(by < 0 ? 0 : input.categories.length);
  categories.forEach((category, i) => (groupOf[category] = i + 1));
  to.list(groupOf);
  to.int(test === undefined ? recorder.TEST_NONE : (TESTS[test.operator] ?? recorder.TEST_EQUAL));
  to.number(test?.limit ?? 0);
  to.int(categories.length + 1);
}
