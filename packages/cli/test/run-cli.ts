import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../src/main.js';
import type { Io } from '../src/shell/io.js';

export interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
  /** Called each time something listens for Ctrl-C, with a function that presses it for all who listen by then. */
  readonly onListening?: (interrupt: () => void) => void;
  /** Unix seconds; 2026-04-02 00:00 in UTC without it. */
  readonly time?: () => number;
  /** Called with everything that was written to standard output so far. */
  readonly onOut?: (text: string) => void;
  /** Called with everything that was written to standard error so far. */
  readonly onErr?: (text: string) => void;
}

/** Runs the command in this process and catches what it writes. */
export async function runCli(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  let out = '';
  let err = '';
  const handlers = new Set<() => void>();
  const isTerminal = surroundings.terminal ?? false;
  const io: Io = {
    cwd: surroundings.cwd ?? '/',
    env: surroundings.env ?? {},
    out: {
      write: (text) => {
        out += text;
        surroundings.onOut?.(out);
      },
      isTerminal,
    },
    err: {
      write: (text) => {
        err += text;
        surroundings.onErr?.(err);
      },
      isTerminal,
    },
    now: () => 0,
    time: surroundings.time ?? (() => 1_775_088_000),
    today: () => '2026-04-02',
    onInterrupt(handler) {
      handlers.add(handler);
      surroundings.onListening?.(() => handlers.forEach((each) => each()));
      return () => void handlers.delete(handler);
    },
  };
  const exitCode = await run(args, io);
  return { exitCode, out, err };
}

/** A folder with these files that is removed after the test; answers its real, absolute path. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pathway-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
