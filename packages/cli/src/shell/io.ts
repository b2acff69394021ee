import { isatty } from 'node:tty';

/** Where a command reads its surroundings and writes to, so that tests can stand in for a terminal. */
export interface Io {
  /** The folder from which paths start, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly out: Sink;
  /** Messages and progress. */
  readonly err: Sink;
  /** Milliseconds that only grow, for the time left and for nothing else. */
  now(): number;
  /** Unix seconds, for what is watched as it happens; no result of a study depends on it. */
  time(): number;
  /** The day in UTC, ISO: for what a person dates, and for no result. */
  today(): string;
  /** Calls back when the user presses Ctrl-C, until the returned function is called. */
  onInterrupt(handler: () => void): () => void;
}

interface Sink {
  write(text: string): void;
  readonly isTerminal: boolean;
}

/** The surroundings of the running process. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    // `pathway … | head` closes the pipe early; that is no fault of anybody.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  return {
    cwd: process.cwd(),
    env: process.env,
    out: sinkOf(process.stdout, isatty(1)),
    err: sinkOf(process.stderr, isatty(2)),
    now: () => performance.now(),
    time: () => Date.now() / 1000,
    today: () => new Date().toISOString().slice(0, 10),
    onInterrupt(handler) {
      process.on('SIGINT', handler);
      process.on('SIGTERM', handler);
      return () => {
        process.off('SIGINT', handler);
        process.off('SIGTERM', handler);
      };
    },
  };
}

/** A stream's own `isTTY` is not false but absent on a pipe, which colour libraries read as “decide by the environment”. */
function sinkOf(stream: NodeJS.WriteStream, isTerminal: boolean): Sink {
  return { write: (text) => void stream.write(text), isTerminal };
}
