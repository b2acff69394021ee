import { batchInputs } from '../src/input/batches.js';
import { batchesOf, runReplication } from '../src/study/replication.js';
import { input } from '../test/build.js';
import { network } from './models.js';

const DAY = 86_400;
const BATCHES = 20;
const ROUNDS = 3;

/** How much longer one long run takes that is cut into batches, and than that the batches as runs of their own; CPU time. */
export function batchRatios(): string[] {
  const whole = input(network(), { run: 1000 * DAY, warmUp: 30 * DAY });
  const cut = { ...whole, batches: BATCHES };
  const own = batchInputs(whole, BATCHES);
  const contestants = [
    { name: 'one long run in one piece', run: () => runReplication(whole, 0).events },
    { name: `in ${BATCHES} batches, in one pass`, run: () => batchesOf(runReplication(cut, 0)).at(-1)!.events },
    { name: `${BATCHES} batches, a run each`, run: () => own.map((batch) => runReplication(batch, 0).events).at(-1)! },
  ];
  const seconds = contestants.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    contestants.forEach(({ run }, i) => {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      if (round > 0) seconds[i]?.push((user + system) / 1e6);
    });
  }
  const medians = seconds.map((each) => each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)] ?? Number.NaN);
  return [
    '',
    `${'1000 days of the urgent-care network'.padEnd(44)}${'CPU s'.padStart(12)}${'to one piece'.padStart(14)}`,
    ...contestants.map(
      ({ name }, i) =>
        `${name.padEnd(44)}${medians[i]!.toFixed(3).padStart(12)}${(medians[i]! / medians[0]!).toFixed(2).padStart(14)}`,
    ),
  ];
}
