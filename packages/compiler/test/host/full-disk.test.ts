import { readdirSync, readFileSync } from 'node:fs';
import type * as FileSystem from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { writeProducts } from '../../src/host/output-folder.js';
import { systemReason } from '../../src/host/text-files.js';
import { temporaryFolder } from '../temporary.js';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  return {
    ...real,
    writeFile: (path: string, content: string | Uint8Array) =>
      path.includes('large')
        ? Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' }))
        : real.writeFile(path, content),
  };
});

test('a full disk leaves the earlier products as they were, and nothing half-written', async () => {
  const out = temporaryFolder({ 'a.json': 'earlier' });
  const files = [
    { path: 'a.json', content: 'later', emitter: 'one' },
    { path: 'sub/large.json', content: '…', emitter: 'one' },
  ];
  await expect(writeProducts(out, 'out', files, { emitters: ['one'] })).rejects.toThrow(
    'out cannot be written: the disk is full.',
  );
  expect(readdirSync(out)).toEqual(['a.json']);
  expect(readFileSync(`${out}/a.json`, 'utf8')).toBe('earlier');
});

test.each([
  ['EACCES', 'you are not allowed to'],
  ['EROFS', 'it is on a read-only disk'],
  ['ENOTDIR', 'a part of its path is a file, not a folder'],
  ['ELOOP', 'its links go round in a circle'],
])('%s is told as "%s"', (code, reason) => {
  expect(systemReason(Object.assign(new Error(code), { code }))).toBe(reason);
});
