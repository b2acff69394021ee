import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runCli, temporaryFolder } from '../run-cli.js';

const patternSchema = z.object({ regexp: z.string() }).catchall(z.union([z.number(), z.string()]));
const manifestSchema = z.object({
  contributes: z.object({
    problemMatchers: z.array(
      z.object({
        name: z.string(),
        pattern: z.tuple([patternSchema, patternSchema]),
        background: z.object({ beginsPattern: z.string(), endsPattern: z.string() }).optional(),
      }),
    ),
  }),
});

const manifest = readFileSync(new URL('../../../vscode/extension/package.json', import.meta.url), 'utf8');
const matchers = manifestSchema.parse(JSON.parse(manifest)).contributes.problemMatchers;

/** What an editor reads from the lines of a terminal: each pair of lines that both patterns match. */
function problemsIn(output: string, name: string): readonly Readonly<Record<string, string>>[] {
  const [first, second] = matchers.find((each) => each.name === name)?.pattern ?? [];
  const lines = output.split('\n');
  return lines.flatMap((line, index) => {
    const [head, place] = [groupsOf(first, line), groupsOf(second, lines[index + 1] ?? '')];
    return head === undefined || place === undefined ? [] : [{ ...head, ...place }];
  });
}

/** What a pattern takes from a line, by what each group of it stands for. */
function groupsOf(
  pattern: z.infer<typeof patternSchema> | undefined,
  line: string,
): Readonly<Record<string, string>> | undefined {
  const groups = new RegExp(pattern?.regexp ?? '$^').exec(line);
  if (pattern === undefined || groups === null) return undefined;
  const found: Record<string, string> = {};
  for (const [key, group] of Object.entries(pattern)) if (key !== 'regexp') found[key] = groups[Number(group)] ?? '';
  return found;
}

const MISTYPED = 'cohort Patients {\n  arrives every exponential(3 mins)\n}\n';

describe('findings of pathway check among the problems of an editor', () => {
  test('are read with their place, code and level by the problem matcher of the extension', async () => {
    const cwd = temporaryFolder({ 'our wards/a.pathway': MISTYPED, 'our wards/pathway.config.json': '{}' });
    const { out, err } = await runCli(['check', '--no-color', 'our wards'], { cwd });
    for (const { name } of matchers) {
      const found = problemsIn(out + err, name);
      expect(found).toHaveLength(out.match(/^ --> /gm)?.length ?? 0);
      expect(found).toContainEqual({
        severity: 'error',
        code: 'PW4001',
        message: '`mins` is not a unit; did you mean `min`?',
        file: 'our wards/a.pathway',
        line: '2',
        column: '31',
      });
      expect(found.every(({ severity = '' }) => ['error', 'warning', 'info', 'hint'].includes(severity))).toBe(true);
    }
  });

  test('of a watch end with its first words of waiting, and later with the sum', async () => {
    const ends = new RegExp(matchers.find(({ background }) => background)?.background?.endsPattern ?? '$^');
    expect('Waiting for changes; Ctrl-C ends.').toMatch(ends);
    for (const text of [MISTYPED, 'skill Listening "Listening"\n', 'resource Bed\n']) {
      const { err } = await runCli(['check'], { cwd: temporaryFolder({ 'a.pathway': text }) });
      expect(err.trimEnd()).toMatch(ends);
    }
  });
});
