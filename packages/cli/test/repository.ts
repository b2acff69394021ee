import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { outcomeOf } from './bundled.js';
import { temporaryFolder } from './run-cli.js';

/** A git repository in a folder of its own, which the settings of the machine do not touch. */
export interface TestRepository {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  /** The same without waiting for it, for what calls Pathway in turn; rejects with what git said. */
  readonly gitLater: (...args: readonly string[]) => Promise<string>;
  readonly write: (path: string, text: string) => void;
  readonly remove: (path: string) => void;
  /** Commits everything as it is, always at the same time, and answers the commit's hash. */
  readonly commit: (message: string, author?: string) => string;
}

const ALONE = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

export function repository(files: Readonly<Record<string, string>> = {}): TestRepository {
  const folder = temporaryFolder(files);
  let commits = 0;
  const environment = (author: string): NodeJS.ProcessEnv => ({
    ...process.env,
    ...ALONE,
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: 'person@example.org',
    GIT_COMMITTER_NAME: author,
    GIT_COMMITTER_EMAIL: 'person@example.org',
    GIT_AUTHOR_DATE: `2026-03-01T10:${String(commits).padStart(2, '0')}:00Z`,
    GIT_COMMITTER_DATE: `2026-03-01T10:${String(commits).padStart(2, '0')}:00Z`,
  });
  const run = (author: string, args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: folder,
      env: environment(author),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  run('Ann', ['init', '--quiet', '--initial-branch=main']);
  run('Ann', ['config', 'core.autocrlf', 'false']);
  const self: TestRepository = {
    folder,
    git: (...args) => run('Ann', args),
    async gitLater(...args) {
      const { exitCode, out, err } = await outcomeOf(spawn('git', args, { cwd: folder, env: environment('Ann') }));
      if (exitCode !== 0) throw new Error(err);
      return out;
    },
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: (path) => rmSync(join(folder, path), { recursive: true }),
    commit(message, author = 'Ann') {
      run(author, ['add', '--all']);
      run(author, ['commit', '--quiet', '--allow-empty', '-m', message]);
      commits += 1;
      return run(author, ['rev-parse', 'HEAD']).trim();
    },
  };
  if (Object.keys(files).length > 0) self.commit('Begin');
  return self;
}
