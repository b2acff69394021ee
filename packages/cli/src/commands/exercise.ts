import { checkLanguage, ProjectError } from '@pathway/compiler';
import { capXml, exerciseAlert } from '@pathway/interchange';
import { byId, localClock, localiseModel, type Model, type Scenario, type Study } from '@pathway/model';
import { join } from 'node:path';
import {
  exerciseAlertTimes,
  exerciseHtml,
  type ExerciseInput,
  exerciseMarkdown,
  exercisePdf,
  languageFor,
  NoExerciseError,
  wordsOf,
} from '@pathway/report';
import type { ScenarioResults } from '@pathway/simulation';
import type { ExerciseFlags } from '../program/flags.js';
import { compileForProduct } from '../shell/compiled.js';
import { printFontsTelling } from '../drawing/scripts.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { scenarioNamed } from '../shell/named.js';
import { withStudies } from '../shell/studies.js';

/** `pathway exercise`: a scenario as a table-top exercise, for the facilitator or for participants. */
export async function exercise(path: string | undefined, options: ExerciseFlags, context: Context): Promise<number> {
  if (options.language !== undefined) checkLanguage(options.language);
  if (options.format === 'pdf' && options.out === undefined)
    throw new ProjectError('An exercise as pdf is no text to print here.', 'Say where it goes: --out exercise.pdf');
  const { model, project } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const scenario = chosenScenario(model, options.scenario);
  const study = model.studies.find(({ scenarios }) => scenarios.includes(scenario.id)) ?? model.studies[0];
  if (study === undefined)
    throw new ProjectError('No study says when the exercise begins.', 'Declare one: `study … { from 2026-07-01 … }`.');
  const results = options.figures === true ? await figuresOf(model, study, scenario, options, context) : undefined;
  const language = options.language ?? project.config.language;
  const words = language === undefined ? undefined : languageFor(language);
  const input: ExerciseInput = {
    model: language === undefined ? model : localiseModel(model, language),
    study,
    scenario: scenario.id,
    reader: options.for,
    ...(results !== undefined && { results }),
    ...(words !== undefined && { language: words }),
  };
  if (options.alerts !== undefined) await writeAlerts(input, alertWords(language), options.alerts, context);
  await deliver(await written(input, options.format, context), options.out, context);
  return EXIT.ok;
}

type AlertWords = Parameters<typeof exerciseAlert>[4];

/** What alerts say beside the titles of the text; without a language they say it in English, as reports do. */
function alertWords(language: string | undefined): AlertWords {
  const { say } = wordsOf(language === undefined ? undefined : languageFor(language));
  return { language: language ?? 'en-US', notReal: say`EXERCISE. Nothing of this is real.` };
}

/** The alerts of the scenario as files, for a watch in a drill. */
async function writeAlerts(
  { model, study, scenario: id }: ExerciseInput,
  words: AlertWords,
  folder: string,
  context: Context,
): Promise<void> {
  const scenario = byId(model.scenarios, id);
  const clock = localClock(study.timezone, 0);
  const files = exerciseAlertTimes(model, study, id).flatMap(({ trigger, begins, ends }, i) => {
    const declared = byId(model.triggers ?? [], trigger);
    const [from, until] = [clock.timeOf(begins), clock.timeOf(ends)];
    if (declared === undefined || from === undefined || until === undefined) return [];
    const number = String(i + 1).padStart(2, '0');
    const alert = exerciseAlert(declared, { from, until }, model, `${scenario?.name ?? ''}-${number}`, words);
    return alert === undefined ? [] : [{ name: `${number}-${declared.name}.xml`, content: capXml(alert) }];
  });
  if (files.length === 0)
    throw new ProjectError(
      'No alert comes in this scenario, so that there is none to write.',
      'Let a crisis have one: `alert HeatAlert from 2026-07-05 10:00 for 3 d`.',
    );
  for (const { name, content } of files) await deliver(content, join(folder, name), context);
}

async function written(
  input: ExerciseInput,
  format: ExerciseFlags['format'],
  context: Context,
): Promise<string | Uint8Array> {
  try {
    if (format === 'html') return exerciseHtml(input);
    return format === 'markdown' ? exerciseMarkdown(input) : await exercisePdf(input, await printFontsTelling(context));
  } catch (error) {
    if (!(error instanceof NoExerciseError)) throw error;
    throw new ProjectError(error.message, 'Choose one with a crisis: `scenario … { crisis … with … }`.');
  }
}

/** The scenario that is asked for, else the last one with a crisis and responses. */
function chosenScenario(model: Model, wanted: string | undefined): Scenario {
  const practised = model.scenarios.filter(({ crises }) => crises !== undefined);
  if (wanted === undefined) {
    const last = practised.findLast(({ responses }) => responses !== undefined) ?? practised.at(-1);
    if (last !== undefined) return last;
    throw new ProjectError(
      'There is no scenario with a crisis to practise.',
      'Declare one: `scenario … { crisis … with … }`.',
    );
  }
  return scenarioNamed(model, wanted);
}

/** What the plan brings about: the scenario's figures in its study, simulated now. */
async function figuresOf(
  model: Model,
  study: Study,
  { id }: Scenario,
  options: ExerciseFlags,
  context: Context,
): Promise<ScenarioResults | undefined> {
  return withStudies(model, options, context, async (runner) => {
    const { scenarios } = await runner.runStudy(runner.model, study.id);
    return scenarios.find(({ scenario }) => scenario === id);
  });
}
