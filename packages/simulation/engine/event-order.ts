import type { Doubles } from './platform.ts';
import { i32 } from './scalars.ts';

/** Doubles of an event, side by side: its time, its key and what it is. */
export const TRIPLE: i32 = 3;

/** The place of the first of four events that stand side by side, where some times are equal: of these, the least key. */
export function firstOfFour(events: Doubles, first: i32): i32 {
  let best = first;
  for (let i = 1; i < 4; i++) {
    const at = first + i * TRIPLE;
    const time = events[at]!;
    const least = events[best]!;
    if (time < least || (time === least && events[at + 1]! < events[best + 1]!)) best = at;
  }
  return best;
}
