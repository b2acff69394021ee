import { Command } from 'commander';
import type { Launch } from './commands.js';
import { addChangeCommands } from './changes.js';
import { addCrisisCommands } from './crises.js';
import { addDrawingCommands } from './drawing.js';
import { chooseFormatByEnding } from './format-by-ending.js';
import { addExchangeCommands } from './exchange.js';
import { addRegionCommands } from './regions.js';
import { addReportCommands } from './reports.js';
import { addStaffingCommands } from './staffing.js';
import { addStudyCommands } from './studies.js';
import { addTextCommands } from './texts.js';
import { addToolCommands } from './tools.js';
import { addWorkerCommands } from './workers.js';
import { example } from './options.js';

/**
 * Every command with its options and examples. What a command does is loaded when it is called, so that `pathway
 * --help` and `pathway check` do not wait for the simulation.
 */
export function createProgram(version: string, launch: Launch): Command {
  const program = new Command('pathway');
  program
    .description('Checks, draws, simulates and staffs pathways of care that are written as text.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError(true)
    .showHelpAfterError('Try `pathway --help`.')
    .hook('preAction', (_, command) => chooseFormatByEnding(command))
    .exitOverride();
  example(program, ['pathway new my-region', 'pathway check my-region', 'pathway build my-region']);

  const add = (signature: string, describes: string, examples: readonly string[]): Command => {
    const command = program
      .command(signature)
      .description(describes)
      .option('-q, --quiet', 'say only what went wrong')
      .option('--no-color', 'no colours, as with the environment variable NO_COLOR')
      .showHelpAfterError(`Try \`pathway ${signature.split(' ')[0] ?? ''} --help\`.`)
      .exitOverride();
    example(command, examples);
    return command;
  };

  const commands = { program, add, launch, version };
  addTextCommands(commands);
  addDrawingCommands(commands);
  addStudyCommands(commands);
  addRegionCommands(commands);
  addWorkerCommands(commands);
  addStaffingCommands(commands);
  addReportCommands(commands);
  addCrisisCommands(commands);
  addChangeCommands(commands);
  addExchangeCommands(commands);
  addToolCommands(commands);
  return program;
}
