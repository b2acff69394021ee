import { NUMBER, sameDimension } from './dimension.js';
import type { BinaryOperator, Distribution, Expression, FunctionName, NumberLiteral } from './expression.js';
import { DISTRIBUTION_FORMS, findDistributionForm } from './distribution-forms.js';
import { formatNumber, formatQuantity } from './format.js';
import { parseUnit } from './units.js';

/** The words for functions in the language. */
export const FUNCTION_WORDS: Readonly<Record<FunctionName, string>> = Object.freeze({
  absolute: 'abs',
  floor: 'floor',
  ceiling: 'ceiling',
  round: 'round',
  'square root': 'sqrt',
  'exponential function': 'exp',
  logarithm: 'ln',
  greatest: 'greatest of',
  least: 'least of',
  power: 'power',
});

const STRENGTH: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  '=': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
};
const UNARY_STRENGTH = 6;

/** Enough digits for what people write, few enough to hide the noise of a conversion between units. */
const DIGITS = 12;

interface TextOptions {
  /** All observations of an empirical law, so that the text can be read again; else more than five are counted. */
  readonly whole?: boolean;
  /** Id of the step or block that the text belongs to: what stands in the same pathway is named without the pathway. */
  readonly of?: string | undefined;
}

/** An expression as it reads in the language, on one line: `60 min / CallsPerHour`, `lognormal(mean 28 min, sd 12 min)`. */
export function expressionText(expression: Expression, { whole = false, of = '' }: TextOptions = {}): string {
  return write(expression, 0, { whole, pathway: of.slice(0, of.lastIndexOf('.') + 1) });
}

/** How a text is written; the pathway is that whose steps go by their own names, with a dot behind it, or nothing. */
interface Manner {
  readonly whole: boolean;
  readonly pathway: string;
}

/** @param around strength of the operator around it; anything weaker is put in parentheses */
function write(expression: Expression, around: number, manner: Manner): string {
  switch (expression.kind) {
    case 'number':
      return numberText(expression, around);
    case 'reference':
      return expression.to;
    case 'attribute':
      return expression.name;
    case 'category':
      return expression.value;
    case 'boolean':
      return String(expression.value);
    case 'unary': {
      const operand = write(expression.operand, UNARY_STRENGTH, manner);
      return parenthesised(expression.operator === '-' ? `-${operand}` : `not ${operand}`, UNARY_STRENGTH, around);
    }
    case 'binary': {
      const strength = STRENGTH[expression.operator];
      // Operators group to the left, so an equal one on the right needs its parentheses.
      const text = `${write(expression.left, strength, manner)} ${expression.operator} ${write(expression.right, strength + 0.5, manner)}`;
      return parenthesised(text, strength, around);
    }
    case 'function': {
      const list = expression.arguments.map((each) => write(each, 0, manner)).join(', ');
      const extreme = expression.name === 'greatest' || expression.name === 'least';
      return `${FUNCTION_WORDS[expression.name]}${extreme ? ' ' : ''}(${list})`;
    }
    case 'distribution':
      return parenthesised(distributionText(expression, manner), (expression.from ?? expression.to) ? 0.5 : 9, around);
    case 'one of': {
      const options = expression.options.map((each) =>
        each.share ? `${each.value} ${write(each.share, manner.whole ? UNARY_STRENGTH : 1, manner)}` : each.value,
      );
      return parenthesised(`one of ${options.join(', ')}`, 0.5, around);
    }
    case 'column':
      return `column ${expression.column} of ${expression.table}`;
    case 'cases': {
      const lines = expression.cases.map((each) => `${each.values.join(' or ')}: ${write(each.then, 0, manner)}`);
      if (expression.otherwise !== undefined) lines.push(`otherwise: ${write(expression.otherwise, 0, manner)}`);
      return `by ${expression.attribute} { ${lines.join(manner.whole ? ', ' : '  ')} }`;
    }
    case 'state':
      return `${expression.measure}(${ownName(expression.of, manner)})`;
    case 'since':
      return `since(${expression.of})`;
    case 'waited':
      return expression.of === undefined ? 'waited' : `waited(${expression.of})`;
  }
}

/** What a pathway calls a step of its own. */
function ownName(id: string, { pathway }: Manner): string {
  return pathway !== '' && id.startsWith(pathway) ? id.slice(pathway.length) : id;
}

function parenthesised(text: string, strength: number, around: number): string {
  return strength < around ? `(${text})` : text;
}

function numberText(literal: NumberLiteral, around: number): string {
  const text = literalText(literal);
  return literal.value < 0 ? parenthesised(text, UNARY_STRENGTH, around) : text;
}

function literalText({ value, unit, dimension }: NumberLiteral): string {
  const parsed = unit === undefined ? undefined : parseUnit(unit);
  if (unit === undefined || parsed === undefined) {
    return sameDimension(dimension, NUMBER)
      ? formatNumber(value, { digits: DIGITS })
      : formatQuantity(value, dimension, { digits: DIGITS });
  }
  const number = formatNumber(value / parsed.factor, { digits: DIGITS });
  return unit === '%' || unit.startsWith('/') ? number + unit : `${number} ${unit}`;
}

function distributionText(distribution: Distribution, manner: Manner): string {
  const names = Object.keys(distribution.parameters);
  const form = findDistributionForm(distribution.family, names);
  // A mean beside a spread is named, since two numbers in a row do not say which is which.
  const positional = form === DISTRIBUTION_FORMS[distribution.family][0] && !names.includes('sd');
  const order = form?.parameters.map((each) => each.name) ?? names;
  const parameters = order.flatMap((name) => {
    const value = distribution.parameters[name];
    return value === undefined ? [] : [positional ? write(value, 0, manner) : `${name} ${write(value, 4, manner)}`];
  });
  const inside = distribution.family === 'empirical' ? observationsText(distribution, manner) : parameters.join(', ');
  const unit = distribution.scale === undefined ? '' : ` in ${unitOfScale(distribution.scale)}`;
  const from = distribution.from === undefined ? '' : ` from ${write(distribution.from, 4, manner)}`;
  const to = distribution.to === undefined ? '' : ` to ${write(distribution.to, 4, manner)}`;
  return `${distribution.family}(${inside})${unit}${from}${to}`;
}

function observationsText({ values = [], weights, dimension, scale }: Distribution, { whole }: Manner): string {
  const written = (value: number): string =>
    scale === undefined
      ? formatQuantity(value, dimension, { digits: DIGITS })
      : formatNumber(value, { digits: DIGITS });
  return values.length <= 5 || (whole && weights === undefined)
    ? values.map(written).join(', ')
    : `${values.length} observations`;
}

function unitOfScale(scale: number): string {
  const unit = ['s', 'min', 'h', 'd', 'week', 'year'].find((each) => parseUnit(each)?.factor === scale);
  return unit ?? formatNumber(scale, { digits: DIGITS });
}
