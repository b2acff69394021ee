import { type Expression, type Model, partsOf } from '@pathway/model';

/** An expression and all inside it, with the values of the named numbers it refers to. */
export function* expressionsIn(
  expression: Expression,
  model: Pick<Model, 'numbers'>,
  open: readonly string[] = [],
): Generator<Expression, void, undefined> {
  yield expression;
  for (const part of partsOf(expression)) yield* expressionsIn(part, model, open);
  if (expression.kind === 'reference' && !open.includes(expression.to)) {
    const target = model.numbers.find(({ id }) => id === expression.to);
    if (target !== undefined) yield* expressionsIn(target.value, model, [...open, expression.to]);
  }
}

/** Names of the patient's attributes that an expression mentions, each once. */
export function attributesIn(expression: Expression, model: Pick<Model, 'numbers'>): Set<string> {
  const names = new Set<string>();
  for (const each of expressionsIn(expression, model)) {
    if (each.kind === 'attribute') names.add(each.name);
    if (each.kind === 'cases') names.add(each.attribute);
  }
  return names;
}

/** True when an expression draws anew each time it is evaluated (attributes are drawn once a patient and do not count). */
export function drawsAnew(expression: Expression, model: Pick<Model, 'numbers'>): boolean {
  for (const each of expressionsIn(expression, model))
    if (each.kind === 'distribution' || each.kind === 'one of') return true;
  return false;
}
