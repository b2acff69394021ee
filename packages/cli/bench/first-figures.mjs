// How long it takes from `pathway simulate EXAMPLE` to the first figures on a terminal, in milliseconds, for each example, or for
// those that are named. The command is that of the bundle; `script` (util-linux) gives it a terminal.
//
//   node packages/cli/bench/first-figures.mjs [EXAMPLE…]
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FIGURES = /So far, from \d+ replication|\(\d+ replications\)/;

/** Milliseconds until the first figures of an example are written. */
function firstFigures(example) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const command = `node packages/cli/bin/pathway.js simulate examples/${example}`;
    const terminal = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: ROOT,
      env: { ...process.env, TERM: 'xterm', COLUMNS: '120' },
    });
    let seen = '';
    let found;
    terminal.stdout.on('data', (text) => {
      seen += text;
      if (found !== undefined || !FIGURES.test(seen)) return;
      found = performance.now() - began;
      terminal.kill();
    });
    terminal.once('error', reject);
    terminal.once('close', () =>
      found === undefined ? reject(new Error(`${example} gave no figures:\n${seen}`)) : resolve(found),
    );
  });
}

const examples = readdirSync(new URL('../../../examples/', import.meta.url)).sort();
const named = process.argv.slice(2);
for (const example of named.length > 0 ? named : examples) {
  // A folder without a configuration holds data alone.
  if (!existsSync(`${ROOT}examples/${example}/pathway.config.json`)) continue;
  const times = [];
  for (let i = 0; i < 3; i++) times.push(await firstFigures(example));
  times.sort((a, b) => a - b);
  console.log(`${example.padEnd(20)} ${Math.round(times[1])} ms`);
}
