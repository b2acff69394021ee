import { withClosedForms } from '@pathway/compiler';
import { type Model, parseModel } from '@pathway/model';
import { figure, reportHtml, wordsOf } from '@pathway/report';
import { simulateStudy, type StudyResults } from '@pathway/simulation';
import { type Figure, type StudyAnswer, type StudyTask, studyTaskSchema } from './tasks.js';

/** Runs a study and writes its report. */
export async function doStudy(message: unknown, tell: (answer: StudyAnswer) => void): Promise<void> {
  try {
    await run(studyTaskSchema.parse(message), tell);
  } catch (error) {
    tell({ kind: 'error', message: error instanceof Error ? error.message : String(error) });
  }
}

async function run(task: StudyTask, tell: (answer: StudyAnswer) => void): Promise<void> {
  const model = parseModel(JSON.parse(task.model));
  const found = await simulateStudy(model, task.study, {
    onProgress: (done, total) => tell({ kind: 'progress', done, total }),
  });
  const results = withClosedForms(model, found);
  tell({
    kind: 'done',
    pages: { light: pageOf(model, results, 'light'), dark: pageOf(model, results, 'dark') },
    failed: failedExpectations(results),
    figures: figuresOf(results),
  });
}

function pageOf(model: Model, results: StudyResults, theme: 'light' | 'dark'): string {
  const input = { model, results: [results], plans: [], facts: [], diagrams: {}, diagnostics: [] };
  return reportHtml(input, { theme });
}

function failedExpectations({ scenarios }: StudyResults): Extract<StudyAnswer, { kind: 'done' }>['failed'] {
  return scenarios.flatMap(({ title, expectations }) =>
    expectations
      .filter(({ verdict }) => verdict === 'fails')
      .map(({ expectation, text, estimate, ...kind }) => ({
        expectation,
        message: `\`${text}\` does not hold in ${title}: measured ${figure(wordsOf(undefined), estimate.mean, kind)}.`,
      })),
  );
}

/** The mean of each indicator by scenario, for the difference from the last run. */
function figuresOf({ scenarios }: StudyResults): Record<string, Figure> {
  return Object.fromEntries(
    scenarios.flatMap((scenario) =>
      scenario.indicators
        .filter(({ group }) => group === undefined)
        .map((row) => [
          `${row.title}${row.argument === undefined ? '' : ` (${row.argument})`}, ${scenario.title}`,
          { value: row.estimate.mean, text: figure(wordsOf(undefined), row.estimate.mean, row) },
        ]),
    ),
  );
}
