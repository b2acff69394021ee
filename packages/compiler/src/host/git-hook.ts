import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { ProjectError } from '../project-error.js';
import { gitText } from './git.js';
import { writeFileSafely } from './output-folder.js';
import { isInside } from './project-reader.js';
import { readTextFile } from './text-files.js';

/** By this line a hook is known as ours. */
const MARK = '# pathway: checks what is staged';

/**
 * Lets a clone check what is staged before each commit. Doing it again changes nothing.
 * @param command how git calls Pathway, as a shell takes it
 * @throws ProjectError where there is another hook, or hooks are shared with other repositories
 */
export async function setUpHook(cwd: string, command: string): Promise<void> {
  const path = await hookPath(cwd);
  const line = `${command} git staged`;
  const text = await readTextFile(path, 'pre-commit');
  if (text !== undefined && !text.includes(MARK))
    throw new ProjectError('This clone has a hook of its own before each commit.', `Add to it the line: ${line}`);
  const common = await pathOf(cwd, '--git-common-dir');
  const top = await gitText(cwd, ['rev-parse', '--show-toplevel']).catch(() => '');
  if (!isInside(common, path) && !(top !== '' && isInside(top.trim(), path)))
    throw new ProjectError(
      'The hooks of this clone are shared with others (core.hooksPath).',
      `Add to your own pre-commit hook the line: ${line}`,
    );
  await mkdir(dirname(path), { recursive: true });
  await writeFileSafely(path, 'pre-commit', `#!/bin/sh\n${MARK}\nexec ${line}\n`);
  await chmod(path, 0o755);
}

/** Takes the hook away where it is ours. */
export async function removeHook(cwd: string): Promise<void> {
  const path = await hookPath(cwd);
  if ((await readTextFile(path, 'pre-commit'))?.includes(MARK) === true) await rm(path);
}

async function hookPath(cwd: string): Promise<string> {
  return join(await pathOf(cwd, '--git-path', 'hooks'), 'pre-commit');
}

async function pathOf(cwd: string, ...question: readonly string[]): Promise<string> {
  const answer = (await gitText(cwd, ['rev-parse', ...question])).trim();
  return isAbsolute(answer) ? answer : join(cwd, answer);
}
