import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { openByteSource } from '../../src/host/byte-source.js';
import { ProjectError } from '../../src/project-error.js';
import { temporaryFolder } from '../temporary.js';

const TEXT = Array.from({ length: 200_000 }, (_, i) => `row ${i}\n`).join('');

async function contentOf(path: string): Promise<{ text: string; read: number; size: number; digest: string }> {
  const source = await openByteSource(path, 'log');
  const pieces: Uint8Array[] = [];
  for await (const piece of source.chunks()) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return { text, read: source.bytesRead(), size: source.size, digest: source.digest() };
}

describe('a file that is read in pieces', () => {
  test.each([
    ['as it is', Buffer.from(TEXT)],
    ['unpacked', gzipSync(TEXT)],
    ['empty', Buffer.alloc(0)],
  ])('comes %s, with the digest of what lies on the disk', async (what, bytes) => {
    const folder = temporaryFolder({ log: bytes });
    const { text, read, size, digest } = await contentOf(join(folder, 'log'));
    expect(text === (what === 'empty' ? '' : TEXT)).toBe(true);
    expect({ read, size }).toEqual({ read: bytes.length, size: bytes.length });
    expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test.each([100, 40_000])('that is cut off after %i bytes is told', async (length) => {
    const folder = temporaryFolder({ log: gzipSync(TEXT).subarray(0, length) });
    await expect(contentOf(join(folder, 'log'))).rejects.toThrow(
      'log cannot be unpacked: it is broken or not complete.',
    );
  });

  test('may be left before its end', async () => {
    const folder = temporaryFolder({ log: gzipSync(TEXT.repeat(5)) });
    const source = await openByteSource(join(folder, 'log'), 'log');
    for await (const piece of source.chunks()) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
  });

  test('that does not exist, or is a folder, is told', async () => {
    const folder = temporaryFolder({});
    await expect(openByteSource(join(folder, 'none'), 'none')).rejects.toThrow(ProjectError);
    await expect(openByteSource(folder, 'folder')).rejects.toThrow('folder is not a file.');
  });
});
