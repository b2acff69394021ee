import { byId } from '../../by-id.js';
import { elapsedAt, type StudyCalendar } from '../../calendar.js';
import type { Model } from '../../model.js';
import type { Reading, Signal } from '../watching.js';
import { readingKey, type SeenReading, seenIn } from './reading-value.js';

/** Something that has to be seen from outside for a model to be watched. */
export interface Observable {
  /** What it is called where it is observed, see readingKey. */
  readonly key: string;
  /** A state, what was in the last hours, or a series. */
  readonly reading: SeenReading;
}

/** Whatever the triggers and gauges of a model look at, in the end: through signals to states and series; each once, in order. */
export function observables(model: Model): readonly Observable[] {
  const found = new Map<string, Observable>();
  const open = new Set<string>();
  const add = (reading: Reading): void => {
    for (const seen of seenIn(reading, model)) {
      const key = readingKey(seen, model);
      const reads = seen.kind === 'signal' ? byId(model.signals ?? [], seen.signal)?.reads : undefined;
      if (reads?.kind !== 'measure') {
        if (!found.has(key)) found.set(key, { key, reading: seen });
        continue;
      }
      if (open.has(key)) continue;
      open.add(key);
      add(reads.value);
    }
  };
  for (const { fires, until } of model.triggers ?? []) {
    if (fires.kind === 'condition') add(fires.when);
    if (until !== undefined) add(until);
  }
  for (const { scores } of model.gauges ?? []) for (const { value } of scores) add(value);
  return [...found.values()];
}

/**
 * When a series has which value, as a study counts time: from each moment on, until the next. After the slot of the last
 * value nothing is known, which undefined says; a series with dates holds its last value.
 */
export function seriesSteps(
  { reads }: Signal,
  calendar: StudyCalendar,
): readonly { readonly time: number; readonly value: number | undefined }[] {
  if (reads.kind !== 'series') return [];
  const { values, slot, times } = reads;
  if (times !== undefined) return values.map((value, i) => ({ time: elapsedAt(times[i] ?? '', calendar), value }));
  if (slot === undefined) return [];
  return [...values, undefined].map((value, i) => ({ time: i * slot, value }));
}
