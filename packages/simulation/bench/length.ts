import { input } from '../test/build.js';
import { runReplication } from '../src/study/replication.js';
import { network } from './models.js';

/** One run of the urgent-care network of as many days as the command line says. Prints what memory that takes. */
const days = Number(process.argv[2]);
const compiled = input(network(), { run: days * 86_400 });
const most = (): number => process.resourceUsage().maxRSS / 1024;
const before = most();
const { events } = runReplication(compiled, 0);
console.log(
  `urgent-care network, ${days} days: ${(events / 1e6).toFixed(1)} million events, ` +
    `${before.toFixed(0)} MB once compiled, at most ${most().toFixed(0)} MB`,
);
