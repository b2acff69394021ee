import { formatText } from '@pathway/language';
import type { Model } from '@pathway/model';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  'two-territories',
  'urgent-care',
  'ward-roster',
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
async function compiled(folder: string): Promise<Model> {
  const project = await findProject(undefined, folder);
  const { model, diagnostics } = await compileProject(project, createProjectReader(project));
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

/** The model of a text alone. */
export async function modelOf(text: string): Promise<Model> {
  const folder = mkdtempSync(join(tmpdir(), 'pathway-'));
  try {
    const result = formatText(text);
    if (!('formatted' in result)) throw new Error(`${result.errors[0]?.message ?? ''}\n${text}`);
    writeFileSync(join(folder, 'imported.pathway'), result.formatted);
    return await compiled(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
