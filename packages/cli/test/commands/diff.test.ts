import { describe, expect, test } from 'vitest';
import { differenceSchema } from '@pathway/review';
import { repository } from '../repository.js';
import { runCli, temporaryFolder } from '../run-cli.js';

const WARD = `organisation Hospital "General hospital" { sector hospital }
role Nurse "Ward nurse"
resource Bed "Bed" {
  at Hospital
  count 4
}
`;
const CARE = `import "./ward.pathway"

cohort Patients { arrives every exponential(1 d) }

pathway Care "Ward care" for Patients {
  owner Hospital
  step Check { by 1 Nurse }
  hold 1 Bed {
    step Stay { takes 2 d }
  }
}
`;
const FILES = { 'ward.pathway': WARD, 'care.pathway': CARE };
const SIX_BEDS = WARD.replace('count 4', 'count 6');
const NO_CHECK = CARE.replace('  step Check { by 1 Nurse }\n', '');

describe('pathway diff', () => {
  test('finds nothing where only layout and comments differ, and ends with 0', async () => {
    const { folder, write } = repository(FILES);
    write('care.pathway', `// Why we do it.\n${CARE.replaceAll('  ', '    ')}`);
    const { exitCode, out } = await runCli(['diff'], { cwd: folder });
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: 'HEAD → the files as they are: No semantic change.\n' });
  });

  test('tells changes of several files by rank, with places and who has to agree, and ends with 2', async () => {
    const { folder, write } = repository(FILES);
    write('ward.pathway', SIX_BEDS);
    write('care.pathway', NO_CHECK);
    const { exitCode, out } = await runCli(['diff'], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(out).toBe(
      `HEAD → the files as they are: 1 safety, 1 capacity.

Safety
  - Step Check is gone; it stood in pathway Care, first. [Care] (a step removed)
    care.pathway:7 (earlier version)
    concerns General hospital, Ward nurse

Capacity
  ~ Resource Bed: count 4 → 6.
    ward.pathway:5
    concerns Ward care, General hospital

Has to agree: General hospital.
`,
    );
  });

  test('compares revisions, from any folder, and the same to the last byte again', async () => {
    const { folder, write, commit, git } = repository({ 'region/ward.pathway': WARD, 'region/care.pathway': CARE });
    git('tag', 'before');
    write('region/ward.pathway', SIX_BEDS);
    commit('More beds');
    const first = await runCli(['diff', '--from', 'before', '--to', 'main'], { cwd: folder });
    expect(first.out).toContain('Resource Bed: count 4 → 6.');
    expect(await runCli(['diff', '--from', 'before', '--to', 'main'], { cwd: folder })).toEqual(first);
    const inside = await runCli(['diff', '--from', 'before', '--to', 'main', '.'], { cwd: `${folder}/region` });
    expect(inside).toMatchObject({ exitCode: 2, out: expect.stringContaining('\n    ward.pathway:5\n') as string });
    const back = await runCli(['diff', '--from', 'main', '--to', 'before', 'region'], { cwd: folder });
    expect(back.out).toContain('Resource Bed: count 6 → 4.');
  });

  test('compares folders and files without git', async () => {
    const cwd = temporaryFolder({ 'a/ward.pathway': WARD, 'b/other.pathway': SIX_BEDS });
    const folders = await runCli(['diff', '--from', 'a', '--to', 'b'], { cwd });
    expect(folders).toMatchObject({ exitCode: 2, out: expect.stringContaining('count 4 → 6') as string });
    const files = await runCli(['diff', '--from', 'a/ward.pathway', '--to', 'b/other.pathway'], { cwd });
    expect(files).toMatchObject({ exitCode: 2, out: expect.stringContaining('count 4 → 6') as string });
  });

  test('works in a bare clone', async () => {
    const { folder, write, commit, git } = repository(FILES);
    write('ward.pathway', SIX_BEDS);
    commit('More beds');
    const bare = temporaryFolder();
    git('clone', '--quiet', '--bare', folder, bare);
    const { exitCode, out } = await runCli(['diff', '--from', 'HEAD~1', '--to', 'HEAD'], { cwd: bare });
    expect(exitCode).toBe(2);
    expect(out).toContain('count 4 → 6');
  });

  test('says what to do in a shallow clone that lacks the revision', async () => {
    const { folder, write, commit, git } = repository(FILES);
    const first = git('rev-parse', 'HEAD').trim();
    write('ward.pathway', SIX_BEDS);
    commit('More beds');
    const clone = temporaryFolder();
    git('clone', '--quiet', '--depth', '1', `file://${folder}`, clone);
    const { exitCode, err } = await runCli(['diff', '--from', first], { cwd: clone });
    expect(exitCode).toBe(1);
    expect(err).toContain('which is shallow');
    expect(err).toContain('git fetch --unshallow');
  });

  test('follows a file that was renamed', async () => {
    const { folder, write, remove, commit } = repository({
      'old.pathway': `${WARD}${CARE.replace(/^import.*\n/, '')}`,
    });
    remove('old.pathway');
    write('new.pathway', `${SIX_BEDS}${CARE.replace(/^import.*\n/, '')}`);
    commit('Rename');
    const { exitCode, out } = await runCli(['diff', '--from', 'HEAD~1', '--to', 'HEAD', 'new.pathway'], {
      cwd: folder,
    });
    expect({ exitCode, out }).toMatchObject({ exitCode: 2 });
    expect(out).toContain('1 capacity.');
  });

  test('does not care for Windows line ends', async () => {
    const { folder, write } = repository(FILES);
    write('care.pathway', CARE.replaceAll('\n', '\r\n'));
    expect((await runCli(['diff'], { cwd: folder })).exitCode).toBe(0);
  });

  test('tells a project that came as added', async () => {
    const { folder, write } = repository({ 'README.md': 'Nothing yet.\n' });
    write('ward.pathway', WARD);
    const { exitCode, out } = await runCli(['diff'], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(out).toContain('+ Resource Bed is new.');
  });

  test('writes JSON that follows its schema', async () => {
    const { folder, write } = repository(FILES);
    write('ward.pathway', SIX_BEDS);
    const { out } = await runCli(['diff', '--format', 'json'], { cwd: folder });
    const document = differenceSchema.parse(JSON.parse(out));
    expect(document.counts).toMatchObject({ capacity: 1, safety: 0 });
    expect(document.projects[0]?.changes[0]).toMatchObject({
      kind: 'changed',
      property: 'count',
      before: { text: '4', origin: { file: 'ward.pathway', line: 5 } },
      after: { text: '6' },
    });
  });

  test('writes Markdown with links, annotations for GitHub and GitLab, and SARIF', async () => {
    const { folder, write } = repository({ 'a b/ward.pathway': WARD, 'a b/care.pathway': CARE });
    write('a b/care.pathway', NO_CHECK);
    const as = async (...args: readonly string[]): Promise<string> =>
      (await runCli(['diff', 'a b', ...args], { cwd: folder })).out;
    const markdown = await as('--format', 'markdown', '--link', 'https://example.org/{version}/{file}#L{line}');
    expect(markdown).toContain('**1 safety.**');
    expect(markdown).toContain('(https://example.org/HEAD/a%20b/care.pathway#L7)');
    expect(await as('--format', 'github')).toBe(
      '::warning file=a b/care.pathway,line=7,endLine=7,title=Safety%3A a step removed::Step Check is gone; it stood in pathway Care, first.\n',
    );
    expect(JSON.parse(await as('--format', 'gitlab'))).toMatchObject([
      { severity: 'major', location: { path: 'a b/care.pathway', lines: { begin: 7 } } },
    ]);
    expect(JSON.parse(await as('--format', 'sarif'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'change/safety', level: 'warning' }] }],
    });
  });

  test.each([
    ['a revision that is not there', ['--from', 'nowhere'], 'There is no revision, file or folder nowhere.'],
    ['an option in the place of a revision', ['--from', '--output=x'], '--output=x names no revision'],
    ['a path outside', ['../elsewhere'], 'lies outside the repository'],
    ['an option that it does not have', ['--sideways'], "unknown option '--sideways'"],
  ])('ends with 1 for %s', async (_, args, message) => {
    const { folder } = repository(FILES);
    const { exitCode, out, err } = await runCli(['diff', ...args], { cwd: folder });
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(message);
  });

  test('ends with 1 and shows the mistake where a version has errors', async () => {
    const { folder, write } = repository(FILES);
    write('ward.pathway', WARD.replace('count 4', 'count 4 mins'));
    const { exitCode, err } = await runCli(['diff'], { cwd: folder });
    expect(exitCode).toBe(1);
    expect(err).toContain('ward.pathway:5');
    expect(err).toContain('The later version (the files as they are) of . has errors');
  });

  test('ends with 1 outside a repository', async () => {
    const { exitCode, err } = await runCli(['diff'], { cwd: temporaryFolder(FILES), env: {} });
    expect(exitCode).toBe(1);
    expect(err).toContain('is in no git repository');
  });
});

