import { ProjectError, readTextFile } from '@pathway/compiler';
import { resolve } from 'node:path';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';
import { forgeOf, putComment } from '../shell/forge.js';

/** `pathway comment`: puts a text on the pull or merge request of a pipeline, in the place of its earlier one. */
export async function comment(file: string, context: Context): Promise<number> {
  const { cwd, env } = context.io;
  const text = await readTextFile(resolve(cwd, file), file);
  if (text === undefined) throw new ProjectError(`There is no file ${file}.`);
  const mark = /^<!--.*-->/.exec(text)?.[0];
  if (mark === undefined)
    throw new ProjectError(
      `${file} begins with no mark by which its earlier version would be found.`,
      'Let the first line be an HTML comment, as `pathway diff --format markdown` writes it.',
    );
  const eventPath = env.GITHUB_EVENT_PATH ?? '';
  const event = eventPath === '' ? undefined : await readTextFile(eventPath, eventPath);
  const forge = forgeOf(env, event);
  if (forge === undefined) {
    context.tell('This pipeline runs for no pull or merge request, so that there is nothing to comment.');
    return EXIT.ok;
  }
  const done = {
    created: 'A comment was written.',
    updated: 'The comment was renewed.',
    same: 'The comment says so already.',
  };
  context.tell(done[await putComment(forge, mark, text)]);
  return EXIT.ok;
}
