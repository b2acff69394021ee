import type { Model } from '@pathway/model';

/**
 * A model in which everything that is as it was in an earlier one is the same object as there, lists included, so that
 * what was found out about it is found again.
 */
export function sharedParts(before: Model | undefined, now: Model): Model {
  if (before === undefined) return now;
  const old = new Map<string, unknown>(Object.entries(before));
  const lists = Object.entries(now).map(([name, value]: [string, unknown]) => {
    const known = old.get(name);
    return [name, Array.isArray(value) && Array.isArray(known) ? sharedList(known, value) : value] as const;
  });
  return Object.assign({ ...now }, Object.fromEntries(lists));
}

function sharedList(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const byId = new Map(before.map((each) => [idOf(each), each]));
  const shared = now.map((each) => {
    const known = byId.get(idOf(each));
    return known !== undefined && isSame(known, each) ? known : each;
  });
  return shared.length === before.length && shared.every((each, index) => each === before[index]) ? before : shared;
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  if (left.length !== right.length) return false;
  return left.every(([key, value]: [string, unknown]) => Object.hasOwn(b, key) && isSame(value, Reflect.get(b, key)));
}
