import type { SimulationInput } from '@pathway/simulation';
import { partsOf } from './expression-parts.js';
import { plainText } from './program-text.js';

/** What an activity is called in the text: its id without the pathway. */
function nameOf(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

/**
 * Activities as texts of a program: by their title where no other has it, else with their id.
 * @param text how the language writes a text
 */
export function activityTexts(input: SimulationInput, text: (plain: string) => string): string[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  for (const { title } of input.activities) counts.set(title, (counts.get(title) ?? 0) + 1);
  return input.activities.map(({ id, title }) => {
    const isAlone = counts.get(title) === 1 && title !== '';
    const short = isAlone ? plainText(title) : `${plainText(title)} (${nameOf(id)})`;
    const name = taken.has(short) ? `${plainText(title)} (${id})` : short;
    taken.add(name);
    return text(name);
  });
}

/** Attributes whose values are times, as they are what work takes. */
export function timesAmongAttributes(input: SimulationInput): ReadonlySet<number> {
  const found = new Set<number>();
  for (const instruction of input.instructions) {
    if (instruction.op !== 'work') continue;
    for (const part of partsOf(instruction.takes)) if (part.op === 'attribute') found.add(part.attribute);
  }
  return found;
}
