import { type AttributeKnowledge, categoryShares, type CategoryShare } from './attribute-knowledge.js';
import { type Numbers, partsOf } from './evaluate.js';
import type { BinaryExpression, Expression } from './expression.js';
import { lookUpNumber } from './number-table.js';

/** Categorical attributes taken to have a certain value. */
export type Assumptions = ReadonlyMap<string, string>;

/**
 * An expression for patients of whom some categories are known: cases by those attributes give way to the one that
 * holds, comparisons with categories to true or false.
 */
export function underAssumptions(expression: Expression, assumptions: Assumptions): Expression {
  if (assumptions.size === 0) return expression;
  const inside = (part: Expression): Expression => underAssumptions(part, assumptions);
  switch (expression.kind) {
    case 'cases': {
      const value = assumptions.get(expression.attribute);
      if (value === undefined) return expression;
      const then = expression.cases.find((each) => each.values.includes(value))?.then ?? expression.otherwise;
      return then === undefined ? expression : inside(then);
    }
    case 'binary':
      return (
        categoryComparison(expression, assumptions) ?? {
          ...expression,
          left: inside(expression.left),
          right: inside(expression.right),
        }
      );
    case 'unary':
      return { ...expression, operand: inside(expression.operand) };
    case 'function':
      return { ...expression, arguments: expression.arguments.map(inside) };
    default:
      return expression;
  }
}

function categoryComparison(
  { operator, left, right }: BinaryExpression,
  assumptions: Assumptions,
): Expression | undefined {
  if (operator !== '=' && operator !== '!=') return undefined;
  const [a, b] = [left, right].map((side) => {
    if (side.kind === 'category') return side.value;
    return side.kind === 'attribute' ? assumptions.get(side.name) : undefined;
  });
  if (a === undefined || b === undefined) return undefined;
  return { kind: 'boolean', value: (a === b) === (operator === '=') };
}

/** A categorical attribute that an expression still depends on, with the shares of its values. */
export interface Split {
  readonly attribute: string;
  readonly shares: readonly CategoryShare[];
}

/** The next attribute to distinguish by; undefined when the assumptions settle everything that is known to matter. */
export function nextSplit(
  expression: Expression,
  numbers: Numbers,
  knowledge: AttributeKnowledge,
  assumptions: Assumptions,
  open: readonly string[] = [],
): Split | undefined {
  const settled = underAssumptions(expression, assumptions);
  if (settled.kind === 'cases' || settled.kind === 'attribute') {
    const name = settled.kind === 'cases' ? settled.attribute : settled.name;
    if (assumptions.has(name) || open.includes(name)) return undefined;
    const split = splitOf(name, numbers, knowledge, assumptions, [...open, name]);
    if (split !== undefined || settled.kind === 'attribute') return split;
  }
  if (settled.kind === 'reference') {
    const target = lookUpNumber(numbers.numbers, settled.to);
    if (target === undefined || open.includes(settled.to)) return undefined;
    return nextSplit(target.value, numbers, knowledge, assumptions, [...open, settled.to]);
  }
  for (const part of partsOf(settled)) {
    const split = nextSplit(part, numbers, knowledge, assumptions, open);
    if (split !== undefined) return split;
  }
  return undefined;
}

/** How to distinguish by an attribute: by its own categories, or first by one that it depends on. */
function splitOf(
  name: string,
  numbers: Numbers,
  knowledge: AttributeKnowledge,
  assumptions: Assumptions,
  open: readonly string[],
): Split | undefined {
  const known = knowledge.shares?.[name];
  if (known !== undefined) {
    return { attribute: name, shares: Object.entries(known).map(([value, share]) => ({ value, share })) };
  }
  const declared = knowledge.attributes?.find((attribute) => attribute.name === name);
  if (declared === undefined) return undefined;
  const value = underAssumptions(declared.value, assumptions);
  if (value.kind === 'one of') return { attribute: name, shares: categoryShares(value, numbers) };
  if (value.kind === 'category') return { attribute: name, shares: [{ value: value.value, share: 1 }] };
  return nextSplit(value, numbers, knowledge, assumptions, open);
}
