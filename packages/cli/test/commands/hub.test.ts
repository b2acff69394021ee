import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCK_FILE, parsePackageLock } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { type Outcome, runCli, temporaryFolder } from '../run-cli.js';

const knowledge = (name: string): string =>
  fileURLToPath(new URL(`../../../../language/knowledge/${name}`, import.meta.url));

const ROUNDS = {
  'package.json': JSON.stringify({
    name: '@care/rounds',
    version: '1.0.0',
    license: 'CC-BY-4.0',
    keywords: ['pathway-package'],
  }),
  'index.pathway': `/** Calls. */
template pathway CallRound "Call-round" {
  needs organisation Caller "Who calls" sector community
  owner Caller
  step Call { at Caller  takes 10 min }
}
`,
};

function below(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

/** A project that deploys what `hub add` brings, beside a folder with a package. */
function workplace(files: Readonly<Record<string, string>> = {}): { home: string; project: string } {
  const home = temporaryFolder({
    'project/pathway.config.json': '{ "hub": ["../shared"] }',
    'project/main.pathway': `import "@care/rounds"
territory Devon "Devon" { population 100_000 }
organisation Desk "Care coordination" { sector community  in Devon }
deploy CallRound in Devon { Caller = Desk }
`,
    ...below('shared/rounds', ROUNDS),
    ...files,
  });
  return { home, project: join(home, 'project') };
}

const inProject = (project: string, ...args: string[]): Promise<Outcome> => runCli(args, { cwd: project });

const lockIn = (project: string): ReturnType<typeof parsePackageLock> =>
  parsePackageLock(readFileSync(join(project, LOCK_FILE), 'utf8'));

describe('pathway hub', () => {
  test('finds shipped packages and those of configured folders, offline', async () => {
    const { project } = workplace();
    const found = await inProject(project, 'hub', 'search', 'older', 'people', 'heat');
    expect(found).toMatchObject({ exitCode: 0, err: '' });
    expect(found.out).toMatch(/^@pathway\/heat-health 1\.0\.0 · Apache-2\.0 · shipped with Pathway\n/);
    expect((await inProject(project, 'hub', 'search', 'outage')).out).toContain('@pathway/outage-continuity');
    expect((await inProject(project, 'hub', 'search', 'call-round', 'rounds')).out).toContain(
      '@care/rounds 1.0.0 · CC-BY-4.0 · in a folder: ../shared/rounds',
    );
    const none = await inProject(project, 'hub', 'search', 'zebra');
    expect(none).toMatchObject({ exitCode: 1, out: '' });
    expect(none.err).toContain('No package here speaks of zebra');
  });

  test('shows evidence, where it was used, results, lessons, languages and required maturity', async () => {
    const { out } = await inProject(workplace().project, 'hub', 'show', 'heat-health');
    for (const part of [
      'Heat and health of older people (HeatPlan)',
      'needs organisation: Emergency medical service;',
      'needs maturity: Process coordination 2; Population approach 2',
      'Used: Lazio',
      'result: 5,000 general practitioners follow more than 40,000 people',
      'lesson: ',
      'Rests on\n  B  Regional plan for the prevention of the effects of heat, Lazio',
      'Titles in es, fr, it, pt',
    ])
      expect(out).toContain(part);
    const json = await inProject(workplace().project, 'hub', 'show', '@care/rounds', '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({
      name: '@care/rounds',
      licence: 'CC-BY-4.0',
      source: '../shared/rounds',
      templates: [{ id: 'CallRound', needs: [{ kind: 'organisation', title: 'Who calls' }] }],
    });
  });

  test('names the nearest package where there is none of a name, and what the action may be', async () => {
    const { project } = workplace();
    expect((await inProject(project, 'hub', 'add', 'heat-heath')).err).toContain('did you mean heat-health?');
    expect((await inProject(project, 'hub', 'fetch', 'x')).err).toContain('There is no `pathway hub fetch`');
    expect((await inProject(project, 'hub', 'add', 'a', 'b')).err).toContain('takes one package');
    expect((await inProject(project, 'hub', 'add', '../nothing')).err).toContain(
      '../nothing is no package of pathways',
    );
  });
});

