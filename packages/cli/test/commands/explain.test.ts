import { DIAGNOSTIC_CODES } from '@pathway/model';
import { expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

test('explains a diagnostic, also when its code is written small', async () => {
  const { exitCode, out } = await runCli(['explain', 'pw2001']);
  expect(exitCode).toBe(0);
  expect(out).toContain('PW2001');
});

test('lists all codes', async () => {
  const { out } = await runCli(['explain']);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, 6)),
  ).toEqual(DIAGNOSTIC_CODES);
});

test('proposes a code that exists', async () => {
  const { exitCode, err } = await runCli(['explain', 'PW201']);
  expect(exitCode).toBe(2);
  expect(err).toMatch(/There is no diagnostic PW201\.\n {2}Did you mean PW2\d\d\d\?/);
});
