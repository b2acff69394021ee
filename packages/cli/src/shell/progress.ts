import type { Context } from './context.js';

const REDRAW_EVERY = 100;
const BAR = 24;

/** Columns of a line under the progress: what is longer is cut, since a line that wraps could not be taken away again. */
const COLUMNS = 79;

/** How far long work has come, on a few lines of the terminal that are drawn again and again. */
export interface Progress {
  /** Says what is done now; on no terminal this is one line for each new step. */
  step(label: string): void;
  /** Of the present step, `done` of `total` parts; `more` gives lines to show below, and is asked when they are drawn. */
  advance(done: number, total: number, more?: () => readonly string[]): void;
  /** A line for people that stays, above the bar. */
  note(text: string): void;
  /** Takes the lines away. */
  end(): void;
}

/** Progress on standard error: a bar with the time left on a terminal, plain lines elsewhere, nothing with `--quiet`. */
export function createProgress(context: Context): Progress {
  const { io, quiet } = context;
  if (quiet) return { step: () => undefined, advance: () => undefined, note: () => undefined, end: () => undefined };
  if (!io.err.isTerminal)
    return {
      step: (label) => context.tell(`${label} …`),
      advance: () => undefined,
      note: (text) => context.tell(text),
      end: () => undefined,
    };
  let label = '';
  let began = io.now();
  let drawn = Number.NEGATIVE_INFINITY;
  let below = 0;
  const draw = (text: string, more: readonly string[] = []): void => {
    const up = below > 0 ? `\u001b[${below}A` : '';
    const lines = more.map((line) => `\n${[...line].slice(0, COLUMNS).join('')}`);
    // From the first line on, everything below the cursor is cleared and written anew.
    io.err.write(`${up}\r\u001b[J${text}${lines.join('')}`);
    below = more.length;
  };
  return {
    step(next) {
      label = next;
      began = io.now();
      drawn = Number.NEGATIVE_INFINITY;
      draw(`${label} …`);
    },
    advance(done, total, more) {
      const now = io.now();
      if (now - drawn < REDRAW_EVERY && done < total) return;
      drawn = now;
      draw(progressLine(label, done, total, now - began), more?.() ?? []);
    },
    note(text) {
      draw(`${text}\n`);
      drawn = Number.NEGATIVE_INFINITY;
    },
    end: () => draw(''),
  };
}

/** `Study Beds ████████░░░░ 42% about 12 s left`. */
export function progressLine(label: string, done: number, total: number, elapsed: number): string {
  const share = total > 0 ? Math.min(done / total, 1) : 0;
  const full = Math.round(share * BAR);
  const left = share > 0.02 ? ` about ${spell((elapsed * (1 - share)) / share)} left` : '';
  return `${label} ${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${Math.floor(share * 100)}%${share < 1 ? left : ''}`;
}

function spell(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
