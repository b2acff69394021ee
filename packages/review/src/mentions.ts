import { mentionedIn } from '@pathway/model';
import { type FlatModel, ROOT, textOf } from './flatten.js';

/** Who names whom. */
export interface Mentions {
  /** Keys of the declarations by the ids of what they and their insides name. */
  readonly usedBy: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of declarations that a declaration, by its key, names. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys of declarations by their ids. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Looks through a model for the names of its declarations and activities. */
export function mentionsOf(flat: FlatModel): Mentions {
  const keys = new Map<string, string>();
  const ids = new Set<string>();
  for (const { shell, key, parent } of flat.values()) {
    const id = textOf(shell.id);
    if (id === undefined) continue;
    ids.add(id);
    if (parent === ROOT) keys.set(id, key);
  }
  const usedBy = new Map<string, Set<string>>();
  const names = new Map<string, Set<string>>();
  for (const { shell, key, top } of flat.values()) {
    if (key === ROOT) continue;
    for (const [property, value] of Object.entries(shell)) {
      if (property === 'id' || property === 'kind') continue;
      for (const text of mentionedIn(value, property)) {
        if (!ids.has(text)) continue;
        // Users are told by the id of their declaration, which a rename of what they use leaves alone.
        const user = textOf(flat.get(top)?.shell.id) ?? top;
        usedBy.set(text, (usedBy.get(text) ?? new Set<string>()).add(user));
        names.set(top, (names.get(top) ?? new Set<string>()).add(text));
      }
    }
  }
  return { usedBy, names, keys };
}
