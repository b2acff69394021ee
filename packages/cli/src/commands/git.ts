import { resolve } from 'node:path';
import {
  blameElement,
  checkStaged,
  mergeTexts,
  ProjectError,
  readTextFile,
  removeFromGit,
  removeHook,
  setUpGit,
  setUpHook,
  writeFileSafely,
} from '@pathway/compiler';
import { meaningText } from '@pathway/language';
import { counted } from '../print/counted.js';
import { diagnosticsText } from '../print/diagnostics-text.js';
import { printable } from '../print/printable.js';
import type { GitFlags } from '../program/flags.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

/** `pathway git`: what git calls for pathways, and what people ask about their history. */
export async function gitAction(
  action: string,
  args: readonly string[],
  options: GitFlags,
  context: Context,
): Promise<number> {
  switch (action) {
    case 'setup':
      return setup(options, context);
    case 'staged':
      return staged(context);
    case 'blame':
      return blame(args, options, context);
    case 'textconv':
      return textconv(args, context);
    case 'merge':
      return merge(args, context);
    default:
      throw new ProjectError(
        `\`pathway git\` has no action ${action}.`,
        'Actions: setup, staged, blame, textconv, merge.',
      );
  }
}

async function setup(options: GitFlags, context: Context): Promise<number> {
  const { cwd } = context.io;
  if (options.remove === true) {
    await removeFromGit(cwd);
    await removeHook(cwd);
    context.tell('git shows and merges pathways as any other text again.');
    return EXIT.ok;
  }
  const command = options.command ?? ownCommand();
  await setUpGit(cwd, command);
  context.tell(
    'git now shows pathways without layout and comments, names steps in its hunks, and merges by element, in this clone.',
  );
  if (options.hook === true) {
    await setUpHook(cwd, command);
    context.tell('Before each commit it checks what is staged.');
  }
  context.tell('For everybody else, commit a .gitattributes with: *.pathway text diff=pathway merge=pathway');
  return EXIT.ok;
}

/** Checks what would be committed; a commit hook calls it. Nothing is said where all is well. */
async function staged(context: Context): Promise<number> {
  const { compilations, unformatted } = await checkStaged(context.io.cwd);
  const errors = compilations.map((compilation) => ({
    compilation,
    found: compilation.diagnostics.filter(({ severity }) => severity === 'error'),
  }));
  for (const { compilation, found } of errors)
    if (found.length > 0) context.warn(diagnosticsText(compilation, found, context.errColours));
  for (const file of unformatted) context.warn(`${printable(file)} is not in the canonical form.`);
  if (unformatted.length > 0) context.warn('`pathway format` puts that right; then stage the files again.');
  const failed = compilations.some((each) => each.failed) || unformatted.length > 0;
  if (failed) context.warn('Nothing was committed. `git commit --no-verify` commits all the same.');
  return failed ? EXIT.found : EXIT.ok;
}

/** How this program was called, as a shell takes it. */
function ownCommand(): string {
  return [process.execPath, ...process.argv.slice(1, 2)].map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
}

/** A text as git compares it: canonical, without comments. What has no canonical form stays as it is. */
async function textconv(args: readonly string[], context: Context): Promise<number> {
  const text = await fileText(args[0], context);
  context.print(meaningText(text) ?? text);
  return EXIT.ok;
}

/** The merge driver: base, ours, theirs; the result goes to ours. 1 tells git that there are conflicts. */
async function merge([base, ours, theirs, path]: readonly string[], context: Context): Promise<number> {
  const texts = [
    await fileText(base, context),
    await fileText(ours, context),
    await fileText(theirs, context),
  ] as const;
  const shown = path ?? ours ?? '';
  const { env } = context.io;
  const names = { ours: 'the branch you are on', theirs: headName(env) ?? 'the branch that comes in' };
  const merged = mergeTexts(...texts, names);
  if (merged === undefined) {
    context.warn(
      `${printable(shown)} has syntax errors in one version, so that it cannot be merged by element; both versions stay as they were.`,
    );
    return EXIT.cannot;
  }
  await writeFileSafely(resolve(context.io.cwd, ours ?? ''), shown, merged.text);
  for (const conflict of merged.conflicts) context.warn(`${printable(shown)}: ${printable(conflict)}`);
  return merged.conflicts.length > 0 ? EXIT.found : EXIT.ok;
}

/** `GITHEAD_<hash>=name` is how git tells a merge driver what comes in. */
function headName(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const names = Object.keys(env).filter((name) => /^GITHEAD_[0-9a-f]+$/.test(name));
  const [name, ...others] = names;
  return name === undefined || others.length > 0 ? undefined : env[name];
}

async function fileText(path: string | undefined, context: Context): Promise<string> {
  if (path === undefined)
    throw new ProjectError('A file is missing.', 'git calls this by itself after `pathway git setup`.');
  const text = await readTextFile(resolve(context.io.cwd, path), path);
  if (text === undefined) throw new ProjectError(`There is no file ${path}.`);
  return text;
}

async function blame(args: readonly string[], options: GitFlags, context: Context): Promise<number> {
  const [name, path = '.'] = args;
  if (name === undefined)
    throw new ProjectError('Say what the question is about.', 'For example: pathway git blame StrokeCare.Scan');
  const { found, limit } = await blameElement(name, path, context.io.cwd, options.all === true);
  for (const { commit, author, date, subject, changes } of found) {
    const head = `${commit.slice(0, 12)} ${date.slice(0, 10)} ${printable(author)}: ${printable(subject)}`;
    context.print([head, ...changes.map(({ sentence }) => `  ${printable(sentence)}`)].join('\n'));
  }
  if (limit !== undefined) context.warn(limit);
  if (found.length === 0) {
    context.warn('No commit that can be read changed what it means.');
    return EXIT.found;
  }
  context.tell(`${counted(found.length, 'commit')}.`);
  return EXIT.ok;
}
