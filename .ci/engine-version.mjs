// Names the engine by its version and its sources, so that machines that share a study can tell whether they would
// find the same figures. Writes packages/compiler/src/generated/engine-version.ts.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const PACKAGE = new URL('../packages/simulation/', import.meta.url);
const OUT = new URL('../packages/compiler/src/generated/', import.meta.url);
const FOLDERS = ['src', 'engine'];
const SOURCES = /\.(ts|js|json)$/;

const hash = createHash('sha256');
for (const folder of FOLDERS) {
  const root = new URL(`${folder}/`, PACKAGE);
  if (!existsSync(root)) continue;
  const names = readdirSync(root, { recursive: true }).map((name) => name.replaceAll('\\', '/'));
  for (const name of names.filter((each) => SOURCES.test(each) && !each.startsWith('generated/')).sort()) {
    // Line ends are those of the machine that checked the files out; the engine is not.
    const text = readFileSync(new URL(name, root), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${folder}/${name}\0${text}\0`);
  }
}
const { version } = JSON.parse(readFileSync(new URL('package.json', PACKAGE), 'utf8'));
const text = `/** Version of the engine and of its very sources. Made by \`npm run generate\`. */
export const ENGINE_VERSION = '${version}-${hash.digest('hex').slice(0, 12)}';
`;
const file = new URL('engine-version.ts', OUT);
mkdirSync(OUT, { recursive: true });
if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
