import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type ActionRun, readAction, runAction } from '../pipeline-steps.js';
import { type Request, request } from './request.js';

// Each test runs a pipeline of a dozen programs.
describe('the GitHub action', { timeout: 120_000 }, () => {
  const action = readAction(new URL('../../../../.github/actions/pathway/action.yml', import.meta.url));

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
    const page = readFileSync(new URL('../../../../docs/ci.md', import.meta.url), 'utf8');
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
