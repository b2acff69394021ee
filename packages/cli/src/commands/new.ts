import { ProjectError, resolveOutput, writeNewFolder } from '@pathway/compiler';
import { basename } from 'node:path';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';
import { starterFiles } from '../starter/starter-files.js';

/** `pathway new my-region`: a small project that builds at once. A folder with anything in it is refused. */
export async function newProject(
  folder: string,
  options: { readonly name?: string },
  context: Context,
): Promise<number> {
  const target = resolveOutput(folder, context.io.cwd);
  const title = (options.name ?? titleFrom(basename(target))).trim();
  // The title is written into a quoted text of the language and into Markdown.
  if (title === '' || /["\\\p{Cc}]/u.test(title))
    throw new ProjectError(
      'The name of a project is one line without quotes and backslashes.',
      'Choose another with --name.',
    );
  await writeNewFolder(target, folder, starterFiles(title));
  const written = /^[\w./@-]+$/.test(folder) ? folder : `"${folder}"`;
  context.tell(`Wrote a project to ${folder}. Next:\n\n  pathway check ${written}\n  pathway build ${written}\n`);
  return EXIT.ok;
}

function titleFrom(folder: string): string {
  const words = folder
    .replace(/[-_.\s]+/g, ' ')
    .replace(/["\\\p{Cc}]/gu, '')
    .trim();
  return words === '' ? 'My region' : words.charAt(0).toUpperCase() + words.slice(1);
}
