import type { Command } from 'commander';
import type { CommonOptions, Context } from '../shell/context.js';

/** Runs a command with its context; answers the exit code. */
export type Launch = (options: CommonOptions, work: (context: Context) => Promise<number>) => Promise<void>;

/** What commands are added with. */
export interface Commands {
  /** The program, for what looks at all of its commands. */
  readonly program: Command;
  /** Adds a command with the options that all have; `signature` is its name with its arguments. */
  readonly add: (signature: string, describes: string, examples: readonly string[]) => Command;
  readonly launch: Launch;
  readonly version: string;
}
