import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import type { GitFlags } from './flags.js';

/** Commands about git, beginnings, editors and shells. */
export function addToolCommands({ add, launch, program }: Commands): void {
  add(
    'git <action> [arguments...]',
    'show, merge, check and trace meaning in git: setup, staged, blame, textconv, merge',
    [
      'pathway git setup',
      'pathway git setup --hook',
      'pathway git staged',
      'pathway git setup --remove',
      'pathway git blame StrokeCare.Scan examples/stroke',
    ],
  )
    .option('--remove', 'with setup: take everything away again')
    .option('--hook', 'with setup: also check what is staged before each commit')
    .option('--command <command>', 'with setup: how git calls Pathway (default: as it was called now)')
    .option('--all', 'with blame: every commit that changed the meaning, not only the latest')
    .action((action: string, args: string[], options: CommonOptions & GitFlags) =>
      launch(options, async (context) =>
        (await import('../commands/git.js')).gitAction(action, args, options, context),
      ),
    );

  add('new <folder>', 'begin a project that builds at once', [
    'pathway new my-region',
    'pathway new my-region --name "Ward in Devon"',
  ])
    .option('--name <title>', 'title of the project')
    .action((folder: string, options: CommonOptions & { name?: string }) =>
      launch(options, async (context) => (await import('../commands/new.js')).newProject(folder, options, context)),
    );

  add('lsp', 'start the language server for an editor, over standard input and output', ['pathway lsp'])
    // Editors add these to every server they start; there is one way to talk here.
    .option('--stdio', 'talk over standard input and output, the only way there is')
    .action((options: CommonOptions) => launch(options, async () => (await import('../commands/lsp.js')).lsp()));

  add('completion <shell>', 'print a script that completes commands and options', [
    'pathway completion bash > /etc/bash_completion.d/pathway',
    'source <(pathway completion zsh)',
    'pathway completion fish > ~/.config/fish/completions/pathway.fish',
  ]).action((shell: string, options: CommonOptions) =>
    launch(options, async (context) => (await import('../commands/completion.js')).completion(shell, program, context)),
  );
}
