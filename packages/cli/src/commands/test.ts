import { ProjectError } from '@pathway/compiler';
import type { StudyTest, TestBudget } from '@pathway/simulation';
import { junitXml } from '../print/junit.js';
import { type TestedProject, testGithub, testJson, testSarif } from '../print/verdicts-machine.js';
import { verdictLine, verdictsOf } from '../print/verdicts-text.js';
import type { TestFlags } from '../program/flags.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { chosenStudies, withStudies } from '../shell/studies.js';

/**
 * `pathway test`: runs the studies and tells of every `expect` whether it holds.
 * @returns 0 when all hold, 1 when one is broken, 3 when none is broken and one is not decided, unless the user says what
 *   that counts as
 */
export async function test(
  path: string | undefined,
  options: TestFlags,
  context: Context,
  version: string,
): Promise<number> {
  const { model, project } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  if (model.expectations.length === 0)
    throw new ProjectError(
      'There is nothing to test: no `expect` is declared.',
      'Declare one: expect p90 of MyWait <= 60 min',
    );
  const settings = project.config.test ?? {};
  const undecidedIs = options.undecided ?? settings.undecided ?? 'apart';
  const given = options.budget ?? (settings.budget === undefined ? undefined : { replications: settings.budget });
  const budget = budgetOf(given, context);
  const studies = chosenStudies(model, options.study);
  const { found, interrupted } = await withStudies(model, options, context, async (runner) => {
    const tests: StudyTest[] = [];
    for (const study of studies) if (!runner.interrupted()) tests.push(await runner.testStudy(study, budget));
    return { found: tests, interrupted: runner.interrupted() };
  });
  const verdicts = verdictsOf(found);
  if (verdicts.length === 0 && !interrupted)
    throw new ProjectError(
      'There is nothing to test: no study measures what an `expect` is about.',
      'Let a study compare the scenarios that the `expect` names.',
    );
  const tested: TestedProject = { project, model, studies: found };
  const level = undecidedIs === 'broken' ? 'error' : 'warning';
  switch (options.format) {
    case 'json':
      context.print(testJson(tested));
      break;
    case 'github': {
      const annotations = testGithub(tested, level);
      if (annotations !== '') context.print(annotations);
      break;
    }
    case 'text':
      for (const verdict of verdicts)
        if (!context.quiet || verdict.tested.verdict !== 'holds')
          context.print(verdictLine(verdict, context.outColours));
  }
  if (options.junit !== undefined) await deliver(junitXml(found, level === 'error'), options.junit, context);
  if (options.sarif !== undefined) await deliver(testSarif(tested, level, version), options.sarif, context);
  const count = (wanted: string): number => verdicts.filter((each) => each.tested.verdict === wanted).length;
  const [broken, undecided] = [count('fails'), count('not decided')];
  context.tell(`${count('holds')} hold, ${broken} broken, ${undecided} undecided.`);
  if (undecided > 0 && given === undefined)
    context.tell('With --budget it goes on for what is not decided, as in --budget 400 or --budget 10min.');
  if (interrupted) return EXIT.interrupted;
  if (broken > 0) return EXIT.found;
  if (undecided === 0 || undecidedIs === 'pass') return EXIT.ok;
  return undecidedIs === 'broken' ? EXIT.found : EXIT.undecided;
}

function budgetOf(given: TestFlags['budget'], { io }: Context): TestBudget {
  if (given === undefined || 'replications' in given) return given ?? {};
  const end = io.now() + given.seconds * 1000;
  return { isSpent: () => io.now() >= end };
}
