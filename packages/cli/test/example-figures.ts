import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { runCli } from './run-cli.js';

const EXAMPLES = new URL('../../../examples/', import.meta.url);
/** What stands in a README between these is what the command prints. */
const FIGURES = /(?<=<!-- figures of `pathway simulate` -->\n```text\n)[\s\S]*?(?=\n```)/;

/**
 * Simulates an example as its README says, with as many replications as its study declares: its contracts hold, and the
 * figures that the README shows are those that the command prints.
 */
export async function expectFiguresOfReadme(example: string): Promise<void> {
  const folder = fileURLToPath(new URL(example, EXAMPLES));
  const { exitCode, out, err } = await runCli(['simulate', folder], { cwd: folder });
  expect(exitCode, err).toBe(0);
  expect(out).not.toMatch(/^✗/m);
  const path = new URL(`${example}/README.md`, EXAMPLES);
  const readme = readFileSync(path, 'utf8');
  const figures = figuresIn(out);
  if (process.env.UPDATE_GOLDENS === '1')
    writeFileSync(
      path,
      readme.replace(FIGURES, () => figures),
    );
  else expect(FIGURES.exec(readme)?.[0]).toBe(figures);
}

/** Of what `simulate` prints the figures of each scenario, with the contracts that it keeps. */
function figuresIn(output: string): string {
  const scenarios = output.split(/^(?=.+ \(\d+ replications\)$)/m).slice(1);
  return scenarios
    .map((text) => {
      const [title = '', table = ''] = text.split('\n\n');
      const contracts = text.split('\n').filter((line) => line.startsWith('✓'));
      return [title, '', table.trimEnd(), ...(contracts.length > 0 ? ['', ...contracts] : [])].join('\n');
    })
    .join('\n\n');
}
