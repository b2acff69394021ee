import { runReplication } from '../src/index.js';
import { input } from '../test/build.js';
import { handWritten } from './hand-written.js';
import { mmc, network } from './models.js';

const DAY = 86_400;

/** Events per second of the best of some runs: the others were disturbed by something else. */
function rate(run: () => number): number {
  let best = 0;
  for (let i = 0; i < 4; i++) {
    const start = process.cpuUsage();
    const events = run();
    const used = process.cpuUsage(start);
    best = Math.max(best, events / ((used.user + used.system) / 1e6));
  }
  return best;
}

/** Speeds side by side, one line each: events per CPU second, and the ratio to the hand-written loop. */
export function measure(): string[] {
  const queue = input(mmc(), { run: 500_000 });
  const urgent = input(network(), { run: 1000 * DAY });
  const byHand = rate(() => handWritten(10, 8, 500_000).events);
  const line = (name: string, perSecond: number): string =>
    `${name.padEnd(36)} ${(perSecond / 1e6).toFixed(2).padStart(6)} million events/s   ${(perSecond / byHand).toFixed(2)}`;
  return [
    line('M/M/10 written by hand', byHand),
    line(
      'M/M/10',
      rate(() => runReplication(queue, 0).events),
    ),
    line(
      'urgent-care network, 16 resources',
      rate(() => runReplication(urgent, 0).events),
    ),
  ];
}
