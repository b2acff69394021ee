import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

test('a new project has nothing to complain about and is in the canonical form', async () => {
  const cwd = temporaryFolder();
  const { exitCode, err } = await runCli(['new', 'my-region'], { cwd });
  expect(exitCode).toBe(0);
  expect(err).toContain('pathway build my-region');
  const checked = await runCli(['check', 'my-region'], { cwd });
  expect(checked).toMatchObject({ exitCode: 0, out: '' });
  expect(checked.err).toContain('No problems');
  await expect(runCli(['format', '--check', 'my-region'], { cwd })).resolves.toMatchObject({ exitCode: 0, out: '' });
});

test('takes its title from --name, otherwise from its folder', async () => {
  const cwd = temporaryFolder();
  await runCli(['new', 'ward-in_devon'], { cwd });
  await runCli(['new', 'other', '--name', 'Über uns'], { cwd });
  const titleOf = (folder: string): unknown =>
    JSON.parse(readFileSync(join(cwd, folder, 'pathway.config.json'), 'utf8'));
  expect(titleOf('ward-in_devon')).toMatchObject({ title: 'Ward in devon' });
  expect(titleOf('other')).toMatchObject({ title: 'Über uns' });
});

test('refuses a folder with anything in it and leaves it as it was', async () => {
  const cwd = temporaryFolder({ 'mine/notes.txt': 'mine' });
  const { exitCode, err } = await runCli(['new', 'mine'], { cwd });
  expect(exitCode).toBe(2);
  expect(err).toContain('mine is not empty, so nothing was written.');
  expect(readdirSync(join(cwd, 'mine'))).toEqual(['notes.txt']);
});

test('refuses a name that would break the files', async () => {
  const cwd = temporaryFolder();
  await expect(runCli(['new', 'x', '--name', 'a"b'], { cwd })).resolves.toMatchObject({ exitCode: 2 });
  expect(readdirSync(cwd)).toEqual([]);
});
