import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const UNTIDY = '// beds\nresource   Bed   {count 2}\n';

test('writes the canonical form and lists what changed; a second run changes nothing', async () => {
  const cwd = temporaryFolder({ 'a.pathway': UNTIDY });
  const { exitCode, out } = await runCli(['format'], { cwd });
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'a.pathway\n' });
  const written = readFileSync(join(cwd, 'a.pathway'), 'utf8');
  expect(written).toContain('// beds');
  expect(written).not.toBe(UNTIDY);
  await expect(runCli(['format'], { cwd })).resolves.toMatchObject({ exitCode: 0, out: '' });
});

test('--check changes nothing, lists files and ends with 1', async () => {
  const cwd = temporaryFolder({ 'a.pathway': UNTIDY });
  const { exitCode, out, err } = await runCli(['format', '--check'], { cwd });
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: 'a.pathway\n' });
  expect(err).toContain('1 file of 1 not in the canonical form');
  expect(readFileSync(join(cwd, 'a.pathway'), 'utf8')).toBe(UNTIDY);
  await runCli(['format'], { cwd });
  await expect(runCli(['format', '--check'], { cwd })).resolves.toMatchObject({ exitCode: 0, out: '' });
});

test('a file that is no pathway stays as it is and is told; the others are formatted', async () => {
  const cwd = temporaryFolder({ 'a.pathway': 'resource {{{\n', 'b.pathway': UNTIDY });
  const { exitCode, out } = await runCli(['format'], { cwd });
  expect(exitCode).toBe(1);
  expect(out).toContain(' --> a.pathway:1:');
  expect(out).toContain('b.pathway\n');
  expect(readFileSync(join(cwd, 'a.pathway'), 'utf8')).toBe('resource {{{\n');
});

test('takes every file of a folder, also those that no entry names', async () => {
  const cwd = temporaryFolder({
    'pathway.config.json': '{ "entry": ["a.pathway"] }',
    'a.pathway': '',
    'b.pathway': UNTIDY,
  });
  expect((await runCli(['format', '--check'], { cwd })).out).toBe('b.pathway\n');
});

test('takes a byte order mark away and leaves Windows line ends', async () => {
  const cwd = temporaryFolder({ 'a.pathway': '\u{feff}number A = 1\r\nnumber B = A\r\n' });
  await expect(runCli(['format', '--check'], { cwd })).resolves.toMatchObject({ exitCode: 1, out: 'a.pathway\n' });
  await expect(runCli(['format'], { cwd })).resolves.toMatchObject({ exitCode: 0, out: 'a.pathway\n' });
  expect(readFileSync(join(cwd, 'a.pathway'), 'utf8')).toBe('number A = 1\r\nnumber B = A\r\n');
  await expect(runCli(['format'], { cwd })).resolves.toMatchObject({ exitCode: 0, out: '' });
});
