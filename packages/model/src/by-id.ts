const indexes = new WeakMap<object, ReadonlyMap<string, unknown>>();
const lookups = new WeakMap<object, (id: string) => unknown>();

/**
 * The first declaration of a model's list that has the id, in constant time: a list is indexed when it is first asked, so
 * it must not change afterwards (the lists of a model never do).
 */
export function byId<T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined {
  const lookup = lookups.get(list);
  // Whoever gave the list a way to look things up gives its own items.
  if (lookup !== undefined) return lookup(id) as T | undefined;
  // The index of a list holds that list's own items, so what comes out is a T.
  let index = indexes.get(list) as ReadonlyMap<string, T> | undefined;
  if (index === undefined) {
    const made = new Map<string, T>();
    for (const each of list) if (!made.has(each.id)) made.set(each.id, each);
    indexes.set(list, made);
    index = made;
  }
  return index.get(id);
}

/** Has what is looked up in a list by its id given by a function, for whoever wants to know what is looked up. */
export function lookUpThrough(list: readonly unknown[], lookup: (id: string) => unknown): void {
  lookups.set(list, lookup);
}

/** Whether a list has a way of its own to look things up. */
export function hasLookup(list: readonly unknown[]): boolean {
  return lookups.has(list);
}
