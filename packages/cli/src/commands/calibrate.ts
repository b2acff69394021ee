import { openByteSource, ProjectError, resolveOutput, writeFileSafely } from '@pathway/compiler';
import {
  calibrate,
  calibrationHtml,
  calibrationJson,
  calibrationMarkdown,
  type Calibration,
  type CalibrationSummary,
  discoveredText,
  type EventLog,
  LogError,
  readCsvLog,
  readOcelLog,
  readXesLog,
  scenarioText,
  stepsOf,
  summarise,
} from '@pathway/interchange';
import { formatText } from '@pathway/language';
import { type Model, nearestText, type Pathway } from '@pathway/model';
import { dirname, relative, resolve } from 'node:path';
import type { CalibrateFlags } from '../program/flags.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { createProgress } from '../shell/progress.js';

const REPORTS: Readonly<Record<string, (summary: CalibrationSummary) => string>> = {
  html: calibrationHtml,
  md: calibrationMarkdown,
  json: calibrationJson,
};

/** `pathway calibrate`: what an event log says, as text of the language, with a report of how well it fits. */
export async function calibrateLog(file: string, options: CalibrateFlags, context: Context): Promise<number> {
  const report = options.report === undefined ? undefined : reportWriter(options.report);
  if (options.threshold !== undefined && options.threshold < 2)
    throw new ProjectError('The threshold must be at least 2.', 'Figures of one case say something of one person.');
  const target = options.pathway === undefined ? undefined : await findPathway(options.pathway, context);
  if (target === 'has errors') return EXIT.found;
  const mapping = target && activitiesByStep(target, options.map);
  try {
    const { log, digest } = await readLog(file, options, context);
    const { threshold, seed, noise } = options;
    const calibration = calibrate(log, {
      ...(threshold !== undefined && { threshold }),
      ...(seed !== undefined && { seed }),
      ...(noise !== undefined && { noise }),
      attributesAskedFor: options.attributes !== undefined,
      ...(target !== undefined &&
        mapping !== undefined && { pathway: { ...target, activities: mapping(log.activities) } }),
    });
    const title = options.title ?? 'Event log';
    const written =
      target === undefined
        ? discoveredText(calibration, {
            title,
            digest,
            name: options.name ?? 'Discovered pathway',
            waits: options.waits === 'keep',
            ...(options.timezone !== undefined && { timezone: options.timezone }),
          })
        : scenarioText(calibration, {
            title,
            digest,
            ...target,
            name: options.name ?? 'As in the log',
            importPath: importPath(target.file, options.out, context),
          });
    await deliver(canonical(written), options.out, context);
    if (report !== undefined && options.report !== undefined) {
      const path = resolveOutput(options.report, context.io.cwd);
      await writeFileSafely(path, options.report, report(summarise(calibration, { title, digest })));
      context.tell(`Wrote ${options.report}.`);
    }
    context.tell(closing(calibration));
    return EXIT.ok;
  } catch (error) {
    if (error instanceof LogError) throw new ProjectError(error.describe(file), error.advice);
    throw error;
  }
}

function reportWriter(file: string): (summary: CalibrationSummary) => string {
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const writer = REPORTS[ending];
  if (writer === undefined)
    throw new ProjectError(
      `${file} is no report that can be written.`,
      'Name a file that ends in .html, .md or .json.',
    );
  return writer;
}

const READERS = { csv: readCsvLog, xes: readXesLog, ocel: readOcelLog } as const;

function formatOf(file: string): keyof typeof READERS {
  const plain = file.replace(/\.gz$/i, '');
  if (/\.xes$/i.test(plain)) return 'xes';
  return /\.(?:json|jsonocel)$/i.test(plain) ? 'ocel' : 'csv';
}

async function readLog(
  file: string,
  options: CalibrateFlags,
  context: Context,
): Promise<{ readonly log: EventLog; readonly digest: string }> {
  const source = await openByteSource(resolve(context.io.cwd, file), file);
  const format = options.format ?? formatOf(file);
  const progress = createProgress(context);
  progress.step('Reading the log');
  const { dates, timezone, attributes } = options;
  const columns = {
    ...Object.fromEntries(
      (['case', 'activity', 'time', 'start', 'lifecycle', 'resource'] as const).flatMap((part) =>
        options[part] === undefined ? [] : [[part, options[part]]],
      ),
    ),
    ...(attributes !== undefined && {
      attributes: attributes === 'none' ? [] : attributes.split(',').map((each) => each.trim()),
    }),
  };
  try {
    const log = await READERS[format](source.chunks(), {
      columns,
      ...(dates !== undefined && { dates }),
      ...(timezone !== undefined && { timezone }),
      onProgress: () => progress.advance(source.bytesRead(), source.size),
    });
    progress.step('Fitting');
    return { log, digest: source.digest() };
  } finally {
    progress.end();
  }
}

