import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import * as z from 'zod';
import { checkProductFiles, type EmittedFile, type ProductFile } from '../emitted-file.js';
import { ProjectError } from '../project-error.js';
import { staysInside } from '../project/config.js';
import { statOf, systemReason } from './text-files.js';

/** The list of what a build wrote, kept in the output folder so that the next build can take away what is stale. */
export const MANIFEST_FILE = '.pathway-out.json';

const manifestSchema = z.strictObject({
  format: z.literal('pathway-out'),
  formatVersion: z.literal(1),
  files: z.array(z.strictObject({ path: z.string(), emitter: z.string(), sha256: z.string() })),
});

type ManifestEntry = z.infer<typeof manifestSchema>['files'][number];

export interface WriteOptions {
  /** Emitters that ran. Files of others stay, as when only one product was asked for. */
  readonly emitters: readonly string[];
}

export interface WriteSummary {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Writes the products of a build. First everything goes to temporary files beside the targets, then all are renamed,
 * so that a full disk or an interruption leaves the earlier products whole. Files of the same emitters that an earlier
 * build wrote, that this one did not, and that nobody has changed since are removed.
 * @throws ProjectError when the folder cannot be written
 */
export async function writeProducts(
  folder: string,
  shown: string,
  files: readonly ProductFile[],
  options: WriteOptions,
): Promise<WriteSummary> {
  checkProductFiles(files);
  const earlier = await readManifest(folder);
  const entries = files.map(({ path, emitter, content }): ManifestEntry => ({
    path,
    emitter,
    sha256: sha256(content),
  }));
  const kept = earlier.filter(
    ({ path, emitter }) => !options.emitters.includes(emitter) && !entries.some((entry) => entry.path === path),
  );
  const manifest = {
    format: 'pathway-out',
    formatVersion: 1,
    files: [...entries, ...kept].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
  };
  await writeAllOrNothing(folder, shown, [
    ...files,
    { path: MANIFEST_FILE, content: `${JSON.stringify(manifest, undefined, 2)}\n` },
  ]);
  const stale = earlier.filter(({ path }) => !manifest.files.some((entry) => entry.path === path));
  const removed: string[] = [];
  for (const entry of stale) if (await removeUnchanged(folder, entry)) removed.push(entry.path);
  return { written: files.map(({ path }) => path), removed };
}

/**
 * Tries whether files can be written to a folder and leaves nothing there, so that hours of work do not come before the
 * answer.
 * @throws ProjectError when they cannot
 */
export async function checkWritable(folder: string, shown: string): Promise<void> {
  const made: string[] = [];
  const probe = join(folder, `.pathway-${process.pid}.tmp`);
  try {
    await makeFolder(folder, made);
    await writeFile(probe, '');
  } catch (error) {
    throw notWritable(shown, error);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
    for (const one of made.reverse()) await rmdir(one).catch(() => undefined);
  }
}

/**
 * Writes one file in the same careful way, where a command has `--out FILE`.
 * @throws ProjectError when it cannot be written
 */
export async function writeFileSafely(path: string, shown: string, content: string | Uint8Array): Promise<void> {
  const { target, keeps } = await placeOf(path, shown);
  if (!keeps) return writeFile(target, content).catch((error: unknown) => Promise.reject(notWritable(shown, error)));
  const folder = dirname(target);
  await writeAllOrNothing(folder, shown, [{ path: target.slice(folder.length).replace(/^[/\\]/, ''), content }]);
}

/**
 * Where one file goes: a link leads to what it stands for. What keeps nothing, as a device or a pipe, is written to and
 * never replaced: a file renamed to `/dev/null` would take its place for the whole machine.
 */
async function placeOf(path: string, shown: string): Promise<{ readonly target: string; readonly keeps: boolean }> {
  const found = await statOf(path).catch(() => undefined);
  if (found?.isDirectory() === true)
    throw new ProjectError(`${shown} is a folder, so no file can be written there.`, 'Name a file.');
  if (found === undefined) return { target: path, keeps: true };
  return found.isFile() ? { target: await realpath(path), keeps: true } : { target: path, keeps: false };
}

/** Small pieces are joined to about so many characters before they are written. */
const PIECE = 1 << 16;

/**
 * Writes a file of any size piece by piece, as carefully as one that is written whole; packed where its name ends in `.gz`.
 * @throws ProjectError when it cannot be written, and whatever making the pieces throws; then nothing is left of it
 */
export async function writePiecesSafely(path: string, shown: string, pieces: Iterable<string>): Promise<void> {
  const { target, keeps } = await placeOf(path, shown);
  const temporary = keeps ? `${target}.${process.pid}.tmp` : target;
  const made: string[] = [];
  let ownFault: { readonly thrown: unknown } | undefined;
  function* joined(): Generator<string> {
    const source = pieces[Symbol.iterator]();
    const next = (): IteratorResult<string> => {
      try {
        return source.next();
      } catch (thrown) {
        ownFault = { thrown };
        throw thrown;
      }
    };
    let text = '';
    for (let piece = next(); piece.done !== true; piece = next()) {
      text += piece.value;
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
    if (text !== '') yield text;
  }
  try {
    await makeFolder(dirname(target), made);
    const packed = path.endsWith('.gz') ? [createGzip()] : [];
    await pipeline([Readable.from(joined()), ...packed, createWriteStream(temporary)]);
    if (keeps) await rename(temporary, target);
  } catch (error) {
    if (keeps) await rm(temporary, { force: true }).catch(() => undefined);
    for (const one of made.reverse()) await rmdir(one).catch(() => undefined);
    if (ownFault !== undefined) throw ownFault.thrown;
    throw notWritable(shown, error);
  }
}

/**
 * Fills a new folder with files. What exists already is never touched.
 * @throws ProjectError when there is a file of that name, or a folder with anything in it
 */
export async function writeNewFolder(folder: string, shown: string, files: readonly EmittedFile[]): Promise<void> {
  const found = await statOf(folder).catch((error: unknown) => {
    throw new ProjectError(`${shown} cannot be written: ${systemReason(error)}.`, 'Choose another place.');
  });
  if (found !== undefined && !found.isDirectory())
    throw new ProjectError(`${shown} is a file, so no folder can be made there.`, 'Choose another name.');
  if (found !== undefined && (await readdir(folder)).length > 0)
    throw new ProjectError(
      `${shown} is not empty, so nothing was written.`,
      'Choose a folder that does not exist yet, or an empty one.',
    );
  await writeAllOrNothing(folder, shown, files);
}

async function writeAllOrNothing(
  folder: string,
  shown: string,
  files: readonly { path: string; content: string | Uint8Array }[],
): Promise<void> {
  const staged: { temporary: string; target: string }[] = [];
  const made: string[] = [];
  try {
    for (const { path, content } of files) {
      const target = join(folder, ...path.split('/'));
      await makeFolder(dirname(target), made);
      if ((await statOf(target))?.isDirectory() === true)
        throw new ProjectError(
          `${shown} has a folder \`${path}\`, where a file is to be written.`,
          'Take the folder away or choose another place with --out.',
        );
      const temporary = `${target}.${process.pid}.tmp`;
      staged.push({ temporary, target });
      await writeFile(temporary, content);
    }
    for (const { temporary, target } of staged) await rename(temporary, target);
  } catch (error) {
    for (const { temporary } of staged) await rm(temporary, { force: true }).catch(() => undefined);
    for (const one of made.reverse()) await rmdir(one).catch(() => undefined);
    throw error instanceof ProjectError ? error : notWritable(shown, error);
  }
}

function notWritable(shown: string, error: unknown): ProjectError {
  return new ProjectError(
    `${shown} cannot be written: ${systemReason(error)}.`,
    'Nothing was changed there. Choose another place, or make this one writable.',
  );
}

/**
 * Makes a folder with those above it and notes in `made` the ones that were not there, outermost first. One by one,
 * because Node's own recursive `mkdir` never returns where the system denies that a parent exists, as below /proc.
 */
async function makeFolder(folder: string, made: string[]): Promise<void> {
  const missing: string[] = [];
  for (let current = folder; (await statOf(current)) === undefined; current = dirname(current))
    missing.unshift(current);
  for (const one of missing) {
    await mkdir(one);
    made.push(one);
  }
}

async function readManifest(folder: string): Promise<readonly ManifestEntry[]> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST_FILE), 'utf8');
  } catch {
    return [];
  }
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.files.filter(({ path }) => staysInside(path)) : [];
  } catch {
    // A list that was damaged only means that nothing is known to be stale.
    return [];
  }
}

async function removeUnchanged(folder: string, { path, sha256: written }: ManifestEntry): Promise<boolean> {
  const target = join(folder, ...path.split('/'));
  try {
    if (sha256(await readFile(target)) !== written) return false;
    await rm(target);
  } catch {
    return false;
  }
  await removeEmptyFolders(folder, dirname(target));
  return true;
}

async function removeEmptyFolders(top: string, folder: string): Promise<void> {
  for (let current = folder; current !== top && current.startsWith(top); current = dirname(current)) {
    try {
      await rmdir(current);
    } catch {
      return;
    }
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
