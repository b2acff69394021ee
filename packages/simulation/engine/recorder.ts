import { DoubleWriter, IntList } from './arrays.ts';
import { Facility } from './facility.ts';
import { Grid, HOURS } from './grid.ts';
import { JointLink } from './joint-census.ts';
import { Recent } from './signals.ts';
import { Doubles, fillDoubles, newDoubles, newNulls, newTable, Table, unsigned, whole } from './platform.ts';
import { Population } from './population.ts';
import { Sample } from './sample.ts';
import { f64, i32 } from './scalars.ts';
import { Patient } from './tokens.ts';

/** Comparisons of shares. */
export const TEST_NONE: i32 = 0;
export const TEST_LESS: i32 = 1;
export const TEST_AT_MOST: i32 = 2;
export const TEST_MORE: i32 = 3;
export const TEST_AT_LEAST: i32 = 4;
export const TEST_EQUAL: i32 = 5;

/** Collects the observations of one indicator (or of the measure inside a share), overall and by group. */
export class Collector {
  /** By cohort, whether its patients count; null where all do. */
  readonly cohorts: IntList | null;
  /** Attribute that observations are grouped by; -1 for none. */
  readonly by: i32;
  /** Place in `samples` of each category of the input; 0 for those that are not told apart. */
  readonly groupOf: IntList;
  /** For shares: the comparison that an observation is to meet; it then counts as 1, else as 0. */
  readonly test: i32;
  readonly limit: f64;
  /** The first is overall. */
  readonly sampleCount: i32;
  readonly samples: Table<Sample>;

  constructor(cohorts: IntList | null, by: i32, groupOf: IntList, test: i32, limit: f64, sampleCount: i32) {
    this.cohorts = cohorts;
    this.by = by;
    this.groupOf = groupOf;
    this.test = test;
    this.limit = limit;
    this.sampleCount = sampleCount;
    this.samples = newTable<Sample>(sampleCount);
    for (let i = 0; i < sampleCount; i++) this.samples[i] = new Sample();
  }

  /** The window begins: what was counted before is forgotten. */
  begin(): void {
    for (let i = 0; i < this.sampleCount; i++) this.samples[i]!.clear();
  }

  counts(cohort: i32): boolean {
    const cohorts = this.cohorts;
    return cohorts === null || cohorts.at[cohort]! === 1;
  }

  observation(value: f64): f64 {
    switch (this.test) {
      case TEST_NONE:
        return value;
      case TEST_LESS:
        return value < this.limit ? 1 : 0;
      case TEST_AT_MOST:
        return value <= this.limit ? 1 : 0;
      case TEST_MORE:
        return value > this.limit ? 1 : 0;
      case TEST_AT_LEAST:
        return value >= this.limit ? 1 : 0;
      default:
        return value === this.limit ? 1 : 0;
    }
  }
}

/** What happens at a moment: ends of measured times at which to observe, and starts to remember. Both name collectors. */
export class Hook {
  readonly remember: IntList;
  readonly observe: IntList;
  /** What is watched counts such moments. */
  readonly recents: IntList;

  constructor(remember: IntList, observe: IntList, recents: IntList) {
    this.remember = remember;
    this.observe = observe;
    this.recents = recents;
  }
}

/** What is counted of an activity. */
export class Activity {
  // What nearly every event changes comes first.
  durationSum: f64 = 0;
  completions: i32 = 0;
  waits: i32 = 0;
  waitSum: f64 = 0;
  starts: i32 = 0;
  gaveUp: f64 = 0;
  /** Times of work below 0, which took no time instead; since time 0, since one of them says that the model is wrong. */
  negative: f64 = 0;
  request: Hook | null = null;
  start: Hook | null = null;
  end: Hook | null = null;
  /** Clocks that remember its last end and its last wait; -1 for none. */
  endClock: i32 = -1;
  waitClock: i32 = -1;

  /** Forgets what was before: the window begins. */
  begin(): void {
    this.starts = 0;
    this.completions = 0;
    this.waits = 0;
    this.waitSum = 0;
    this.durationSum = 0;
    this.gaveUp = 0;
  }
}

