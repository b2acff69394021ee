import { applyFunction, applyOperator, constantValue, type Numbers } from '../../evaluate.js';
import type { Reading } from '../watching.js';

/** A reading that is seen rather than computed: a state, what was in the last hours, or a signal. */
export type SeenReading = Extract<Reading, { readonly kind: 'state' | 'recent' | 'signal' }>;

/**
 * What a reading is called where it is observed: `occupancy(Bed)`, `arrivals(Stroke, 21600)` with the window in seconds,
 * the id of a signal.
 */
export function readingKey(reading: SeenReading, numbers: Numbers): string {
  switch (reading.kind) {
    case 'signal':
      return reading.signal;
    case 'state':
      return `${reading.measure}(${reading.of})`;
    case 'recent': {
      const over = String(constantValue(reading.over, numbers) ?? Number.NaN);
      return `${reading.measure}(${reading.of === undefined ? over : `${reading.of}, ${over}`})`;
    }
  }
}

/** What a reading looks at, each once by its key, in reading order. */
export function seenIn(reading: Reading, numbers: Numbers): readonly SeenReading[] {
  const found = new Map<string, SeenReading>();
  const walk = (each: Reading): void => {
    switch (each.kind) {
      case 'constant':
        return;
      case 'operation':
        walk(each.left);
        walk(each.right);
        return;
      case 'negate':
      case 'not':
        walk(each.operand);
        return;
      case 'function':
        each.arguments.forEach(walk);
        return;
      default: {
        const key = readingKey(each, numbers);
        if (!found.has(key)) found.set(key, each);
      }
    }
  };
  walk(reading);
  return [...found.values()];
}

/**
 * The value of a reading in canonical units, conditions 1 or 0; undefined where too much of what it looks at is not known:
 * `a and b` is false as soon as one is known to be false, `a or b` true as soon as one is known to be true.
 * @param seen what is known of a reading that is seen
 */
export function valueOfReading(
  reading: Reading,
  seen: (reading: SeenReading) => number | undefined,
  numbers: Numbers,
): number | undefined {
  const value = (each: Reading): number | undefined => valueOfReading(each, seen, numbers);
  switch (reading.kind) {
    case 'constant':
      return constantValue(reading.value, numbers);
    case 'operation': {
      const [left, right] = [value(reading.left), value(reading.right)];
      if (reading.operator === 'and' && (left === 0 || right === 0)) return 0;
      if (reading.operator === 'or' && ((left ?? 0) !== 0 || (right ?? 0) !== 0)) return 1;
      return left === undefined || right === undefined
        ? undefined
        : finite(applyOperator(reading.operator, left, right));
    }
    case 'negate': {
      const operand = value(reading.operand);
      return operand === undefined ? undefined : -operand;
    }
    case 'not': {
      const operand = value(reading.operand);
      return operand === undefined ? undefined : Number(operand === 0);
    }
    case 'function': {
      const values: number[] = [];
      for (const argument of reading.arguments) {
        const each = value(argument);
        if (each === undefined) return undefined;
        values.push(each);
      }
      return finite(applyFunction(reading.name, values));
    }
    default: {
      const each = seen(reading);
      return each === undefined ? undefined : finite(each);
    }
  }
}

/** A division by 0 and the like tell nothing. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** What some readings look at, as it is now, by key; what is not known is left out. */
export function valuesSeen(
  readings: readonly Reading[],
  seen: (reading: SeenReading) => number | undefined,
  numbers: Numbers,
): Readonly<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const each of readings.flatMap((reading) => seenIn(reading, numbers))) {
    const value = seen(each);
    if (value !== undefined) values[readingKey(each, numbers)] = value;
  }
  return values;
}
