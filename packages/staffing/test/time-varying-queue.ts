/** A queue M(t)/M/s(t) with a day that repeats; work begun when people leave is finished. */
export interface TimeVaryingQueue {
  /** Arrivals an hour at an hour of the day. */
  readonly perHour: (hour: number) => number;
  readonly mostPerHour: number;
  readonly serviceHours: number;
  /** People on duty in each of 24 hours. */
  readonly cover: readonly number[];
  readonly days: number;
  readonly seed: number;
}

/** The share of those who arrive in each hour of the day and find nobody free, from a simulation written for this alone. */
export function delayByHour(queue: TimeVaryingQueue): readonly number[] {
  const random = randomNumbers(queue.seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  const ends: number[] = [];
  const arrived = new Array<number>(24).fill(0);
  const delayed = new Array<number>(24).fill(0);
  let waiting = 0;
  const onDuty = (time: number): number => queue.cover[Math.floor(time) % 24] ?? 0;
  const begin = (time: number): void => {
    while (waiting > 0 && ends.length < onDuty(time)) {
      waiting -= 1;
      insert(ends, time + exponential(queue.serviceHours));
    }
  };
  let arrival = exponential(1 / queue.mostPerHour);
  let change = 1;
  const last = queue.days * 24;
  while (arrival < last) {
    const end = ends[0] ?? Number.POSITIVE_INFINITY;
    if (change <= Math.min(arrival, end)) {
      begin(change);
      change += 1;
    } else if (end <= arrival) {
      ends.shift();
      begin(end);
    } else {
      const hour = Math.floor(arrival) % 24;
      if (random() * queue.mostPerHour < queue.perHour(arrival % 24)) {
        arrived[hour] = (arrived[hour] ?? 0) + 1;
        if (waiting > 0 || ends.length >= onDuty(arrival)) delayed[hour] = (delayed[hour] ?? 0) + 1;
        waiting += 1;
        begin(arrival);
      }
      arrival += exponential(1 / queue.mostPerHour);
    }
  }
  return arrived.map((count, hour) => (count === 0 ? 0 : (delayed[hour] ?? 0) / count));
}

/** Puts a value into its place in a sorted list. */
export function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at -= 1;
  sorted.splice(at, 0, value);
}

/** Numbers between 0 and 1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
