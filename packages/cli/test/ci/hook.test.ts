import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { runScript } from '../pipeline-steps.js';
import { repository, type TestRepository } from '../repository.js';
import { residentCommand } from '../resident-command.js';
import { runCli } from '../run-cli.js';
import { canonical, CARE } from './request.js';

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

  test('is run by pre-commit too, with the entry that the repository of Pathway offers', async () => {
    const hooks = z.array(
      z.strictObject({
        id: z.literal('pathway'),
        name: z.string(),
        description: z.string(),
        entry: z.string(),
        language: z.literal('system'),
        files: z.string(),
        pass_filenames: z.literal(false),
      }),
    );
    const text = readFileSync(new URL('../../../../.pre-commit-hooks.yaml', import.meta.url), 'utf8');
    const [hook] = hooks.parse(parse(text));
    const made = repository({ 'care.pathway': await canonical() });
    const bin = `#!/bin/sh\nexec ${await residentCommand()} "$@"\n`;
    made.write('node_modules/.bin/pathway', bin);
    chmodSync(join(made.folder, 'node_modules/.bin/pathway'), 0o755);
    made.write('.gitignore', 'node_modules\n');
    const run = () => runScript(hook?.entry ?? '', made.folder, {});
    expect(await run()).toMatchObject({ exitCode: 0 });
    made.write('more.pathway', 'resource   Chair   { count 3 }\n');
    made.git('add', '--all');
    const { exitCode, out, err } = await run();
    expect({ exitCode, said: `${out}${err}` }).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('more.pathway is not in the canonical form.') as string,
    });
    expect('more.pathway').toMatch(new RegExp(hook?.files ?? ''));
  });
});
