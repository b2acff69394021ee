import { spawn } from 'node:child_process';
import { ProjectError } from '../project-error.js';
import { systemCode } from './text-files.js';

/** What a git command answered. */
export interface GitAnswer {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

const LARGEST_ANSWER = 512 * 1024 * 1024;

/** Settings and hooks of the repository must not decide what is read, and git must never wait for somebody. */
const QUIET: Readonly<Record<string, string>> = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  LC_ALL: 'C',
  // A partial clone would otherwise fetch from its remote while files are read.
  GIT_NO_LAZY_FETCH: '1',
};

/**
 * Runs git in a folder, with plain English messages, and waits for its answer.
 * @param input what it reads from standard input
 * @throws ProjectError when there is no git
 */
export async function git(cwd: string, args: readonly string[], input?: string): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--no-pager', ...args], { cwd, env: { ...process.env, ...QUIET } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > LARGEST_ANSWER) child.kill();
      else out.push(part);
    });
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', (error) => {
      const missing = systemCode(error) === 'ENOENT';
      reject(
        missing
          ? new ProjectError(
              'git is not installed, or not where programs are looked for.',
              'Install git, or compare two folders.',
            )
          : new ProjectError(`git could not be run: ${error.message}.`),
      );
    });
    child.on('close', (code) => {
      if (size > LARGEST_ANSWER) reject(new ProjectError('The revision holds more than 512 MB of pathways.'));
      else resolve({ code: code ?? 1, out: Buffer.concat(out), err: Buffer.concat(err).toString('utf8').trim() });
    });
    // git may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

/** As `git`, where only success makes sense; answers its text. */
export async function gitText(cwd: string, args: readonly string[], input?: string): Promise<string> {
  const { code, out, err } = await git(cwd, args, input);
  if (code === 0) return out.toString('utf8');
  throw new ProjectError(`git ${args[0] ?? ''} failed: ${err.split('\n')[0] ?? `it ended with ${code}`}`);
}

/** A repository as seen from a folder. */
export interface Repository {
  /** Where commands run. */
  readonly cwd: string;
  /** The work tree's top folder; absent in a bare repository. */
  readonly top?: string;
  /** The folder's place below the top, with a slash at the end; empty at the top. */
  readonly prefix: string;
  readonly shallow: boolean;
}

/**
 * The repository that a folder belongs to.
 * @throws ProjectError where there is none
 */
export async function repositoryAt(cwd: string): Promise<Repository> {
  const { code, out, err } = await git(cwd, [
    'rev-parse',
    '--is-bare-repository',
    '--is-shallow-repository',
    '--is-inside-work-tree',
  ]);
  if (code !== 0) {
    if (err.includes('dubious ownership'))
      throw new ProjectError(
        'git does not trust this folder, since it belongs to somebody else.',
        'Run `git config --global --add safe.directory` with its path, if you trust it.',
      );
    throw new ProjectError(
      'This folder is in no git repository, so it has no revisions.',
      'Go to a repository, or give two folders to --from and --to.',
    );
  }
  const [, shallow, inside] = out.toString('utf8').trim().split('\n');
  if (inside !== 'true') return { cwd, prefix: '', shallow: shallow === 'true' };
  // One question at a time: a name may hold a line break.
  const top = lineOf(await gitText(cwd, ['rev-parse', '--show-toplevel']));
  const prefix = lineOf(await gitText(cwd, ['rev-parse', '--show-prefix']));
  return { cwd, top, prefix, shallow: shallow === 'true' };
}

function lineOf(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/**
 * The tree that a revision names, as its hash.
 * @throws ProjectError that says what could be done, also in a shallow clone
 */
export async function treeOf(repository: Repository, revision: string): Promise<string> {
  if (revision.startsWith('-') || revision === '')
    throw new ProjectError(
      `${revision === '' ? 'An empty text' : revision} names no revision.`,
      'Name a commit, branch or tag.',
    );
  const { code, out } = await git(repository.cwd, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{tree}`,
  ]);
  if (code === 0) return lineOf(out.toString('utf8'));
  if (repository.shallow)
    throw new ProjectError(
      `The revision ${revision} is not in this clone, which is shallow: it holds only the latest commits.`,
      'Fetch the history with `git fetch --unshallow` (in a pipeline: `fetch-depth: 0`, or `GIT_DEPTH: 0`).',
    );
  throw new ProjectError(
    `There is no revision, file or folder ${revision}.`,
    'Name a commit, branch or tag, like HEAD~1 or main; paths start at the folder you are in.',
  );
}

/** A file in a tree. */
export interface TreeFile {
  readonly path: string;
  readonly hash: string;
}

/** The regular files of a tree, with paths from the top; links and submodules are not among them. */
export async function filesOfTree(repository: Repository, tree: string): Promise<readonly TreeFile[]> {
  const listing = await gitText(repository.cwd, ['ls-tree', '-r', '-z', '--full-tree', tree]);
  return listing.split('\0').flatMap((entry) => {
    const found = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]+)$/.exec(entry);
    const [, mode, type, hash, path] = found ?? [];
    return type === 'blob' && mode !== '120000' && hash !== undefined && path !== undefined ? [{ path, hash }] : [];
  });
}

/**
 * What stands in blobs, by their hashes, asked for all at once.
 * @throws ProjectError where one is missing, as in a partial clone
 */
export async function blobs(repository: Repository, hashes: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return found;
  const { out } = await git(repository.cwd, ['cat-file', '--batch'], `${wanted.join('\n')}\n`);
  let at = 0;
  for (const hash of wanted) {
    const feed = out.indexOf(10, at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(out.toString('latin1', at, Math.max(at, feed)))?.[1];
    if (feed < 0 || size === undefined)
      throw new ProjectError(
        'A file of the revision is not in this clone, which holds only a part of the history.',
        'Fetch it with `git fetch --refetch --no-filter`, or compare in a full clone.',
      );
    found.set(hash, out.subarray(feed + 1, feed + 1 + Number(size)));
    at = feed + 1 + Number(size) + 1;
  }
  return found;
}
