/* eslint-disable @typescript-eslint/prefer-for-of -- these loops run for every event: a counted one over a typed array makes no iterator */
import type { Program } from '../program/program.js';
import type { Population } from '../engine/population.js';
import { HOURS } from './census-grid.js';
import { Census } from './census.js';
import { type CollectorTable, type MomentHook, placeCollectors, probabilitiesOf } from './collectors.js';
import { observableKey } from './collectors.js';
import type { Observable } from './joint-census.js';

/**
 * Everything that a run counts. Times that end and waits whose work begins in the window count whole; busy time is cut
 * at the window's edges. The window is half-open: its first instant belongs to it, its last does not.
 */
export class Recorder {
  readonly census: Census;
  readonly table: CollectorTable;
  /** Distinct lists of observables, in the order of the census' joint tables. */
  readonly observables: readonly (readonly Observable[])[];
  active = false;
  windowStart = 0;

  readonly starts: Float64Array;
  readonly completions: Float64Array;
  readonly waits: Float64Array;
  readonly waitSum: Float64Array;
  readonly durationSum: Float64Array;
  readonly gaveUp: Float64Array;
  readonly stepCost: Float64Array;
  readonly facilityWaits: Float64Array;
  readonly facilityWaited: Float64Array;
  readonly facilityWaitSum: Float64Array;
  /** Little's law: waiting and service time by patients' own clocks, cut at the window. */
  readonly waitingByRequest: Float64Array;
  readonly serviceByGrant: Float64Array;
  readonly requestsServed: Float64Array;
  readonly grantsEnded: Float64Array;
  /** By site: waiting time cut at the window. */
  readonly siteWaiting: Float64Array;
  /** By flow. */
  readonly arrivals: Float64Array;
  readonly exits: Float64Array;
  readonly staySum: Float64Array;
  readonly inSystem: Int32Array;
  readonly inSystemTime: Float64Array;
  readonly stayByPatient: Float64Array;
  readonly inSystemAtStart: Float64Array;
  readonly #inSystemLast: Float64Array;
  /** By flow and outcome; the last column is for those who left without one. */
  readonly outcomeCounts: Float64Array;
  readonly outcomeColumns: number;
  /** Staff-seconds by activity and role, 168 hours each. */
  readonly work = new Map<number, Float64Array>();
  readonly roles: readonly string[];
  readonly #roleOfFacility: Int32Array;
  readonly #population: Population;
  readonly #end: number;

