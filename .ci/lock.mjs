// The lock file must say the same on every machine, and nothing that needs a newer Node than ours may slip in.
//
//   node .ci/lock.mjs            settles package-lock.json after dependencies changed
//   node .ci/lock.mjs --check    fails where it is not settled
//
// `.npmrc` sets engine-strict, so a package that declares a newer Node stops the installation. Two packages declare
// Node 22 and yet run on Node 20; the lock file is relieved of their declaration, for exactly these versions.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../package-lock.json', import.meta.url);

const RUNS_ON_NODE_20 = new Map([
  // Needs Object.groupBy in its grammar validation only, which production mode skips; `npm run generate` brings it.
  ['node_modules/chevrotain', '13.2.0'],
  // An ES module that imports nothing newer; used by the generator alone.
  ['node_modules/langium-cli/node_modules/commander', '15.0.0'],
]);

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

function settle(lock) {
  for (const [path, version] of RUNS_ON_NODE_20) {
    const entry = lock.packages[path];
    if (entry?.version === version) delete entry.engines;
  }
}

function* troublesOf(lock) {
  for (const [path, version] of RUNS_ON_NODE_20) {
    const entry = lock.packages[path];
    if (entry === undefined || entry.version !== version) {
      yield `${path} is not at ${version} any more: look at its engines again and at the list in .ci/lock.mjs`;
    } else if (entry.engines !== undefined) yield `${path} still declares its engines: run \`npm run lock\``;
  }
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.resolved !== undefined && entry.link !== true) yield `${path} names where it was downloaded from`;
    if (path.startsWith('/') || path.startsWith('..')) yield `${path} lies outside the repository`;
  }
  for (const manifest of manifests()) {
    const {
      name,
      dependencies = {},
      devDependencies = {},
      overrides = {},
    } = JSON.parse(readFileSync(manifest, 'utf8'));
    for (const [dependency, version] of Object.entries({ ...dependencies, ...devDependencies, ...overrides })) {
      if (!EXACT.test(version)) yield `${name} does not pin ${dependency}: ${version}`;
    }
  }
}

function* manifests() {
  yield new URL('../package.json', import.meta.url);
  const packages = new URL('../packages/', import.meta.url);
  for (const directory of readdirSync(packages, { withFileTypes: true })) {
    if (directory.isDirectory()) yield new URL(`${directory.name}/package.json`, packages);
  }
}

const before = readFileSync(LOCK, 'utf8');
const lock = JSON.parse(before);
const checking = process.argv.includes('--check');
if (!checking) {
  settle(lock);
  const after = `${JSON.stringify(lock, null, 2)}\n`;
  if (after !== before) writeFileSync(LOCK, after);
}
const troubles = [...troublesOf(lock)];
for (const trouble of troubles) console.error(trouble);
if (troubles.length > 0) process.exitCode = 1;
