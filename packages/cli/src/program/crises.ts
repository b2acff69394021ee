import { Option } from 'commander';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import type { ExerciseFlags, WatchFlags } from './flags.js';
import { languageOption, workersOption, collect, seconds } from './options.js';

/** Commands about alerts and exercises. */
export function addCrisisCommands({ add, launch }: Commands): void {
  add('watch [path]', 'say which levels and responses are active, from alerts and tables as they come', [
    'pathway watch examples/heat-wave --alerts inbox --state watch.json',
    'pathway watch --alerts alert.xml --values occupancy.csv --once --format json',
    'pathway watch --alerts drill --drill --as-of 2026-07-02T18:00',
    'pathway watch examples/heat-wave --alerts inbox --language it',
  ])
    .addOption(
      new Option('--alerts <place>', 'a CAP 1.2 alert, or a folder that receives them; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--values <file>',
        'a CSV table that grows, with a column `time`, or a report of hospitals (EDXL-HAVE); may be repeated',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--beds <file>', 'a CSV table that says which beds of such reports are which resources')
    .addOption(
      new Option('--sender <name>', 'only alerts of this sender count; may be repeated')
        .argParser(collect)
        .default([], 'all'),
    )
    .option('--state <file>', 'remember there what happened, and go on from it')
    .option('--drill', 'a drill: only alerts with the status Exercise count, and every line says so')
    .option('--scenario <name>', 'only the responses that this scenario has at hand')
    .option('--once', 'judge what is there now, and end; ends with 1 where an input cannot be read')
    .option('--as-of <time>', 'judge what was there at a time, like 2026-07-01T14:00, and end')
    .option('--timezone <zone>', 'clock of times without a zone (default: that of the first territory)')
    .option('--start <date>', 'from when on series without dates count (default: the start of the first study)')
    .addOption(new Option('--interval <seconds>', 'look again after so long').argParser(seconds).default(5))
    .addOption(languageOption())
    .addOption(
      new Option('--format <format>', 'lines for people, or JSON lines').choices(['text', 'json']).default('text'),
    )
    .action((path: string | undefined, options: CommonOptions & WatchFlags) =>
      launch(options, async (context) => (await import('../commands/watch.js')).watch(path, options, context)),
    );

  add(
    'exercise [path]',
    'write a scenario as a table-top exercise: a script for the facilitator, papers for participants',
    [
      'pathway exercise examples/heat-wave --out facilitator.html',
      'pathway exercise --scenario FullPlan --for participants --format pdf --out participants.pdf',
      'pathway exercise --figures --format markdown',
      'pathway exercise examples/power-cut --alerts inbox --out facilitator.html',
    ],
  )
    .option('--scenario <name>', 'practise this scenario (default: the last with a crisis and responses)')
    .addOption(
      new Option('--for <reader>', 'who it is for').choices(['facilitator', 'participants']).default('facilitator'),
    )
    .option('--figures', 'simulate the scenario, and add what the plan brings about')
    .option('--alerts <folder>', 'write its alerts there too, with the status Exercise, for pathway watch --drill')
    .addOption(
      new Option('--format <format>', 'a page for browsers, Markdown, or a printed document')
        .choices(['html', 'markdown', 'pdf'])
        .default('html'),
    )
    .addOption(languageOption())
    .addOption(workersOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & ExerciseFlags) =>
      launch(options, async (context) => (await import('../commands/exercise.js')).exercise(path, options, context)),
    );
}
