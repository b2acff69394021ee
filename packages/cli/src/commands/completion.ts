import { ProjectError } from '@pathway/compiler';
import type { Command } from 'commander';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

interface CompletedOption {
  readonly flags: readonly string[];
  readonly describes: string;
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

interface CompletedCommand {
  readonly name: string;
  readonly describes: string;
  readonly options: readonly CompletedOption[];
}

/** `pathway completion bash`: a script for a shell, made from the commands as they are. */
export function completion(shell: string, program: Command, context: Context): Promise<number> {
  const commands = commandsOf(program);
  switch (shell) {
    case 'bash':
      context.print(bashScript(commands));
      break;
    case 'zsh':
      context.print(zshScript(commands));
      break;
    case 'fish':
      context.print(fishScript(commands));
      break;
    default:
      throw new ProjectError(`There is no completion for the shell ${shell}.`, 'Choose bash, zsh or fish.');
  }
  return Promise.resolve(EXIT.ok);
}

function commandsOf(program: Command): readonly CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    describes: command.description(),
    options: [
      ...command.options.map((option) => ({
        flags: [option.short, option.long].filter((flag) => flag !== undefined),
        describes: option.description,
        choices: option.argChoices ?? [],
        takesValue: option.required || option.optional,
      })),
      { flags: ['-h', '--help'], describes: 'show the help', choices: [], takesValue: false },
    ],
  }));
}

function bashScript(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options }) => {
    const values = options
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ flags, choices }) =>
          `        ${flags.join('|')}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$word")); return ;;`,
      );
    const words = [...options.flatMap(({ flags }) => flags), ...(name === 'completion' ? ['bash', 'zsh', 'fish'] : [])];
    return [
      `    ${name})`,
      ...(values.length > 0 ? ['      case "$before" in', ...values, '      esac'] : []),
      `      words="${words.join(' ')}" ;;`,
    ].join('\n');
  });
  return `# Completion of pathway for bash
_pathway() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), 'help', '--help', '--version'].join(' ')}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _pathway pathway
`;
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const quote = (text: string): string =>
    text.replaceAll("'", "'\\''").replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:');
  const cases = commands.map(({ name, options }) => {
    const specs = options.flatMap(({ flags, describes, choices, takesValue }) =>
      flags.map((flag) => {
        const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : '';
        return `'${flag}[${quote(describes)}]${value}'`;
      }),
    );
    const rest = name === 'completion' ? "'1:shell:(bash zsh fish)'" : "'*:file:_files'";
    return `    ${name}) _arguments ${[...specs, rest].join(' \\\n      ')} ;;`;
  });
  return `#compdef pathway
# Completion of pathway for zsh
_pathway() {
  local -a commands
  commands=(
${commands.map(({ name, describes }) => `    '${name}:${quote(describes)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local name="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$name" in
${cases.join('\n')}
  esac
}
compdef _pathway pathway
`;
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, describes, options }) => [
    `complete -c pathway -n __fish_use_subcommand -f -a ${name} -d ${quote(describes)}`,
    ...options.map(({ flags, describes: text, choices, takesValue }) => {
      const written = flags
        .map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
        .join(' ');
      const value = choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : takesValue ? ' -r' : '';
      return `complete -c pathway -n '__fish_seen_subcommand_from ${name}' ${written}${value} -d ${quote(text)}`;
    }),
    ...(name === 'completion'
      ? [`complete -c pathway -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'`]
      : []),
  ]);
  return `# Completion of pathway for fish\n${lines.join('\n')}\n`;
}
