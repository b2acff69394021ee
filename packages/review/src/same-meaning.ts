import { WORDS_TO_READ } from '@pathway/model';
import { isJsonObject, isList, type Json, type JsonObject } from './json.js';
import { slotOf } from './flatten.js';

/** Ids of the earlier model to those of the later one, for what was renamed. */
export type Renames = ReadonlyMap<string, string>;

/** Texts that always name an element: the same text means something else once its element was renamed. */
const REFERENCES: ReadonlySet<string> = new Set([
  'organisation',
  'organisations',
  'role',
  'resource',
  'skill',
  'pathway',
  'pathways',
  'cohort',
  'owner',
  'territory',
  'hold',
  'activity',
  'indicator',
  'indicators',
  'scenarios',
  'sources',
  'basedOn',
  'targets',
  'dependsOn',
  'crises',
  'responses',
  'cohorts',
  'trigger',
  'signal',
  'scale',
  'gauge',
  'stock',
  'place',
  'entry',
  'subject',
  'approver',
  'parties',
  'handovers',
]);

/** Properties that name a level of a scale, whose name counts within its scale alone. */
const LEVELS: ReadonlySet<string> = new Set(['level', 'least']);

/** How the renaming of a level is known beside that of ids. */
export function levelKey(name: string): string {
  return `level ${name}`;
}

/** Whether a text at a property of the earlier model means what one of the later model does. */
function sameText(before: string, after: string, property: string, renames: Renames): boolean {
  const renamed = WORDS_TO_READ.has(property)
    ? undefined
    : renames.get(LEVELS.has(property) ? levelKey(before) : before);
  if (renamed === undefined) return before === after;
  return renamed === after || (before === after && !REFERENCES.has(property));
}

/**
 * Whether two values mean the same: names of renamed elements count as the same, and so does a quantity that is written
 * in another unit.
 * @param property the name of the property that holds them
 */
export function sameMeaning(
  before: Json | undefined,
  after: Json | undefined,
  property: string,
  renames: Renames,
): boolean {
  if (typeof before === 'string' && typeof after === 'string') return sameText(before, after, property, renames);
  if (isList(before) && isList(after)) {
    return before.length === after.length && before.every((item, i) => sameMeaning(item, after[i], property, renames));
  }
  if (isJsonObject(before) && isJsonObject(after)) {
    const quantity = isQuantity(before) && isQuantity(after);
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].every((key) => (quantity && key === 'unit') || sameMeaning(before[key], after[key], key, renames));
  }
  return before === after;
}

/** A number with its unit as written, which says the same in another unit. */
function isQuantity(value: JsonObject): boolean {
  return value.kind === 'number' && typeof value.value === 'number' && isJsonObject(value.dimension);
}

/** Whether a value says nothing: an empty list, `false`, or a list of elements without any. */
export function saysNothing(value: Json | undefined): boolean {
  return value === undefined || value === false || (isList(value) && value.length === 0) || slotOf(value) !== undefined;
}

/** A value with other ids wherever an element is named; words that people read stay. */
export function withIds<T>(value: T, ids: ReadonlyMap<string, string>): T {
  const change = (part: unknown, property: string): unknown => {
    if (typeof part === 'string') return WORDS_TO_READ.has(property) ? part : (ids.get(part) ?? part);
    if (Array.isArray(part)) return part.map((each: unknown) => change(each, property));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, member]) => [key, key === 'origin' ? (member as unknown) : change(member, key)]),
    );
  };
  // Ids are texts and stay texts, so the shape does not change.
  return change(value, '') as T;
}
