import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FakeForge, fakeForge } from '../pipeline-steps.js';
import { runCli, temporaryFolder } from '../run-cli.js';

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
