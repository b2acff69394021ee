import { ProjectError } from '@pathway/compiler';
import type { StudyResults } from '@pathway/simulation';
import { counted } from '../print/counted.js';
import { interval, meanFigure } from '../print/figure.js';
import { junitXml } from '../print/junit.js';
import { printable } from '../print/printable.js';
import { verdictMark } from '../print/results-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { chosenStudies, withStudies, type StudyFlags } from '../shell/studies.js';

export interface TestOptions extends StudyFlags {
  readonly junit?: string;
  readonly strict?: boolean;
}

/** `pathway test`: runs the studies and tells of every `expect` whether it holds; answers 1 when one is broken. */
export async function test(path: string | undefined, options: TestOptions, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  if (model.expectations.length === 0)
    throw new ProjectError(
      'There is nothing to test: no `expect` is declared.',
      'Declare one: expect p90 of MyWait <= 60 min',
    );
  const studies = chosenStudies(model, undefined);
  const { results, interrupted } = await withStudies(model, options, context, async (runner) => {
    const found: StudyResults[] = [];
    for (const { id } of studies) if (!runner.interrupted()) found.push(await runner.runStudy(runner.model, id));
    return { results: found, interrupted: runner.interrupted() };
  });
  const verdicts = results.flatMap((study) =>
    study.scenarios.flatMap(({ title, expectations }) => expectations.map((expectation) => ({ title, expectation }))),
  );
  if (verdicts.length === 0)
    throw new ProjectError(
      'There is nothing to test: no study measures what an `expect` is about.',
      'Let a study compare the scenarios that the `expect` names.',
    );
  for (const { title, expectation } of verdicts) {
    const { verdict, text, estimate, unit } = expectation;
    if (context.quiet && verdict === 'holds') continue;
    const found = `${meanFigure(estimate, unit)}, 95 % interval ${interval(estimate, unit)}`;
    context.print(`${verdictMark(verdict, context.outColours)}  ${printable(text)}  [${printable(title)}: ${found}]`);
  }
  const strict = options.strict === true;
  if (options.junit !== undefined) await deliver(junitXml(results, strict), options.junit, context);
  const count = (wanted: string): number => verdicts.filter(({ expectation }) => expectation.verdict === wanted).length;
  const undecided = count('not decided');
  context.tell(`${count('holds')} hold, ${count('fails')} broken, ${undecided} undecided.`);
  if (undecided > 0)
    context.tell(
      `${counted(undecided, 'expectation')} cannot be decided: more replications make the interval narrower.`,
    );
  if (interrupted) return EXIT.interrupted;
  return count('fails') > 0 || (strict && undecided > 0) ? EXIT.found : EXIT.ok;
}
