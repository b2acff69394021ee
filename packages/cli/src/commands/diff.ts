import {
  compareProject,
  type ComparedProject,
  type Consequences,
  consequencesOf,
  createReplicationPool,
  differenceMermaids,
  differencePictures,
  jsonText,
  layOutWithDeadline,
  openVersions,
  ProjectError,
} from '@pathway/compiler';
import type { Origin } from '@pathway/model';
import {
  type Comparison,
  differenceDocument,
  differenceGithub,
  agreementLines,
  differenceGitlab,
  differenceHtml,
  differenceMarkdown,
  type DifferencePicture,
  differenceSarif,
  fileIn,
  isSame,
} from '@pathway/review';
import { diagnosticsText } from '../print/diagnostics-text.js';
import { differenceText } from '../print/difference-text.js';
import type { DiffFlags } from '../program/flags.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { DIFF_EXIT } from '../shell/exit-code.js';
import { tellFailure } from '../shell/failure.js';
import { createProgress } from '../shell/progress.js';

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
  const found = await consequences(compared, options, context);
  await deliver(
    await written({ ...comparison, projects: compared }, found, options, context, version),
    options.out,
    context,
  );
  return compared.every(({ difference }) => isSame(difference)) ? DIFF_EXIT.same : DIFF_EXIT.different;
}

interface ProjectConsequences {
  readonly path: string;
  readonly found: Consequences;
}

/** What each change does to figures, where the user asks for it; Ctrl-C keeps what is there. */
async function consequences(
  compared: readonly ComparedProject[],
  options: DiffFlags,
  context: Context,
): Promise<readonly ProjectConsequences[]> {
  if (options.consequences !== true && options.fast !== true) return [];
  if (options.replications === 0 || options.workers === 0)
    throw new ProjectError('There must be at least one replication and one worker.', 'Give 1 or more.');
  const progress = createProgress(context);
  let stopped = false;
  const release = context.io.onInterrupt(() => {
    stopped = true;
    release();
  });
  const pool = createReplicationPool(options.workers);
  try {
    const all: ProjectConsequences[] = [];
    // What means the same gives the same figures.
    for (const { path, before, after } of compared.filter(({ difference }) => !isSame(difference))) {
      if (options.fast !== true) progress.step(`Running both versions of ${path}`);
      const found = await consequencesOf(before, after, {
        fast: options.fast === true,
        executor: pool,
        shouldStop: () => stopped,
        onProgress: (done, total) => progress.advance(done, total),
        ...(options.replications !== undefined && { replications: options.replications }),
      });
      all.push({ path, found });
    }
    return all;
  } finally {
    progress.end();
    release();
    await pool.close();
  }
}

async function written(
  comparison: Comparison & { readonly projects: readonly ComparedProject[] },
  found: readonly ProjectConsequences[],
  options: DiffFlags,
  context: Context,
  version: string,
): Promise<string> {
  const { consequencesMarkdown, consequencesTable, consequencesText } = await import('../print/consequences-text.js');
  switch (options.format) {
    case 'text':
      return [
        differenceText(comparison, context.outColours),
        ...found.map((each) => `${consequencesText(each.found, context.outColours)}\n`),
      ].join('\n');
    case 'markdown':
      return differenceMarkdown(comparison, {
        link: linkOf(options.link, comparison),
        pictures: await eachProject(comparison.projects, ({ before, after }) => differenceMermaids(before, after)),
        ...(found.length > 0 && { consequences: found.map((each) => consequencesMarkdown(each.found)).join('\n\n') }),
      });
    case 'json':
      return jsonText(
        differenceDocument(
          comparison,
          found.map(({ path, found: { rows, promises, notes, ...rest } }) => ({
            path,
            ...rest,
            rows: [...rows],
            promises: [...promises],
            notes: [...notes],
          })),
        ),
      );
    case 'html':
      return differenceHtml(comparison, {
        link: linkOf(options.link, comparison),
        pictures: await pictures(comparison, options),
        figures: found.map((each) => consequencesTable(each.found)),
      });
    case 'svg': {
      const all = await pictures(comparison, options, agreementLines(comparison.projects));
      const [only, ...others] = all.filter(({ title }) => options.pathway === undefined || title === options.pathway);
      if (only !== undefined && others.length === 0) return only.light;
      const titles = all.map(({ title }) => title).join(', ');
      throw new ProjectError(
        `${all.length === 0 ? 'No drawing differs' : `The drawings of ${all.length} pathways differ: ${titles}`}.`,
        'Name one of them with --pathway, by its title.',
      );
    }
    case 'sarif':
      return differenceSarif(comparison, version);
    case 'github':
      return differenceGithub(comparison);
    case 'gitlab':
      return differenceGitlab(comparison);
  }
}

async function eachProject<Result>(
  projects: readonly ComparedProject[],
  make: (project: ComparedProject) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const all: Result[] = [];
  for (const project of projects) all.push(...(await make(project)));
  return all;
}

function pictures(
  comparison: Comparison & { readonly projects: readonly ComparedProject[] },
  options: DiffFlags,
  foot: readonly string[] = [],
): Promise<readonly DifferencePicture[]> {
  const link = linkOf(options.link, comparison);
  return eachProject(comparison.projects, ({ before, after, path }) =>
    differencePictures(before, after, {
      layOutWithDeadline,
      foot,
      link: link && ((origin) => link({ ...origin, file: fileIn(path, origin.file) }, 'after')),
    }),
  );
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
