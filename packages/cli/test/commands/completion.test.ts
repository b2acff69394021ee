import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

function completeInBash(script: string, words: readonly string[]): string[] {
  const program = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_pathway; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', program], { encoding: 'utf8', cwd: '/' }).trim().split('\n');
}

test('bash completes commands, options and choices', async () => {
  const { out } = await runCli(['completion', 'bash']);
  expect(completeInBash(out, ['pathway', 'ch'])).toEqual(['check']);
  expect(completeInBash(out, ['pathway', 'simulate', '--rep'])).toEqual(['--replications']);
  expect(completeInBash(out, ['pathway', 'check', '--format', 's'])).toEqual(['sarif']);
});

test.each(['zsh', 'fish'])('%s knows every command', async (shell) => {
  const { exitCode, out } = await runCli(['completion', shell]);
  expect(exitCode).toBe(0);
  for (const command of [
    'check',
    'format',
    'explain',
    'build',
    'diagram',
    'simulate',
    'budget',
    'transfer',
    'readiness',
    'directory',
    'minutes',
    'staff',
    'roster',
    'report',
    'approve',
    'comment',
    'calibrate',
    'test',
    'watch',
    'exercise',
    'new',
    'lsp',
  ])
    expect(out).toMatch(new RegExp(`(^|['" ])${command}\\b`, 'm'));
  expect(out).toContain('replications');
});

test('another shell is refused', async () => {
  const { exitCode, err } = await runCli(['completion', 'csh']);
  expect(exitCode).toBe(2);
  expect(err).toContain('Choose bash, zsh or fish.');
});
