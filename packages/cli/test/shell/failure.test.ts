import { ProjectError } from '@pathway/compiler';
import { ModelError } from '@pathway/model';
import { expect, test } from 'vitest';
import { createContext } from '../../src/shell/context.js';
import { tellFailure } from '../../src/shell/failure.js';

function tell(error: unknown, env: Readonly<Record<string, string>> = {}) {
  let err = '';
  const sink = { write: (text: string) => (err += text), isTerminal: false };
  const io = {
    cwd: '/',
    env,
    out: sink,
    err: sink,
    now: () => 0,
    time: () => 0,
    today: () => '2026-04-02',
    onInterrupt: () => () => undefined,
  };
  const exitCode = tellFailure(error, createContext(io, {}));
  return { exitCode, err };
}

test('what stops the work is told with what to do next', () => {
  expect(tell(new ProjectError('There is no file x.', 'Check the name.'))).toEqual({
    exitCode: 2,
    err: 'error: There is no file x.\n  Check the name.\n',
  });
});

test('what cannot be computed is told with its place', () => {
  const origin = { file: 'a.pathway', line: 3, column: 5, endLine: 3, endColumn: 9 };
  expect(tell(new ModelError('This has no mean.', origin)).err).toBe('error: a.pathway:3:5: This has no mean.\n');
});

test('an error nobody foresaw is said to be ours, without a stack unless it is asked for', () => {
  const error = new TypeError('x is undefined\nsecond line');
  const { exitCode, err } = tell(error);
  expect(exitCode).toBe(2);
  expect(err).toContain('Pathway met an error of its own: TypeError: x is undefined\n');
  expect(err).toContain('Please report it');
  expect(err).not.toMatch(/^\s+at /m);
  expect(tell(error, { PATHWAY_DEBUG: '1' }).err).toMatch(/^\s+at /m);
  expect(tell(error, { PATHWAY_DEBUG: '0' }).err).not.toMatch(/^\s+at /m);
});

test('what is thrown is told without what steers a terminal', () => {
  expect(tell(new ProjectError('\u001b[2Jx')).err).not.toContain('\u001b');
});