/** A request instruction: what waited there, and the collectors of its waits. */
export class Site {
  /** Cut at the window. */
  waiting: f64 = 0;
  readonly collectors: IntList;
  /** What is watched looks at its waits. */
  readonly recents: IntList;
  /** Where those who wait here are counted together with other things. */
  joints: JointLink | null = null;

  constructor(collectors: IntList, recents: IntList) {
    this.collectors = collectors;
    this.recents = recents;
  }
}

/** What is counted of a cohort's way through a pathway. */
export class Flow {
  readonly cohort: i32;
  arrivals: f64 = 0;
  exits: f64 = 0;
  /** Those who left and whose arrival is known, and the times between. */
  stays: f64 = 0;
  staySum: f64 = 0;
  inSystem: i32 = 0;
  inSystemTime: f64 = 0;
  stayByPatient: f64 = 0;
  inSystemAtStart: f64 = 0;
  last: f64 = 0;
  /** By outcome; the last is for those who left without one. */
  readonly outcomes: Doubles;

  constructor(cohort: i32, outcomes: i32) {
    this.cohort = cohort;
    this.outcomes = newDoubles(outcomes);
  }

  /** The window begins: what was counted before is forgotten, who is here stays. */
  begin(now: f64, outcomes: i32): void {
    this.arrivals = 0;
    this.exits = 0;
    this.stays = 0;
    this.staySum = 0;
    this.inSystemTime = 0;
    this.stayByPatient = 0;
    this.inSystemAtStart = this.inSystem;
    this.last = now;
    fillDoubles(this.outcomes, 0, 0, outcomes);
  }

  change(by: i32, now: f64): void {
    this.inSystemTime += this.inSystem * (now - this.last);
    this.last = now;
    this.inSystem += by;
  }
}

/**
 * Everything that a run counts; what was counted before the window is forgotten when that begins. Times that end and waits whose work begins in the window count whole; busy time is cut
 * at the window's edges. The window is half-open: its first instant belongs to it, its last does not.
 */
export class Recorder {
  readonly population: Population;
  readonly grid: Grid;
  active: boolean = false;
  windowStart: f64 = 0;
  stepCost: f64 = 0;
  activityCount: i32 = 0;
  activities: Table<Activity> = newTable<Activity>(0);
  siteCount: i32 = 0;
  sites: Table<Site> = newTable<Site>(0);
  flowCount: i32 = 0;
  flows: Table<Flow> = newTable<Flow>(0);
  outcomeColumns: i32 = 1;
  collectorCount: i32 = 0;
  collectors: Table<Collector> = newTable<Collector>(0);
  arrival: Hook | null = null;
  exit: Hook | null = null;
  /** Pairs of a collector and the outcome that it counts. */
  outcomes: IntList | null = null;
  /** What is watched of the last hours. */
  recents: Table<Recent> = newTable<Recent>(0);
  /** Staff-seconds by activity and role, 168 hours each. */
  roles: i32 = 0;
  work: Table<Doubles | null> = newNulls<Doubles>(0);

  constructor(population: Population, grid: Grid) {
    this.population = population;
    this.grid = grid;
  }

  /** Room for the work of all activities and roles, once they are known. */
  makeRoom(): void {
    this.work = newNulls<Doubles>(this.activityCount * this.roles);
  }

  /** The window begins: what was counted before is forgotten, who is here stays. The census is begun by itself. */
  begin(now: f64): void {
    this.active = true;
    this.windowStart = now;
    this.stepCost = 0;
    for (let i = 0; i < this.activityCount; i++) this.activities[i]!.begin();
    for (let i = 0; i < this.siteCount; i++) this.sites[i]!.waiting = 0;
    for (let i = 0; i < this.flowCount; i++) {
      this.flows[i]!.begin(now, this.outcomeColumns);
    }
    for (let i = 0; i < this.collectorCount; i++) this.collectors[i]!.begin();
    const length = this.activityCount * this.roles;
    for (let i = 0; i < length; i++) {
      const hours = this.work[i] as Doubles | null;
      if (hours !== null) fillDoubles(hours, 0, 0, HOURS);
    }
  }

