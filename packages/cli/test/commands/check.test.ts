import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/print/check-json.js';
import { runCli, temporaryFolder } from '../run-cli.js';

const SOUND = 'resource Bed\n';
const MISTYPED = 'cohort Patients {\n  arrives every exponential(3 mins)\n}\n';

describe('pathway check', () => {
  test('finds nothing in sound pathways and ends with 0', async () => {
    const { exitCode, err } = await runCli(['check'], { cwd: temporaryFolder({ 'a.pathway': 'skill Listening\n' }) });
    expect(exitCode).toBe(0);
    expect(err).toMatch(/in 1 file\.\n$/);
  });

  test('shows a mistake with its line, carets, a fix and what to do next, and ends with 1', async () => {
    const cwd = temporaryFolder({ 'region/a.pathway': MISTYPED });
    const { exitCode, out, err } = await runCli(['check', 'region'], { cwd });
    expect(exitCode).toBe(1);
    expect(out).toContain(
      [
        'error PW4001: `mins` is not a unit; did you mean `min`?',
        ' --> region/a.pathway:2:31',
        '   |',
        ' 2 |   arrives every exponential(3 mins)',
        '   |                               ^^^^',
        ' fix: Write `min`',
        ' help: pathway explain PW4001',
      ].join('\n'),
    );
    expect(err).toMatch(/^1 error .*in 1 file\.\n$/);
  });

  test('colours only a terminal, and not there either when it is told so', async () => {
    const cwd = temporaryFolder({ 'a.pathway': MISTYPED });
    const escape = '\u001b[';
    expect((await runCli(['check'], { cwd })).out).not.toContain(escape);
    expect((await runCli(['check'], { cwd, terminal: true })).out).toContain(escape);
    expect((await runCli(['check', '--no-color'], { cwd, terminal: true })).out).not.toContain(escape);
    expect((await runCli(['check'], { cwd, terminal: true, env: { NO_COLOR: '1' } })).out).not.toContain(escape);
    expect((await runCli(['check'], { cwd, terminal: true, env: { TERM: 'dumb' } })).out).not.toContain(escape);
  });

  test('says errors alone with --quiet', async () => {
    const cwd = temporaryFolder({ 'a.pathway': `${SOUND}${MISTYPED}` });
    const { out, err } = await runCli(['check', '--quiet'], { cwd });
    expect(err).toBe('');
    expect(out).toContain('error PW4001');
    expect(out).not.toMatch(/^(warning|information|hint)/m);
  });

  test('tells which agreements do not hold on a day that is named, and never asks a clock', async () => {
    const cwd = temporaryFolder({
      'a.pathway': [
        'organisation Ward { sector hospital }',
        'organisation HomeTeam { sector home }',
        'agreement Homecoming between Ward, HomeTeam {',
        '  signed 2020-03-01',
        '  until 2021-03-01',
        '}',
        '',
      ].join('\n'),
    });
    expect((await runCli(['check'], { cwd })).out).not.toContain('PW8024');
    expect((await runCli(['check', '--as-of', '2021-02-28'], { cwd })).out).not.toContain('PW8024');
    const { exitCode, out } = await runCli(['check', '--as-of', '2021-03-01'], { cwd });
    expect(exitCode).toBe(0);
    expect(out).toContain('PW8024: On 2021-03-01 Homecoming does not hold: it ended on 2021-03-01.');
    const wrong = await runCli(['check', '--as-of', 'tomorrow'], { cwd });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toContain('It must be a date, like 2026-04-02.');
  });

  test('writes JSON that follows its schema', async () => {
    const { exitCode, out } = await runCli(['check', '--format', 'json'], {
      cwd: temporaryFolder({ 'a.pathway': MISTYPED }),
    });
    expect(exitCode).toBe(1);
    const found = checkSchema.parse(JSON.parse(out));
    expect(found.files).toEqual(['a.pathway']);
    expect(found.diagnostics.map(({ code }) => code)).toContain('PW4001');
  });

  test('takes the levels that the project gives', async () => {
    const cwd = temporaryFolder({
      'pathway.config.json': '{ "severities": { "PW2006": "error" } }',
      'a.pathway': SOUND,
    });
    const { exitCode, out } = await runCli(['check'], { cwd });
    expect(exitCode).toBe(1);
    expect(out).toContain('error PW2006');
  });

  test('names files from where it runs, whatever the project is', async () => {
    const top = temporaryFolder({ 'region/sub/a.pathway': MISTYPED, 'region/pathway.config.json': '{}' });
    expect((await runCli(['check', '.'], { cwd: join(top, 'region') })).out).toContain(' --> sub/a.pathway:2:');
    expect((await runCli(['check', 'region'], { cwd: top })).out).toContain(' --> region/sub/a.pathway:2:');
  });
});