describe('pathway diff --consequences', () => {
  /** Patients come to the ward, and a nurse is there. */
  const VISITED = CARE.replace('"Ward care" {', '"Ward care" for Patients {').replace(
    'pathway Care',
    'staff 2 Nurse at Hospital { on duty 1 }\n\npathway Care',
  );
  const STUDY = `import "./care.pathway"
indicator Beds "Beds in use" { value census(Bed)  aim cost }
scenario Today { }
study Short { compare Today  from 2026-01-05 00:00  run 30 d after 5 d warm-up  replicate 4 times  seed 1 }
`;

  test('adds figures of both versions, with the same patients, to every format for people and to JSON', async () => {
    const { folder, write } = repository({
      ...FILES,
      'care.pathway': VISITED,
      'study.pathway': STUDY.replace('"./care', '"./ward.pathway"\nimport "./care'),
    });
    write('care.pathway', VISITED.replace('takes 2 d', 'takes 3 d'));
    const text = await runCli(['diff', '--consequences', '--workers', '1'], { cwd: folder });
    expect(text.exitCode).toBe(2);
    expect(text.out).toMatch(/Consequences \(the same patients in both versions, 4 pairs of replications\)/);
    expect(text.out).toMatch(/^Beds in use +Today +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ to [\d.]+$/m);
    const markdown = await runCli(['diff', '--fast', '--format', 'markdown'], { cwd: folder });
    expect(markdown.out).toContain('#### Consequences');
    const json = await runCli(['diff', '--fast', '--format', 'json'], { cwd: folder });
    expect(differenceSchema.parse(JSON.parse(json.out)).consequences?.[0]?.method).toBe('closed forms');
  });

  test('leaves out figures that are the same, and computes none where nothing differs', async () => {
    const { folder, write } = repository({
      ...FILES,
      'study.pathway': STUDY.replace('"./care', '"./ward.pathway"\nimport "./care'),
    });
    write('ward.pathway', WARD.replace('role Nurse "Ward nurse"', 'role Nurse "Nurse of the ward"'));
    const { out } = await runCli(['diff', '--consequences', '--workers', '1'], { cwd: folder });
    expect(out).toContain('No figure differs.\n1 figure is the same in both versions.');
    write('ward.pathway', `// Words.\n${WARD}`);
    expect(await runCli(['diff', '--fast'], { cwd: folder })).toEqual({
      exitCode: 0,
      out: 'HEAD → the files as they are: No semantic change.\n',
      err: '',
    });
  });

  test('says below the drawing who has to agree', async () => {
    const { folder, write } = repository(FILES);
    write('care.pathway', NO_CHECK);
    const { out } = await runCli(['diff', '--format', 'svg'], { cwd: folder });
    expect(out).toMatch(/<g class="foot">\s*<text [^>]*>Has to agree: General hospital\.<\/text>/);
  });
});
