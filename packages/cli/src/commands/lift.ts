import { join } from 'node:path';
import { compileProject, createProjectReader, ProjectError, shownFile, writeFileSafely } from '@pathway/compiler';
import { EditorProject, liftDeclared, liftedTexts } from '@pathway/language/editor';
import { diagnosticsText } from '../print/diagnostics-text.js';
import { printable } from '../print/printable.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';
import { pathwaysNamed } from '../shell/named.js';

export interface LiftOptions {
  /** Show the changed texts, and write nothing. */
  readonly print?: boolean;
}

/** `pathway lift`: a pathway that is written for one place becomes a template, and a deployment of it in that place. */
export async function lift(
  name: string,
  path: string | undefined,
  options: LiftOptions,
  context: Context,
): Promise<number> {
  const { project, model } = await compileForProduct(path, { ...context, quiet: true });
  if (model === undefined) return EXIT.found;
  const template = (model.templates ?? []).find((each) => each.id === name || each.name === name);
  if (template !== undefined)
    throw new ProjectError(`${name} is a template already.`, 'Deploy it, or lift another one.');
  const [found, another] = pathwaysNamed(model, name);
  if (found === undefined || another !== undefined)
    throw new ProjectError(`There are several pathways ${name}.`, 'Name one file of them.');
  const reader = createProjectReader(project);
  const editor = new EditorProject((file) => file);
  await editor.check(project.entryFiles, reader);
  const lifted = liftDeclared(editor, found.origin.file, found.name);
  if (typeof lifted === 'string') throw new ProjectError(lifted, 'See docs/cli.md#lift.');
  const texts = liftedTexts(editor, lifted);
  const changed = {
    read: (file: string) => Promise.resolve(texts.get(file)).then((text) => text ?? reader.read(file)),
  };
  const compilation = await compileProject(project, changed);
  if (compilation.failed) {
    const errors = compilation.diagnostics.filter(({ severity }) => severity === 'error');
    context.warn(diagnosticsText(compilation, errors, context.errColours));
    throw new ProjectError(
      `${name} cannot be lifted as it is: the texts would have errors then, which are shown above. Nothing was written.`,
      'Change what they speak of first.',
    );
  }
  for (const [file, text] of texts) {
    const shown = shownFile(project, file);
    if (options.print === true) context.print(`// ${shown}\n${text}`);
    else await writeFileSafely(join(project.root, ...file.split('/')), shown, text);
  }
  const where = [...texts.keys()].map((file) => shownFile(project, file)).join(', ');
  const done = options.print === true ? 'would be' : 'is';
  context.tell(printable(`${name} ${done} a template, deployed in ${lifted.territory}: ${where}.`));
  for (const remark of lifted.remarks) context.warn(printable(`- ${remark}`));
  return EXIT.ok;
}
