import { nearestText } from '@pathway/model';
import { ProjectError } from '../project-error.js';
import { diagram } from './diagram.js';
import type { Emitter } from './emitter.js';
import { modelJson } from './model-json.js';
import { pdf, report, summary, workbook } from './report.js';
import { results } from './results.js';
import { simulationInput } from './simulation-input.js';
import { staffing } from './staffing.js';

/** The emitters that ship, in the order in which a build runs them. */
export const shippedEmitters: readonly Emitter[] = [
  modelJson,
  diagram,
  simulationInput,
  results,
  staffing,
  report,
  summary,
  pdf,
  workbook,
];

/**
 * The emitters a build can use: those that ship, then those of packages.
 * @throws ProjectError when two have one name
 */
export function registerEmitters(fromPackages: readonly Emitter[]): ReadonlyMap<string, Emitter> {
  const registry = new Map(shippedEmitters.map((emitter) => [emitter.name, emitter]));
  for (const emitter of fromPackages) {
    if (registry.has(emitter.name))
      throw new ProjectError(
        `Two emitters have the name \`${emitter.name}\`.`,
        'Take one of the packages out of `emitters` in pathway.config.json; names of emitters that ship are taken.',
      );
    registry.set(emitter.name, emitter);
  }
  return registry;
}

/**
 * The emitter of a name.
 * @throws ProjectError that proposes the nearest name and lists all
 */
export function emitterNamed(name: string, registry: ReadonlyMap<string, Emitter>): Emitter {
  const found = registry.get(name);
  if (found !== undefined) return found;
  const names = [...registry.keys()];
  const near = nearestText(name, names);
  throw new ProjectError(
    `There is no emitter \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
    `Emitters: ${names.join(', ')}.`,
  );
}
