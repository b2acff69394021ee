import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type ActionRun, type FakeForge, fakeForge, readAction, runAction, runScript } from './pipeline-steps.js';
import { repository, type TestRepository } from './repository.js';
import { residentCommand } from './resident-command.js';
import { runCli, temporaryFolder } from './run-cli.js';

const CARE = `organisation Ward "Ward"
resource Bed { at Ward  count 4 }
cohort Patients { arrives every exponential(12 h) }

pathway Care "Ward care" for Patients {
  owner Ward
  hold 1 Bed as Stay { step Treat { takes exponential(1 d) } }
  finish Home
}

indicator Waited "Waited for a bed" {
  share of Stay waiting > 0 min
  aim experience
}

scenario Today { }

study Month {
  compare Today
  run 30 d after 5 d warm-up
  replicate 5 times
}

expect Waited <= 60% in Today
`;

/** The canonical form, so that the first check has nothing to say. */
async function canonical(): Promise<string> {
  const cwd = temporaryFolder({ 'care.pathway': CARE });
  await runCli(['format'], { cwd });
  return readFileSync(join(cwd, 'care.pathway'), 'utf8');
}

let care = '';

interface Request {
  readonly made: TestRepository;
  readonly forge: FakeForge;
  readonly base: string;
  readonly called: string;
  readonly edit: (from: string, to: string) => void;
}

/** A repository whose branch is to be merged: four beds become six. */
async function request(): Promise<Request> {
  care = await canonical();
  const made = repository({ 'care.pathway': care });
  const base = made.git('rev-parse', 'HEAD').trim();
  made.git('checkout', '--quiet', '-b', 'work');
  const edit = (from: string, to: string): void => {
    care = care.replace(from, to);
    made.write('care.pathway', care);
    made.commit(`${from} to ${to}`, 'Ben');
  };
  edit('count 4', 'count 6');
  return { made, forge: await fakeForge(), base, called: await residentCommand(), edit };
}

