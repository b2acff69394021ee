import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { runScript } from '../pipeline-steps.js';
import { type Request, request } from './request.js';

const jobSchema = z.object({
  script: z.array(z.string()),
  artifacts: z.object({ reports: z.record(z.string(), z.string()).optional() }).optional(),
});

describe('the GitLab template', { timeout: 120_000 }, () => {
  const text = readFileSync(new URL('../../../../.gitlab/pathway.gitlab-ci.yml', import.meta.url), 'utf8');
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
