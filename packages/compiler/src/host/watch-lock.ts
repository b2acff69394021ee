import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { ProjectError } from '../project-error.js';

const holder = z.object({ process: z.int().min(1), host: z.string() });

/**
 * Keeps a state file for this process alone, by a file beside it that says who has it: two watches that write one state
 * would each undo what the other has seen. What a process left that is no longer there is taken over.
 * @param named how messages call the state file
 * @returns gives it free
 * @throws ProjectError where another process has it
 */
export async function lockWatchState(path: string, named: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    if (await created(lock)) return () => rm(lock, { force: true });
    const other = await holderOf(lock);
    if (other !== undefined && (other.host !== hostname() || isAlive(other.process))) {
      throw inUse(named, `process ${other.process} on ${other.host}`);
    }
    if (attempt === 0) await rm(lock, { force: true });
  }
  throw inUse(named, 'another process');
}

function inUse(named: string, who: string): ProjectError {
  return new ProjectError(
    `${named} is in use by another watch (${who}).`,
    `End that one, or give this one a state of its own with --state; where no such process runs, delete ${named}.lock.`,
  );
}

/** Whether the lock was made; false where there is one. */
async function created(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(JSON.stringify({ process: process.pid, host: hostname() }));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Who has a lock; undefined where the file is gone or says nothing. */
async function holderOf(lock: string): Promise<z.infer<typeof holder> | undefined> {
  try {
    return holder.parse(JSON.parse(await readFile(lock, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine runs; one that belongs to somebody else does, too. */
function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
