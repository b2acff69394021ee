import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository, type TestRepository } from '../repository.js';
import { residentCommand } from '../resident-command.js';
import { runCli } from '../run-cli.js';

const CARE = `role Nurse
resource Bed { count 4 }

pathway Care "Ward care" {
  step Check {
    by 1 Nurse
    takes 10 min
  }
  hold 1 Bed {
    step Stay { takes 2 d }
  }
}
`;
const FILES = { 'care.pathway': CARE };

/** A repository that shows and merges pathways by meaning. */
async function prepared(): Promise<TestRepository> {
  const made = repository(FILES);
  const called = await residentCommand();
  expect((await runCli(['git', 'setup', '--command', called], { cwd: made.folder })).exitCode).toBe(0);
  return made;
}

const textOf = ({ folder }: TestRepository): string => readFileSync(join(folder, 'care.pathway'), 'utf8');

describe('pathway git setup', () => {
  test('can be done again, and taken away without a trace', async () => {
    const { folder, git } = repository(FILES);
    writeFileSync(join(folder, '.git/info/attributes'), '*.csv text');
    const before = git('config', '--local', '--list');
    await runCli(['git', 'setup', '--command', 'pathway'], { cwd: folder });
    const once = git('config', '--local', '--list');
    expect(once).toContain('merge.pathway.driver=pathway git merge %O %A %B %P');
    await runCli(['git', 'setup', '--command', 'pathway'], { cwd: folder });
    expect(git('config', '--local', '--list')).toBe(once);
    const attributes = (): string => readFileSync(join(folder, '.git/info/attributes'), 'utf8');
    expect(attributes().split('diff=pathway').length).toBe(2);
    await runCli(['git', 'setup', '--remove'], { cwd: folder });
    expect(git('config', '--local', '--list')).toBe(before);
    expect(attributes()).toBe('*.csv text\n');
  });

  test('says so where there is no repository', async () => {
    const { exitCode, err } = await runCli(['git', 'setup'], { cwd: '/' });
    expect(exitCode).toBe(2);
    expect(err).toContain('git config failed');
  });

  test('refuses an action that it does not have', async () => {
    const { exitCode, err } = await runCli(['git', 'dance'], { cwd: '/' });
    expect(exitCode).toBe(2);
    expect(err).toContain('has no action dance');
  });
});

describe('git diff and git log', () => {
  test('show no difference of layout and comments, and name the step in the hunk', async () => {
    const made = await prepared();
    made.write('care.pathway', `// New words.\n${CARE.replaceAll('\n  ', '\n      ')}`);
    expect(await made.gitLater('diff')).not.toContain('@@');
    made.write('care.pathway', CARE.replace('takes 10 min', 'takes 12 min'));
    const shown = await made.gitLater('diff', '-U0', '--word-diff=plain');
    expect(shown).toMatch(/^@@ .* @@ +step Check \{$/m);
    expect(shown).toContain('takes [-10-]{+12+} min');
    made.commit('Longer checks');
    expect(await made.gitLater('log', '-p', '-1', '-U0')).toContain('+    takes 12 min');
  });
});

describe('git merge', () => {
  /** Commits one edit on a branch and another on main, and merges them; answers whether git was content. */
  async function mergeOf(
    made: TestRepository,
    mine: readonly [string, string],
    yours: readonly [string, string],
  ): Promise<boolean> {
    made.git('checkout', '--quiet', '-b', 'surge');
    made.write('care.pathway', CARE.replace(...yours));
    made.commit('Surge', 'Ben');
    made.git('checkout', '--quiet', 'main');
    made.write('care.pathway', CARE.replace(...mine));
    made.commit('Main');
    try {
      await made.gitLater('-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', 'merge', '--quiet', 'surge');
      return true;
    } catch {
      return false;
    }
  }

  test('lets two people edit neighbouring lines of different things', async () => {
    const made = await prepared();
    expect(await mergeOf(made, ['by 1 Nurse', 'by 2 Nurse'], ['takes 10 min', 'takes 12 min'])).toBe(true);
    expect(textOf(made)).toBe(CARE.replace('by 1 Nurse', 'by 2 Nurse').replace('takes 10 min', 'takes 12 min'));
  });

  test('shows a true conflict in words and leaves it to people', async () => {
    const made = await prepared();
    expect(await mergeOf(made, ['takes 10 min', 'takes 8 min'], ['takes 10 min', 'takes 12 min'])).toBe(false);
    expect(made.git('status', '--short')).toContain('UU care.pathway');
    expect(textOf(made)).toContain(
      'Both versions change takes of step Check of pathway Care. It was `takes 10 min`; ours says `takes 8 min`, theirs `takes 12 min`.',
    );
    expect(textOf(made)).toContain('>>>>>>> theirs: surge\n');
  });

  test('leaves a file with syntax errors to people, as it was', async () => {
    const made = await prepared();
    expect(await mergeOf(made, ['takes 10 min', 'takes'], ['takes 2 d', 'takes 3 d }}'])).toBe(false);
    expect(textOf(made)).toBe(CARE.replace('takes 10 min', 'takes'));
  });
});

describe('pathway git blame', () => {
  function history(): TestRepository {
    const made = repository(FILES);
    made.write('care.pathway', CARE.replace('takes 10 min', 'takes 12 min'));
    made.commit('Longer checks', 'Ben');
    made.write('care.pathway', textOf(made).replaceAll('\n  ', '\n     '));
    made.commit('Lay out anew', 'Cleo');
    made.write('care.pathway', textOf(made).replace('step Check', 'step FirstCheck'));
    made.commit('Say which check', 'Dora');
    made.write('care.pathway', textOf(made).replace('count 4', 'count 6'));
    made.commit('More beds', 'Eve');
    return made;
  }

  test('names the commit that last changed what a step means', async () => {
    const { folder } = history();
    const { exitCode, out } = await runCli(['git', 'blame', 'Care.FirstCheck'], { cwd: folder });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^[0-9a-f]{12} 2026-03-01 Dora: Say which check\n {2}Step Check is now called FirstCheck\.\n$/);
  });

  test('follows a rename back to the beginning, past commits that changed no meaning', async () => {
    const { folder } = history();
    const { out } = await runCli(['git', 'blame', 'FirstCheck', '--all'], { cwd: folder });
    expect(out.match(/^[0-9a-f]{12}.*$/gm)?.map((line) => line.slice(24))).toEqual([
      'Dora: Say which check',
      'Ben: Longer checks',
    ]);
    expect(out).toContain('takes 10 min → 12 min');
  });

  test('says what it does not find', async () => {
    const { folder } = history();
    const { exitCode, err } = await runCli(['git', 'blame', 'Nowhere'], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(err).toContain('Nothing in the latest commit is called Nowhere');
  });
});
