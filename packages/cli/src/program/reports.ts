import { Option } from 'commander';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import type { MachineFlags, TestFlags } from './flags.js';
import { languageOption, workersOption, onOption, deadlineOption, wholeNumber, testBudget } from './options.js';

/** Commands about reports and promises. */
export function addReportCommands({ add, launch, version }: Commands): void {
  add('report [path]', 'write everything about a project on one page', [
    'pathway report --out report.html',
    'pathway report --quick --format markdown',
    'pathway report --format pdf --language pl --out report.pdf',
    'pathway report --cards --format pdf --paper a5 --out cards.pdf',
  ])
    .addOption(
      new Option('--format <format>', 'a page for browsers, Markdown, a printed document, or a workbook')
        .choices(['html', 'markdown', 'pdf', 'xlsx'])
        .default('html'),
    )
    .addOption(languageOption())
    .option('--cards', 'action cards instead: what each role does, step by step; nothing is simulated')
    .addOption(new Option('--paper <size>', 'of cards as a PDF document').choices(['a4', 'a5']).default('a4'))
    .option('--quick', 'a first look: few replications, so that intervals are wide')
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action(
      (
        path: string | undefined,
        options: CommonOptions & {
          format: 'html' | 'markdown' | 'pdf' | 'xlsx';
          language?: string;
          cards?: boolean;
          paper: 'a4' | 'a5';
          quick?: boolean;
          out?: string;
        } & MachineFlags,
      ) => launch(options, async (context) => (await import('../commands/report.js')).report(path, options, context)),
    );

  add('test [path]', 'check by simulation that every `expect` holds', [
    'pathway test',
    'pathway test --budget 400 --junit results.xml --sarif results.sarif',
    'pathway test --budget 10min --undecided broken',
  ])
    .option('-s, --study <name>', 'what this study measures only')
    .addOption(
      new Option('--budget <amount>', 'replications (400) or time (10min) to go on for what is not decided').argParser(
        testBudget,
      ),
    )
    .addOption(
      new Option(
        '--undecided <as>',
        'an `expect` that cannot be decided ends with 3, passes, or counts as broken',
      ).choices(['apart', 'pass', 'broken']),
    )
    .addOption(
      new Option('--format <format>', 'how verdicts are written').choices(['text', 'json', 'github']).default('text'),
    )
    .option('--junit <file>', 'write the verdicts as JUnit XML too')
    .option('--sarif <file>', 'write what does not hold as SARIF too')
    .option('-n, --replications <number>', 'so many replications instead of what each study says', wholeNumber)
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .action((path: string | undefined, options: CommonOptions & TestFlags) =>
      launch(options, async (context) => (await import('../commands/test.js')).test(path, options, context, version)),
    );
}