  constructor(program: Program, population: Population) {
    const { input } = program;
    this.#population = population;
    this.#end = input.warmUp + input.run;
    const lists = new Map<string, readonly Observable[]>();
    for (const { observables } of probabilitiesOf(input)) {
      if (observables.length === 0) continue;
      lists.set(observables.map((o) => observableKey(o.kind, o.facilities)).join(';'), observables);
    }
    this.observables = [...lists.values()];
    this.census = new Census(input, program.grid, this.observables);
    this.table = placeCollectors(input, program.siteInstruction);
    const activities = input.activities.length;
    const facilities = input.facilities.length;
    const flows = input.flows.length;
    const doubles = (n: number): Float64Array => new Float64Array(n);
    this.starts = doubles(activities);
    this.completions = doubles(activities);
    this.waits = doubles(activities);
    this.waitSum = doubles(activities);
    this.durationSum = doubles(activities);
    this.gaveUp = doubles(activities);
    this.stepCost = doubles(1);
    this.facilityWaits = doubles(facilities);
    this.facilityWaited = doubles(facilities);
    this.facilityWaitSum = doubles(facilities);
    this.waitingByRequest = doubles(facilities);
    this.serviceByGrant = doubles(facilities);
    this.requestsServed = doubles(facilities);
    this.grantsEnded = doubles(facilities);
    this.siteWaiting = doubles(program.siteCount);
    this.arrivals = doubles(flows);
    this.exits = doubles(flows);
    this.staySum = doubles(flows);
    this.inSystem = new Int32Array(flows);
    this.inSystemTime = doubles(flows);
    this.stayByPatient = doubles(flows);
    this.inSystemAtStart = doubles(flows);
    this.#inSystemLast = doubles(flows);
    this.outcomeColumns = input.outcomes.length + 1;
    this.outcomeCounts = doubles(flows * this.outcomeColumns);
    this.roles = [...new Set(input.facilities.flatMap((f) => (f.role === undefined ? [] : [f.role])))];
    this.#roleOfFacility = Int32Array.from(input.facilities, (f) =>
      f.role === undefined ? -1 : this.roles.indexOf(f.role),
    );
  }

  /** The window begins: what was counted before is forgotten, who is here stays. */
  begin(now: number): void {
    this.active = true;
    this.windowStart = now;
    this.census.begin(now);
    this.#inSystemLast.fill(now);
    this.inSystemTime.fill(0);
    this.inSystem.forEach((count, flow) => {
      this.inSystemAtStart[flow] = count;
    });
  }

  arrived(flow: number, now: number): void {
    this.#changeInSystem(flow, 1, now);
    if (this.active) this.arrivals[flow] = this.arrivals[flow]! + 1;
  }

  left(patient: number, now: number): void {
    const { flow: flows, arrival, outcome, cohort } = this.#population;
    const flow = flows[patient]!;
    this.#changeInSystem(flow, -1, now);
    if (!this.active) return;
    const since = arrival[patient]!;
    this.exits[flow] = this.exits[flow]! + 1;
    this.staySum[flow] = this.staySum[flow]! + (now - since);
    this.#addStay(flow, since, now);
    const how = outcome[patient]!;
    const column = flow * this.outcomeColumns + (how < 0 ? this.outcomeColumns - 1 : how);
    this.outcomeCounts[column] = this.outcomeCounts[column]! + 1;
    for (const each of this.table.outcomes) {
      const collector = this.table.collectors[each.collector];
      if (collector?.cohorts !== undefined && collector.cohorts[cohort[patient]!] !== 1) continue;
      this.#observe(each.collector, patient, how === each.outcome ? 1 : 0);
    }
  }

  /** A moment in a patient's way: times that end here are observed, then times that begin here are remembered. */
  moment(hook: MomentHook, patient: number, now: number): void {
    const { moment, momentCount } = this.#population;
    const base = patient * momentCount;
    for (let i = 0; i < hook.observe.length; i++) {
      const collector = hook.observe[i]!;
      const since = moment[base + collector]!;
      if (Number.isNaN(since)) continue;
      moment[base + collector] = Number.NaN;
      if (this.active) this.#observe(collector, patient, now - since);
    }
    for (let i = 0; i < hook.remember.length; i++) moment[base + hook.remember[i]!] = now;
  }

  /** A request was met. */
  waited(site: number, activity: number, patient: number, since: number, now: number): void {
    if (!this.active) return;
    const wait = now - since;
    this.waits[activity] = this.waits[activity]! + 1;
    this.waitSum[activity] = this.waitSum[activity]! + wait;
    const list = this.table.waits[site];
    if (list === undefined) return;
    for (let i = 0; i < list.length; i++) this.#observe(list[i]!, patient, wait);
  }

  waitedFor(facility: number, wait: number): void {
    if (!this.active) return;
    this.facilityWaits[facility] = this.facilityWaits[facility]! + 1;
    this.facilityWaitSum[facility] = this.facilityWaitSum[facility]! + wait;
    if (wait > 0) this.facilityWaited[facility] = this.facilityWaited[facility]! + 1;
  }

  /** A request left a queue, met or not. */
  leftQueue(facilities: Int32Array, site: number, since: number, now: number): void {
    if (!this.active) return;
    const time = now - (since > this.windowStart ? since : this.windowStart);
    this.siteWaiting[site] = this.siteWaiting[site]! + time;
    for (let i = 0; i < facilities.length; i++) {
      const f = facilities[i]!;
      this.waitingByRequest[f] = this.waitingByRequest[f]! + time;
      this.requestsServed[f] = this.requestsServed[f]! + 1;
    }
  }

  /** Units were given back (or the window ended): so many, kept since then for an activity. */
  kept(facility: number, activity: number, units: number, since: number, now: number): void {
    if (!this.active) return;
    const from = since > this.windowStart ? since : this.windowStart;
    this.serviceByGrant[facility] = this.serviceByGrant[facility]! + units * (now - from);
    this.grantsEnded[facility] = this.grantsEnded[facility]! + 1;
    const role = this.#roleOfFacility[facility]!;
    if (role >= 0 && now > from) this.#addWork(activity, role, units, from, now);
  }

  started(activity: number): void {
    if (this.active) this.starts[activity] = this.starts[activity]! + 1;
  }

  ended(activity: number, since: number, now: number): void {
    if (!this.active) return;
    this.completions[activity] = this.completions[activity]! + 1;
    this.durationSum[activity] = this.durationSum[activity]! + (now - since);
  }

  spent(amount: number): void {
    if (this.active) this.stepCost[0] = this.stepCost[0]! + amount;
  }

  /** A patient who is still here when the window ends. */
  stillHere(patient: number): void {
    const { flow, arrival } = this.#population;
    this.#addStay(flow[patient]!, arrival[patient]!, this.#end);
  }

  finish(): void {
    this.census.finish();
    for (let flow = 0; flow < this.inSystem.length; flow++) this.#changeInSystem(flow, 0, this.#end);
  }

  #addStay(flow: number, since: number, now: number): void {
    const from = since > this.windowStart ? since : this.windowStart;
    this.stayByPatient[flow] = this.stayByPatient[flow]! + (now - from);
  }

  #changeInSystem(flow: number, by: number, now: number): void {
    const count = this.inSystem[flow]!;
    this.inSystemTime[flow] = this.inSystemTime[flow]! + count * (now - this.#inSystemLast[flow]!);
    this.#inSystemLast[flow] = now;
    this.inSystem[flow] = count + by;
  }

  #observe(place: number, patient: number, value: number): void {
    const collector = this.table.collectors[place];
    if (collector === undefined) return;
    const { cohort, attribute, attributeCount } = this.#population;
    if (collector.cohorts !== undefined && collector.cohorts[cohort[patient]!] !== 1) return;
    const observation = collector.test === undefined ? value : collector.test(value) ? 1 : 0;
    collector.samples[0]?.add(observation);
    if (collector.by >= 0) {
      const group = collector.groupOf.get(attribute[patient * attributeCount + collector.by]!);
      if (group !== undefined) collector.samples[group]?.add(observation);
    }
  }

  #addWork(activity: number, role: number, units: number, from: number, to: number): void {
    const key = activity * this.roles.length + role;
    let hours = this.work.get(key);
    if (hours === undefined) {
      hours = new Float64Array(HOURS);
      this.work.set(key, hours);
    }
    const { grid } = this.census;
    let t = from;
    while (t < to) {
      // Ticks are at most an hour long and the window begins one, so each lies in one hour of the week or begins it.
      const tick = Math.floor((t - this.windowStart) / grid.tick + 1e-9);
      const edge = Math.min(to, this.windowStart + (tick + 1) * grid.tick);
      const hour = grid.hours[tick < grid.ticks ? tick : grid.ticks - 1]!;
      hours[hour] = hours[hour]! + units * ((edge > t ? edge : to) - t);
      t = edge > t ? edge : to;
    }
  }
}
