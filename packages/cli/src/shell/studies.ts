import {
  adjustStudies,
  createReplicationPool,
  layOutWithDeadline,
  readPrintFonts,
  ProjectError,
  studyWarnings,
  withClosedForms,
  type ProductMakers,
  type StudyAdjustments,
} from '@pathway/compiler';
import { nearestText, titleOf, type Model, type Study } from '@pathway/model';
import { simulateStudy } from '@pathway/simulation';
import { printable } from '../print/printable.js';
import type { Context } from './context.js';
import { FirstFigures } from './first-figures.js';
import { createProgress } from './progress.js';

/** Options of commands that run studies. */
export interface StudyFlags extends StudyAdjustments {
  readonly workers?: number;
}

/** Runs studies with progress on standard error until the user presses Ctrl-C. */
export interface StudyRunner extends ProductMakers {
  readonly model: Model;
  /** Whether the user has asked to stop. */
  interrupted(): boolean;
}

/**
 * Gives the work a runner of studies, and ends workers, progress and the listening for Ctrl-C when it is done. The
 * first Ctrl-C ends the runs and keeps what they have; a second one ends the command at once.
 */
export async function withStudies<Result>(
  model: Model,
  flags: StudyFlags,
  context: Context,
  work: (runner: StudyRunner) => Promise<Result>,
): Promise<Result> {
  if (flags.replications === 0)
    throw new ProjectError('There must be at least one replication.', 'Give --replications 1 or more.');
  if (flags.workers === 0) throw new ProjectError('There must be at least one worker.', 'Give --workers 1 or more.');
  const progress = createProgress(context);
  let stopped = false;
  const release = context.io.onInterrupt(() => {
    if (!stopped) context.tell('\nStopping; what there is so far is kept. Ctrl-C again ends at once.');
    stopped = true;
    release();
  });
  const adjusted = adjustStudies(model, flags);
  const pool = createReplicationPool(flags.workers);
  try {
    return await work({
      model: adjusted,
      interrupted: () => stopped,
      layOutWithDeadline,
      readPrintFonts,
      async runStudy(of, id) {
        const study = of.studies.find((each) => each.id === id);
        if (!context.quiet) warnBefore(of, id, context);
        progress.step(`Running ${study === undefined ? id : titleOf(study)}`);
        const figures = new FirstFigures();
        const results = await simulateStudy(of, id, {
          onProgress: (done, total) => progress.advance(done, total, () => figures.lines()),
          onResult: (input, result) => figures.add(input, result),
          shouldStop: () => stopped,
          executor: pool,
        });
        return withClosedForms(of, results);
      },
    });
  } finally {
    progress.end();
    release();
    await pool.close();
  }
}

/** Says before a study runs what looks wrong in its scenarios. */
function warnBefore(model: Model, study: string, context: Context): void {
  for (const { diagnostic, scenarios } of studyWarnings(model, study)) {
    const where = scenarios.length > 3 ? `${scenarios.length} scenarios` : scenarios.join(', ');
    context.warn(
      `${context.errColours.yellow('warning')} ${diagnostic.code} in ${printable(`${where}: ${diagnostic.message}`)}`,
    );
  }
}

/**
 * The studies that the user asks for.
 * @throws ProjectError when there is none, or none of that name
 */
export function chosenStudies(model: Model, wanted: string | undefined): readonly Study[] {
  if (model.studies.length === 0)
    throw new ProjectError(
      'There is no study to run.',
      'Declare one: study MyStudy { compare … from … run … replicate … seed … }',
    );
  if (wanted === undefined) return model.studies;
  const found = model.studies.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 0) return found;
  const names = model.studies.map(({ name }) => name);
  const near = nearestText(wanted, names);
  throw new ProjectError(
    `There is no study ${wanted}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    `Studies: ${names.join(', ')}.`,
  );
}
