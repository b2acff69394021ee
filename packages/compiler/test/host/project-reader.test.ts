import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProjectReader } from '../../src/host/project-reader.js';
import { LARGEST_FILE } from '../../src/host/text-files.js';
import { temporaryFolder } from '../temporary.js';

function readerOf(root: string) {
  return createProjectReader({ root, shown: '.' });
}

describe('a project reader', () => {
  test('reads a file of the project and nothing where there is none', async () => {
    const root = temporaryFolder({ 'sub/a.pathway': 'role Nurse' });
    await expect(readerOf(root).read('sub/a.pathway')).resolves.toBe('role Nurse');
    await expect(readerOf(root).read('sub/b.pathway')).resolves.toBeUndefined();
    await expect(readerOf(root).read('sub/a.pathway/b')).resolves.toBeUndefined();
  });

  test('leaves out a byte order mark', async () => {
    const root = temporaryFolder({ 'a.pathway': '\u{feff}role Nurse' });
    await expect(readerOf(root).read('a.pathway')).resolves.toBe('role Nurse');
  });

  test.each(['../secret.txt', 'sub/../../secret.txt', '/etc/passwd', 'C:/secret.txt', '..\\secret.txt', 'a\0b'])(
    'refuses the path %j',
    async (path) => {
      await expect(readerOf(temporaryFolder()).read(path)).rejects.toThrow('lies outside the project');
    },
  );

  test('refuses a link that leads outside, to a file or through a folder', async () => {
    const outside = temporaryFolder({ 'secret.csv': 'x' });
    const root = temporaryFolder();
    symlinkSync(join(outside, 'secret.csv'), join(root, 'file.csv'));
    symlinkSync(outside, join(root, 'folder'));
    await expect(readerOf(root).read('file.csv')).rejects.toThrow('file.csv lies outside the project');
    await expect(readerOf(root).read('folder/secret.csv')).rejects.toThrow('lies outside the project');
  });

  test('follows a link that stays inside', async () => {
    const root = temporaryFolder({ 'a.csv': 'x' });
    symlinkSync(join(root, 'a.csv'), join(root, 'b.csv'));
    await expect(readerOf(root).read('b.csv')).resolves.toBe('x');
  });

  test('says in which line a file is not UTF-8', async () => {
    const root = temporaryFolder({ 'a.csv': new Uint8Array([0x61, 10, 0x62, 10, 0xe4, 10]) });
    await expect(readerOf(root).read('a.csv')).rejects.toThrow('a.csv:3 is not UTF-8 text.');
  });

  test('says that a folder is no file', async () => {
    const root = temporaryFolder({ 'a.pathway/x': '' });
    await expect(readerOf(root).read('a.pathway')).rejects.toThrow('a.pathway is a folder');
  });

  test('refuses a file that is too large before reading it', async () => {
    const root = temporaryFolder({ 'a.csv': '' });
    truncateSync(join(root, 'a.csv'), LARGEST_FILE + 1);
    await expect(readerOf(root).read('a.csv')).rejects.toThrow(/a\.csv has 32 MB/);
  });

  test('finds packages beside the project and in folders above, and keeps to them', async () => {
    const top = temporaryFolder({
      'node_modules/@region/heat/index.pathway': 'role A',
      'region/node_modules/near/index.pathway': 'role B',
      'region/secret.txt': 's',
    });
    const reader = readerOf(join(top, 'region'));
    await expect(reader.read('package:@region/heat/index.pathway')).resolves.toBe('role A');
    await expect(reader.read('package:near/index.pathway')).resolves.toBe('role B');
    await expect(reader.read('package:far/index.pathway')).resolves.toBeUndefined();
    await expect(reader.read('package:near/../../secret.txt')).rejects.toThrow('lies outside the package near');
  });

  test('lets a package be a link, as in a workspace', async () => {
    const elsewhere = temporaryFolder({ 'index.pathway': 'role A' });
    const root = temporaryFolder();
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(elsewhere, join(root, 'node_modules/linked'));
    await expect(readerOf(root).read('package:linked/index.pathway')).resolves.toBe('role A');
  });
});
