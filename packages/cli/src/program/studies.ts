import { Option } from 'commander';
import type { BudgetOptions } from '../commands/budget.js';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import type { SimulateFlags } from './flags.js';
import { languageOption, workersOption, onOption, deadlineOption, wholeNumber, numberOrRange } from './options.js';

/** Commands about studies. */
export function addStudyCommands({ add, launch }: Commands): void {
  add('simulate [path]', 'run the studies and show what came of them', [
    'pathway simulate examples/stroke',
    'pathway simulate --study Beds --replications 20 --workers 4',
    'pathway simulate --format json --out results.json',
    'pathway simulate examples/heat-wave --format svg --out timeline.svg',
    'pathway simulate --replications 0-99 --out part0.json',
    'pathway simulate --merge part0.json part1.json',
  ])
    .option('-s, --study <name>', 'run this study only')
    .option(
      '-n, --replications <number>',
      'so many instead of what the study says; or some of them into a file, as in 0-99',
      numberOrRange,
    )
    .option('--merge <files...>', 'make results of the files that --replications 0-99 --out … wrote')
    .option('--seed <number>', 'this seed instead of what the study says', wholeNumber)
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .addOption(
      new Option('--format <format>', 'how results are written; svg draws what was in force when')
        .choices(['text', 'json', 'svg'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & SimulateFlags) =>
      launch(options, async (context) => (await import('../commands/simulate.js')).simulate(path, options, context)),
    );

  add('budget [path]', 'run the studies and show who pays, who is paid and what care costs', [
    'pathway budget examples/stroke',
    'pathway budget --study Options --format csv --out budget.csv',
  ])
    .option('-s, --study <name>', 'run this study only')
    .option('-n, --replications <number>', 'so many instead of what the study says', wholeNumber)
    .option('--seed <number>', 'this seed instead of what the study says', wholeNumber)
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .addOption(
      new Option('--format <format>', 'how the budget is written')
        .choices(['text', 'markdown', 'html', 'json', 'csv'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & BudgetOptions) =>
      launch(options, async (context) => (await import('../commands/budget.js')).budget(path, options, context)),
    );
}
