import type { Model, Origin } from '@pathway/model';
import { isJsonObject, isList, type Json, type JsonObject } from './json.js';

/**
 * A part of a model that has an identity of its own: a declaration, an activity, a branch, an attribute, a setting of a
 * scenario, a person. What it contains stands in its slots, everything else in its shell.
 */
export interface FlatElement {
  /** Unique in its model. */
  readonly key: string;
  /** `pathway`, `step`, `branch`, …: the model's own `kind`, else a word for the list it stands in. */
  readonly kind: string;
  /** Its name within the declaration around it; absent where nothing but its place and content tell it apart. */
  readonly local?: string;
  /** The element around it; absent for the project itself. */
  readonly parent?: string;
  /** Where it stands in the element around it: `body`, `waits.otherwise`, `cohorts`, … */
  readonly slot: string;
  /** The declaration at the top that it belongs to, or is. */
  readonly top: string;
  /** Its properties without origins and documentation; a list of elements is replaced by the name of its slot. */
  readonly shell: JsonObject;
  readonly slots: ReadonlyMap<string, readonly string[]>;
  readonly origin?: Origin;
  /** Where each property was written, as far as the model knows. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** A model as elements in textual order, each before what it contains; the first is the project itself. */
export type FlatModel = ReadonlyMap<string, FlatElement>;

/** Key of the project itself. */
export const ROOT = '';
const SLOT = '$slot';
const LEFT_OUT: ReadonlySet<string> = new Set(['origin', 'documentation']);
/** Depends on the text, not on what it means. */
const NOT_MEANT: ReadonlySet<string> = new Set(['sourceHash']);

const KIND_OF_LIST: Readonly<Record<string, string>> = {
  territories: 'territory',
  staff: 'staff',
  overrides: 'setting',
  conversions: 'conversion',
  people: 'person',
  branches: 'branch',
  studies: 'study',
  crises: 'crisis',
  expectations: 'expectation',
  ruleSets: 'rules',
  entries: 'entry',
};

/** A frozen model is taken apart once. */
const flatModels = new WeakMap<Model, FlatModel>();

/** Takes a model apart. Nothing here knows single constructs: what has an origin and an identity is an element. */
export function flatten(model: Model): FlatModel {
  const known = flatModels.get(model);
  if (known !== undefined) return known;
  const flat = takenApart(model);
  if (Object.isFrozen(model)) flatModels.set(model, flat);
  return flat;
}

function takenApart(model: Model): FlatModel {
  const flat = new Map<string, FlatElement>();
  add(
    flat,
    withoutDeployed(model) as unknown as JsonObject,
    { kind: 'project', slot: '', top: ROOT, prefix: '' },
    ROOT,
  );
  return flat;
}

/** Without the parts of templates that are deployed: what changes in these is seen in what came of them. */
function withoutDeployed(model: Model): object {
  if (model.templates === undefined) return model;
  const made = new Set(model.pathways.map(({ id }) => id));
  const deployed = new Set(
    (model.deployments ?? []).filter(({ pathway }) => made.has(pathway)).map(({ template }) => template),
  );
  const templates = model.templates.map((template) => {
    const { parts: _, ...rest } = template;
    return deployed.has(template.id) ? rest : template;
  });
  return { ...model, templates };
}

interface Place {
  readonly kind: string;
  readonly slot: string;
  readonly parent?: string;
  readonly top: string;
  /** What the ids of inner elements begin with. */
  readonly prefix: string;
  readonly local?: string;
}

function add(flat: Map<string, FlatElement>, object: JsonObject, place: Place, key: string): void {
  const slots = new Map<string, readonly string[]>();
  const origins = new Map<string, Origin>();
  const inside: { readonly slot: string; readonly items: readonly JsonObject[] }[] = [];
  const shell: Record<string, Json> = {};
  for (const [property, value] of Object.entries(object)) {
    if (LEFT_OUT.has(property) || (key === ROOT && NOT_MEANT.has(property))) continue;
    const found = firstOrigin(value);
    if (found !== undefined) origins.set(property, found);
    shell[property] = withoutElements(value, property, (slot, items) => inside.push({ slot, items }));
  }
  const { prefix: _, ...rest } = place;
  const origin = asOrigin(object.origin);
  // Its children's keys are filled in below; the element itself comes before them.
  flat.set(key, { ...rest, key, shell, slots, origins, ...(origin !== undefined && { origin }) });
  for (const { slot, items } of inside) {
    slots.set(
      slot,
      items.map((item) => addChild(flat, item, slot, key, place)),
    );
  }
}

function addChild(
  flat: Map<string, FlatElement>,
  item: JsonObject,
  slot: string,
  parent: string,
  around: Place,
): string {
  const listName = slot.split('.').at(-1) ?? slot;
  const kind = textOf(item.kind) ?? KIND_OF_LIST[listName] ?? listName.replace(/s$/, '');
  const isTop = parent === ROOT;
  const local = localName(item, kind, around.prefix);
  const id = textOf(item.id);
  const where = isTop ? slot : id === undefined ? `${parent}/${slot}` : around.top;
  const key = uniqueKey(flat, `${where}/${local ?? '~'}`, local === undefined);
  add(
    flat,
    item,
    {
      kind,
      slot,
      parent,
      top: isTop ? key : around.top,
      prefix: isTop ? `${id ?? ''}.` : around.prefix,
      ...(local !== undefined && { local }),
    },
    key,
  );
  return key;
}

/** `Call` of `StrokeCare.Call`; none for `StrokeCare.#4`, whose number says only where it stands. */
function localName(item: JsonObject, kind: string, prefix: string): string | undefined {
  if (kind === 'expectation' || kind === 'setting' || kind === 'conversion') return undefined;
  const id = textOf(item.id);
  if (id === undefined) return textOf(item.name);
  const own = prefix !== '' && id.startsWith(prefix) ? id.slice(prefix.length) : id;
  return own.startsWith('#') ? undefined : own;
}

function uniqueKey(flat: ReadonlyMap<string, unknown>, wanted: string, counted: boolean): string {
  let key = counted ? `${wanted}1` : wanted;
  for (let count = 2; flat.has(key); count++) key = counted ? `${wanted}${count}` : `${wanted}~${count}`;
  return key;
}

function withoutElements(value: Json, path: string, found: (slot: string, items: readonly JsonObject[]) => void): Json {
  if (isList(value)) {
    const elements = value.filter(isElement);
    if (elements.length < value.length) return value.map((item, i) => withoutElements(item, `${path}.${i}`, found));
    found(path, elements);
    return { [SLOT]: path };
  }
  if (!isJsonObject(value)) return Object.is(value, -0) ? 0 : value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !LEFT_OUT.has(key) && isThere(member))
      .map(([key, member]) => [key, withoutElements(member, `${path}.${key}`, found)]),
  );
}

