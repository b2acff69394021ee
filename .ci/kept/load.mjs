// Loads the parts of a bundle: from what Node has compiled of them before, where this very Node and machine can use it,
// and otherwise from their texts. Copied beside them as `load.js`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

const FOLDER = new URL('./', import.meta.url);
const installed = createRequire(import.meta.url);
/** What parts export, by their names; entered before they run, so that parts may need one another. */
const exported = new Map();
/** The scripts of parts, for whoever keeps what is compiled of them. */
export const scripts = new Map();

/** What a part of the bundle exports. It runs when it is asked for first. */
export function load(part) {
  const known = exported.get(part);
  if (known !== undefined) return known.exports;
  const address = new URL(part, FOLDER);
  const text = readFileSync(address, 'utf8');
  const script = new Script(text, { filename: address.href, cachedData: keptOf(address) });
  scripts.set(part, script);
  const module = { exports: {} };
  exported.set(part, module);
  script.runInThisContext()(module, module.exports, need, bring, address.href);
  return module.exports;
}

/** Other parts by their names, and what is installed or built in. */
function need(name) {
  return name.startsWith('./') ? load(name.slice(2)) : installed(name);
}
need.resolve = installed.resolve;

/** What `import()` gives of modules that are no parts of the bundle. */
function bring(name) {
  return import(name);
}

/** What was compiled of a part; V8 looks whether it is of its own version and of a text of this length. */
function keptOf(address) {
  try {
    return readFileSync(new URL(`${address.href}.kept`));
  } catch {
    return undefined;
  }
}
