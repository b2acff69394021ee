import type { Dialect } from '../expressions.js';

/** A text of Python. */
export function pythonText(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (each) => `\\U${(each.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`);
  return `'${escaped}'`;
}

export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'math.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'math.inf' : '-math.inf';
  return String(value);
}

/** Expressions in Python: patients are objects, times are reckoned from `env.now`. */
export const PYTHON: Dialect = {
  number: pythonNumber,
  text: pythonText,
  not: 'not ',
  notANumber: 'math.nan',
  infinite: 'math.inf',
  operators: { '=': '==' },
  functions: {
    absolute: 'abs',
    floor: 'math.floor',
    ceiling: 'math.ceil',
    round: 'rounded',
    'square root': 'math.sqrt',
    'exponential function': 'math.exp',
    logarithm: 'math.log',
    greatest: 'max',
    least: 'min',
    power: 'math.pow',
  },
  attribute: (patient, name) => `${patient}.${name}`,
  list: (parts) => `[${parts.join(', ')}]`,
  either: (condition, then, otherwise) => `(${then} if ${condition} else ${otherwise})`,
  isOneOf: (value, values) =>
    values.length === 1 ? `${value} == ${values[0] ?? ''}` : `${value} in (${values.join(', ')})`,
  lazily: (text) => `lambda: ${text}`,
  state: (facility, of) => `${facility}.${of}.value`,
  row: (patient, of) => `${patient}.number % ${of}`,
  since: (patient, activity) =>
    activity === undefined ? `(env.now - ${patient}.arrived)` : `${patient}.since(${activity})`,
  waitedFor: (patient, activity) => `${patient}.waited_for(${activity})`,
};
