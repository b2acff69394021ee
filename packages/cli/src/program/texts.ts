import { Option } from 'commander';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import type { MachineFlags } from './flags.js';
import { workersOption, onOption, deadlineOption, collect, isoDate } from './options.js';

/** Commands about texts. */
export function addTextCommands({ add, launch, version }: Commands): void {
  add('check [paths...]', 'look for mistakes in pathways', [
    'pathway check',
    'pathway check examples/stroke "regions/**/*.pathway"',
    'pathway check --format sarif > findings.sarif',
    'pathway check --watch',
    'pathway check --as-of 2027-01-01',
  ])
    .addOption(
      new Option('--format <format>', 'how findings are written')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .option('-w, --watch', 'check again whenever a file changes')
    .option('--as-of <date>', 'tell which agreements do not hold on this day or are to be reviewed', isoDate)
    .action(
      (
        paths: string[],
        options: CommonOptions & {
          format: 'text' | 'json' | 'sarif' | 'github';
          watch?: boolean;
          asOf?: string;
        },
      ) =>
        launch(options, async (context) =>
          (await import('../commands/check.js')).check(paths, options, context, version),
        ),
    );

  add('format [paths...]', 'write pathways in the one canonical form', ['pathway format', 'pathway format --check'])
    .option('--check', 'change nothing; list what is not in the canonical form and end with 1')
    .action((paths: string[], options: CommonOptions & { check?: boolean }) =>
      launch(options, async (context) => (await import('../commands/format.js')).format(paths, options, context)),
    );

  add('explain [code]', 'explain a diagnostic, with a wrong and a right example', [
    'pathway explain PW2001',
    'pathway explain',
  ]).action((code: string | undefined, options: CommonOptions) =>
    launch(options, async (context) => (await import('../commands/explain.js')).explain(code, context)),
  );

  add('build [path]', 'make all products of a project: model, diagrams, results, staffing, report', [
    'pathway build examples/stroke --out out/stroke',
    'pathway build --only report --only diagram',
    'pathway build --quick --watch',
  ])
    .option('-o, --out <folder>', 'where products go (default: `out` of the project, or what its configuration says)')
    .addOption(
      new Option('--only <emitter>', 'make this product only; may be repeated').argParser(collect).default([], 'all'),
    )
    .option('--quick', 'a first look: few replications, so that intervals are wide')
    .option('-w, --watch', 'build again whenever a file changes')
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .action(
      (
        path: string | undefined,
        options: CommonOptions & { out?: string; only: string[]; quick?: boolean; watch?: boolean } & MachineFlags,
      ) => launch(options, async (context) => (await import('../commands/build.js')).build(path, options, context)),
    );
}
