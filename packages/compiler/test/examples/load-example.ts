import { fileURLToPath } from 'node:url';
import type { Model } from '@pathway/model';
import { compileProject, createProjectReader, findProject, type ProjectCompilation } from '../../src/index.js';

/** An example of the repository, compiled as the command compiles it. */
export async function loadExample(name: string): Promise<ProjectCompilation & { readonly model: Model }> {
  const folder = fileURLToPath(new URL(`../../../../examples/${name}/`, import.meta.url));
  const project = await findProject(folder, folder);
  const compilation = await compileProject(project, createProjectReader(project));
  const { model } = compilation;
  if (model === undefined) throw new Error(`The example ${name} has errors.`);
  return { ...compilation, model };
}
