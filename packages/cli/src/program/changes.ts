import { Option } from 'commander';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import type { DiffFlags, ApproveFlags } from './flags.js';
import { workersOption, wholeNumber, isoDate } from './options.js';

/** Commands about what changed and who agreed. */
export function addChangeCommands({ add, launch, version }: Commands): void {
  add('diff [paths...]', 'tell what changed in care between two versions', [
    'pathway diff',
    'pathway diff --from main --to HEAD examples/stroke',
    'pathway diff --from old-folder --to new-folder --format markdown --out comment.md',
  ])
    .option('--from <version>', 'the earlier version: a git revision, a folder or a file (default: HEAD)')
    .option('--to <version>', 'the later version (default: the files as they are)')
    .addOption(
      new Option('--format <format>', 'how the difference is written')
        .choices(['text', 'markdown', 'html', 'svg', 'json', 'sarif', 'github', 'gitlab'])
        .default('text'),
    )
    .option(
      '--consequences',
      'also tell what the change does to figures, by simulating both versions with the same patients',
    )
    .option('--fast', 'with consequences by closed forms alone, at once')
    .option('-n, --replications <number>', 'so many pairs of replications instead of what each study says', wholeNumber)
    .addOption(workersOption())
    .option('--link <address>', 'address of a file, with {file}, {line} and {version}, for links in Markdown')
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((paths: string[], options: CommonOptions & DiffFlags) =>
      launch(options, async (context) => (await import('../commands/diff.js')).diff(paths, options, context, version)),
    );

  add('approve <name> [path]', 'sign off what a pathway, study or other declaration means now', [
    'pathway approve StrokeCare --by RoyalDevon',
    'pathway approve StrokeCare examples/stroke --by RoyalDevon --on 2026-04-02',
  ])
    .option('--by <name>', 'organisation or role that approves it')
    .option('--on <date>', 'date of the approval, as in 2026-04-02 (default: today)', isoDate)
    .action((name: string, path: string | undefined, options: CommonOptions & ApproveFlags) =>
      launch(options, async (context) =>
        (await import('../commands/approve.js')).approveMeaning(name, path, options, context),
      ),
    );

  add('comment <file>', 'put a text on the pull or merge request of a pipeline, in the place of its earlier one', [
    'pathway diff --from main --format markdown --out difference.md; pathway comment difference.md',
  ]).action((file: string, options: CommonOptions) =>
    launch(options, async (context) => (await import('../commands/comment.js')).comment(file, context)),
  );
}