function isThere(value: Json | undefined): value is Json {
  return value !== undefined;
}

/** What stands in a list, was written somewhere and can be told from its neighbours. */
function isElement(value: Json): value is JsonObject {
  if (!isJsonObject(value) || asOrigin(value.origin) === undefined) return false;
  return ['id', 'name', 'body', 'target'].some((property) => value[property] !== undefined);
}

function asOrigin(value: unknown): Origin | undefined {
  if (!isJsonObject(value)) return undefined;
  const { file, line, column, endLine, endColumn } = value;
  return typeof file === 'string' &&
    typeof line === 'number' &&
    typeof column === 'number' &&
    typeof endLine === 'number' &&
    typeof endColumn === 'number'
    ? { file, line, column, endLine, endColumn }
    : undefined;
}

function firstOrigin(value: Json): Origin | undefined {
  if (isList(value)) {
    for (const item of value) {
      const found = isElement(item) ? undefined : firstOrigin(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const own = asOrigin(value.origin);
  if (own !== undefined) return own;
  for (const member of Object.values(value)) {
    const found = firstOrigin(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The text of a value that is one. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The slot that a value of a shell stands for, if it does. */
export function slotOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? textOf(value[SLOT]) : undefined;
}

/** What `unflatten` needs of an element. */
export type Assembled = Pick<FlatElement, 'shell' | 'slots'>;

/** Puts a model together again: what it means, without origins and documentation. */
export function unflatten(flat: ReadonlyMap<string, Assembled>, key: string = ROOT): JsonObject {
  const element = flat.get(key);
  if (element === undefined) throw new RangeError(`a part of the model is missing: ${key}`);
  const restore = (value: Json): Json => {
    const slot = slotOf(value);
    if (slot !== undefined) return (element.slots.get(slot) ?? []).map((child) => unflatten(flat, child));
    if (isList(value)) return value.map(restore);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, restore(member)]));
  };
  return Object.fromEntries(Object.entries(element.shell).map(([name, member]) => [name, restore(member)]));
}

/** What a model means: everything but origins, documentation and the hash of its text. */
export function bareModel(model: Model): JsonObject {
  return unflatten(flatten(model));
}

/** Keys of all elements of a model, in textual order. */
export function elementKeys(model: Model): readonly string[] {
  return [...flatten(model).keys()].filter((key) => key !== ROOT);
}
