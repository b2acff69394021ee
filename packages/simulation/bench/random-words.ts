import { writeSync } from 'node:fs';
import { RandomStream } from '../engine/random.js';
import { hashText } from '../src/random/hash.js';

/*
 * Writes 32-bit words of keyed draws without end, for a battery of tests that reads standard input. The order says what
 * changes fastest: neighbours in the stream are then draws of neighbouring patients, activities, visits or replications,
 * each from an address of its own, as in a run.
 */

const COHORTS = Array.from({ length: 8 }, (_, i) => hashText(`cohort C${i}`));
const ACTIVITIES = Array.from({ length: 256 }, (_, i) => hashText(`P.S${i}/takes`));

type Address = (i: number) => readonly [who: number, whose: number, what: number, visit: number];

const ORDERS: Readonly<Record<string, Address>> = {
  patients: (i) => [i % 4_194_304, COHORTS[0]!, ACTIVITIES[Math.floor(i / 4_194_304) % 256]!, 0],
  activities: (i) => [Math.floor(i / 256), COHORTS[1]!, ACTIVITIES[i % 256]!, 0],
  visits: (i) => [Math.floor(i / 64), COHORTS[2]!, ACTIVITIES[7]!, i % 64],
  cohorts: (i) => [Math.floor(i / 8) % 4_194_304, COHORTS[i % 8]!, ACTIVITIES[Math.floor(i / 33_554_432) % 256]!, 0],
};

const order = process.argv[2] ?? 'patients';
const address = ORDERS[order];
if (address === undefined) throw new Error(`There is no order ${order}: ${Object.keys(ORDERS).join(', ')}.`);
const random = new RandomStream(Number(process.argv[3] ?? 20_260_105), 0, 0);
const words = new Int32Array(65_536);
try {
  for (let i = 0; ;) {
    // Each address gives one word, so that what is tested is the addressing, not the words of one block.
    for (let k = 0; k < words.length; k++, i++) {
      const [who, whose, what, visit] = address(i);
      random.address(who, whose, what, visit);
      words[k] = random.block[random.pair()]!;
    }
    const bytes = new Uint8Array(words.buffer);
    for (let written = 0; written < bytes.length;) written += writeSync(1, bytes, written);
  }
} catch (error) {
  // The battery has read what it wanted.
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
}
