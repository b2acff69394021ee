import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

/** The Pathway files below a folder of the repository, by their paths, in order; none where the folder is missing. */
export function pathwayFiles(folder: string): { readonly path: string; readonly text: string }[] {
  const root = new URL(`${folder}/`, ROOT);
  let names: string[];
  try {
    names = readdirSync(fileURLToPath(root), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.pathway') && !name.includes('node_modules'))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(new URL(name, root), 'utf8') }));
}
