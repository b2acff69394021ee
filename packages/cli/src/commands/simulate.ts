import {
  jobsOfPart,
  jsonText,
  partText,
  ProjectError,
  type ReplicationPool,
  type ReplicationRange,
} from '@pathway/compiler';
import type { Model, Study } from '@pathway/model';
import type { StudyResults } from '@pathway/simulation';
import { createColors } from 'picocolors';
import { resultsText } from '../print/results-text.js';
import type { SimulateFlags } from '../program/flags.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { chosenStudies, startPool, type StudyRunner, withStudies } from '../shell/studies.js';

/** Replications in one part at most: each is a row in memory until the part is written. */
const MOST_IN_A_PART = 100_000;

/** `pathway simulate`: runs studies; after Ctrl-C the results so far are given, marked as interrupted. */
export async function simulate(path: string | undefined, options: SimulateFlags, context: Context): Promise<number> {
  const pool = startPool(options);
  try {
    return await simulateWith(pool, path, options, context);
  } finally {
    await pool?.close();
  }
}

async function simulateWith(
  pool: ReplicationPool | undefined,
  path: string | undefined,
  options: SimulateFlags,
  context: Context,
): Promise<number> {
  // First figures have no need of the words of all languages.
  if (options.language !== undefined) (await import('../drawing/study-timeline.js')).checkLanguage(options.language);
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { model } = compiled;
  const studies = chosenStudies(model, options.study);
  const { replications, ...others } = options;
  if (typeof replications === 'object') return simulatePart(model, studies, replications, others, context, pool);
  const flags = { ...others, ...(replications !== undefined && { replications }) };
  const runAll = async (runner: StudyRunner): Promise<{ results: StudyResults[]; interrupted: boolean }> => {
    const found: StudyResults[] = [];
    for (const { id } of studies) if (!runner.interrupted()) found.push(await runner.runStudy(runner.model, id));
    return { results: found, interrupted: runner.interrupted() };
  };
  const { results, interrupted } = await withStudies(model, flags, context, runAll, pool);
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const text = await (async (): Promise<string> => {
    switch (options.format) {
      case 'json':
        return resultsJson(results);
      case 'svg': {
        const { studyTimeline } = await import('../drawing/study-timeline.js');
        return studyTimeline(model, results, options.language ?? compiled.project.config.language);
      }
      case 'text':
        return results.map((study) => resultsText(study, colours)).join('\n');
    }
  })();
  await deliver(text, options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

/** Runs some replications of each scenario and writes their rows, for `--merge` to make results of. */
async function simulatePart(
  model: Model,
  studies: readonly Study[],
  range: ReplicationRange,
  options: Omit<SimulateFlags, 'replications'>,
  context: Context,
  pool: ReplicationPool | undefined,
): Promise<number> {
  if (range.last < range.first || range.last - range.first >= MOST_IN_A_PART)
    throw new ProjectError(
      `There is no range ${range.first}-${range.last} of replications that one part can hold.`,
      `Write the smaller number first, and at most ${MOST_IN_A_PART} in one part.`,
    );
  const { out, merge } = options;
  if (out === undefined || merge !== undefined)
    throw new ProjectError(
      'A range of replications goes into a file.',
      'Name it: pathway simulate --replications 0-99 --out part.json',
    );
  const runPart = async (runner: StudyRunner): Promise<{ text: string; interrupted: boolean }> => {
    const jobs = studies.flatMap(({ id }) => jobsOfPart(runner.model, id, range));
    const results = await runner.runReplications(`Running replications ${range.first} to ${range.last}`, jobs);
    return { text: partText(jobs, results), interrupted: runner.interrupted() };
  };
  const { text, interrupted } = await withStudies(model, options, context, runPart, pool);
  await deliver(text, out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

/** One study as the published results document; several as a list of them. */
function resultsJson(results: readonly StudyResults[]): string {
  const [only, ...others] = results;
  return jsonText(only !== undefined && others.length === 0 ? only : results);
}
