// Runs a bundled command and keeps what Node has compiled of its parts, beside them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Functions that were not called for a while would be forgotten.
setFlagsFromString('--no-flush-bytecode');
const [folder, calls] = process.argv.slice(2);
const { load, scripts } = await import(pathToFileURL(join(folder, 'load.js')).href);
const { run } = load('main.cjs');
for (const args of JSON.parse(calls)) await run(args);
// The flags are part of what V8 compares when it reads.
setFlagsFromString('--flush-bytecode');
for (const [part, script] of scripts) writeFileSync(join(folder, `${part}.kept`), script.createCachedData());
process.exit(0);
