import { afterAll, beforeAll, expect, test } from 'vitest';
import { mmc, network } from '../bench/models.js';
import { runReplication } from '../src/index.js';
import { input } from './build.js';

const DAY = 86_400;
const Instance = WebAssembly.Instance;

/** The memories of the engines that were made, to look at from outside. */
const memories: WebAssembly.Memory[] = [];

beforeAll(() => {
  WebAssembly.Instance = class extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      const { memory } = this.exports;
      if (memory instanceof WebAssembly.Memory) memories.push(memory);
    }
  };
});
afterAll(() => {
  WebAssembly.Instance = Instance;
});

test.each([
  ['a queue', mmc, 0.5],
  ['the urgent-care network', network, 60],
] as const)('a run of %s that is 16 times as long has at most one doubling of memory', (_, model, days) => {
  const taken = (times: number): { readonly events: number; readonly bytes: number } => {
    const { events } = runReplication(input(model(), { run: days * times * DAY }), 0);
    return { events, bytes: Math.max(...memories.map((memory) => memory.buffer.byteLength)) };
  };
  // The second run has the instance of the first one, whose memory never shrinks.
  const [short, long] = [taken(1), taken(16)];
  expect(memories).toHaveLength(1);
  expect(long.events).toBeGreaterThan(15 * short.events);
  expect(long.bytes).toBeLessThanOrEqual(2 * short.bytes);
  expect(long.bytes).toBeLessThan(long.events * 4);
});
