import { parentPort } from 'node:worker_threads';
import { withClosedForms } from '@pathway/compiler';
import { formatShare, parseModel } from '@pathway/model';
import { reportHtml } from '@pathway/report';
import { simulateStudy, type StudyResults } from '@pathway/simulation';
import { type StudyAnswer, type StudyTask, studyTaskSchema } from './tasks.js';

function tell(answer: StudyAnswer): void {
  parentPort?.postMessage(answer);
}

/** Runs a study and writes its report; ended from outside where somebody cancels it. */
async function run(task: StudyTask): Promise<void> {
  const model = parseModel(JSON.parse(task.model));
  const found = await simulateStudy(model, task.study, {
    onProgress: (done, total) => tell({ kind: 'progress', done, total }),
  });
  const results = withClosedForms(model, found);
  const html = reportHtml({ model, results: [results], plans: [], facts: [], diagrams: {}, diagnostics: [] });
  tell({ kind: 'done', html, failed: failedExpectations(results), figures: figuresOf(results) });
}

function failedExpectations({ scenarios }: StudyResults): Extract<StudyAnswer, { kind: 'done' }>['failed'] {
  return scenarios.flatMap(({ title, expectations }) =>
    expectations
      .filter(({ verdict }) => verdict === 'fails')
      .map(({ expectation, text, estimate, unit }) => ({
        expectation,
        message: `\`${text}\` does not hold in ${title}: measured ${unit === 'share' ? formatShare(estimate.mean) : String(estimate.mean)}.`,
      })),
  );
}

/** The mean of each indicator by scenario, for the difference from the last run. */
function figuresOf({ scenarios }: StudyResults): Record<string, number> {
  return Object.fromEntries(
    scenarios.flatMap((scenario) =>
      scenario.indicators
        .filter(({ group }) => group === undefined)
        .map((row) => [
          `${row.title}${row.argument === undefined ? '' : ` (${row.argument})`}, ${scenario.title}`,
          row.estimate.mean,
        ]),
    ),
  );
}

parentPort?.once('message', (message: unknown) => {
  run(studyTaskSchema.parse(message)).catch((error: unknown) =>
    tell({ kind: 'error', message: error instanceof Error ? error.message : String(error) }),
  );
});
