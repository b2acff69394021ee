import type { TeamLoad } from '../src/team-load.js';
import { insert, randomNumbers } from './time-varying-queue.js';

/** Work of several sizes that comes at random to so many people, each piece lasting an exponential time of mean 1. */
export interface TeamQueue {
  readonly loads: readonly TeamLoad[];
  readonly people: number;
  readonly patients: number;
  readonly seed: number;
}

/** The share of pieces of work that cannot begin at once, first come, first served, from a simulation written for this alone. */
export function teamQueue({ loads, people, patients, seed }: TeamQueue): number {
  const random = randomNumbers(seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  const rates = loads.map(({ size, load }) => load / size);
  const rate = rates.reduce((sum, each) => sum + each, 0);
  const ends: number[] = [];
  const freed = new Map<number, number>();
  const queue: number[] = [];
  let free = people;
  let delayed = 0;
  let now = 0;
  const begin = (size: number): void => {
    free -= size;
    const end = now + exponential(1);
    insert(ends, end);
    freed.set(end, size);
  };
  for (let patient = 0; patient < patients; patient += 1) {
    const arrival = now + exponential(1 / rate);
    for (let end = ends[0]; end !== undefined && end <= arrival; end = ends[0]) {
      ends.shift();
      now = end;
      free += freed.get(end) ?? 0;
      freed.delete(end);
      while (queue.length > 0 && queue[0]! <= free) begin(queue.shift()!);
    }
    now = arrival;
    let pick = random() * rate;
    const size = loads[rates.findIndex((each) => (pick -= each) < 0)]?.size ?? loads[0]!.size;
    if (queue.length === 0 && size <= free) {
      begin(size);
    } else {
      delayed += 1;
      queue.push(size);
    }
  }
  return delayed / patients;
}
