import type { Expression } from '../../expression.js';
import { expressionText } from '../../expression-text.js';
import type { Reading } from '../watching.js';

/** A reading as a person reads it: `occupancy(Bed) > 95%`, with titles for ids. @param name the title of an id */
export function readingText(reading: Reading, name: (id: string) => string): string {
  // A number and its unit stay on one line.
  return expressionText(asExpression(reading, name)).replace(/(\d) (?=(?:s|min|h|d|week|year)\b)/gu, '$1\u00a0');
}

/** The reading with names in place of what it reads. */
function asExpression(reading: Reading, name: (id: string) => string): Expression {
  const inside = (each: Reading): Expression => asExpression(each, name);
  const named = (text: string): Expression => ({ kind: 'attribute', name: text });
  switch (reading.kind) {
    case 'constant':
      return reading.value;
    case 'operation':
      return {
        kind: 'binary',
        operator: reading.operator,
        left: inside(reading.left),
        right: inside(reading.right),
      };
    case 'negate':
      return { kind: 'unary', operator: '-', operand: inside(reading.operand) };
    case 'not':
      return { kind: 'unary', operator: 'not', operand: inside(reading.operand) };
    case 'function':
      return { kind: 'function', name: reading.name, arguments: reading.arguments.map(inside) };
    case 'signal':
      return named(name(reading.signal));
    case 'state':
      return named(`${reading.measure}(${name(reading.of)})`);
    case 'recent': {
      const of = reading.of === undefined ? '' : `${name(reading.of)}, `;
      return named(`${reading.measure}(${of}${expressionText(reading.over)})`);
    }
  }
}

/** Ids of the signals that a reading is made of, each once. */
export function signalsIn(reading: Reading): readonly string[] {
  switch (reading.kind) {
    case 'signal':
      return [reading.signal];
    case 'operation':
      return [...new Set([...signalsIn(reading.left), ...signalsIn(reading.right)])];
    case 'negate':
    case 'not':
      return signalsIn(reading.operand);
    case 'function':
      return [...new Set(reading.arguments.flatMap(signalsIn))];
    default:
      return [];
  }
}
