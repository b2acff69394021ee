import {
  findProjects,
  hasByteOrderMark,
  readTextFile,
  shownFile,
  writeFileSafely,
  type ProjectCompilation,
} from '@pathway/compiler';
import { formatText } from '@pathway/language';
import { join } from 'node:path';
import { counted } from '../print/counted.js';
import { diagnosticsText } from '../print/diagnostics-text.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

/**
 * `pathway format`: writes files in the canonical form, each in one go. A file that cannot be read as a pathway stays
 * as it is and is told. With `--check` nothing is written; what differs is listed, and the answer is 1.
 */
export async function format(
  paths: readonly string[],
  options: { readonly check?: boolean },
  context: Context,
): Promise<number> {
  const projects = await findProjects(paths, context.io.cwd, { everyFile: true });
  let files = 0;
  let changed = 0;
  let broken = 0;
  for (const project of projects) {
    for (const file of project.entryFiles) {
      files += 1;
      const path = join(project.root, ...file.split('/'));
      const shown = shownFile(project, file);
      const text = (await readTextFile(path, shown)) ?? '';
      const result = formatText(text, file);
      if ('errors' in result) {
        broken += 1;
        const compilation: ProjectCompilation = {
          project,
          model: undefined,
          diagnostics: result.errors,
          files: [file],
          texts: new Map([[file, text]]),
          failed: true,
        };
        context.print(`${diagnosticsText(compilation, result.errors, context.outColours)}\n`);
      } else if (result.formatted !== text || (await hasByteOrderMark(path))) {
        changed += 1;
        if (options.check !== true) await writeFileSafely(path, shown, result.formatted);
        context.print(shown);
      }
    }
  }
  if (options.check === true) {
    context.tell(
      changed === 0
        ? `${counted(files - broken, 'file')} in the canonical form.`
        : `${counted(changed, 'file')} of ${files} not in the canonical form; \`pathway format\` puts that right.`,
    );
    return changed > 0 || broken > 0 ? EXIT.found : EXIT.ok;
  }
  context.tell(`${counted(changed, 'file')} of ${files} changed.`);
  if (broken > 0) context.warn(`${counted(broken, 'file')} cannot be read as pathways and stayed as they were.`);
  return broken > 0 ? EXIT.found : EXIT.ok;
}
