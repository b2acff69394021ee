import { byId, hasLookup } from './by-id.js';
import type { NamedNumber } from './elements.js';

const tables = new WeakMap<readonly NamedNumber[], ReadonlyMap<string, NamedNumber>>();

/** The named number with an id. The index is kept for as long as the list lives, so that many look-ups stay cheap. */
export function lookUpNumber(numbers: readonly NamedNumber[], id: string): NamedNumber | undefined {
  if (hasLookup(numbers)) return byId(numbers, id);
  const known = tables.get(numbers);
  if (known !== undefined) return known.get(id);
  const table = new Map(numbers.map((number) => [number.id, number] as const));
  // Only a frozen list cannot change under its index.
  if (Object.isFrozen(numbers)) tables.set(numbers, table);
  return table.get(id);
}
