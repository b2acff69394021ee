import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ENGINE_VERSION } from '../../src/generated/engine-version.js';
import { brokerAddress } from '../../src/host/distributed/broker-address.js';
import type { Presence } from '../../src/host/distributed/wire.js';
import { createWorkerWatch } from '../../src/host/distributed/worker-watch.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const own = (id: string, cores = 2): Presence => ({ id, engine: ENGINE_VERSION, cores });
const other = (id: string): Presence => ({ id, engine: '9.9.9', cores: 2 });

function watching() {
  const there: Presence[] = [];
  const told: string[] = [];
  const counts: string[] = [];
  const broker = { address: brokerAddress('redis://h'), workers: () => Promise.resolve([...there]) };
  const watch = createWorkerWatch(broker, {
    tell: (text) => told.push(text),
    onWorkers: (workers, cores) => counts.push(`${workers}/${cores}`),
  });
  return { there, told, counts, watch };
}

test('says once that nobody is there, and again when all have gone', async () => {
  const { there, told, counts, watch } = watching();
  for (let second = 0; second < 60; second++) {
    if (second === 30) there.push(own('a'), own('b', 4));
    if (second === 40) there.length = 0;
    await watch.look();
    vi.advanceTimersByTime(1000);
  }
  expect(told).toHaveLength(2);
  expect(told[0]).toBe('No worker is at redis://h:6379 yet. Start some there: pathway worker --on redis://h:6379');
  expect(counts).toEqual(['0/0', '2/6', '0/0']);
});

test('leaves workers of another version out, and says so once', async () => {
  const { there, told, watch } = watching();
  there.push(own('a'), other('b'), other('c'));
  for (let second = 0; second < 30; second++) {
    await watch.look();
    vi.advanceTimersByTime(1000);
  }
  expect(await watch.cores()).toBe(2);
  expect(told).toEqual([`2 of 3 workers are of another version (9.9.9) and get no work; this is ${ENGINE_VERSION}.`]);
});

test('refuses when all stay of another version, and waits a while before', async () => {
  const { there, watch } = watching();
  there.push(other('b'));
  await watch.look();
  vi.advanceTimersByTime(5000);
  await watch.look();
  vi.advanceTimersByTime(5000);
  await expect(watch.look()).rejects.toThrow(
    `All workers at redis://h:6379 are of another version: 9.9.9. This is ${ENGINE_VERSION}.`,
  );
});
