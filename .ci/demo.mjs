// Builds the stroke example and says where its products are.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);
const OUT = 'out/stroke';

const { status } = spawnSync(
  process.execPath,
  ['packages/cli/bin/pathway.js', 'build', 'examples/stroke', '--out', OUT],
  { cwd: fileURLToPath(ROOT), stdio: 'inherit' },
);
process.exitCode = status ?? 1;
if (status === 0) {
  const files = readdirSync(new URL(`${OUT}/`, ROOT), { recursive: true }).sort();
  const pages = files.filter((file) => file.endsWith('.html'));
  console.log(`\n${files.length} files are in ${OUT}.`);
  for (const page of pages) console.log(`Open ${OUT}/${page.replaceAll('\\', '/')} in a browser.`);
}
