import {
  checkWritable,
  createSharedProducts,
  DEFAULT_OUT,
  loadPlugins,
  makeProducts,
  planProducts,
  ProjectError,
  registerEmitters,
  resolveOutput,
  shownPath,
  writeProducts,
  type Project,
} from '@pathway/compiler';
import { isAbsolute, join, relative } from 'node:path';
import { counted } from '../print/counted.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';
import { withStudies, type StudyFlags } from '../shell/studies.js';
import { watchAndRepeat } from '../shell/watch-and-repeat.js';

export interface BuildOptions extends StudyFlags {
  readonly out?: string;
  readonly only: readonly string[];
  readonly watch?: boolean;
}

/**
 * `pathway build`: makes the products of a project and writes them once all are there. An interrupted build writes
 * nothing: results of half a run are no products.
 */
export async function build(path: string | undefined, options: BuildOptions, context: Context): Promise<number> {
  const once = async (): Promise<{ exitCode: number; projects: readonly Project[] }> => {
    const compiled = await compileForProduct(path, context);
    const { project } = compiled;
    if (compiled.model === undefined) return { exitCode: EXIT.found, projects: [project] };
    const out = outputFolder(project, options.out, context);
    const registry = registerEmitters(await loadPlugins(project));
    const planned = await planProducts(project.config, registry, options.only);
    await checkWritable(out.path, out.shown);
    const { model, compilation } = compiled;
    const files = await withStudies(model, options, context, async (runner) => {
      const products = createSharedProducts(runner.model, runner);
      const made = await makeProducts(model, compilation, planned, products, () => runner.interrupted());
      return runner.interrupted() ? undefined : made;
    });
    if (files === undefined) {
      context.warn('Interrupted: nothing was written.');
      return { exitCode: EXIT.interrupted, projects: [project] };
    }
    const emitters = planned.map(({ emitter }) => emitter.name);
    const { written, removed } = await writeProducts(out.path, out.shown, files, { emitters });
    const stale = removed.length === 0 ? '' : `, and took away ${counted(removed.length, 'file')} of an earlier build`;
    context.tell(`Wrote ${counted(written.length, 'file')} to ${out.shown}${stale}.`);
    return { exitCode: EXIT.ok, projects: [project] };
  };
  if (options.watch !== true) return (await once()).exitCode;
  return watchAndRepeat(
    once,
    options.out === undefined ? undefined : resolveOutput(options.out, context.io.cwd),
    context,
  );
}

function outputFolder(
  project: Project,
  wanted: string | undefined,
  context: Context,
): { readonly path: string; readonly shown: string } {
  const { cwd } = context.io;
  const path =
    wanted === undefined ? join(project.root, project.config.out ?? DEFAULT_OUT) : resolveOutput(wanted, cwd);
  const shown = wanted ?? shownPath(path, cwd);
  const way = relative(path, project.root);
  // The project's folder itself, or one that contains it: a build would mix products with sources, and take away some.
  if (way === '' || (!way.startsWith('..') && !isAbsolute(way)))
    throw new ProjectError(
      `${shown} holds the project itself, so products are not written there.`,
      'Choose a folder for products alone with --out.',
    );
  return { path, shown };
}
