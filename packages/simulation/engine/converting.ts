import { settleOwed } from './capacity.ts';
import { Conversion } from './conversions.ts';
import { CLASS_CAPACITY, EVENT_CONVERSION, KINDS } from './event-heap.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';

/** Makes the conversions that there are from the start, in the order in which they are written, and schedules others. */
export function beginConversions(run: Run): void {
  for (let i = 0; i < run.conversionCount; i++) {
    const conversion = run.conversions[i]!;
    if (!(conversion.at > 0)) convert(run, i);
    else if (conversion.at < run.end) schedule(run, conversion, conversion.at);
  }
  run.pools.clearDirty();
}

function schedule(run: Run, conversion: Conversion, time: f64): void {
  run.heap.push(time, CLASS_CAPACITY, conversion.index * KINDS + EVENT_CONVERSION);
}

/** A conversion begins or ends by the calendar. */
export function convert(run: Run, subject: i32): void {
  const conversion = run.conversions[subject]!;
  if (conversion.begun) {
    convertBack(run, subject);
    return;
  }
  conversion.begun = true;
  if (conversion.until < run.end) schedule(run, conversion, conversion.until);
  convertUnits(run, subject);
}

/** Free units change at once, the others as they are given back; those that are still to change back stay. */
export function convertUnits(run: Run, subject: i32): void {
  const conversion = run.conversions[subject]!;
  const owed = -1 - subject;
  conversion.to.owed.remove(owed);
  for (let i = conversion.done; i < conversion.units; i++) conversion.from.owed.push(owed);
  settleOwed(run, conversion.from);
}

/** As many as did change do so back; what has not changed by now stays what it is. */
export function convertBack(run: Run, subject: i32): void {
  const conversion = run.conversions[subject]!;
  const owed = -1 - subject;
  conversion.from.owed.remove(owed);
  for (let i = 0; i < conversion.done; i++) conversion.to.owed.push(owed);
  settleOwed(run, conversion.to);
}
