import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ProjectError } from '../project-error.js';
import { statOf, systemReason } from './text-files.js';

const PIECE = 1024 * 1024;
const GZIP = [0x1f, 0x8b];

/** A file that is read from beginning to end in pieces, unpacked where it is packed with gzip. */
export interface ByteSource {
  /** Bytes of the file as it lies on the disk. */
  readonly size: number;
  /** Bytes of the file read so far. */
  bytesRead(): number;
  /** What is in it, piece by piece; to be gone through once. */
  chunks(): AsyncGenerator<Uint8Array>;
  /** SHA-256 of the file as it lies on the disk, hexadecimal, once all was read. */
  digest(): string;
}

/**
 * Opens a file of any size.
 * @param shown how messages name it
 * @throws ProjectError when there is no such file, or it is none; while reading, when that fails
 */
export async function openByteSource(path: string, shown: string): Promise<ByteSource> {
  const found = await statOf(path).catch((error: unknown) => {
    throw cannotRead(shown, error);
  });
  if (found === undefined) throw new ProjectError(`${shown} does not exist.`, 'Check the name of the file.');
  if (!found.isFile()) throw new ProjectError(`${shown} is not a file.`, 'Name a file.');
  const hash = createHash('sha256');
  let read = 0;
  async function* raw(): AsyncGenerator<Uint8Array> {
    const stream: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: PIECE });
    try {
      for await (const chunk of stream) {
        hash.update(chunk);
        read += chunk.length;
        yield chunk;
      }
    } catch (error) {
      throw cannotRead(shown, error);
    }
  }
  let digest: string | undefined;
  return {
    size: found.size,
    bytesRead: () => read,
    async *chunks() {
      const pieces = raw();
      const first = await pieces.next();
      if (first.done === true) return;
      if (GZIP.every((byte, i) => first.value[i] === byte)) yield* unpacked(first.value, pieces, shown);
      else {
        yield first.value;
        yield* pieces;
      }
    },
    digest: () => (digest ??= hash.digest('hex')),
  };
}

async function* unpacked(
  first: Uint8Array,
  pieces: AsyncGenerator<Uint8Array>,
  shown: string,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  let failure: unknown;
  const feeding = (async () => {
    try {
      for (let piece: Uint8Array | undefined = first; piece !== undefined;) {
        if (gunzip.destroyed) return;
        if (!gunzip.write(piece)) await new Promise((resolve) => gunzip.once('drain', resolve).once('close', resolve));
        const next: IteratorResult<Uint8Array> = await pieces.next();
        piece = next.done === true ? undefined : next.value;
      }
      gunzip.end();
    } catch (error) {
      failure = error;
      gunzip.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  })();
  try {
    const stream: AsyncIterable<Uint8Array> = gunzip;
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    if (failure instanceof ProjectError) throw failure;
    if (error instanceof ProjectError) throw error;
    throw new ProjectError(`${shown} cannot be unpacked: it is broken or not complete.`, 'Pack it again with gzip.');
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

function cannotRead(shown: string, error: unknown): ProjectError {
  return new ProjectError(`${shown} cannot be read: ${systemReason(error)}.`, 'Check the permissions of the file.');
}
