import { value } from './evaluator.ts';
import { FAULT_ARRIVAL_TIME } from './faults.ts';
import { Ints, newDoubles, newInts } from './platform.ts';
import { Cohort, Run } from './run.ts';
import { f64, i32 } from './scalars.ts';

const SHOWS_STREAM: i32 = 0x53484f57;

/**
 * Makes of a cohort's booked times the times at which those who come arrive, in the order of these; the number of a
 * patient is that of the booked time, so that whoever does not come changes nobody else's luck.
 */
export function bookArrivals(run: Run, cohort: Cohort): void {
  const booked = cohort.times;
  const times = newDoubles(cohort.timeCount);
  const order = newInts(cohort.timeCount);
  let count = 0;
  for (let i = 0; i < cohort.timeCount; i++) {
    const shows = value(run, cohort.first, i, cohort.hash, 0, 0);
    run.random.address(i, cohort.hash, SHOWS_STREAM, 0);
    if (!(run.random.uniform() < shows)) continue;
    const late = value(run, cohort.arrival, i, cohort.hash, 0, 0);
    if (isNaN(late)) run.fail(FAULT_ARRIVAL_TIME, cohort.index, 0);
    const time: f64 = booked[i]! + late;
    times[i] = time > 0 ? time : 0;
    order[count] = i;
    count++;
  }
  let from = order;
  let to = newInts(cohort.timeCount);
  for (let width = 1; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = start + width < count ? start + width : count;
      const end = start + 2 * width < count ? start + 2 * width : count;
      let a = start;
      let b = middle;
      for (let i = start; i < end; i++) {
        const second = a >= middle || (b < end && times[from[b]!]! < times[from[a]!]!);
        to[i] = second ? from[b]! : from[a]!;
        if (second) b++;
        else a++;
      }
    }
    const spare: Ints = from;
    from = to;
    to = spare;
  }
  const arrivals = newDoubles(count);
  for (let i = 0; i < count; i++) arrivals[i] = times[from[i]!]!;
  cohort.times = arrivals;
  cohort.timeCount = count;
  cohort.numbers = from;
}
