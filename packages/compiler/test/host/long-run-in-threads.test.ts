import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { batchesOf, runReplication, type ReplicationResult, type SimulationInput } from '@pathway/simulation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mmc } from '../../../simulation/bench/models.js';
import { input } from '../../../simulation/test/build.js';
import { bundlePool } from './bundled-pool.js';

/** Runs one job on threads until so many parts of it are done, and prints how many were told of and what was found. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
const [, , pool, file, most] = process.argv;
const { createReplicationPool } = await import(pool);
const input = JSON.parse(readFileSync(file, 'utf8'));
let told = 0;
const executor = createReplicationPool(2);
const [found] = await executor.run([{ input, replication: 0 }], {
  onDone: () => told++,
  shouldStop: () => told >= Number(most),
});
await executor.close();
const all = found === undefined ? [] : [found, ...(found.laterBatches ?? [])];
console.log(JSON.stringify({ told, events: all.map(({ events }) => events) }));
`;

let folder: string;
let pool: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threads-'));
  pool = await bundlePool(folder);
  writeFileSync(join(folder, 'program.js'), PROGRAM);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Printed {
  readonly told: number;
  readonly events: readonly number[];
}

async function runOnThreads(job: SimulationInput, most: number): Promise<Printed> {
  const file = join(folder, 'input.json');
  writeFileSync(file, JSON.stringify(job));
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'program.js'), pool, file, `${most}`]);
  // What the program above prints.
  return JSON.parse(stdout) as Printed;
}

const eventsOf = (result: ReplicationResult): number[] => batchesOf(result).map(({ events }) => events);

test('a long run on a thread tells of each batch and finds what it finds in this thread', async () => {
  const job = { ...input(mmc(), { run: 5000 }), batches: 4 };
  expect(await runOnThreads(job, Number.POSITIVE_INFINITY)).toEqual({
    told: 4,
    events: eventsOf(runReplication(job, 0)),
  });
});

test('a stop in the middle of a long run on a thread keeps the batches that have ended', async () => {
  const whole = input(mmc(), { run: 10_000_000 });
  const { told, events } = await runOnThreads({ ...whole, batches: 50 }, 2);
  expect(told).toBeGreaterThanOrEqual(2);
  expect(told).toBeLessThan(50);
  expect(events).toHaveLength(told);
  const first = { ...whole, run: 200_000 };
  // The second, as a run of its own, begins its window with an event.
  const second = { ...first, warmUp: 200_000 };
  expect(events.slice(0, 2)).toEqual([runReplication(first, 0).events, runReplication(second, 0).events - 1]);
});