  arrived(flow: i32, now: f64): void {
    const counts = this.flows[flow]!;
    counts.change(1, now);
    if (this.active) counts.arrivals += 1;
  }

  left(patient: Patient, now: f64): void {
    const flow = this.flows[patient.flow]!;
    flow.change(-1, now);
    if (!this.active) return;
    flow.exits += 1;
    if (!patient.wasPresent) {
      flow.stays += 1;
      flow.staySum += now - patient.arrival;
    }
    this.addStay(flow, patient.arrival, now);
    const how = patient.outcome;
    const column = how < 0 ? this.outcomeColumns - 1 : how;
    flow.outcomes[column] = flow.outcomes[column]! + 1;
    const outcomes = this.outcomes;
    if (outcomes === null) return;
    for (let i = 0; i < outcomes.count; i += 2) {
      this.observe(outcomes.at[i]!, patient, how === outcomes.at[i + 1]! ? 1 : 0);
    }
  }

  /** A moment in a patient's way: times that end here are observed, then times that begin here are remembered. */
  moment(hook: Hook, patient: Patient, now: f64): void {
    if (hook.recents.count > 0) this.noteRecent(hook.recents, patient, 1, now);
    const base = patient.moments;
    const moment = this.population.moment;
    const ends = hook.observe;
    for (let i = 0; i < ends.count; i++) {
      const collector = ends.at[i]!;
      const since = moment[base + collector]!;
      if (isNaN(since)) continue;
      moment[base + collector] = NaN;
      if (this.active) this.observe(collector, patient, now - since);
    }
    const begins = hook.remember;
    for (let i = 0; i < begins.count; i++) moment[base + begins.at[i]!] = now;
  }

  /** A request was met. @param site -1 where nothing is collected of it */
  waited(site: i32, activity: i32, patient: Patient, since: f64, now: f64): void {
    const wait = now - since;
    const counts = this.activities[activity]!;
    if (counts.waitClock >= 0) this.population.clock[patient.clocks + counts.waitClock] = wait;
    counts.waits++;
    counts.waitSum += wait;
    if (site < 0) return;
    const recents = this.sites[site]!.recents;
    if (recents.count > 0) this.noteRecent(recents, patient, wait, now);
    if (!this.active) return;
    const collectors = this.sites[site]!.collectors;
    for (let i = 0; i < collectors.count; i++) this.observe(collectors.at[i]!, patient, wait);
  }

  private noteRecent(list: IntList, patient: Patient, value: f64, now: f64): void {
    for (let i = 0; i < list.count; i++) {
      const recent = this.recents[list.at[i]!]!;
      if (recent.cohort >= 0 && recent.cohort !== patient.cohort) continue;
      if (recent.outcome < 0 || recent.outcome === patient.outcome) recent.add(value, now);
    }
  }

  /** The part of a time that lies in the window. */
  // @inline
  inWindow(since: f64, now: f64): f64 {
    return now - (since > this.windowStart ? since : this.windowStart);
  }

  /** Units were given back (or the window ended): so many, kept since then for an activity. */
  kept(facility: Facility, activity: i32, units: i32, since: f64, now: f64): void {
    const from = since > this.windowStart ? since : this.windowStart;
    facility.serviceByGrant += units * (now - from);
    if (facility.role >= 0) this.keptStaff(facility, activity, units, from, now);
  }

  /** As kept, what is counted of staff alone. @param from within the window */
  keptStaff(facility: Facility, activity: i32, units: i32, from: f64, now: f64): void {
    if (this.active && now > from) this.addWork(activity, facility.role, units, from, now);
  }

  /** An activity began. */
  started(activity: i32, patient: Patient, now: f64): void {
    const counts = this.activities[activity]!;
    counts.starts++;
    const hook = counts.start;
    if (hook !== null) this.moment(hook, patient, now);
  }

  /** An activity ended. */
  ended(activity: i32, patient: Patient, since: f64, now: f64): void {
    const counts = this.activities[activity]!;
    counts.completions++;
    counts.durationSum += now - since;
    if (counts.endClock >= 0) this.population.clock[patient.clocks + counts.endClock] = now;
    const hook = counts.end;
    if (hook !== null) this.moment(hook, patient, now);
  }

