import { jsonText, ProjectError, rosterCsv, solveInWorker, taskOfRoster } from '@pathway/compiler';
import { type Model, ModelError, nearestText, type RosterDeclaration } from '@pathway/model';
import { dutyRoster, rosterCalendar, type RosterTask } from '@pathway/staffing';
import { createColors } from 'picocolors';
import { rosterText } from '../print/roster-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { createProgress } from '../shell/progress.js';

export interface RosterOptions {
  readonly roster?: string;
  readonly format: 'text' | 'json' | 'csv' | 'ics';
  readonly person?: string;
  readonly effort: number;
  readonly seed: number;
  readonly out?: string;
}

/** `pathway roster`: who works when, with what is missing and how much better any roster could be. */
export async function roster(path: string | undefined, options: RosterOptions, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const wanted = chosenRoster(model, options.roster);
  const task = taskFor(model, wanted);
  checkPerson(task, options.person);
  const { seed, effort } = options;
  const progress = createProgress(context);
  progress.step(`Solving ${wanted.title ?? wanted.name}`);
  const solving = solveInWorker(task.problem, {
    seed,
    effort,
    onProgress: ({ spent }) => progress.advance(Math.min(effort, Math.round(spent)), effort),
  });
  const release = context.io.onInterrupt(() => {
    progress.end();
    context.tell('Stopping; the best roster so far is kept. Ctrl-C again ends at once.');
    solving.stop();
    release();
  });
  const solution = await solving.solution.finally(() => {
    progress.end();
    release();
  });
  const made = dutyRoster(model, task, solution, { seed, effort });
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const texts = {
    text: () => rosterText(made, colours),
    json: () => jsonText(made),
    csv: () => rosterCsv(made),
    ics: () => rosterCalendar(made, options.person),
  };
  await deliver(texts[options.format](), options.out, context);
  return EXIT.ok;
}

function chosenRoster(model: Model, name: string | undefined): RosterDeclaration {
  const rosters = model.rosters ?? [];
  const names = rosters.map((each) => each.name);
  const found = name === undefined ? rosters[0] : rosters.find((each) => each.id === name || each.name === name);
  if (found !== undefined) return found;
  if (name === undefined)
    throw new ProjectError(
      'There is no roster in this project.',
      'Declare one: `roster Ward { from 2026-12-07 for 4 weeks … }`.',
    );
  const near = nearestText(name, names);
  throw new ProjectError(
    `There is no roster ${name}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    `Rosters: ${names.join(', ') || 'none'}.`,
  );
}

function taskFor(model: Model, wanted: RosterDeclaration): RosterTask {
  try {
    return taskOfRoster(model, wanted);
  } catch (error) {
    if (error instanceof ModelError) throw new ProjectError(error.message);
    throw error;
  }
}

function checkPerson(task: RosterTask, person: string | undefined): void {
  const ids = task.members.map(({ id }) => id);
  if (person === undefined || ids.includes(person)) return;
  const near = nearestText(person, ids);
  throw new ProjectError(
    `Nobody in this roster is called ${person}${near === undefined ? '.' : `; did you mean ${near}?`}`,
  );
}
