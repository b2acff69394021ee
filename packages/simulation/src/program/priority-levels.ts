import type { SimulationInput } from '../input/types.js';
import { possibleValues } from './expression-code.js';

/** More values than these are not listed. */
const MOST_LEVELS = 32;

/** The values that priorities may have, from the most urgent on; none where they are too many or not known before a run. */
export function priorityLevels(input: SimulationInput): Float64Array {
  const expressions = [
    ...input.cohorts.map((cohort) => cohort.priority),
    ...input.instructions.flatMap((i) => (i.op === 'request' && i.priority !== undefined ? [i.priority] : [])),
  ];
  const values = new Set<number>();
  for (const expression of expressions) {
    const known = possibleValues(expression, input);
    if (known === undefined) return new Float64Array(0);
    for (const value of known) if (!Number.isNaN(value)) values.add(value);
  }
  if (values.size > MOST_LEVELS) return new Float64Array(0);
  return Float64Array.from([...values].sort((a, b) => a - b));
}
