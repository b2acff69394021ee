import type { Model } from '@pathway/model';
import type { Difference } from './difference.js';
import { type Assembled, flatten, ROOT, unflatten } from './flatten.js';
import type { Json, JsonObject } from './json.js';

/**
 * The later model, made of the earlier one and what differs: all that it means, without origins and documentation.
 * @throws RangeError where the difference does not belong to the model
 */
export function applyDifference(before: Model, { edits }: Pick<Difference, 'edits'>): JsonObject {
  const flat = flatten(before);
  const rekeyed = new Map(edits.rekeyed);
  const removed = new Set(edits.removed);
  const laterKey = (key: string): string => rekeyed.get(key) ?? key;
  const made = new Map<string, { shell: Record<string, Json>; slots: Map<string, readonly string[]> }>();
  for (const element of flat.values()) {
    if (removed.has(element.key)) continue;
    const slots = new Map<string, readonly string[]>();
    for (const [slot, children] of element.slots)
      slots.set(slot, children.filter((key) => !removed.has(key)).map(laterKey));
    made.set(laterKey(element.key), { shell: { ...element.shell }, slots });
  }
  for (const { key, shell } of edits.added) made.set(key, { shell: { ...shell }, slots: new Map() });
  const at = (key: string): { shell: Record<string, Json>; slots: Map<string, readonly string[]> } => {
    const element = made.get(key);
    if (element === undefined) throw new RangeError(`the difference is about ${key}, which the model does not have`);
    return element;
  };
  for (const { element, property, value } of edits.set) {
    const { shell } = at(element);
    if (value === undefined) Reflect.deleteProperty(shell, property);
    else shell[property] = value;
  }
  for (const { element, slot, children } of edits.slots) at(element).slots.set(slot, children);
  const finished: ReadonlyMap<string, Assembled> = made;
  return unflatten(finished, ROOT);
}
