import { ProjectError } from '@pathway/compiler';
import { type Model, nearestText, type Pathway, type Scenario } from '@pathway/model';

/**
 * The scenario of a name or id.
 * @throws ProjectError that proposes the nearest name and lists all
 */
export function scenarioNamed(model: Model, wanted: string): Scenario {
  const found = model.scenarios.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return found;
  const names = model.scenarios.map(({ name }) => name);
  const near = nearestText(wanted, names);
  throw new ProjectError(
    `There is no scenario ${wanted}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    `Scenarios: ${names.join(', ') || 'none'}.`,
  );
}

/**
 * The pathways of a name or id.
 * @throws ProjectError that proposes the nearest name and lists all
 */
export function pathwaysNamed(model: Model, wanted: string): readonly Pathway[] {
  const found = model.pathways.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 0) return found;
  const names = model.pathways.map(({ name }) => name);
  const near = nearestText(wanted, names);
  throw new ProjectError(
    `There is no pathway ${wanted}${near === undefined ? '' : `; did you mean ${near}?`}`,
    `Pathways: ${names.join(', ') || 'none'}.`,
  );
}
