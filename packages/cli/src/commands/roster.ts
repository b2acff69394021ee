import {
  checkLanguage,
  isKeptByGit,
  jsonText,
  ProjectError,
  readKey,
  readRosterEvents,
  readTextFile,
  repairOfRoster,
  rosterCsv,
  solveInWorker,
  taskOfRoster,
} from '@pathway/compiler';
import {
  localiseModel,
  type Model,
  ModelError,
  nearestText,
  type RosterChange,
  type RosterDeclaration,
} from '@pathway/model';
import {
  dutyRoster,
  type DutyRoster,
  explainRoster,
  loadSolver,
  parseRoster,
  type PersonNames,
  noticesOf,
  repairOf,
  replanRoster,
  rosterCalendar,
  type RosterTask,
  type StandingRoster,
  withNames,
} from '@pathway/staffing';
import { extname, resolve } from 'node:path';
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
  /** A change of the roster by its name, or a table of what happened. */
  readonly given?: string;
  /** The file of the roster that stands. */
  readonly current?: string;
  /** When what a table tells became known. */
  readonly known?: string;
  /** The file of the roster before. */
  readonly after?: string;
  /** False after `--no-explain`. */
  readonly explain?: boolean;
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
  const before = options.after === undefined ? undefined : await readRoster(options.after, context);
  const { made, names } =
    options.given === undefined
      ? await solved(model, wanted, before, options, context)
      : await repaired(model, wanted, before, options, context);
  await deliver(await written(made, names, { ...options, model, language }, context), options.out, context);
  return EXIT.ok;
}

interface Answer {
  readonly made: DutyRoster;
  readonly names: PersonNames;
}

async function solved(
  model: Model,
  wanted: RosterDeclaration,
  before: StandingRoster | undefined,
  options: RosterOptions,
  context: Context,
): Promise<Answer> {
  if (options.current !== undefined)
    throw new ProjectError(
      'A roster that stands is given, and not what happened to it.',
      'Say what happened with --given: the name of a `change` of the roster, or a CSV file.',
    );
  const { task, made: taskOptions } = asked(() => taskOfRoster(model, wanted, before));
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
  const isShort = made.shortfalls.length > 0 || made.withoutLine.length > 0;
  if (!isShort || options.explain === false) return { made, names };
  progress.step('Looking for what would help');
  const explanation = explainRoster(await loadSolver(), task, solution, { seed, effort, made: taskOptions });
  progress.end();
  return { made: { ...made, explanation }, names };
}

/** The roster that stands, with as few changes as what happened asks for. */
async function repaired(
  model: Model,
  wanted: RosterDeclaration,
  before: StandingRoster | undefined,
  options: RosterOptions,
  context: Context,
): Promise<Answer> {
  const { given = '', current, seed, effort } = options;
  if (current === undefined)
    throw new ProjectError(
      'What happened is given, and not the roster that it happened to.',
      'Give the roster that stands with --current: what `pathway roster --format json --out december.json` wrote.',
    );
  const change = await chosenChange(model, wanted, given, options.known, context);
  const standing = await readRoster(current, context);
  const repair = asked(() => repairOfRoster(model, wanted, change, standing, before));
  checkPerson(repair.task, options.person);
  const names = await namesOf(repair.task, options, context);
  const { changeCost } = repair;
  const answer = replanRoster(repair.task.problem, repair.standing, { seed, effort, changeCost });
  const solution = { ...answer, bound: 0, gap: 1, optimal: false };
  const made = dutyRoster(model, repair.task, solution, { seed, effort }, noticesOf(repair, answer));
  return { made: { ...made, repair: repairOf(repair, answer, made.shortfalls) }, names };
}

async function chosenChange(
  model: Model,
  wanted: RosterDeclaration,
  given: string,
  known: string | undefined,
  context: Context,
): Promise<RosterChange> {
  if (extname(given) === '.csv') {
    const text = await readTextFile(resolve(context.io.cwd, given), given);
    if (text === undefined) throw new ProjectError(`There is no file ${given}.`);
    return readRosterEvents(text, given, model, known);
  }
  const found = wanted.changes.find(({ name }) => name === given);
  if (found !== undefined) return known === undefined ? found : { ...found, known };
  const names = wanted.changes.map(({ name }) => name);
  const near = nearestText(given, names);
  throw new ProjectError(
    `The roster ${wanted.name} has no change ${given}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    `Changes: ${names.join(', ') || 'none'}. A table of what happened ends in .csv.`,
  );
}

async function readRoster(file: string, context: Context): Promise<StandingRoster> {
  const text = await readTextFile(resolve(context.io.cwd, file), file);
  if (text === undefined) throw new ProjectError(`There is no file ${file}.`);
  try {
    return parseRoster(text);
  } catch (error) {
    if (error instanceof ModelError)
      throw new ProjectError(
        `${file} cannot be read. ${error.message}`,
        '`pathway roster --format json --out december.json` writes such a file.',
      );
    throw error;
  }
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
      return calendarOf(made, names, options.person, language);
    case 'html':
    case 'xlsx': {
      const { languageFor, rosterHtml, rosterWorkbook } = await import('@pathway/report');
      const words = language === undefined ? undefined : languageFor(language);
      const input = { model, roster: shown, hasNames: names.size > 0, ...(words !== undefined && { language: words }) };
      return options.format === 'html' ? rosterHtml(input) : rosterWorkbook(input);
    }
  }
}

async function calendarOf(
  made: DutyRoster,
  names: PersonNames,
  person: string | undefined,
  language: string | undefined,
): Promise<string> {
  const whose = { names, ...(person !== undefined && { person }) };
  if (made.repair === undefined) return rosterCalendar(made, whose);
  const { languageFor, rosterCalendarWords } = await import('@pathway/report');
  const words = rosterCalendarWords(made, names, language === undefined ? undefined : languageFor(language));
  return rosterCalendar(made, { ...whose, words });
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

/** What a model cannot answer is told like every other mistake of a project. */
function asked<T>(make: () => T): T {
  try {
    return make();
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
