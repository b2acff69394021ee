import { CommanderError } from 'commander';
import { createProgram } from './program/program.js';
import { createContext, type CommonOptions, type Context } from './shell/context.js';
import { DIFF_EXIT, EXIT } from './shell/exit-code.js';
import { processIo, type Io } from './shell/io.js';
import { VERSION } from './version.js';

/**
 * Runs the command with the arguments that follow its name, and answers its exit code. It never throws: what goes
 * wrong is told on standard error.
 */
export async function run(args: readonly string[], io: Io = processIo()): Promise<number> {
  let exitCode: number = EXIT.ok;
  const launch = async (options: CommonOptions, work: (context: Context) => Promise<number>): Promise<void> => {
    const context = createContext(io, options);
    try {
      exitCode = await work(context);
    } catch (error) {
      exitCode = (await import('./shell/failure.js')).tellFailure(error, context);
    }
  };
  const program = createProgram(VERSION, launch);
  for (const command of [program, ...program.commands]) {
    command.configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  if (args.length === 0) {
    io.err.write(program.helpInformation());
    return EXIT.cannot;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      // As of `diff` itself, 2 means that there are differences.
      return args[0] === 'diff' ? DIFF_EXIT.cannot : EXIT.cannot;
    }
    throw error;
  }
  return exitCode;
}
