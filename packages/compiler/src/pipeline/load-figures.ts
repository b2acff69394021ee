import type { LoadFigures } from '@pathway/diagram';
import { byId, type Declaration, type Model, nearestText, titleOf } from '@pathway/model';
import { studyResultsSchema } from '@pathway/simulation';
import * as z from 'zod';
import { ProjectError } from '../project-error.js';

const HASH_DIGITS = 12;

/**
 * The figures of one scenario from the text of a file of results (`pathway simulate --format json`), for drawing them.
 * @param asked study and scenario by id or title; the first of each without them
 * @throws ProjectError where the text is no such file, was made from another model, or has no such study or scenario
 */
export function readLoadFigures(
  text: string,
  file: string,
  model: Model,
  asked: { readonly study?: string | undefined; readonly scenario?: string | undefined } = {},
): LoadFigures {
  const again = 'Make them: pathway simulate --format json --out results.json';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ProjectError(`${file} is no JSON.`, again);
  }
  const parsed = z.union([z.array(studyResultsSchema).min(1), studyResultsSchema]).safeParse(json);
  if (!parsed.success) throw new ProjectError(`${file} has no results of simulations.`, again);
  const studies = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  const study = named(studies, asked.study, 'study', file);
  if (study.sourceHash !== model.sourceHash)
    throw new ProjectError(
      `${file} was made from another text (source hash ${study.sourceHash.slice(0, HASH_DIGITS)}, this model has ${model.sourceHash.slice(0, HASH_DIGITS)}).`,
      `Run again what has changed since. ${again}`,
    );
  const scenario = named(
    study.scenarios.map((each) => ({ ...each, study: each.scenario })),
    asked.scenario,
    'scenario',
    file,
  );
  const { activities, replications } = scenario;
  // Results are written in one language, and drawn for readers of any.
  const called = (each: { readonly title: string }, declared: Declaration | undefined): string =>
    declared === undefined ? each.title : titleOf(declared);
  const studyTitle = called(study, byId(model.studies, study.study));
  const resources = scenario.resources.map((each) => ({
    ...each,
    title: called(each, byId(model.resources, each.id)),
  }));
  return {
    title: `${studyTitle}, ${called(scenario, byId(model.scenarios, scenario.scenario))}`,
    replications,
    runLength: study.runLength,
    activities,
    resources,
  };
}

function named<Each extends { readonly study: string; readonly title: string }>(
  all: readonly Each[],
  wanted: string | undefined,
  what: string,
  file: string,
): Each {
  const found = wanted === undefined ? all[0] : all.find(({ study, title }) => study === wanted || title === wanted);
  if (found !== undefined) return found;
  const names = all.map(({ study }) => study);
  const near = wanted === undefined ? undefined : nearestText(wanted, names);
  throw new ProjectError(
    `${file} has no ${what} ${wanted ?? ''}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    `There is: ${names.join(', ')}.`,
  );
}
