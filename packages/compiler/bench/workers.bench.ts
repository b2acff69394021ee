import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bench } from 'vitest';
import { network } from '../../simulation/bench/models.js';
import { input } from '../../simulation/test/build.js';
import { bundlePool } from '../test/host/bundled-pool.js';

const DAY = 86_400;
const REPLICATIONS = 120;
const ROUNDS = 3;

/** Prints the seconds of each round with one worker and with two, whose threads start anew each time. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
const [, , file, pool] = process.argv;
const { createReplicationPool } = await import(pool);
const input = JSON.parse(readFileSync(file, 'utf8'));
const jobs = Array.from({ length: ${REPLICATIONS} }, (_, replication) => ({ input, replication }));
const hooks = { onDone: () => {}, shouldStop: () => false };
const seconds = async (workers) => {
  const start = performance.now();
  const executor = createReplicationPool(workers);
  await executor.run(jobs, hooks);
  const took = (performance.now() - start) / 1000;
  await executor.close();
  return took;
};
await seconds(1);
const rounds = [];
for (let i = 0; i < ${ROUNDS}; i++) rounds.push([await seconds(1), await seconds(2)]);
console.log(JSON.stringify(rounds));
`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function speedUp(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'workers-'));
  const file = join(folder, 'input.json');
  try {
    const pool = await bundlePool(folder);
    writeFileSync(file, JSON.stringify(input(network(), { run: 200 * DAY })));
    const program = join(folder, 'rounds.js');
    writeFileSync(program, PROGRAM);
    const { stdout } = await promisify(execFile)(process.execPath, [program, file, pool]);
    // What the program above prints.
    const rounds = JSON.parse(stdout) as readonly (readonly [number, number])[];
    const one = median(rounds.map(([alone]) => alone));
    const two = median(rounds.map(([, together]) => together));
    return (
      `${REPLICATIONS} replications of the urgent-care network: ${one.toFixed(2)} s with one worker, ` +
      `${two.toFixed(2)} s with two, which is ${(one / two).toFixed(2)} times as fast`
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let done = false;

bench(
  'replications by two workers beside one',
  async () => {
    if (done) return;
    done = true;
    console.log(await speedUp());
  },
  { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 },
);
