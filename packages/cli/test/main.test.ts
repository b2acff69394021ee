import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProgram } from '../src/program/program.js';
import { VERSION } from '../src/version.js';
import { runCli } from './run-cli.js';

const commands = createProgram(VERSION, () => Promise.resolve()).commands.map((command) => command.name());

test('the version is the one of the package', async () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ version: VERSION });
  await expect(runCli(['--version'])).resolves.toEqual({ exitCode: 0, out: `${VERSION}\n`, err: '' });
});

test('all commands are there', () => {
  const wanted =
    'check format explain build diagram simulate budget transfer lift hub publish readiness directory minutes worker staff skills roster report test watch exercise diff approve comment calibrate export import git new lsp completion';
  expect(commands).toEqual(wanted.split(' '));
});

test.each(commands)('`%s --help` has examples', async (command) => {
  const { exitCode, out, err } = await runCli([command, '--help']);
  expect(exitCode).toBe(0);
  expect(err).toBe('');
  expect(out).toContain(`Usage: pathway ${command}`);
  expect(out).toMatch(new RegExp(`Examples:\\n.*pathway ${command}`));
});

test('without a command the help is told, and nothing was done', async () => {
  const { exitCode, out, err } = await runCli([]);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain('Usage: pathway');
});

test.each([
  [['chek'], "unknown command 'chek'\n(Did you mean check?)"],
  [['check', '--formt', 'json'], "unknown option '--formt'\n(Did you mean --format?)"],
  [['check', '--format', 'xml'], "argument 'xml' is invalid. Allowed choices are text, json, sarif, github."],
  [['simulate', '--replications', 'many'], "argument 'many' is invalid. It must be a whole number."],
  [['simulate', '--workers', '1.5'], 'It must be a whole number.'],
  [['new'], "missing required argument 'folder'"],
])('%j ends with 2 and says why', async (args, message) => {
  const { exitCode, out, err } = await runCli(args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toContain(message);
  expect(err).toContain('--help');
});
