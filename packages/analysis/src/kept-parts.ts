import { lookUpThrough, type Model, stableJson } from '@pathway/model';

/** Works out parts of what follows from one model, from as much of it as each looks at. */
export interface Parts {
  /**
   * What is worked out about an owner, an object of the model or one that another part gave. It may look at nothing but
   * the owner, the input, and the model that it is given.
   * @param input what it is worked out from beside the model, compared by identity
   */
  of<T>(owner: object, name: string, input: unknown, work: (model: Model) => T): T;
  /** A value, or an earlier one of the same name that says the same: what identity stands for elsewhere. */
  same<T>(name: string, value: T): T;
}

/** Every part worked out anew. */
export function freshParts(model: Model): Parts {
  return { of: (_owner, _name, _input, work) => work(model), same: (_name, value) => value };
}

interface Kept {
  readonly input: unknown;
  readonly value: unknown;
  readonly seen: Seen;
}

/**
 * Keeps the parts of what follows from a model for the next versions of it. A part is worked out again where an
 * element that it looked up by its id is another object, or a list that it went through is another list. So a later
 * model has to share what has not changed with the earlier one.
 */
export class KeptParts {
  readonly #kept = new WeakMap<object, Map<string, Kept>>();
  readonly #values = new Map<string, { readonly text: string; readonly value: unknown }>();
  #open: Seen | undefined;

  /** The parts of a model. */
  for(model: Model): Parts {
    return {
      of: (owner, name, input, work) => this.#of(model, owner, { name, input, work }),
      same: (name, value) => this.#same(name, value),
    };
  }

  #of<T>(
    model: Model,
    owner: object,
    { name, input, work }: { name: string; input: unknown; work: (model: Model) => T },
  ): T {
    const own = this.#kept.get(owner) ?? new Map<string, Kept>();
    this.#kept.set(owner, own);
    const known = own.get(name);
    if (known !== undefined && known.input === input && known.seen.isIn(model)) {
      this.#open?.add(known.seen);
      // What is kept under a name came from the same work.
      return known.value as T;
    }
    const outer = this.#open;
    const seen = new Seen();
    this.#open = seen;
    try {
      const value = work(seen.viewOf(model));
      own.set(name, { input, value, seen });
      outer?.add(seen);
      return value;
    } finally {
      this.#open = outer;
    }
  }

  #same<T>(name: string, value: T): T {
    const text = stableJson(value);
    const known = this.#values.get(name);
    // The same text of the same name is the same value.
    if (known?.text === text) return known.value as T;
    this.#values.set(name, { text, value });
    return value;
  }
}

/** What was looked at of a model. */
class Seen {
  /** Elements that were looked up, by list and id. */
  readonly #elements = new Map<string, Map<string, unknown>>();
  /** What was looked at as a whole. */
  readonly #wholes = new Map<string, unknown>();

  /** Whether a model has all of it as it was. */
  isIn(model: Model): boolean {
    const at = (name: string): unknown => Reflect.get(model, name);
    for (const [name, whole] of this.#wholes) if (at(name) !== whole) return false;
    for (const [name, elements] of this.#elements) {
      const index = indexOf(at(name));
      for (const [id, element] of elements) if (index?.get(id) !== element) return false;
    }
    return true;
  }

  add(other: Seen): void {
    for (const [name, whole] of other.#wholes) this.#wholes.set(name, whole);
    for (const [name, elements] of other.#elements) for (const [id, element] of elements) this.#note(name, id, element);
  }

  /** A model that notes what is looked at of another. */
  viewOf(model: Model): Model {
    const properties = Object.entries(model).map(([name, value]: [string, unknown]) => {
      const shown = Array.isArray(value) ? this.#listView(name, value) : undefined;
      const get = (): unknown => {
        if (shown === undefined) this.#wholes.set(name, value);
        return shown ?? value;
      };
      return [name, { enumerable: true, get }] as const;
    });
    // It has every property of a model, with the same values.
    const view: unknown = Object.defineProperties({}, Object.fromEntries(properties));
    return view as Model;
  }

  #listView(name: string, list: readonly unknown[]): readonly unknown[] {
    const view = new Proxy(list, {
      get: (target, property, receiver): unknown => {
        this.#wholes.set(name, list);
        return Reflect.get(target, property, receiver);
      },
    });
    lookUpThrough(view, (id) => {
      const element = indexOf(list)?.get(id);
      this.#note(name, id, element);
      return element;
    });
    return view;
  }

  #note(name: string, id: string, element: unknown): void {
    const elements = this.#elements.get(name) ?? new Map<string, unknown>();
    this.#elements.set(name, elements);
    elements.set(id, element);
  }
}

const indexes = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** The elements of a list by their ids; of several with one id the first counts, as in `byId`. */
function indexOf(list: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(list)) return undefined;
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const index = new Map<string, unknown>();
  for (const each of list as readonly unknown[]) {
    if (typeof each !== 'object' || each === null || !('id' in each) || typeof each.id !== 'string') continue;
    if (!index.has(each.id)) index.set(each.id, each);
  }
  indexes.set(list, index);
  return index;
}
