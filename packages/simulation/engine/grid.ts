import { DoubleWriter } from './arrays.ts';
import { Doubles, fillDoubles, Ints, newDoubles, newInts } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/** Hours of a week. */
export const HOURS: i32 = 168;

/** The edges in time at which a census is booked: ticks, slots of the series, and hours of the week. */
export class Grid {
  tick: f64 = 0;
  ticks: i32 = 0;
  ticksPerSlot: i32 = 0;
  slots: i32 = 0;
  /** Whether the window is long enough for a census by hour of the week. */
  weekly: boolean = false;
  /** Hour of the week (0 = Monday 00:00 local) in which each tick begins. */
  hours: Ints = newInts(0);
  /** When the window begins and ends; of a run in batches, that of the batch. */
  warmUp: f64 = 0;
  end: f64 = 0;
  /** Batches of the run, which come one after the other; the place of the present one. */
  batches: i32 = 1;
  batch: i32 = 0;
  /** When each of them ends, and the hours of the week of their ticks, one batch after the other. */
  batchEnds: Doubles = newDoubles(0);
  batchHours: Ints = newInts(0);
  /** The time that it is. */
  now: f64 = 0;
  /** Whether a joint census has more combinations than it can count. */
  full: boolean = false;
  /** Number of facilities, and by hour of the week and facility the time in use and that of waiting requests. */
  facilities: i32 = 0;
  byHour: Doubles = newDoubles(0);
  /** By slot and facility, what the slot added to the integrals: units in use, requests that wait, capacity. */
  series: Doubles = newDoubles(0);

  /**
   * Makes room for the census by hour and the series: what is booked at the same time lies together, however many
   * facilities there are.
   */
  makeRoom(facilities: i32): void {
    this.facilities = facilities;
    if (this.weekly) this.byHour = newDoubles(2 * HOURS * facilities);
    this.series = newDoubles(3 * this.slots * facilities);
  }

  /** Where the first of the batches lies, or the next once that has begun; only while there is one. */
  goToBatch(batch: i32): void {
    this.batch = batch;
    if (batch > 0) this.warmUp = this.batchEnds[batch - 1]!;
    this.end = this.batchEnds[batch]!;
    for (let i = 0; i < this.ticks; i++) this.hours[i] = this.batchHours[batch * this.ticks + i]!;
    if (this.weekly) fillDoubles(this.byHour, 0, 0, 2 * HOURS * this.facilities);
  }

  /** Adds time in use and that of waiting requests to what an hour of the week has of a facility. */
  bookHour(hour: i32, facility: i32, busy: f64, waiting: f64): void {
    const byHour = this.byHour;
    const place = this.placeOfHour(hour, facility);
    byHour[place] = byHour[place]! + busy;
    byHour[place + 1] = byHour[place + 1]! + waiting;
  }

  /** Notes what a slot added to the integrals of a facility. */
  bookSlot(slot: i32, facility: i32, busy: f64, waiting: f64, capacity: f64): void {
    const series = this.series;
    const place = this.placeOfSlot(slot, facility);
    series[place] = busy;
    series[place + 1] = waiting;
    series[place + 2] = capacity;
  }

  /** What was booked of a facility: each integral slot by slot, then each hour of the week. */
  report(facility: i32, to: DoubleWriter): void {
    for (let what = 0; what < 3; what++) {
      for (let slot = 0; slot < this.slots; slot++) to.put(this.series[this.placeOfSlot(slot, facility) + what]!);
    }
    const hours = this.weekly ? HOURS : 0;
    for (let hour = 0; hour < hours; hour++) to.put(this.byHour[this.placeOfHour(hour, facility)]!);
    for (let hour = 0; hour < hours; hour++) to.put(this.byHour[this.placeOfHour(hour, facility) + 1]!);
  }

  private placeOfHour(hour: i32, facility: i32): i32 {
    return 2 * (hour * this.facilities + facility);
  }

  private placeOfSlot(slot: i32, facility: i32): i32 {
    return 3 * (slot * this.facilities + facility);
  }
}
