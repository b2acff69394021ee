import { type Attribute, type Expression, type Model, partsOf, byId } from '@pathway/model';

/**
 * Names of the attributes that an expression depends on: those that stand in it, those that the named numbers in it
 * name, and those that these are made from.
 */
export function attributesIn(
  expression: Expression,
  model: Pick<Model, 'numbers'>,
  attributes: readonly Attribute[],
): ReadonlySet<string> {
  const names = new Set<string>();
  const numbers = new Set<string>();
  const look = (part: Expression | undefined): void => {
    if (part === undefined) return;
    if (part.kind === 'attribute') add(part.name);
    if (part.kind === 'cases') add(part.attribute);
    if (part.kind === 'reference' && !numbers.has(part.to)) {
      numbers.add(part.to);
      look(byId(model.numbers, part.to)?.value);
    }
    for (const inner of partsOf(part)) look(inner);
  };
  const add = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    look(attributes.find((attribute) => attribute.name === name)?.value);
  };
  look(expression);
  return names;
}