  spent(amount: f64): void {
    if (this.active) this.stepCost += amount;
  }

  /** A patient who is still here when the window ends. */
  stillHere(patient: Patient): void {
    this.addStay(this.flows[patient.flow]!, patient.arrival, this.grid.end);
  }

  finish(): void {
    for (let i = 0; i < this.flowCount; i++) this.flows[i]!.change(0, this.grid.end);
  }

  /** All that was counted but the census, in the order in which statistics/run-record.ts reads it. */
  report(to: DoubleWriter): void {
    to.put(this.stepCost);
    for (let i = 0; i < this.activityCount; i++) {
      const activity = this.activities[i]!;
      to.put(unsigned(activity.starts));
      to.put(unsigned(activity.completions));
      to.put(unsigned(activity.waits));
      to.put(activity.waitSum);
      to.put(activity.durationSum);
      to.put(activity.gaveUp);
      to.put(activity.negative);
    }
    for (let i = 0; i < this.siteCount; i++) to.put(this.sites[i]!.waiting);
    for (let i = 0; i < this.flowCount; i++) {
      const flow = this.flows[i]!;
      to.put(flow.arrivals);
      to.put(flow.exits);
      to.put(flow.stays);
      to.put(flow.staySum);
      to.put(flow.inSystem);
      to.put(flow.inSystemTime);
      to.put(flow.stayByPatient);
      to.put(flow.inSystemAtStart);
      to.putAll(flow.outcomes, 0, this.outcomeColumns);
    }
    for (let i = 0; i < this.collectorCount; i++) {
      const collector = this.collectors[i]!;
      for (let k = 0; k < collector.sampleCount; k++) collector.samples[k]!.report(to);
    }
    this.reportWork(to);
  }

  private reportWork(to: DoubleWriter): void {
    const length = this.activityCount * this.roles;
    let filled = 0;
    for (let i = 0; i < length; i++) if (wasWorked(this.work[i] as Doubles | null)) filled++;
    to.put(filled);
    for (let i = 0; i < length; i++) {
      const hours = this.work[i] as Doubles | null;
      if (!wasWorked(hours)) continue;
      to.put(i);
      to.putAll(hours!, 0, HOURS);
    }
  }

  private addStay(flow: Flow, since: f64, now: f64): void {
    flow.stayByPatient += this.inWindow(since, now);
  }

  private observe(place: i32, patient: Patient, value: f64): void {
    const collector = this.collectors[place]!;
    if (!collector.counts(patient.cohort)) return;
    const observation = collector.observation(value);
    collector.samples[0]!.add(observation);
    if (collector.by < 0) return;
    const category = this.population.attribute[patient.attributes + collector.by]!;
    if (!(category >= 0 && category < collector.groupOf.count)) return;
    const known = whole(category);
    if (known !== category) return;
    const group = collector.groupOf.at[known]!;
    if (group > 0) collector.samples[group]!.add(observation);
  }

  private addWork(activity: i32, role: i32, units: i32, from: f64, to: f64): void {
    const key = activity * this.roles + role;
    let hours = this.work[key] as Doubles | null;
    if (hours === null) {
      hours = newDoubles(HOURS);
      this.work[key] = hours;
    }
    const grid = this.grid;
    let t = from;
    while (t < to) {
      // Ticks are at most an hour long and the window begins one, so each lies in one hour of the week or begins it.
      const tick = whole(Math.floor((t - this.windowStart) / grid.tick + 1e-9));
      const next = this.windowStart + (tick + 1) * grid.tick;
      const edge = to < next ? to : next;
      const hour = grid.hours[tick < grid.ticks ? tick : grid.ticks - 1]!;
      const until = edge > t ? edge : to;
      hours[hour] = hours[hour]! + units * (until - t);
      t = until;
    }
  }
}

/** Whether there was any of a role's work for an activity in the window; there may have been in an earlier one. */
function wasWorked(hours: Doubles | null): boolean {
  if (hours === null) return false;
  for (let hour = 0; hour < HOURS; hour++) if (hours[hour]! > 0) return true;
  return false;
}
