import type { Model } from '@pathway/model';
import { fileURLToPath } from 'node:url';
import { compileProject, createProjectReader, findProject } from '../../src/index.js';

/** Examples that have pathways. */
export const EXAMPLES = [
  'heat-wave',
  'network-outage',
  'power-cut',
  'stroke',
  'stroke-surge',
  'treatment-centre',
  'urgent-care',
] as const;

const models = new Map<string, Promise<Model>>();

/** The model of an example, compiled once. */
export function exampleModel(name: string): Promise<Model> {
  const known = models.get(name);
  if (known !== undefined) return known;
  const made = compiled(fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url)));
  models.set(name, made);
  return made;
}

/** The model of the project in a folder. */
export async function compiled(folder: string): Promise<Model> {
  const project = await findProject(undefined, folder);
  const { model, diagnostics } = await compileProject(project, createProjectReader(project));
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}
