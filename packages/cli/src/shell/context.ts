import { createColors } from 'picocolors';
import type { Io } from './io.js';

export type Colours = ReturnType<typeof createColors>;

/** Options that every command has. */
export interface CommonOptions {
  readonly quiet?: boolean;
  /** False after `--no-color`. */
  readonly color?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly io: Io;
  /** Say only what went wrong: no progress, no summaries, no warnings. */
  readonly quiet: boolean;
  /** Colours of results and of messages: each only where a terminal shows them. */
  readonly outColours: Colours;
  readonly errColours: Colours;
  /** A line for people, on standard error; nothing with `--quiet`. */
  tell(text: string): void;
  /** A line that must be seen, on standard error. */
  warn(text: string): void;
  /** A result, on standard output. */
  print(text: string): void;
}

export function createContext(io: Io, options: CommonOptions): Context {
  const quiet = options.quiet === true;
  return {
    io,
    quiet,
    outColours: createColors(coloured(io, options, io.out.isTerminal)),
    errColours: createColors(coloured(io, options, io.err.isTerminal)),
    tell(text) {
      if (!quiet) io.err.write(`${text}\n`);
    },
    warn(text) {
      io.err.write(`${text}\n`);
    },
    print(text) {
      io.out.write(text.endsWith('\n') ? text : `${text}\n`);
    },
  };
}

/** `--no-color` and NO_COLOR (no-color.org) say no; otherwise a terminal decides, and a dumb one is none. */
function coloured(io: Io, options: CommonOptions, isTerminal: boolean): boolean {
  const { NO_COLOR: forbidden, TERM: terminal } = io.env;
  if (options.color === false || (forbidden !== undefined && forbidden !== '')) return false;
  return isTerminal && terminal !== 'dumb';
}
