import {
  checkLanguage,
  isKeptByGit,
  jsonText,
  ProjectError,
  readKey,
  rosterCsv,
  solveInWorker,
  taskOfRoster,
} from '@pathway/compiler';
import { localiseModel, type Model, ModelError, nearestText, type RosterDeclaration } from '@pathway/model';
import {
  dutyRoster,
  type DutyRoster,
  type PersonNames,
  rosterCalendar,
  type RosterTask,
  withNames,
} from '@pathway/staffing';
import { createColors } from 'picocolors';
import { rosterText } from '../print/roster-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { createProgress } from '../shell/progress.js';

/** The forms in which a roster is written; the last is no text and needs a file. */
export type RosterFormat = 'text' | 'json' | 'csv' | 'ics' | 'html' | 'xlsx';

export interface RosterOptions {
  readonly roster?: string;
  readonly format: RosterFormat;
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  /** A CSV file from pseudonyms to names. */
  readonly key?: string;
  readonly person?: string;
  readonly effort: number;
  readonly seed: number;
  readonly out?: string;
}

/** `pathway roster`: who works when, with what is missing and how much better any roster could be. */
export async function roster(path: string | undefined, options: RosterOptions, context: Context): Promise<number> {
  checkOptions(options);
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const language = options.language ?? compiled.project.config.language;
  if (language !== undefined) checkLanguage(language);
  const model = language === undefined ? compiled.model : localiseModel(compiled.model, language);
  const wanted = chosenRoster(model, options.roster);
  const task = taskFor(model, wanted);
  checkPerson(task, options.person);
  // Read before the work, so that a wrong key costs nobody a minute.
  const names = await namesOf(task, options, context);
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
  await deliver(await written(made, names, { ...options, model, language }, context), options.out, context);
  return EXIT.ok;
}

/** Told before the work, which may take long. */
function checkOptions({ language, format, key, out }: RosterOptions): void {
  if (language !== undefined) checkLanguage(language);
  if (format === 'xlsx' && out === undefined)
    throw new ProjectError('A roster as xlsx is no text to print here.', 'Say where it goes: --out roster.xlsx');
  if (format === 'json' && key !== undefined)
    throw new ProjectError(
      'A roster as json is for programs and keeps pseudonyms, so that names go no further than where they are read.',
      'Use --key with --format text, csv, ics, html or xlsx, or leave it out.',
    );
  if (key !== undefined && out !== undefined && out === key)
    throw new ProjectError(`${out} is the key itself.`, 'Write the roster to another file.');
}

/** The names behind the pseudonyms, where the user gives a key; whoever is not in it keeps the pseudonym. */
async function namesOf(task: RosterTask, { key }: RosterOptions, context: Context): Promise<PersonNames> {
  if (key === undefined) return new Map();
  const { cwd } = context.io;
  const people = task.members.map(({ id }) => id);
  const names = await readKey(key, cwd, people);
  const nameless = people.filter((id) => !names.has(id));
  if (nameless.length > 0)
    context.tell(
      `${key} has no name for ${nameless.slice(0, 5).join(', ')}${nameless.length > 5 ? ` and ${nameless.length - 5} more` : ''}.`,
    );
  if (await isKeptByGit(key, cwd))
    context.warn(
      `warning: git keeps ${key}, so that everyone with the repository has the names. Keep it elsewhere: git rm --cached ${key}`,
    );
  return names;
}

interface Writing extends Omit<RosterOptions, 'language'> {
  readonly model: Model;
  readonly language: string | undefined;
}

async function written(
  made: DutyRoster,
  names: PersonNames,
  { model, language, ...options }: Writing,
  context: Context,
): Promise<string | Uint8Array> {
  const shown = withNames(made, names);
  switch (options.format) {
    case 'text':
      return rosterText(shown, options.out === undefined ? context.outColours : createColors(false));
    case 'json':
      return jsonText(made);
    case 'csv':
      return rosterCsv(shown);
    case 'ics':
      return rosterCalendar(made, options.person, names);
    case 'html':
    case 'xlsx': {
      const { languageFor, rosterHtml, rosterWorkbook } = await import('@pathway/report');
      const words = language === undefined ? undefined : languageFor(language);
      const input = { model, roster: shown, hasNames: names.size > 0, ...(words !== undefined && { language: words }) };
      return options.format === 'html' ? rosterHtml(input) : rosterWorkbook(input);
    }
  }
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
