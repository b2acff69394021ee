/** Texts that are read and never name an element. */
export const WORDS_TO_READ: ReadonlySet<string> = new Set([
  'title',
  'label',
  'note',
  'text',
  'url',
  'date',
  'unit',
  'documentation',
  'name',
  'value',
  'values',
  'categories',
  'timezone',
  'sector',
  'currency',
]);

/** Every text in a part of a model that may name an element. */
export function* mentionedIn(value: unknown, property: string): Generator<string, void, undefined> {
  if (typeof value === 'string') {
    if (!WORDS_TO_READ.has(property)) yield value;
  } else if (Array.isArray(value)) for (const item of value) yield* mentionedIn(item, property);
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) yield* mentionedIn(member, key);
}