describe('what check cannot do', () => {
  test.each([
    ['a missing file', ['missing.pathway'], 'There is no file or folder missing.pathway.'],
    ['a folder without pathways', ['empty'], 'empty holds no pathways: no .pathway file.'],
    ['a pattern that matches nothing', ['none/*.pathway'], 'No .pathway file matches none/*.pathway.'],
    ['another kind of file', ['empty/readme.md'], 'empty/readme.md is no pathway'],
    ['a text that is not UTF-8', ['latin1.pathway'], 'latin1.pathway:1 is not UTF-8 text.'],
    ['a broken configuration', ['broken'], 'broken/pathway.config.json:1:2 is not valid JSON.'],
  ])('%s ends with 2 and one clear message', async (_what, args, message) => {
    const cwd = temporaryFolder({
      'empty/readme.md': '',
      'latin1.pathway': new Uint8Array([0x2f, 0x2f, 0xe9, 0x0a]),
      'broken/pathway.config.json': '{',
      'broken/a.pathway': SOUND,
    });
    const { exitCode, out, err } = await runCli(['check', ...args], { cwd });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(`error: ${message}`);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test('an import outside the project is told at its place', async () => {
    const cwd = temporaryFolder({ 'secret.pathway': SOUND, 'region/a.pathway': 'import "../secret.pathway"\n' });
    const { exitCode, out } = await runCli(['check', 'region'], { cwd });
    expect(exitCode).toBe(1);
    expect(out).toContain('error PW2009');
    expect(out).toContain('region/a.pathway:1:');
  });

  test('a link that leads outside the project is not read', async () => {
    const outside = temporaryFolder({ 'secret.pathway': SOUND });
    const cwd = temporaryFolder({ 'a.pathway': 'import "./link.pathway"\n' });
    symlinkSync(join(outside, 'secret.pathway'), join(cwd, 'link.pathway'));
    const { exitCode, err } = await runCli(['check', 'a.pathway'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('link.pathway lies outside the project');
  });

  test('a circle of imports is told at an import of it', async () => {
    const cwd = temporaryFolder({ 'a.pathway': 'import "./b.pathway"\n', 'b.pathway': 'import "./a.pathway"\n' });
    const { exitCode, out } = await runCli(['check'], { cwd });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/error PW2004: .*a\.pathway → b\.pathway → a\.pathway/);
  });

  test('a broken table is told with file, line and column', async () => {
    const cwd = temporaryFolder({
      'a.pathway': 'cohort Patients {\n  arrives 14 per day profile hourly from "share.csv" column "share"\n}\n',
      'share.csv': 'hour,share\n0,1\n1,many\n',
    });
    const { exitCode, out } = await runCli(['check'], { cwd });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/share\.csv.*(3|line 3)/);
  });
});

describe('pathway check --watch', () => {
  test('checks again after a change and ends with Ctrl-C', async () => {
    const cwd = temporaryFolder({ 'a.pathway': MISTYPED });
    let interrupt: () => void = () => undefined;
    let corrected = false;
    const { exitCode, out, err } = await runCli(['check', '--watch'], {
      cwd,
      onListening: (handler) => (interrupt = handler),
      onErr: (text) => {
        if (!corrected && text.includes('Waiting for changes')) {
          corrected = true;
          writeFileSync(join(cwd, 'a.pathway'), MISTYPED.replace('mins', 'min'));
        } else if (text.includes('Changed: a.pathway') && text.endsWith('in 1 file.\n')) interrupt();
      },
    });
    expect(exitCode).toBe(0);
    expect(out.match(/PW4001:/g)).toHaveLength(1);
    expect(err).toContain('Changed: a.pathway');
  });
});

test('points at `entry` when it matches no file', async () => {
  const cwd = temporaryFolder({ 'pathway.config.json': '{ "entry": ["studys.pathway"] }', 'a.pathway': '' });
  const { exitCode, err } = await runCli(['check'], { cwd });
  expect(exitCode).toBe(2);
  expect(err).toContain('Correct the patterns of `entry`: studys.pathway.');
});
