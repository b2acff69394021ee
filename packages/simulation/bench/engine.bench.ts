import { bench, describe } from 'vitest';
import { runReplication } from '../src/index.js';
import { input } from '../test/build.js';
import { handWritten } from './hand-written.js';
import { mmc, network } from './models.js';

const DAY = 86_400;
const lines: string[] = [];

/** Events per second of the best of some runs: the others were disturbed by something else. */
function rate(run: () => number): number {
  let best = 0;
  for (let i = 0; i < 4; i++) {
    const start = performance.now();
    const events = run();
    best = Math.max(best, events / ((performance.now() - start) / 1000));
  }
  return best;
}

const million = (perSecond: number): string => `${(perSecond / 1e6).toFixed(2)} million events/s`;

describe('engine', () => {
  bench(
    'M/M/10 and the urgent-care network, beside a hand-written loop',
    () => {
      const queue = input(mmc(), { run: 500_000 });
      const urgent = input(network(), { run: 1000 * DAY });
      const byHand = rate(() => handWritten(10, 8, 500_000).events);
      const ours = rate(() => runReplication(queue, 0).events);
      const networks = rate(() => runReplication(urgent, 0).events);
      lines.push(
        `hand-written M/M/10   ${million(byHand)}   1.00`,
        `engine, M/M/10        ${million(ours)}   ${(ours / byHand).toFixed(2)}`,
        `engine, network       ${million(networks)}   ${(networks / byHand).toFixed(2)}`,
      );
    },
    {
      iterations: 1,
      warmupIterations: 0,
      time: 0,
      warmupTime: 0,
      teardown: () => {
        console.log(lines.splice(0).join('\n'));
      },
    },
  );
});
