import { compareProject, jsonText, openVersions, type ComparedProject } from '@pathway/compiler';
import type { Origin } from '@pathway/model';
import {
  type Comparison,
  differenceDocument,
  differenceGithub,
  differenceGitlab,
  differenceMarkdown,
  differenceSarif,
  isSame,
} from '@pathway/review';
import { diagnosticsText } from '../print/diagnostics-text.js';
import { differenceText } from '../print/difference-text.js';
import type { DiffFlags } from '../program.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { DIFF_EXIT } from '../shell/exit-code.js';
import { tellFailure } from '../shell/failure.js';

/**
 * `pathway diff`: tells what differs in meaning between two versions.
 * @returns 0 where nothing does, 2 where something does, 1 where it could not compare
 */
export async function diff(
  paths: readonly string[],
  options: DiffFlags,
  context: Context,
  version: string,
): Promise<number> {
  try {
    return await compare(paths, options, context, version);
  } catch (error) {
    tellFailure(error, context);
    return DIFF_EXIT.cannot;
  }
}

async function compare(
  paths: readonly string[],
  options: DiffFlags,
  context: Context,
  version: string,
): Promise<number> {
  const versions = await openVersions(options.from, options.to, paths, context.io.cwd);
  const compared: ComparedProject[] = [];
  let broken = false;
  for (const pair of versions.pairs) {
    const result = await compareProject(pair);
    if (result.kind === 'compared') {
      compared.push(result.compared);
      continue;
    }
    broken = true;
    const { compilation } = result;
    const errors = compilation.diagnostics.filter(({ severity }) => severity === 'error');
    context.warn(diagnosticsText(compilation, errors, context.errColours));
    const which =
      result.version === 'before' ? `The earlier version (${versions.from})` : `The later version (${versions.to})`;
    context.warn(`${which} of ${pair.path} has errors, so that it has no meaning to compare.`);
  }
  if (broken) return DIFF_EXIT.cannot;
  const comparison: Comparison = { from: versions.from, to: versions.to, projects: compared };
  await deliver(written(comparison, options, context, version), options.out, context);
  return compared.every(({ difference }) => isSame(difference)) ? DIFF_EXIT.same : DIFF_EXIT.different;
}

function written(comparison: Comparison, options: DiffFlags, context: Context, version: string): string {
  switch (options.format) {
    case 'text':
      return differenceText(comparison, context.outColours);
    case 'markdown':
      return differenceMarkdown(comparison, { link: linkOf(options.link, comparison) });
    case 'json':
      return jsonText(differenceDocument(comparison));
    case 'sarif':
      return differenceSarif(comparison, version);
    case 'github':
      return differenceGithub(comparison);
    case 'gitlab':
      return differenceGitlab(comparison);
  }
}

/** Fills an address like `https://host/project/blob/{version}/{file}#L{line}`. */
function linkOf(
  template: string | undefined,
  { from, to }: Comparison,
): ((origin: Origin, version: 'before' | 'after') => string | undefined) | undefined {
  if (template === undefined) return undefined;
  return (origin, version) =>
    /^\w+:/.test(origin.file)
      ? undefined
      : template
          .replaceAll('{file}', () => encodeURI(origin.file).replaceAll('(', '%28').replaceAll(')', '%29'))
          .replaceAll('{line}', String(origin.line))
          .replaceAll('{version}', () => encodeURIComponent(version === 'before' ? from : to));
}
