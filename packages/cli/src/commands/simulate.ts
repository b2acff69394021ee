import { jsonText } from '@pathway/compiler';
import type { StudyResults } from '@pathway/simulation';
import { createColors } from 'picocolors';
import { resultsText } from '../print/results-text.js';
import type { SimulateFlags } from '../program.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { chosenStudies, withStudies } from '../shell/studies.js';

/** `pathway simulate`: runs studies; after Ctrl-C the results so far are given, marked as interrupted. */
export async function simulate(path: string | undefined, options: SimulateFlags, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const studies = chosenStudies(model, options.study);
  const { results, interrupted } = await withStudies(model, options, context, async (runner) => {
    const found: StudyResults[] = [];
    for (const { id } of studies) if (!runner.interrupted()) found.push(await runner.runStudy(runner.model, id));
    return { results: found, interrupted: runner.interrupted() };
  });
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const text =
    options.format === 'json' ? resultsJson(results) : results.map((study) => resultsText(study, colours)).join('\n');
  await deliver(text, options.out, context);
  return interrupted ? EXIT.interrupted : EXIT.ok;
}

/** One study as the published results document; several as a list of them. */
function resultsJson(results: readonly StudyResults[]): string {
  const [only, ...others] = results;
  return jsonText(only !== undefined && others.length === 0 ? only : results);
}
