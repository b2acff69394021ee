import { expect, test } from 'vitest';
import { modelJsonSchema } from '@pathway/model';
import { hasWords, wordOf } from '../src/index.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schema: Schema = modelJsonSchema();
const KINDS: Readonly<Record<string, string>> = { territories: 'territory', studies: 'study', staff: 'staff' };

function resolved(part: Schema): Schema {
  return part.$ref === undefined ? part : resolved(schema.$defs?.[part.$ref.split('/').at(-1) ?? ''] ?? {});
}

/** Every kind of element that has an identity, with the names of its properties. */
function* elements(part: Schema, kind: string): Generator<readonly [string, string], void, undefined> {
  const { oneOf, anyOf, properties } = resolved(part);
  for (const each of [...(oneOf ?? []), ...(anyOf ?? [])]) {
    const own = resolved(each).properties?.kind?.const;
    yield* elements(each, own ?? kind);
  }
  for (const [name, property] of Object.entries(properties ?? {})) {
    if (['id', 'kind', 'origin', 'documentation'].includes(name)) continue;
    yield [kind, name];
    const items = property.items === undefined ? undefined : resolved(property.items);
    if (
      name !== 'body' &&
      name !== 'otherwise' &&
      items?.properties?.origin !== undefined &&
      items.properties.name !== undefined
    )
      yield* elements(items, name === 'branches' ? 'branch' : name.replace(/s$/, ''));
  }
}

const known = [
  ...Object.entries(schema.properties ?? {}).flatMap(([list, { items }]) =>
    items === undefined ? [] : [...elements(items, KINDS[list] ?? list.replace(/s$/, ''))],
  ),
  ...elements(schema.$defs?.Activity ?? {}, 'activity'),
];

test('finds the properties of declarations and activities', () => {
  expect(known.map((each) => each.join('.'))).toEqual(
    expect.arrayContaining([
      'step.takes',
      'hold.policy',
      'resource.count',
      'branch.when',
      'attribute.value',
      'study.seed',
    ]),
  );
});

test('every property of an element has words of its own', () => {
  const without = known.filter(([kind, property]) => !hasWords(kind, property)).map((each) => each.join('.'));
  expect(without, 'give them words in packages/review/src/words.ts').toEqual([]);
});

test('a property without words is told by its own name', () => {
  expect(wordOf('step', 'bedsPerWard')).toBe('beds per ward');
});
