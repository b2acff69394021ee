import {
  adjustStudies,
  connectExecutor,
  createReplicationPool,
  DEFAULT_DEADLINE,
  layOutWithDeadline,
  ProjectError,
  readParts,
  resolveOutput,
  studyWarnings,
  withClosedForms,
  type ProductMakers,
  type ReplicationPool,
  type StudyAdjustments,
} from '@pathway/compiler';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nearestText, titleOf, type Model, type Study } from '@pathway/model';
import {
  simulateStudy,
  testStudy,
  type ReplicationJob,
  type ReplicationResult,
  type StudyTest,
  type TestBudget,
} from '@pathway/simulation';
import { printable } from '../print/printable.js';
import { printFontsTelling } from '../drawing/scripts.js';
import type { Context } from './context.js';
import { counted } from '../print/counted.js';
import { FirstFigures } from './first-figures.js';
import { createProgress, type Progress } from './progress.js';

/** Options of commands that run studies. */
export interface StudyFlags extends StudyAdjustments {
  readonly workers?: number;
  /** Address of a broker whose workers run the replications. */
  readonly on?: string;
  /** Seconds that a replication may take there. */
  readonly deadline?: number;
  /** Files with rows, from which the replications are read instead of being run. */
  readonly merge?: readonly string[];
}

/** Runs studies with progress on standard error until the user presses Ctrl-C. */
export interface StudyRunner extends ProductMakers {
  readonly model: Model;
  /** Whether the user has asked to stop. */
  interrupted(): boolean;
  /** Runs what the expectations of a study need, as long as the budget allows. */
  testStudy(study: Study, budget: TestBudget): Promise<StudyTest>;
  /** Runs replications alone, without what a study makes of them; undefined for those that were stopped. */
  runReplications(label: string, jobs: readonly ReplicationJob[]): Promise<readonly (ReplicationResult | undefined)[]>;
}

/**
 * Gives the work a runner of studies, and ends workers, progress and the listening for Ctrl-C when it is done. The
 * first Ctrl-C ends the runs and keeps what they have; a second one ends the command at once.
 * @param started a pool of this machine that has been started already; it is closed in the end
 */
export async function withStudies<Result>(
  model: Model,
  flags: StudyFlags,
  context: Context,
  work: (runner: StudyRunner) => Promise<Result>,
  started?: ReplicationPool,
): Promise<Result> {
  if (flags.replications === 0)
    throw new ProjectError('There must be at least one replication.', 'Give --replications 1 or more.');
  if (flags.workers === 0) throw new ProjectError('There must be at least one worker.', 'Give --workers 1 or more.');
  const progress = createProgress(context);
  let stopped = false;
  const release = context.io.onInterrupt(() => {
    progress.end();
    if (!stopped) context.tell('Stopping; what there is so far is kept. Ctrl-C again ends at once.');
    stopped = true;
    release();
  });
  const adjusted = adjustStudies(model, flags);
  const pool = started ?? (await poolFor(flags, context, progress));
  try {
    return await work({
      model: adjusted,
      interrupted: () => stopped,
      layOutWithDeadline,
      readPrintFonts: () => printFontsTelling(context),
      runReplications(label, jobs) {
        progress.step(label);
        let done = 0;
        const onDone = (): void => progress.advance(++done, jobs.length);
        return pool.run(jobs, { onDone, shouldStop: () => stopped });
      },
      testStudy(study, budget) {
        if (!context.quiet) warnBefore(adjusted, study.id, context);
        progress.step(`Testing ${titleOf(study)}`);
        return testStudy(adjusted, study.id, budget, {
          onProgress: (done, total) => progress.advance(done, total),
          shouldStop: () => stopped,
          executor: pool,
        });
      },
      async runStudy(of, id) {
        const study = of.studies.find((each) => each.id === id);
        const figures = new FirstFigures();
        let warned = false;
        const running = simulateStudy(of, id, {
          onProgress: (done, total) => {
            if (warned) progress.advance(done, total, () => figures.lines());
          },
          onResult: (input, result) => figures.add(input, result),
          shouldStop: () => stopped,
          executor: pool,
        });
        // What fails while the warnings are worked out is told below.
        running.catch(() => undefined);
        // The first replications are given to the cores by then, which need not wait for the warnings.
        await nextTurn();
        if (!context.quiet) warnBefore(of, id, context);
        warned = true;
        progress.step(`Running ${study === undefined ? id : titleOf(study)}`);
        return withClosedForms(of, await running);
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

/** Starts the pool of this machine while the model is still compiled; undefined where replications come from elsewhere. */
export function startPool(
  flags: Pick<StudyFlags, 'on' | 'merge' | 'deadline' | 'workers'>,
): ReplicationPool | undefined {
  const { on, merge, deadline, workers } = flags;
  if (on !== undefined || merge !== undefined || deadline !== undefined) return undefined;
  return createReplicationPool(workers, true);
}

/** The cores of this machine, or the workers at the broker that the user names. */
async function poolFor(flags: StudyFlags, context: Context, progress: Progress): Promise<ReplicationPool> {
  const { on, workers, deadline, merge } = flags;
  if (merge !== undefined) {
    if (on !== undefined || workers !== undefined)
      throw new ProjectError('With --merge nothing is run.', 'Leave --on and --workers away.');
    const { cwd } = context.io;
    return readParts(merge.map((file) => ({ path: resolveOutput(file, cwd), shown: file })));
  }
  if (on === undefined) {
    if (deadline !== undefined)
      throw new ProjectError('--deadline is for work on other machines.', 'Give it together with --on.');
    return createReplicationPool(workers);
  }
  if (workers !== undefined)
    throw new ProjectError(
      '--workers is for this machine, and --on for others.',
      'Give the number of cores to each worker: pathway worker --on … --cores 4',
    );
  if (deadline === 0) throw new ProjectError('A deadline of 0 s leaves no time.', 'Give --deadline 1 or more.');
  return connectExecutor(on, context.io.env, {
    deadline: deadline ?? DEFAULT_DEADLINE,
    tell: (text) => progress.note(text),
    onWorkers: (count, cores) =>
      progress.note(`${counted(count, 'worker')} with ${counted(cores, 'core')} ${count === 1 ? 'is' : 'are'} there.`),
  });
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