// Each test runs a pipeline of a dozen programs.
describe('the GitHub action', { timeout: 120_000 }, () => {
  const action = readAction(new URL('../../../.github/actions/pathway/action.yml', import.meta.url));

  function run(
    { made, forge, base, called }: Request,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<ActionRun> {
    const github = {
      token: 'secret',
      server_url: 'https://forge.example',
      repository: 'region/care',
      'event.pull_request.base.sha': base,
    };
    const env = { GITHUB_REPOSITORY: 'region/care', GITHUB_REF: 'refs/pull/7/merge', GITHUB_API_URL: forge.address };
    return runAction(action, made.folder, { inputs: { command: called, ...inputs }, github }, env);
  }

  test('checks, tests, reports, and writes one comment that it renews', async () => {
    const whole = await request();
    const { forge } = whole;
    const first = await run(whole);
    expect(first.failed, JSON.stringify([...first.outcomes])).toBeUndefined();
    expect(first.outputs.different).toBe('true');
    const results = first.outputs.results ?? '';
    for (const file of ['check.sarif', 'junit.xml', 'test.sarif', 'difference.md', 'difference.html', 'report.html'])
      expect(existsSync(join(results, file)), file).toBe(true);
    expect(first.outcomes.get('difference')?.out).toContain('::notice file=care.pathway,line=');
    expect(forge.written).toEqual(['POST /repos/region/care/issues/7/comments']);
    expect(forge.comments[0]?.body).toContain('Resource Bed: count 4 → 6.');
    expect(forge.comments[0]?.body).toContain('(https://forge.example/region/care/blob/');
    expect(first.summary).toBe(forge.comments[0]?.body);

    whole.edit('count 6', 'count 8');
    await run(whole, { report: 'false', consequences: 'none' });
    expect(forge.written.slice(1)).toEqual(['PATCH /repos/region/care/issues/comments/1']);
    expect(forge.comments).toHaveLength(1);
    expect(forge.comments[0]?.body).toContain('Resource Bed: count 4 → 8.');
  });

  test('leaves out what others changed on main meanwhile', async () => {
    const whole = await request();
    const { made, forge } = whole;
    made.git('checkout', '--quiet', 'main');
    made.write('other.pathway', 'resource Chair { count 3 }\n');
    const later = made.commit('Other work');
    made.git('checkout', '--quiet', 'work');
    await run({ ...whole, base: later }, { report: 'false', consequences: 'none' });
    expect(forge.comments[0]?.body).toContain('Resource Bed: count 4 → 6.');
    expect(forge.comments[0]?.body).not.toContain('Chair');
  });

  test('fails in the end where an expectation is broken, after everything else was done', async () => {
    const whole = await request();
    whole.edit('<= 60%', '<= -1%');
    whole.forge.refuses = 403;
    const { failed, outcomes } = await run(whole, { report: 'false' });
    expect(failed).toBe('Verdict');
    expect(outcomes.get('test')?.out).toContain('::error file=care.pathway');
    expect(outcomes.get('comment')?.err).toContain('pull-requests: write');
    expect(outcomes.get('comment')?.out).toContain('::warning::The difference could not be put in a comment');
  });

  test('tells no difference outside of a pull request', async () => {
    const whole = await request();
    const { failed, outcomes } = await run({ ...whole, base: '' }, { report: 'false' });
    expect(failed).toBeUndefined();
    expect([...outcomes.keys()]).toEqual(['prepare', 'check', 'test', 'Verdict']);
    expect(whole.forge.written).toEqual([]);
  });

  test('has the inputs that its page names, and no others', () => {
    const page = readFileSync(new URL('../../../docs/ci.md', import.meta.url), 'utf8');
    const table = page.slice(page.indexOf('| input |'), page.indexOf('It checks form'));
    const rows = [...table.matchAll(/^\| (`.*?`(?:, `.*?`)*) \|/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(rows.map((name) => name.replaceAll('`', '')).sort()).toEqual(Object.keys(action.inputs).sort());
    const [, example = ''] = /<!-- workflow -->\n```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const steps = z.object({
      steps: z.array(z.object({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() })),
    });
    const workflow = z.object({ jobs: z.object({ pathways: steps }) }).parse(parse(example));
    const call = workflow.jobs.pathways.steps.find(({ uses }) => uses?.endsWith('/.github/actions/pathway') === true);
    expect(Object.keys(call?.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([]);
    expect(Object.keys(call?.with ?? {})).not.toEqual([]);
  });

  test('takes no expression of GitHub into a script, where a name of a branch could become a command', () => {
    for (const { run: script } of action.runs.steps) expect(script ?? '').not.toContain('${{');
  });
});

const jobSchema = z.object({
  script: z.array(z.string()),
  artifacts: z.object({ reports: z.record(z.string(), z.string()).optional() }).optional(),
});

describe('the GitLab template', { timeout: 120_000 }, () => {
  const text = readFileSync(new URL('../../../.gitlab/pathway.gitlab-ci.yml', import.meta.url), 'utf8');
  const template = z.record(z.string(), z.unknown()).parse(parse(text));
  const variables = z.record(z.string(), z.string()).parse(template.variables);

  /** Runs a job as a runner does: its lines in one shell that ends with the first that fails. */
  function runJob(name: string, { made, forge, base, called }: Request, more: Readonly<Record<string, string>> = {}) {
    const { script } = jobSchema.parse(template[name]);
    return runScript(script.join('\n'), made.folder, {
      ...variables,
      PATHWAY: called,
      CI_API_V4_URL: forge.address,
      CI_PROJECT_ID: '12',
      CI_PROJECT_URL: 'https://forge.example/region/care',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      ...more,
    });
  }

  test('checks and tests, and hands over what the forge reads', async () => {
    const whole = await request();
    for (const name of ['pathway-check', 'pathway-test'])
      expect(await runJob(name, whole), name).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(whole.made.folder, 'pathway-junit.xml'))).toBe(true);
    whole.edit('<= 60%', '<= -1%');
    expect((await runJob('pathway-test', whole, { PATHWAY_BUDGET: '10' })).exitCode).toBe(1);
  });

  test('writes one note that it renews, where there is a token', async () => {
    const whole = await request();
    const token = { PATHWAY_GITLAB_TOKEN: 'secret' };
    expect(await runJob('pathway-difference', whole)).toMatchObject({ exitCode: 0 });
    expect(whole.forge.written).toEqual([]);
    expect(await runJob('pathway-difference', whole, token)).toMatchObject({ exitCode: 0 });
    whole.edit('count 6', 'count 8');
    expect(await runJob('pathway-difference', whole, token)).toMatchObject({ exitCode: 0 });
    const notes = '/projects/12/merge_requests/7/notes';
    expect(whole.forge.written).toEqual([`POST ${notes}`, `PUT ${notes}/1`]);
    expect(whole.forge.comments[0]?.body).toContain('Resource Bed: count 4 → 8.');
    const quality = z.array(z.object({ fingerprint: z.string() }));
    const report = readFileSync(join(whole.made.folder, 'pathway-quality.json'), 'utf8');
    expect(quality.parse(JSON.parse(report))).toHaveLength(1);
  });

  test('ends with an error where a version cannot be compared', async () => {
    const whole = await request();
    whole.edit('count 6', 'count');
    expect((await runJob('pathway-difference', whole)).exitCode).toBe(1);
  });
});

describe('pathway comment', () => {
  const TEXT = '<!-- mark -->\nOne.\n';
  const github = (forge: FakeForge) => ({
    GITHUB_REPOSITORY: 'region/care',
    GITHUB_API_URL: forge.address,
    GITHUB_TOKEN: 'secret',
  });

  test('finds the number in the event, and its earlier comment past many others', async () => {
    const forge = await fakeForge();
    for (let id = 1; id <= 130; id++)
      forge.comments.push({ id, body: id === 120 ? '<!-- mark -->\r\nOld.' : 'Other.' });
    const cwd = temporaryFolder({ 'c.md': TEXT, 'event.json': '{ "pull_request": { "number": 9 } }' });
    const env = { ...github(forge), GITHUB_EVENT_PATH: join(cwd, 'event.json') };
    expect(await runCli(['comment', 'c.md'], { cwd, env })).toMatchObject({
      exitCode: 0,
      err: 'The comment was renewed.\n',
    });
    expect(forge.comments[119]?.body).toBe(TEXT);
    expect((await runCli(['comment', 'c.md'], { cwd, env })).err).toBe('The comment says so already.\n');
  });

  test('has nothing to do where the pipeline runs for no request', async () => {
    const forge = await fakeForge();
    const cwd = temporaryFolder({ 'c.md': TEXT });
    expect(await runCli(['comment', 'c.md'], { cwd, env: github(forge) })).toMatchObject({ exitCode: 0 });
    expect(forge.written).toEqual([]);
  });

  test.each([
    ['no file', { file: 'none.md' }, 'There is no file none.md.'],
    ['no mark', { text: 'Hello' }, 'begins with no mark'],
    ['too much text', { text: `<!-- mark -->${'x'.repeat(70_000)}` }, 'GitHub takes 65536'],
    ['a wrong token', { env: { GITHUB_TOKEN: 'wrong' } }, 'refuses the comment: 401'],
    ['no token', { env: { GITHUB_TOKEN: '' } }, 'GITHUB_TOKEN is not set.'],
    ['no forge there', { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } }, 'does not answer at http://127.0.0.1:9'],
    ['no pipeline', { env: { GITHUB_REPOSITORY: '' } }, 'no pipeline that Pathway knows'],
  ])(
    'says what is wrong with %s',
    async (
      _about,
      { file = 'c.md', text = TEXT, env = {} }: { file?: string; text?: string; env?: object },
      message,
    ) => {
      const cwd = temporaryFolder({ 'c.md': text });
      const all = { ...github(await fakeForge()), GITHUB_REF: 'refs/pull/7/merge', ...env };
      const { exitCode, err } = await runCli(['comment', file], { cwd, env: all });
      expect(exitCode).toBe(2);
      expect(err).toContain(message);
      expect(err).not.toContain('secret');
    },
  );
});

describe('the hook before a commit', () => {
  async function hooked(): Promise<{ made: TestRepository; commit: () => Promise<string> }> {
    const made = repository({ 'care.pathway': await canonical() });
    await runCli(['git', 'setup', '--hook', '--command', await residentCommand()], {
      cwd: made.folder,
    });
    const commit = async (): Promise<string> => {
      const person = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
      return made.gitLater(...person, 'commit', '--quiet', '-m', 'Change').catch((error: unknown) => String(error));
    };
    return { made, commit };
  }

  test('looks at what is staged, not at what lies in the folder', async () => {
    const { made, commit } = await hooked();
    const good = readFileSync(join(made.folder, 'care.pathway'), 'utf8');
    made.write('care.pathway', good.replace('1 Bed', '1 Bedd'));
    made.git('add', '--all');
    made.write('care.pathway', good);
    expect(await commit()).toContain('PW2001');
    made.write('care.pathway', good.replace('count 4', 'count 5'));
    made.git('add', '--all');
    made.write('care.pathway', 'pathway {');
    expect(await commit()).toBe('');
    expect(made.git('show', 'HEAD:care.pathway')).toContain('count 5');
  });

  test('asks for the canonical form, and is gone after --remove', async () => {
    const { made, commit } = await hooked();
    made.write('more.pathway', 'resource   Chair   { count 3 }\n');
    made.git('add', '--all');
    expect(await commit()).toContain('more.pathway is not in the canonical form.');
    await runCli(['git', 'setup', '--remove'], { cwd: made.folder });
    expect(await commit()).toBe('');
    expect(existsSync(join(made.folder, '.git/hooks/pre-commit'))).toBe(false);
  });

  test('leaves a hook of somebody else alone', async () => {
    const made = repository({ 'care.pathway': CARE });
    made.write('.git/hooks/pre-commit', '#!/bin/sh\necho mine\n');
    const { exitCode, err } = await runCli(['git', 'setup', '--hook', '--command', 'pathway'], { cwd: made.folder });
    expect(exitCode).toBe(2);
    expect(err).toContain('Add to it the line: pathway git staged');
    await runCli(['git', 'setup', '--remove'], { cwd: made.folder });
    expect(readFileSync(join(made.folder, '.git/hooks/pre-commit'), 'utf8')).toContain('echo mine');
  });

  test('works before the first commit, and says nothing where no pathway is staged', async () => {
    const made = repository();
    made.write('care.pathway', 'resource   Bed\n');
    made.git('add', '--all');
    expect(await runCli(['git', 'staged'], { cwd: made.folder })).toMatchObject({ exitCode: 1 });
    made.git('rm', '--quiet', '--cached', 'care.pathway');
    made.write('notes.txt', 'Hello\n');
    made.git('add', 'notes.txt');
    expect(await runCli(['git', 'staged'], { cwd: made.folder })).toEqual({ exitCode: 0, out: '', err: '' });
  });
});
