import type { AstNode } from 'langium';
import type { Dimension } from '@pathway/model';
import { describeDimension, NUMBER, sameDimension } from '@pathway/model';

/**
 * What an expression gives. `unknown` stands for whatever has been reported already, so that one mistake brings one
 * message; `element` for the name of something that has no value of its own, such as a resource.
 */
export type ValueType =
  | { readonly kind: 'quantity'; readonly dimension: Dimension; readonly percentage: boolean }
  | { readonly kind: 'category'; readonly options: readonly string[]; readonly attribute?: string }
  | { readonly kind: 'truth' }
  | { readonly kind: 'date' }
  | { readonly kind: 'element'; readonly node: AstNode }
  | { readonly kind: 'unknown' };

/** True when values of both types may stand in each other's place. */
export function alike(a: ValueType, b: ValueType): boolean {
  if (a.kind === 'quantity' && b.kind === 'quantity') return sameDimension(a.dimension, b.dimension);
  return a.kind === b.kind;
}

/** The type in plain words, for messages. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case 'quantity':
      return type.percentage && sameDimension(type.dimension, NUMBER)
        ? 'a percentage'
        : describeDimension(type.dimension);
    case 'category':
      return type.attribute === undefined
        ? 'a named value'
        : `the attribute \`${type.attribute}\`, which is a named value`;
    case 'truth':
      return 'a condition, true or false';
    case 'date':
      return 'a date';
    case 'element':
      return 'a name without a value of its own';
    case 'unknown':
      return 'something unclear';
  }
}
