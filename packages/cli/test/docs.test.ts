import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.js';

const page = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

interface Block {
  /** What stands in an HTML comment on the line before, for this test. */
  readonly note: string | undefined;
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of a Markdown page, in their order. */
function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/(?:<!-- (.+) -->\n)?```(\w+)\n([\s\S]*?)\n```/g)].map((found) => ({
    note: found[1],
    language: found[2] ?? '',
    text: `${found[3] ?? ''}\n`,
    line: markdown.slice(0, found.index).split('\n').length,
  }));
}

const pathwayBlocks = (path: string): readonly Block[] =>
  blocksOf(page(path)).filter(({ language }) => language === 'pathway');

async function errorsOf(files: Readonly<Record<string, string>>): Promise<string> {
  const { exitCode, out, err } = await runCli(['check', 'page.pathway'], { cwd: temporaryFolder(files) });
  expect([0, 1], err).toContain(exitCode);
  return exitCode === 0 ? '' : out;
}

describe('the language guide', () => {
  const guide = pathwayBlocks('docs/language.md');

  test('has examples', () => {
    expect(guide.length).toBeGreaterThan(8);
  });

  // The block about imports names files that stand for the reader's own; they are empty here.
  test.each(guide)('compiles the block at line $line', async ({ text }) => {
    expect(await errorsOf({ 'page.pathway': text, 'region.pathway': '', 'wards.pathway': '' })).toBe('');
  });

  test('shows parts of a text that compile in their place', async () => {
    const [takes, allow, ...others] = blocksOf(page('docs/language.md')).filter(({ language }) => language === 'text');
    expect(others).toEqual([]);
    const text = `organisation Hospital { sector hospital }
cohort Stroke { arrives every exponential(1 d)  attribute route one of esd 20%, home 80% }
pathway Care for Stroke { owner Hospital  step Stay { ${takes?.text ?? ''} } }
${allow?.text ?? ''}`;
    expect(await errorsOf({ 'page.pathway': text })).toBe('');
  });

  test('has blocks in which a slip would be found', async () => {
    expect(await errorsOf({ 'page.pathway': 'organisation Hospital { sektor hospital }\n' })).toContain('error PW');
  });
});

test('the example of the README compiles with the names that it takes for granted', async () => {
  const [block, ...others] = pathwayBlocks('README.md');
  expect(others).toEqual([]);
  const given = `source Monks2016 { grade B }
organisation RoyalDevon { sector hospital }
resource StrokeBed { at RoyalDevon  count 10 }
role StrokeNurse
staff 20 StrokeNurse at RoyalDevon { on duty 4 }
`;
  expect(await errorsOf({ 'page.pathway': `${given}${block?.text ?? ''}` })).toBe('');
});

test('the picture of the README is what `pathway diagram` draws', async () => {
  expect(page('README.md')).toContain('](docs/pictures/stroke.svg)');
  const cwd = temporaryFolder();
  const example = fileURLToPath(new URL('../../../examples/stroke', import.meta.url));
  const { exitCode } = await runCli(['diagram', example, '--pathway', 'AcuteCare', '--out', 'stroke.svg'], { cwd });
  expect(exitCode).toBe(0);
  const drawn = readFileSync(join(cwd, 'stroke.svg'), 'utf8');
  if (process.env.UPDATE_GOLDENS === '1')
    writeFileSync(new URL('../../../docs/pictures/stroke.svg', import.meta.url), drawn);
  expect(drawn).toBe(page('docs/pictures/stroke.svg'));
});

/** Applies the lines of a `diff` block one hunk at a time: what stands there before must stand in the file once. */
function edited(text: string, diff: string): string {
  // A line that is taken away after one that was put in begins the next place.
  const hunks = diff.trimEnd().split(/(?<=^\+.*\n)(?=-)/m);
  return hunks.reduce((result, hunk) => {
    const lines = hunk.replace(/\n$/, '').split('\n');
    const side = (mark: string): string =>
      lines
        .filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    expect(result.split(side('-')).length, `stands once in the file: ${side('-')}`).toBe(2);
    return result.replace(side('-'), () => side('+'));
  }, text);
}

/** Whether the parts of a shown text between lines of `…` stand in the output, in their order. */
function expectShown(shown: string, output: string): void {
  let rest = output;
  for (const part of shown.split(/^…\n/m).filter((each) => each !== '')) {
    expect(rest).toContain(part);
    rest = rest.slice(rest.indexOf(part) + part.length);
  }
}

/** Does what a page tells its reader to do, in `project`, and compares what comes of it; answers the number of commands. */
async function follow(path: string, root: string, project: string): Promise<number> {
  let output = '';
  let commands = 0;
  for (const { note, language, text } of blocksOf(page(path))) {
    const [action, file = ''] = note?.split(' ') ?? [];
    const written = join(project, file);
    if (language === 'pathway' && action === 'write') writeFileSync(written, text);
    else if (language === 'pathway' && action === 'append') appendFileSync(written, `\n${text}`);
    else if (language === 'diff' && action === 'edit')
      writeFileSync(written, edited(readFileSync(written, 'utf8'), text));
    else if (language === 'text') expectShown(text, output);
    else if (language === 'sh' && !text.startsWith('alias ')) {
      output = '';
      for (const line of text.trimEnd().split('\n')) {
        const { command, code = '0' } =
          /^pathway (?<command>.*?)(?: +# ends with (?<code>\d+))?$/.exec(line)?.groups ?? {};
        const args = command?.split(' ') ?? [];
        const { exitCode, out, err } = await runCli(args, { cwd: action === 'run' ? root : project });
        expect({ line, exitCode }, `${out}${err}`).toEqual({ line, exitCode: Number(code) });
        output += `${out}${err.replace(/^(?:Running|Testing) .* …\n/gm, '')}`; // progress is gone from a terminal in the end
        commands += 1;
      }
    } else expect(`${language} ${text}`).toMatch(/^sh alias pathway=/);
  }
  return commands;
}

test('the tutorial says what happens, step by step', { timeout: 120_000 }, async () => {
  const root = temporaryFolder();
  expect(await follow('docs/tutorial.md', root, join(root, 'my-ward'))).toBeGreaterThan(10);
});

test('the guide to the knowledge hub shows what happens', { timeout: 60_000 }, async () => {
  const root = temporaryFolder();
  cpSync(fileURLToPath(new URL('../../../language/knowledge', import.meta.url)), join(root, 'language/knowledge'), {
    recursive: true,
  });
  // What is made and told stands in a project of its own, beside the packages that are looked at.
  expect(await follow('docs/hub.md', root, root)).toBe(5);
});

test('the guide to studies shows what each method says', { timeout: 120_000 }, async () => {
  const root = temporaryFolder();
  expect(await follow('docs/studies.md', root, root)).toBe(9);
});
