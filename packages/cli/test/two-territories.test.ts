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

describe('the readiness of Skernedale', () => {
  // By hand, six raters: two of them outside of the best three points around the median are a split; halves are rounded up.
  const BY_HAND: readonly (readonly [title: string, points: string, median: number, agreed: number | 'split'])[] = [
    ['Digital infrastructure', '1 1 1 2 4 5', 1.5, 'split'],
    ['Readiness to change', '2 3 3 3 4 4', 3, 3],
    ['Structure and governance', '2 2 2 3 3 3', 2.5, 3],
    ['Process coordination', '1 2 2 2 2 3', 2, 2],
    ['Funding', '1 1 2 2 2 2', 2, 2],
    ['Removal of inhibitors', '1 2 2 2 2 2', 2, 2],
    ['Population approach', '2 2 3 3 3 3', 3, 3],
    ['Citizen empowerment', '1 2 2 2 3 3', 2, 2],
    ['Evaluation methods', '1 1 1 1 2 2', 1, 1],
    ['Breadth of ambition', '2 3 3 3 3 3', 3, 3],
    ['Innovation management', '2 2 2 2 2 3', 2, 2],
    ['Capacity building', '2 2 2 3 3 3', 2.5, 3],
  ];

  test('is what the rule comes to by hand, split dimensions first', async () => {
    const args = ['readiness', '--territory', 'Skernedale', '--format', 'json', '-q'];
    const { out } = await runCli(args, { cwd: FOLDER });
    const [report] = JSON.parse(out) as readonly {
      readonly dimensions: readonly {
        readonly title: string;
        readonly points: readonly number[];
        readonly median: number;
        readonly agreed?: number;
      }[];
    }[];
    const told = report?.dimensions.map((each) => [
      each.title,
      each.points.join(' '),
      each.median,
      each.agreed ?? 'split',
    ]);
    expect(told).toEqual(BY_HAND);
  });
});
