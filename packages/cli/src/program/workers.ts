import { Option } from 'commander';
import type { WorkerFlags } from '../commands/worker.js';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import { wholeNumber } from './options.js';

/** Commands about work for studies that are started elsewhere. */
export function addWorkerCommands({ add, launch }: Commands): void {
  add('worker', 'run replications for studies that are started elsewhere with --on', [
    'pathway worker --on redis://broker:6379',
    'PATHWAY_REDIS_PASSWORD=… pathway worker --on rediss://broker:6380 --cores 8 --idle 300',
  ])
    .addOption(new Option('--on <address>', 'the broker: Redis or Valkey, as in redis://host:6379'))
    .option('--cores <number>', 'replications at once (default: one for each core)', wholeNumber)
    .option('--idle <seconds>', 'end after so long without work (default: never)', wholeNumber)
    .option('--lease <seconds>', 'silence after which its work is given to another (default: 15)', wholeNumber)
    .action((options: CommonOptions & WorkerFlags) =>
      launch(options, async (context) => (await import('../commands/worker.js')).worker(options, context)),
    );
}
