import { DURATION, type Expression, NUMBER, sameDimension } from '@pathway/model';
import { sourceText } from '../write/expressions.js';
import { durationOf } from './quantities.js';

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A condition as FHIRPath (http://hl7.org/fhirpath, 2.0): what is known of the patient stands as variables of its name, what only a
 * run can know, such as how many wait, as variables named by the words for it.
 */
export function fhirPathOf(expression: Expression): string {
  switch (expression.kind) {
    case 'number': {
      const { value, dimension } = expression;
      if (sameDimension(dimension, NUMBER)) return String(value);
      if (!sameDimension(dimension, DURATION)) return variable(sourceText(expression));
      const { value: amount, code } = durationOf(value);
      return `${amount} '${code}'`;
    }
    case 'reference':
      return variable(sourceText(expression));
    case 'attribute':
      return variable(expression.name);
    case 'category':
      return text(expression.value);
    case 'boolean':
      return String(expression.value);
    case 'unary':
      return expression.operator === 'not'
        ? `(${fhirPathOf(expression.operand)}).not()`
        : `-(${fhirPathOf(expression.operand)})`;
    case 'binary':
      return `${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)}`;
    default:
      return variable(sourceText(expression));
  }
}

/** A variable by words that only people know how to answer. */
export function variable(words: string): string {
  return `%${named(words)}`;
}

/** A variable that is one of several texts. */
export function isOneOf(name: string, values: readonly string[]): string {
  return values.map((value) => `${variable(name)} = ${text(value)}`).join(' or ');
}

function grouped(part: Expression): string {
  const path = fhirPathOf(part);
  return part.kind === 'binary' ? `(${path})` : path;
}

function named(words: string): string {
  return PLAIN.test(words) ? words : `\`${words.replace(/[\\`]/g, '\\$&')}\``;
}

function text(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