interface Target {
  readonly model: Model;
  readonly pathway: Pathway;
  /** Path of the file, absolute. */
  readonly file: string;
}

async function findPathway(wanted: string, context: Context): Promise<Target | 'has errors'> {
  const [, file = wanted, name] = /^(.*?)(?:#(.*))?$/.exec(wanted) ?? [];
  const { model } = await compileForProduct(file, context);
  if (model === undefined) return 'has errors';
  const names = model.pathways.map((pathway) => pathway.name);
  const pathway =
    name === undefined && names.length === 1 ? model.pathways[0] : model.pathways.find((each) => each.name === name);
  if (pathway !== undefined) return { model, pathway, file: resolve(context.io.cwd, file) };
  const near = name === undefined ? undefined : nearestText(name, names);
  throw new ProjectError(
    name === undefined
      ? `${file} has ${names.length} pathways.`
      : `There is no pathway ${name}${near === undefined ? '.' : `; did you mean ${near}?`}`,
    names.length === 0
      ? 'Name a file that has one.'
      : `Name one: ${names.map((each) => `${file}#${each}`).join(', ')}.`,
  );
}

/**
 * Which activity of the log each step is: what `--map` says, else the one with the step's name or title.
 * @returns a function from the names of the log
 */
function activitiesByStep(
  { model, pathway }: Target,
  map: readonly string[],
): (activities: readonly string[]) => ReadonlyMap<string, string> {
  const reached = [pathway, ...model.pathways.filter(({ id }) => id !== pathway.id)];
  const steps = reached.flatMap(stepsOf);
  const mapped = map.map((entry) => {
    const at = entry.lastIndexOf('=');
    const [activity, name] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    if (at <= 0 || name === '')
      throw new ProjectError('--map needs an activity and a step.', 'Write --map "activity of the log=Step".');
    const step = steps.find((each) => each.id === name || each.name === name);
    if (step !== undefined) return { activity, id: step.id };
    const near = nearestText(
      name,
      steps.map((each) => each.name),
    );
    throw new ProjectError(
      `The pathway has no step ${name}${near === undefined ? '.' : `; did you mean ${near}?`}`,
      `Steps: ${steps.map((each) => each.name).join(', ')}.`,
    );
  });
  return (activities) => {
    const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    const byName = steps.flatMap((step): [string, string][] => {
      const activity = activities.find(
        (each) => plain(each) === plain(step.name) || (step.title !== undefined && plain(each) === plain(step.title)),
      );
      return activity === undefined ? [] : [[step.id, activity]];
    });
    for (const { activity } of mapped) {
      if (activities.includes(activity)) continue;
      const near = nearestText(activity, activities);
      throw new LogError(
        `It has no activity "${activity}"${near === undefined ? '.' : `; did you mean "${near}"?`}`,
        'Write the name as the log has it in --map.',
      );
    }
    return new Map([...byName, ...mapped.map(({ activity, id }): [string, string] => [id, activity])]);
  };
}

/** How a text that is written to `out` imports a file. */
function importPath(file: string, out: string | undefined, context: Context): string {
  const from = out === undefined ? context.io.cwd : dirname(resolve(context.io.cwd, out));
  const way = relative(from, file).replaceAll('\\', '/');
  return way.startsWith('.') ? way : `./${way}`;
}

function canonical(text: string): string {
  const result = formatText(text);
  if ('formatted' in result) return result.formatted;
  throw new Error(`the text that was written has an error: ${result.errors[0]?.message ?? ''}`);
}

function closing({ facts, replay, steps }: Calibration): string {
  const fitted = steps.filter(({ duration }) => duration !== undefined).length;
  return `${facts.cases} cases with ${facts.events} events from ${facts.first} to ${facts.last}; ${fitted} durations fitted; fitness ${(replay.fitness * 100).toFixed(1)} %.`;
}
