import { mkdir } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { git, gitText } from './git.js';
import { writeFileSafely } from './output-folder.js';
import { readTextFile } from './text-files.js';

const BEGIN = '# pathway: begin';
const END = '# pathway: end';
/** What `git setup` puts into a repository's own attributes; a project may commit the same line. */
export const ATTRIBUTES = '*.pathway text diff=pathway merge=pathway';

/** Lines that name what a hunk is in: declarations, steps and blocks. */
const HUNK_NAMES =
  '^[ \\t]*((pathway|template|step|hold|choose|together|branch|repeat|race|gather|cohort|resource|stock|role|skill|staff|organisation|territory|source|indicator|scenario|study|crisis|response|trigger|shift|number|expect)[ \\t].*)$';
/** A number with its unit, a clock time, a date or a name is one word. */
const WORDS = '[A-Za-z_][A-Za-z0-9_.]*|[0-9][0-9_.:-]*%?|<=|>=|!=|[^[:space:]]';

/** Settings in the repository's own configuration, by name. */
function settings(command: string): readonly (readonly [string, string])[] {
  return [
    ['diff.pathway.textconv', `${command} git textconv`],
    ['diff.pathway.cachetextconv', 'true'],
    ['diff.pathway.xfuncname', HUNK_NAMES],
    ['diff.pathway.wordRegex', WORDS],
    ['merge.pathway.name', 'merge pathways by element'],
    ['merge.pathway.driver', `${command} git merge %O %A %B %P`],
  ];
}

/**
 * Teaches a repository how to show and merge pathways: settings and attributes of this clone alone, nothing that is
 * committed. Doing it again changes nothing.
 * @param command how git calls Pathway, as a shell takes it
 */
export async function setUpGit(cwd: string, command: string): Promise<void> {
  for (const [name, value] of settings(command)) await gitText(cwd, ['config', '--local', name, value]);
  await writeAttributes(cwd, (others) => `${others}${BEGIN}\n${ATTRIBUTES}\n${END}\n`);
}

/** Takes away what `setUpGit` put in, and nothing else. */
export async function removeFromGit(cwd: string): Promise<void> {
  for (const section of ['diff.pathway', 'merge.pathway'])
    // It ends with an error where there is no such section.
    await git(cwd, ['config', '--local', '--remove-section', section]);
  await writeAttributes(cwd, (others) => others);
}

async function writeAttributes(cwd: string, change: (others: string) => string): Promise<void> {
  const answer = (await gitText(cwd, ['rev-parse', '--git-path', 'info/attributes'])).trim();
  const path = isAbsolute(answer) ? answer : join(cwd, answer);
  const shown = '.git/info/attributes';
  const text = (await readTextFile(path, shown)) ?? '';
  const others = text.replace(new RegExp(`${BEGIN}\\n[\\s\\S]*?${END}\\n?`, 'g'), '');
  const ended = others === '' || others.endsWith('\n') ? others : `${others}\n`;
  const wanted = change(ended);
  if (wanted === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFileSafely(path, shown, wanted);
}
