import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPackage } from '../../src/host/hub/read-package.js';
import { temporaryFolder } from '../temporary.js';

const MANIFEST = JSON.stringify({ name: '@care/rounds', version: '1.0.0', license: 'CC-BY-4.0' });

function packageWith(files: Readonly<Record<string, string>> = {}): string {
  return temporaryFolder({ 'package.json': MANIFEST, 'index.pathway': 'skill Listening\n', ...files });
}

describe('a package is read', () => {
  test('with its texts, tables and pictures, and without code, hidden files and its own packages', async () => {
    const folder = packageWith({
      'data/shares.csv': 'share\n1\n',
      LICENSE: 'words',
      'index.js': 'process.exit(1)',
      '.env': 'SECRET=1',
      'node_modules/other/index.pathway': 'skill Other\n',
    });
    const found = await readPackage(folder, 'rounds');
    expect([...(found?.files.keys() ?? [])]).toEqual(['LICENSE', 'data/shares.csv', 'index.pathway', 'package.json']);
    expect(found?.manifest.name).toBe('@care/rounds');
  });

  test('not where there is no manifest, or no pathway', async () => {
    expect(await readPackage(temporaryFolder({ 'index.pathway': '' }), 'x')).toBeUndefined();
    expect(await readPackage(temporaryFolder({ 'package.json': MANIFEST }), 'x')).toBeUndefined();
  });

  test.each([
    ['not JSON', '{', 'rounds/package.json is not valid JSON'],
    ['a name that climbs', '{"name":"../../etc","version":"1.0.0"}', '`name`: must be the name of an npm package'],
    ['a name with a path in it', '{"name":"a/b/c","version":"1.0.0"}', '`name`: must be the name of an npm package'],
    ['no version', '{"name":"a"}', '`version`'],
    ['a version that is none', '{"name":"a","version":"latest"}', '`version`: must be a version'],
    ['a licence of several lines', '{"name":"a","version":"1.0.0","license":"a\\nb"}', '`license`: must be one line'],
    ['a list', '[]', 'rounds/package.json cannot be used'],
  ])('not with a manifest that is %s', async (_, manifest, problem) => {
    const folder = packageWith();
    writeFileSync(join(folder, 'package.json'), manifest);
    await expect(readPackage(folder, 'rounds')).rejects.toThrow(problem);
  });

  test('not with a symbolic link, to a file or a folder', async () => {
    const outside = temporaryFolder({ 'secret.csv': 'x' });
    const folder = packageWith();
    symlinkSync(join(outside, 'secret.csv'), join(folder, 'table.csv'));
    await expect(readPackage(folder, 'rounds')).rejects.toThrow('rounds has a symbolic link, table.csv');
    const another = packageWith();
    symlinkSync(outside, join(another, 'data'));
    await expect(readPackage(another, 'rounds')).rejects.toThrow('rounds has a symbolic link, data');
  });

  test('not with a file that is too large, too many files, or folders without end', async () => {
    const large = packageWith({ 'table.csv': '' });
    truncateSync(join(large, 'table.csv'), 9 * 1024 * 1024);
    await expect(readPackage(large, 'rounds')).rejects.toThrow('rounds/table.csv has more than 8 MB');
    const many = packageWith(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`t/${i}.md`, 'x'])));
    await expect(readPackage(many, 'rounds')).rejects.toThrow('rounds has more than 500 files');
    const deep = packageWith();
    mkdirSync(join(deep, ...Array.from({ length: 20 }, () => 'a')), { recursive: true });
    await expect(readPackage(deep, 'rounds')).rejects.toThrow('folders within folders');
  });

  test('not with a name that other systems cannot have', async () => {
    await expect(readPackage(packageWith({ 'a\\b.pathway': '' }), 'rounds')).rejects.toThrow(
      'cannot be used everywhere',
    );
  });
});
