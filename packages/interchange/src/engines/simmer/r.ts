import type { Dialect } from '../expressions.js';

/** A text of R. */
export function rText(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (each) => `\\U${(each.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
  return `"${escaped}"`;
}

export function rNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  return String(value);
}

/** Expressions in R: `p()` is the patient whose turn it is. */
export const R: Dialect = {
  number: rNumber,
  text: rText,
  not: '!',
  notANumber: 'NaN',
  infinite: 'Inf',
  compared: (text) => `isTRUE(${text})`,
  operators: { '=': '==', and: '&&', or: '||' },
  functions: {
    absolute: 'abs',
    floor: 'floor',
    ceiling: 'ceiling',
    round: 'rounded',
    'square root': 'sqrt',
    'exponential function': 'exp',
    logarithm: 'log',
    greatest: 'max',
    least: 'min',
    power: 'power',
  },
  attribute: (patient, name) => `${patient}$${name}`,
  list: (parts) => `c(${parts.join(', ')})`,
  either: (condition, then, otherwise) => `(if (${condition}) ${then} else ${otherwise})`,
  isOneOf: (value, values) =>
    values.length === 1 ? `${value} == ${values[0] ?? ''}` : `${value} %in% c(${values.join(', ')})`,
  lazily: (text) => `function() ${text}`,
  state: (facility, of) => `${of}_of(${facility})`,
  row: (patient, of) => `${patient}$number %% ${of}`,
  since: (_, activity) => (activity === undefined ? 'since_arrival()' : `since(${activity})`),
  waitedFor: (_, activity) => `waited_for(${activity})`,
};
