import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Words, wordsOf } from '@pathway/report';
import { ProjectError } from '../project-error.js';
import type { TableLayout } from '../watching/watch-table.js';
import { type WatchMemory, watchMemorySchema } from '../watching/watch-memory.js';
import type { WatchSession } from '../watching/watch-session.js';
import { writeFileSafely } from './output-folder.js';
import { readTextFile, statOf, systemReason } from './text-files.js';

/** Where a watch looks; names as messages show them. */
export interface WatchPlaces {
  readonly cwd: string;
  /** Files with an alert, and folders that receive such files. */
  readonly alerts: readonly string[];
  readonly tables: readonly { readonly file: string; readonly path: string; readonly layout: TableLayout }[];
}

/** Files of a folder that are looked at in one turn at most; the rest has its turn next. */
const MOST_FILES = 2000;
/** A file that changed so short a time ago, in milliseconds, may still be written. */
const STILL_WRITTEN = 2000;
const LARGEST_ALERT = 4 * 1024 * 1024;

/** Looks again and again at the files of a watch, and gives it what has changed. */
export class WatchInputs {
  /** What files looked like at the last look. */
  readonly #stamps = new Map<string, string>();

  /** @param words in which it is told what cannot be read; English without them */
  constructor(
    private readonly places: WatchPlaces,
    private readonly words: Words = wordsOf(),
  ) {}

  /**
   * Gives the session what is new or changed since the last look. A file that cannot be read as what it should be and that has
   * changed since the last look may still be written, and waits.
   * @param isLast no look follows, so that everything is taken as it is
   */
  async look(session: WatchSession, isLast: boolean): Promise<void> {
    for (const place of this.places.alerts) {
      for (const file of await this.#filesAt(place, session)) await this.#lookAtAlert(file, session, isLast);
    }
    for (const table of this.places.tables) await this.#lookAtTable(table, session, isLast);
  }

  async #filesAt(place: string, session: WatchSession): Promise<readonly string[]> {
    const path = resolve(this.places.cwd, place);
    try {
      const found = await statOf(path);
      if (found === undefined) {
        session.takeFailure(place, this.words.say`${place} does not exist; it is looked for again and again.`, 'alert');
        return [];
      }
      session.forgetFailure(place);
      if (!found.isDirectory()) return [place];
      const entries = await readdir(path, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && /\.(?:xml|cap)$/i.test(entry.name) && !entry.name.startsWith('.'))
        .map(({ name }) => shown(place, name))
        .sort((a, b) => (a < b ? -1 : 1))
        .slice(0, MOST_FILES);
    } catch (error) {
      session.takeFailure(place, this.words.say`${place} cannot be read: ${systemReason(error)}.`, 'alert');
      return [];
    }
  }

  async #lookAtAlert(file: string, session: WatchSession, isLast: boolean): Promise<void> {
    const path = resolve(this.places.cwd, file);
    try {
      const found = await statOf(path);
      if (found === undefined) return;
      const stamp = `${found.size} ${found.mtimeMs}`;
      if (session.knows(file, stamp)) return;
      const isStable = this.#stamps.get(file) === stamp && Math.abs(Date.now() - found.mtimeMs) > STILL_WRITTEN;
      this.#stamps.set(file, stamp);
      // Larger ones are refused without being read.
      const bytes = found.size > LARGEST_ALERT ? new Uint8Array(LARGEST_ALERT) : await readFile(path);
      session.takeAlert(file, stamp, bytes, !isLast && !isStable);
    } catch (error) {
      session.takeFailure(file, this.words.say`${file} cannot be read: ${systemReason(error)}.`, 'alert');
    }
  }

  async #lookAtTable(
    { file, path, layout }: WatchPlaces['tables'][number],
    session: WatchSession,
    isLast: boolean,
  ): Promise<void> {
    try {
      const found = await statOf(path);
      if (found === undefined) {
        session.takeFailure(
          file,
          this.words.say`${file} does not exist; what was last known of it still counts.`,
          'table',
        );
        return;
      }
      const stamp = `${found.size} ${found.mtimeMs}`;
      const name = layout.kind === 'values' ? file : `${file} ${layout.key}`;
      if (this.#stamps.get(name) === stamp && !isLast) return;
      const text = await readTextFile(path, file);
      if (text === undefined) return;
      this.#stamps.set(name, stamp);
      session.forgetFailure(file);
      session.takeTable(file, text, layout, isLast);
    } catch (error) {
      const message =
        error instanceof ProjectError ? error.message : this.words.say`${file} cannot be read: ${systemReason(error)}.`;
      session.takeFailure(file, message, 'table');
    }
  }
}

function shown(folder: string, name: string): string {
  return `${folder.replace(/[/\\]+$/, '')}/${name}`;
}

/**
 * What an earlier watch left in a file; undefined where there is no such file.
 * @throws ProjectError for a file that is something else, is damaged, or is of a drill where this is none
 */
export async function readWatchMemory(path: string, file: string, isDrill: boolean): Promise<WatchMemory | undefined> {
  const text = await readTextFile(path, file);
  if (text === undefined) return undefined;
  let parsed: ReturnType<typeof watchMemorySchema.safeParse>;
  try {
    parsed = watchMemorySchema.safeParse(JSON.parse(text));
  } catch {
    parsed = watchMemorySchema.safeParse(undefined);
  }
  if (!parsed.success)
    throw new ProjectError(
      `${file} is not the state of a watch, or it is damaged.`,
      'Name another file with --state, or move this one away to begin anew; alerts and tables that are still there are read again.',
    );
  if (parsed.data.isDrill !== isDrill)
    throw new ProjectError(
      parsed.data.isDrill
        ? `${file} is the state of a drill, and this is none.`
        : `${file} is the state of a real watch, and this is a drill.`,
      'A drill has a state file of its own: name another one with --state.',
    );
  return parsed.data;
}

/** Writes what a watch keeps: the earlier file stays whole until the new one is. @throws ProjectError where that fails */
export async function writeWatchMemory(path: string, file: string, memory: WatchMemory): Promise<void> {
  await writeFileSafely(path, file, `${JSON.stringify(memory)}\n`);
}
