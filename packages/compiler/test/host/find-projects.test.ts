import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProject, findProjects, projectAround } from '../../src/host/find-projects.js';
import { temporaryFolder } from '../temporary.js';

const EMPTY_CONFIG = '{}';

async function namesOf(paths: readonly string[], cwd: string): Promise<[string, readonly string[]][]> {
  return (await findProjects(paths, cwd)).map(({ shown, entryFiles }) => [shown, entryFiles]);
}

describe('finding projects', () => {
  test('a folder stands for every pathway below it, without packages, hidden folders and outputs', async () => {
    const cwd = temporaryFolder({
      'b.pathway': '',
      'a/c.pathway': '',
      'a/notes.txt': '',
      'node_modules/x/index.pathway': '',
      '.git/y.pathway': '',
      'out/z.pathway': '',
    });
    await expect(namesOf([], cwd)).resolves.toEqual([['.', ['a/c.pathway', 'b.pathway']]]);
  });

  test('a file belongs to the nearest configuration above it', async () => {
    const cwd = temporaryFolder({ 'region/pathway.config.json': EMPTY_CONFIG, 'region/sub/a.pathway': '' });
    await expect(namesOf(['region/sub/a.pathway'], cwd)).resolves.toEqual([['region', ['sub/a.pathway']]]);
    await expect(namesOf(['region/sub'], cwd)).resolves.toEqual([['region', ['sub/a.pathway']]]);
  });

  test('a file without a configuration belongs to its own folder', async () => {
    const cwd = temporaryFolder({ 'x/a.pathway': '', 'x/b.pathway': '' });
    await expect(namesOf(['x/a.pathway'], cwd)).resolves.toEqual([['x', ['a.pathway']]]);
  });

  test('a configuration says which files are compiled and which are left out', async () => {
    const cwd = temporaryFolder({
      'pathway.config.json': '{ "entry": ["main/*.pathway"], "exclude": ["main/old*"] }',
      'main/a.pathway': '',
      'main/old.pathway': '',
      'other.pathway': '',
    });
    await expect(namesOf(['.'], cwd)).resolves.toEqual([['.', ['main/a.pathway']]]);
  });

  test('a project inside a project is compiled by itself; a folder above finds both', async () => {
    const cwd = temporaryFolder({
      'outer/pathway.config.json': EMPTY_CONFIG,
      'outer/a.pathway': '',
      'outer/inner/pathway.config.json': EMPTY_CONFIG,
      'outer/inner/b.pathway': '',
    });
    await expect(namesOf(['outer'], cwd)).resolves.toEqual([['outer', ['a.pathway']]]);
    await expect(namesOf(['.'], cwd)).resolves.toEqual([
      ['outer', ['a.pathway']],
      ['outer/inner', ['b.pathway']],
    ]);
  });

  test('globs are matched in the order of names, and a file named twice is one', async () => {
    const cwd = temporaryFolder({ 'p/b.pathway': '', 'p/a.pathway': '', 'p/c.txt': '' });
    await expect(namesOf(['p/*', 'p/a.pathway'], cwd)).resolves.toEqual([['p', ['a.pathway', 'b.pathway']]]);
  });

  test.each([
    ['missing', 'There is no file or folder missing.'],
    ['missing.pathway', 'There is no file or folder missing.pathway.'],
    ['nothing/*.pathway', 'No .pathway file matches nothing/*.pathway.'],
    ['notes.txt', 'notes.txt is no pathway'],
    ['empty', 'empty holds no pathways: no .pathway file.'],
  ])('says of %s: %s', async (path, message) => {
    const cwd = temporaryFolder({ 'notes.txt': '', 'empty/readme.md': '' });
    await expect(findProjects([path], cwd)).rejects.toThrow(message);
  });

  test('says which of several projects could be meant', async () => {
    const cwd = temporaryFolder({
      'a/pathway.config.json': EMPTY_CONFIG,
      'a/a.pathway': '',
      'b/pathway.config.json': EMPTY_CONFIG,
      'b/b.pathway': '',
    });
    await expect(findProject('.', cwd)).rejects.toThrow('. holds 2 projects: a, b.');
  });

  test('does not follow links out of a folder', async () => {
    const outside = temporaryFolder({ 'x.pathway': '' });
    const cwd = temporaryFolder({ 'a.pathway': '' });
    symlinkSync(outside, join(cwd, 'link'));
    await expect(namesOf(['.'], cwd)).resolves.toEqual([['.', ['a.pathway']]]);
  });
});

describe('the project around a file', () => {
  test('is there before the file is, and before there is any', async () => {
    const cwd = temporaryFolder({ 'pathway.config.json': '{ "title": "T" }' });
    await expect(projectAround(join(cwd, 'new/a.pathway'))).resolves.toMatchObject({
      root: cwd,
      config: { title: 'T' },
      entryFiles: [],
    });
    const bare = temporaryFolder({});
    await expect(projectAround(join(bare, 'gone/a.pathway'))).resolves.toMatchObject({ root: join(bare, 'gone') });
  });

  test('has the files of its own folder and not those of a project inside it', async () => {
    const cwd = temporaryFolder({ 'inner/pathway.config.json': EMPTY_CONFIG, 'inner/b.pathway': '' });
    await expect(projectAround(join(cwd, 'a.pathway'))).resolves.toMatchObject({ root: cwd, entryFiles: [] });
  });

  test('keeps the name of a folder that is a link, as the editor knows it', async () => {
    const cwd = temporaryFolder({ 'real/a.pathway': '' });
    symlinkSync(join(cwd, 'real'), join(cwd, 'link'));
    await expect(projectAround(join(cwd, 'link/a.pathway'))).resolves.toMatchObject({
      root: join(cwd, 'link'),
      entryFiles: ['a.pathway'],
    });
  });
});