describe('pathway hub add', () => {
  test('keeps the texts, records version, licence, source and hashes, and the project compiles', async () => {
    const { project } = workplace({ 'shared/rounds/install.js': 'process.exit(1)' });
    expect((await inProject(project, 'check')).out).toContain('PW2003');
    const added = await inProject(project, 'hub', 'add', '@care/rounds');
    expect(added).toMatchObject({ exitCode: 0, out: '' });
    expect(added.err).toContain('licence CC-BY-4.0\n  from ../shared/rounds');
    expect(existsSync(join(project, 'pathway-packages/@care/rounds/install.js'))).toBe(false);
    expect(lockIn(project)).toMatchObject({
      packages: {
        '@care/rounds': {
          version: '1.0.0',
          licence: 'CC-BY-4.0',
          source: '../shared/rounds',
          files: { 'index.pathway': expect.stringMatching(/^sha256-/) as string },
        },
      },
    });
    expect((await inProject(project, 'check')).exitCode).toBe(0);
  });

  test('gives the same lock file each time, from a name and from a path', async () => {
    const { project } = workplace();
    await inProject(project, 'hub', 'add', 'rounds');
    const first = readFileSync(join(project, LOCK_FILE), 'utf8');
    expect((await inProject(project, 'hub', 'add', '../shared/rounds')).err).toContain('1.0.0 (as before)');
    expect(readFileSync(join(project, LOCK_FILE), 'utf8')).toBe(first);
  });

  test('lets nobody change a package unseen, and takes over a change that is meant', async () => {
    const { project, home } = workplace();
    await inProject(project, 'hub', 'add', '@care/rounds');
    const text = join(project, 'pathway-packages/@care/rounds/index.pathway');
    writeFileSync(text, readFileSync(text, 'utf8').replace('10 min', '20 min'));
    const changed = await inProject(project, 'check');
    expect(changed.exitCode).toBe(1);
    expect(changed.out).toContain('PW8080: index.pathway of the package @care/rounds is not as pathway.lock.json has');
    expect((await inProject(project, 'build', '--only', 'model-json')).exitCode).toBe(1);
    const over = await inProject(project, 'hub', 'add', '@care/rounds');
    expect(over.err).toContain('1.0.0 (1 file changed, the version did not)');
    expect(over.err).toContain('changed: index.pathway');
    expect(lockIn(project)).toMatchObject({
      packages: { '@care/rounds': { source: 'pathway-packages/@care/rounds' } },
    });
    expect((await inProject(project, 'check')).exitCode).toBe(0);
    const manifest = join(home, 'shared/rounds/package.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('1.0.0', '1.1.0'));
    expect((await inProject(project, 'hub', 'add', '../shared/rounds')).err).toContain('1.1.0 (was 1.0.0)');
    expect(readFileSync(text, 'utf8')).toContain('10 min');
  });

  test('locks a package that npm has installed where it is', async () => {
    const { project } = workplace(below('project/node_modules/@care/rounds', ROUNDS));
    await inProject(project, 'hub', 'add', '@care/rounds');
    expect(existsSync(join(project, 'pathway-packages'))).toBe(false);
    expect(lockIn(project)).toMatchObject({ packages: { '@care/rounds': { source: 'npm' } } });
  });

  test('brings what a package depends on, and says what is missing', async () => {
    const manifest = { name: 'heat', version: '2.0.0', license: 'CC0-1.0', dependencies: { '@care/rounds': '1.0.0' } };
    const { project } = workplace({
      ...below('shared/heat', { 'package.json': JSON.stringify(manifest), 'index.pathway': 'import "@care/rounds"\n' }),
      ...below('alone/heat', {
        'package.json': JSON.stringify({ ...manifest, dependencies: { absent: '1.0.0' } }),
        'index.pathway': 'skill Listening\n',
      }),
    });
    expect((await inProject(project, 'hub', 'add', 'heat')).exitCode).toBe(0);
    expect(Object.keys((lockIn(project) as { packages: object }).packages)).toEqual(['@care/rounds', 'heat']);
    const missing = await inProject(project, 'hub', 'add', '../alone/heat');
    expect(missing.exitCode).toBe(2);
    expect(missing.err).toContain('heat depends on absent, which is not here');
  });

  test.each([
    ['no licence', { name: 'bad', version: '1.0.0' }, 'The package bad states no licence'],
    ['a name that climbs', { name: '../bad', version: '1.0.0', license: 'MIT' }, '`name`'],
  ])('refuses a package with %s, and writes nothing', async (_, manifest, problem) => {
    const { project } = workplace(
      below('bad', { 'package.json': JSON.stringify(manifest), 'index.pathway': 'skill Listening\n' }),
    );
    const refused = await inProject(project, 'hub', 'add', '../bad');
    expect(refused.exitCode).toBe(2);
    expect(refused.err).toContain(problem);
    expect(existsSync(join(project, LOCK_FILE))).toBe(false);
    expect(existsSync(join(project, 'pathway-packages'))).toBe(false);
  });

  test('does not touch a lock file that it cannot read', async () => {
    const { project } = workplace({ [`project/${LOCK_FILE}`]: '{ "version": 7 }' });
    const { exitCode, err } = await inProject(project, 'hub', 'add', '@care/rounds');
    expect(exitCode).toBe(2);
    expect(err).toContain('pathway.lock.json is no list of packages at `version`');
    expect(readFileSync(join(project, LOCK_FILE), 'utf8')).toBe('{ "version": 7 }');
    expect((await inProject(project, 'check')).exitCode).toBe(1);
  });

  test('says what it left out, and goes on with the rest', async () => {
    const { project } = workplace(below('shared/broken', { 'package.json': '{', 'index.pathway': 'skill A\n' }));
    const { exitCode, err } = await inProject(project, 'hub', 'add', '@care/rounds');
    expect(exitCode).toBe(0);
    expect(err).toContain('Left out: ../shared/broken/package.json is not valid JSON.');
  });
});

describe('pathway publish --check', () => {
  test.each(['complex-cases', 'heat-health', 'outage-continuity'])(
    'finds that the shipped package %s lacks nothing',
    async (name) => {
      const { exitCode, out } = await runCli(['publish', '--check', '.'], { cwd: knowledge(name) });
      expect([exitCode, out]).toEqual([0, expect.not.stringMatching(/^[✗–]/m)]);
      expect(out).toContain(`@pathway/${name} 1.0.0 can be of use to others.`);
    },
  );

  test('says what a package lacks, and what would help', async () => {
    const { home } = workplace();
    const { exitCode, out } = await runCli(['publish', '--check', 'shared/rounds'], { cwd: home });
    expect(exitCode).toBe(1);
    const lacking = [...out.matchAll(/^✗ (.*?) {2}/gm)].map(([, point]) => point);
    expect(lacking).toEqual([
      'description',
      'licence',
      'README',
      'sources of numbers',
      'grades of sources',
      'example',
      'tests',
      'measures',
      'where it was used',
    ]);
    expect([...out.matchAll(/^– (.*?) {2}/gm)].map(([, point]) => point)).toEqual([
      'results',
      'lessons',
      'required maturity',
      'languages',
    ]);
    expect(out).toContain('@care/rounds 1.0.0 is not ready: 9 points lacking (✗). 4 points would help (–).');
  });

  test('does not publish, and wants a package', async () => {
    const { home } = workplace();
    expect((await runCli(['publish'], { cwd: home })).err).toContain('Pathway publishes nothing itself');
    expect((await runCli(['publish', '--check', 'project'], { cwd: home })).err).toContain('is no package of pathways');
  });
});

/** What a territory of an example package binds to, as a project of its own that imports the package. */
function exampleAsProject(name: string): string {
  const text = readFileSync(join(knowledge(name), 'example.pathway'), 'utf8');
  return text
    .replace('import "./index.pathway"', `import "@pathway/${name}"`)
    .replace('import "./sources.pathway"', `import "@pathway/${name}/sources"`);
}

describe.each([
  ['complex-cases', 'From the request to orientation'],
  ['heat-health', 'Waited more than an hour for a place'],
  ['outage-continuity', 'From arrival to the end of treatment'],
])('the shipped package %s in a fresh project', (name, figure) => {
  test('is added, deployed, simulated, and its promise is measured there', async () => {
    const cwd = temporaryFolder({ 'main.pathway': exampleAsProject(name) });
    expect((await runCli(['hub', 'add', name], { cwd })).exitCode).toBe(0);
    const checked = await runCli(['check'], { cwd });
    expect([checked.exitCode, checked.out]).toEqual([0, expect.not.stringMatching(/^(error|warning)/m)]);
    const run = await runCli(['simulate', '--replications', '10', '-q'], { cwd });
    expect(run.exitCode).toBe(0);
    expect(run.out).toContain(figure);
    expect(run.out).toMatch(/holds .* in Planned <= /);
  });
});
