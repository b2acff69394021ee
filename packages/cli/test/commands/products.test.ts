import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

async function starter(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = temporaryFolder();
  await runCli(['new', 'region'], { cwd });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(cwd, 'region', path, '..'), { recursive: true });
    writeFileSync(join(cwd, 'region', path), content);
  }
  return cwd;
}

const configWith = (settings: object): string => JSON.stringify({ entry: ['studies.pathway'], ...settings });

describe('pathway build', () => {
  test('makes what the configuration asks for, and with --only less', async () => {
    const cwd = await starter({
      'pathway.config.json': configWith({ products: ['model-json', 'diagram'], out: 'made' }),
    });
    await expect(runCli(['build', 'region'], { cwd })).resolves.toMatchObject({ exitCode: 0, out: '' });
    expect(readdirSync(join(cwd, 'region/made')).sort()).toEqual([
      '.pathway-out.json',
      'diagrams',
      'maps',
      'model.json',
    ]);
    await runCli(['build', 'region', '--only', 'model-json', '--out', 'less'], { cwd });
    expect(readdirSync(join(cwd, 'less')).sort()).toEqual(['.pathway-out.json', 'model.json']);
  });

  test('takes options of an emitter, and refuses those that it does not know before anything runs', async () => {
    const options = (theme: string) => configWith({ products: [{ emitter: 'diagram', options: { theme } }] });
    const cwd = await starter({ 'pathway.config.json': options('dark') });
    expect((await runCli(['build', 'region'], { cwd })).exitCode).toBe(0);
    writeFileSync(join(cwd, 'region/pathway.config.json'), options('pink'));
    const { exitCode, err } = await runCli(['build', 'region'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('Options of the emitter `diagram` cannot be used:\n  - `theme`:');
  });

  test('proposes the emitter that was meant', async () => {
    const { exitCode, err } = await runCli(['build', 'region', '--only', 'reprot'], { cwd: await starter() });
    expect(exitCode).toBe(2);
    expect(err).toContain('There is no emitter `reprot`; did you mean `report`?');
  });

  test('writes nothing when the pathways have errors, and leaves what an earlier build wrote', async () => {
    const cwd = await starter();
    await runCli(['build', 'region', '--only', 'model-json'], { cwd });
    const before = readFileSync(join(cwd, 'region/out/model.json'), 'utf8');
    const care = join(cwd, 'region/care.pathway');
    writeFileSync(care, readFileSync(care, 'utf8').replace('1 Bed', '1 Bedd'));
    const { exitCode, err } = await runCli(['build', 'region', '--only', 'model-json'], { cwd });
    expect(exitCode).toBe(1);
    expect(err).toContain('Nothing was made.');
    expect(readFileSync(join(cwd, 'region/out/model.json'), 'utf8')).toBe(before);
  });

  test.each([
    ['the project itself', 'region'],
    ['a folder that holds the project', '.'],
  ])('does not write products into %s', async (_what, out) => {
    const cwd = await starter();
    const { exitCode, err } = await runCli(['build', 'region', '--out', out, '--only', 'model-json'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain(`${out} holds the project itself`);
  });

  test('says that the output cannot be written', async () => {
    const cwd = await starter({ taken: 'a file' });
    const { exitCode, err } = await runCli(['build', 'region', '--out', 'region/taken', '--only', 'model-json'], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(err).toContain('error: region/taken cannot be written: ');
    expect(err).not.toContain('Running');
    expect(readFileSync(join(cwd, 'region/taken'), 'utf8')).toBe('a file');
  });

  test('builds again after a change and ends with Ctrl-C', async () => {
    const cwd = await starter();
    let interrupt: () => void = () => undefined;
    let changed = false;
    const care = join(cwd, 'region/care.pathway');
    const { exitCode } = await runCli(['build', 'region', '--watch', '--only', 'model-json'], {
      cwd,
      onListening: (press) => (interrupt = press),
      onErr: (text) => {
        if (!changed && text.includes('Waiting for changes')) {
          changed = true;
          writeFileSync(care, readFileSync(care, 'utf8').replace('"Observe"', '"Watch over"'));
        } else if (/Changed: care\.pathway[\s\S]*Wrote 1 file/.test(text)) interrupt();
      },
    });
    expect(exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'region/out/model.json'), 'utf8')).toContain('Watch over');
  });
});

describe('emitters of packages', () => {
  const PACKAGE = 'node_modules/@region/tables';
  const schema = `{ '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }`;
  const files = (source: string) => ({
    'pathway.config.json': configWith({ emitters: ['@region/tables'], products: ['beds'] }),
    [`${PACKAGE}/package.json`]: '{ "type": "module", "exports": { ".": { "import": "./main.js" } } }',
    [`${PACKAGE}/main.js`]: source,
  });

  test('make files as ours do', async () => {
    const emit = `emit: (model) => [{ path: 'beds.txt', content: model.resources.map(({ id }) => id).join() }]`;
    const cwd = await starter(
      files(`export const emitters = [{ name: 'beds', describes: 'Beds', options: ${schema}, ${emit} }];`),
    );
    await expect(runCli(['build', 'region'], { cwd })).resolves.toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(cwd, 'region/out/beds.txt'), 'utf8')).toBe('Bed');
  });

  test.each([
    ['exports none', 'export const x = 1;', 'The package @region/tables exports no emitters.'],
    [
      'exports something else',
      `export const emitters = [{ name: 'Beds!' }];`,
      '@region/tables, emitters[0] is no emitter:',
    ],
    [
      'cannot be loaded',
      'throw new Error("broken inside");',
      'The package @region/tables cannot be loaded: broken inside.',
    ],
    [
      'takes the name of one that ships',
      `export const emitters = [{ name: 'report', describes: '', options: ${schema}, emit: () => [] }];`,
      'Two emitters have the name `report`.',
    ],
    [
      'answers no files',
      `export const emitters = [{ name: 'beds', describes: '', options: ${schema}, emit: () => ['x'] }];`,
      'The emitter `beds` did not answer with files.',
    ],
    [
      'leaves the output folder',
      `export const emitters = [{ name: 'beds', describes: '', options: ${schema}, emit: () => [{ path: '../x', content: '' }] }];`,
      'The emitter `beds` made a file with the path `../x`',
    ],
  ])('one that %s is refused with a clear message', async (_what, source, message) => {
    const cwd = await starter(files(source));
    const { exitCode, err } = await runCli(['build', 'region'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(readdirSync(join(cwd, 'region'))).not.toContain('out');
  });

  test('one that is not installed is named', async () => {
    const cwd = await starter({ 'pathway.config.json': configWith({ emitters: ['@region/tables'] }) });
    const { exitCode, err } = await runCli(['build', 'region'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('npm install @region/tables');
  });

  test('checking a project never loads them', async () => {
    const cwd = await starter(files('throw new Error("must not run");'));
    await expect(runCli(['check', 'region'], { cwd })).resolves.toMatchObject({ exitCode: 0 });
  });
});

describe('pathway simulate', () => {
  test('tells results as tables, with seed and length', async () => {
    const { exitCode, out } = await runCli(['simulate', 'region', '--replications', '2', '--workers', '1'], {
      cwd: await starter(),
    });
    expect(exitCode).toBe(0);
    expect(out).toContain('Would two more beds help?\n90 d after 14 d of warm-up, seed 1');
    expect(out).toContain('As it is (2 replications)');
    expect(out).toMatch(/Assessment bed +6 +\d/);
  });

  test('takes replications and seed from the command, and other patients come with another seed', async () => {
    const cwd = await starter();
    const results = async (...more: string[]): Promise<{ seed: number; scenarios: { replications: number }[] }> => {
      const { out } = await runCli(['simulate', 'region', '-n', '2', '--workers', '1', '--format', 'json', ...more], {
        cwd,
      });
      return JSON.parse(out) as { seed: number; scenarios: { replications: number }[] };
    };
    const first = await results();
    const other = await results('--seed', '5');
    expect(first.seed).toBe(1);
    expect(first.scenarios.map(({ replications }) => replications)).toEqual([2, 2]);
    expect(other.seed).toBe(5);
    expect(other.scenarios).not.toEqual(first.scenarios);
  });

  test('shows progress on a terminal alone', async () => {
    const cwd = await starter();
    const args = ['simulate', 'region', '-n', '2', '--workers', '1'];
    expect((await runCli(args, { cwd, terminal: true })).err).toContain('\r\u001b[J');
    expect((await runCli(args, { cwd })).err).toBe('Running Would two more beds help? …\n');
    expect((await runCli([...args, '--quiet'], { cwd })).err).toBe('');
  });

  test.each([
    [['--study', 'Bads'], 'There is no study Bads; did you mean Beds?'],
    [['--study', 'Winter'], 'There is no study Winter.\n'],
    [['--replications', '0'], 'There must be at least one replication.'],
    [['--workers', '0'], 'There must be at least one worker.'],
  ])('%j is refused', async (args, message) => {
    const { exitCode, err } = await runCli(['simulate', 'region', ...args], { cwd: await starter() });
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  test('says that there is no study', async () => {
    const cwd = temporaryFolder({ 'a.pathway': 'resource Bed\n' });
    expect(await runCli(['simulate'], { cwd })).toMatchObject({ exitCode: 2, out: '' });
  });
});

describe('pathway test', () => {
  const test2 = ['test', 'region', '-n', '3', '--workers', '1'];

  test('ends with 0 when every expectation holds', async () => {
    const { exitCode, out, err } = await runCli(test2, { cwd: await starter() });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^✓ holds {2}BedDelay <= 20% in MoreBeds {2}\[Two more beds: /);
    expect(err).toContain('1 hold, 0 broken, 0 undecided.');
  });

  test('ends with 1 when one is broken, and says so in JUnit', async () => {
    const cwd = await starter();
    const studies = join(cwd, 'region/studies.pathway');
    writeFileSync(studies, readFileSync(studies, 'utf8').replace('expect BedDelay <= 20%', 'expect BedDelay >= 99%'));
    const { exitCode, out } = await runCli([...test2, '--junit', 'r.xml'], { cwd });
    expect(exitCode).toBe(1);
    expect(out).toContain('✗ broken');
    expect(readFileSync(join(cwd, 'r.xml'), 'utf8')).toContain('failures="1"');
  });

  describe('what the runs cannot decide', () => {
    /** A limit that is the value of the first three runs, as near as it is printed. */
    async function undecided(settings: object = {}): Promise<string> {
      const cwd = await starter();
      const studies = join(cwd, 'region/studies.pathway');
      const { out } = await runCli([...test2, '--format', 'json'], { cwd });
      const { verdicts } = JSON.parse(out) as { verdicts: { measured: { mean: number } }[] };
      const limit = `${((verdicts[0]?.measured.mean ?? 0) * 100).toFixed(6)}%`;
      writeFileSync(
        studies,
        readFileSync(studies, 'utf8').replace('expect BedDelay <= 20%', `expect BedDelay <= ${limit}`),
      );
      writeFileSync(join(cwd, 'region/pathway.config.json'), JSON.stringify(settings));
      return cwd;
    }

    test('neither holds nor is broken, unless that was said', async () => {
      const cwd = await undecided();
      const apart = await runCli(test2, { cwd });
      expect(apart.exitCode).toBe(3);
      expect(apart.out).toContain('? undecided');
      expect(apart.err).toContain('With --budget it goes on');
      expect((await runCli([...test2, '--undecided', 'pass'], { cwd })).exitCode).toBe(0);
      expect((await runCli([...test2, '--undecided', 'broken'], { cwd })).exitCode).toBe(1);
    });

    test('gets more replications within the budget, which the settings can give', async () => {
      const cwd = await undecided({ test: { budget: 12, undecided: 'broken' } });
      const { exitCode, out } = await runCli([...test2, '--format', 'json', '--sarif', 'r.sarif'], { cwd });
      const { verdicts } = JSON.parse(out) as { verdicts: { looks: number; measured: { replications: number } }[] };
      expect(verdicts[0]?.looks).toBeGreaterThan(1);
      expect(verdicts[0]?.measured.replications).toBeGreaterThan(3);
      expect(readFileSync(join(cwd, 'r.sarif'), 'utf8').includes('"level": "error"')).toBe(exitCode === 1);
    });
  });

  test.each(['0', 'soon', '5 weeks'])('refuses a budget of %s', async (budget) => {
    const { exitCode, err } = await runCli(['test', '--budget', budget]);
    expect(exitCode).toBe(2);
    expect(err).toContain('a number of replications, like 400, or a time');
  });

  test('says that there is nothing to test', async () => {
    const cwd = temporaryFolder({ 'a.pathway': 'resource Bed\n' });
    const { exitCode, err } = await runCli(['test'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('There is nothing to test');
  });
});

describe('pathway staff', () => {
  test('tells the need as text, JSON and CSV', async () => {
    const cwd = await starter();
    const text = await runCli(['staff', 'region'], { cwd });
    expect(text.exitCode).toBe(0);
    expect(text.out).toContain('Staff needed: As it is');
    expect(text.out).toContain('Monday');
    const json = await runCli(['staff', 'region', '--scenario', 'MoreBeds', '--format', 'json'], { cwd });
    expect(JSON.parse(json.out)).toMatchObject({ format: 'pathway-staffing-plan', scenario: 'MoreBeds' });
    const csv = await runCli(['staff', 'region', '--format', 'csv', '--out', 'need.csv'], { cwd });
    expect(csv).toMatchObject({ exitCode: 0, out: '' });
    expect(readFileSync(join(cwd, 'need.csv'), 'utf8').split('\n')).toHaveLength(1 + 168 + 1);
  });

  test('proposes the scenario that was meant', async () => {
    const { exitCode, err } = await runCli(['staff', 'region', '--scenario', 'MoreBed'], { cwd: await starter() });
    expect(exitCode).toBe(2);
    expect(err).toContain('There is no scenario MoreBed; did you mean MoreBeds?');
  });
});

describe('pathway report', () => {
  test('writes one page, or Markdown', async () => {
    const cwd = await starter();
    const page = await runCli(['report', 'region', '--quick', '--workers', '1', '--out', 'page.html'], { cwd });
    expect(page).toMatchObject({ exitCode: 0, out: '' });
    expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toMatch(/^<!doctype html>/i);
    const markdown = await runCli(['report', 'region', '--quick', '--workers', '1', '--format', 'markdown'], { cwd });
    expect(markdown.out).toMatch(/^# /);
  });

  test('is written in the language that is asked for, else in that of the project', async () => {
    const title = 'import "./care.pathway"\ntitle Assessment { pl "Ocena" }\n';
    const cwd = await starter({ 'pathway.config.json': JSON.stringify({ language: 'de' }), 'titles.pathway': title });
    const run = (...args: string[]) =>
      runCli(['report', 'region', '--quick', '--workers', '1', '--format', 'markdown', ...args], { cwd });
    expect((await run()).out).toContain('Mittlere Wartezeit');
    const polish = (await run('--language', 'pl')).out;
    expect(polish).toContain('Średni czas oczekiwania');
    expect(polish).toContain('Ocena');
    expect((await run('--language', 'xx')).err).toContain('not written in the language `xx`');
  });

  test('writes action cards without running anything', async () => {
    const cwd = temporaryFolder({
      'a.pathway': `organisation Ward "Ward"
role Nurse "Nurse"
role Doctor "Doctor"
pathway Care "Care" {
  owner Ward
  step Talk "First talk" { by 1 Nurse or Doctor  takes 20 min }
  step Scan "Scan" { by 1 Doctor  takes 5 min  within 60 min of Talk }
}
`,
      'b/b.pathway': 'organisation Ward "Ward"\npathway Care "Care" { owner Ward step Talk { takes 5 min } }\n',
    });
    const { exitCode, out } = await runCli(['report', 'a.pathway', '--cards', '--language', 'it'], { cwd });
    expect(exitCode).toBe(0);
    expect(out).toContain('Di solito dura: 20');
    expect(out).toContain('Obiettivo: inizia entro 60');
    const none = await runCli(['report', 'b', '--cards'], { cwd });
    expect(none).toMatchObject({ exitCode: 2 });
    expect(none.err).toContain('nobody to write a card for');
    expect((await runCli(['report', 'a.pathway', '--cards', '--format', 'markdown'], { cwd })).err).toContain(
      'Use --format html or --format pdf.',
    );
  });
});
