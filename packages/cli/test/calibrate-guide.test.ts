import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

test('the guide to event logs shows what the commands write', { timeout: 120_000 }, async () => {
  const cwd = temporaryFolder();
  copyFileSync(join(ROOT, 'examples/sepsis/sepsis.csv.gz'), join(cwd, 'sepsis.csv.gz'));
  const guide = readFileSync(join(ROOT, 'docs/calibrate.md'), 'utf8');
  const blocks = [...guide.matchAll(/(?:<!-- shows (.+) -->\n)?```(\w+)\n([\s\S]*?)```/g)];
  let output = '';
  let compared = 0;
  for (const [, file, language, text = ''] of blocks) {
    if (language === 'sh') {
      output = '';
      for (const line of text.trimEnd().split('\n')) {
        const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
        expect(args.shift()).toBe('pathway');
        const { exitCode, out, err } = await runCli(args, { cwd });
        expect(exitCode, err).toBe(0);
        output += out + err;
      }
    } else if (!text.startsWith('pathway ')) {
      let rest = file === undefined ? output : readFileSync(join(cwd, file), 'utf8');
      for (const part of text.split(/^…\n/m)) {
        expect(rest).toContain(part);
        rest = rest.slice(rest.indexOf(part) + part.length);
        compared += 1;
      }
    }
  }
  expect(compared).toBe(7);
  // What the publication says of the log, and an activity of six patients, which must not be named anywhere.
  const text = readFileSync(join(cwd, 'sepsis.pathway'), 'utf8');
  expect(text).toContain('1,050 cases with 15,214 events from 2013-11-07 to 2015-06-05');
  expect(text + readFileSync(join(cwd, 'sepsis.md'), 'utf8')).not.toContain('Release E');
  expect((await runCli(['format', '--check', 'sepsis.pathway'], { cwd })).exitCode).toBe(0);
});
