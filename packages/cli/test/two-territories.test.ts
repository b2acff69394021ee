import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runCli } from './run-cli.js';

const FOLDER = fileURLToPath(new URL('../../../examples/two-territories/', import.meta.url));
const README = `${FOLDER}README.md`;

describe('the README of two territories shows what is printed by', () => {
  test.each([
    ['pathway transfer', ['transfer', 'HomeAfterHipFracture', '--to', 'Skernedale']],
    ['pathway budget', ['budget']],
    ['pathway readiness', ['readiness', '--territory', 'Skernedale']],
  ])('%s', { timeout: 60_000 }, async (name, args) => {
    const { exitCode, out, err } = await runCli([...args, '-q'], { cwd: FOLDER });
    expect(exitCode, err).toBe(0);
    const readme = readFileSync(README, 'utf8');
    const shown = new RegExp(`(?<=<!-- printed by \`${name}\` -->\\n\`\`\`text\\n)[\\s\\S]*?(?=\\n\`\`\`)`);
    if (process.env.UPDATE_GOLDENS === '1')
      writeFileSync(
        README,
        readme.replace(shown, () => out.trimEnd()),
      );
    else expect(shown.exec(readme)?.[0]).toBe(out.trimEnd());
  });
});
