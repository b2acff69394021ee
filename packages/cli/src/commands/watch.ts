import {
  lockWatchState,
  type Project,
  ProjectError,
  readBedNames,
  readTextFile,
  readWatchMemory,
  resolveOutput,
  shownFile,
  type TableLayout,
  WatchInputs,
  type WatchMemory,
  type WatchPlaces,
  WatchSession,
  writeWatchMemory,
} from '@pathway/compiler';
import { resolveProjectPath } from '@pathway/language';
import {
  type LocalClock,
  localClock,
  type Model,
  observables,
  scenarioChain,
  type Signal,
  stableJson,
} from '@pathway/model';
import type { Words } from '@pathway/report';
import { join } from 'node:path';
import { watchRecordText } from '../print/watch-text.js';
import type { WatchFlags } from '../program/flags.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';
import { scenarioNamed } from '../shell/named.js';

/**
 * `pathway watch`: says which levels there are and which responses are in force, from alerts and tables as they come. Once,
 * or until Ctrl-C; what it remembers is written after every turn.
 */
export async function watch(path: string | undefined, options: WatchFlags, context: Context): Promise<number> {
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { project } = compiled;
  const { model, words } = inLanguage(compiled.model, options.language ?? project.config.language);
  const timezone = options.timezone ?? timezoneOf(model);
  const clock = localClock(timezone, 0);
  const places: WatchPlaces = {
    cwd: context.io.cwd,
    alerts: options.alerts,
    tables: [...seriesTables(model, project, clock, options.start), ...(await valueTables(model, options, context))],
  };
  if (places.alerts.length === 0 && places.tables.length === 0) throw nothingToWatch(model);
  const state = options.state === undefined ? undefined : resolveOutput(options.state, context.io.cwd);
  const release = state === undefined ? undefined : await lockWatchState(state, options.state ?? state);
  try {
    return await watchPlaces({ model, words }, places, timezone, clock, options, context);
  } finally {
    await release?.();
  }
}

async function watchPlaces(
  { model, words }: ReturnType<typeof inLanguage>,
  places: WatchPlaces,
  timezone: string,
  clock: LocalClock,
  options: WatchFlags,
  context: Context,
): Promise<number> {
  const asOf = options.asOf === undefined ? undefined : momentOf(options.asOf, clock);
  const memory =
    options.state === undefined
      ? undefined
      : await readWatchMemory(resolveOutput(options.state, context.io.cwd), options.state, options.drill === true);
  const session = new WatchSession(
    model,
    {
      isDrill: options.drill === true,
      timezone,
      clock,
      words,
      ...(options.sender.length > 0 && { senders: options.sender }),
      ...(options.scenario !== undefined && { responses: responsesOf(model, options.scenario) }),
    },
    memory,
  );
  const isOnce = options.once === true || asOf !== undefined;
  const turn = turns(session, new WatchInputs(places, words), words, options, context);
  if (!isOnce) return untilInterrupted(() => turn(context.io.time(), false), words, options.interval, context);
  return (await turn(asOf ?? context.io.time(), true)) ? EXIT.found : EXIT.ok;
}

/** Notices about inputs that cannot be read, which a pipeline has to hear of. */
const UNREADABLE: ReadonlySet<string> = new Set(['alert', 'table']);

/** One look and one judgement after the other. The result of a turn says whether somebody has to look at something. */
function turns(
  session: WatchSession,
  inputs: WatchInputs,
  words: Words,
  options: WatchFlags,
  context: Context,
): (now: number, isLast: boolean) => Promise<boolean> {
  let written = '';
  return async (now, isLast) => {
    await inputs.look(session, isLast);
    const records = session.turn(now);
    for (const record of records) {
      context.print(
        options.format === 'json' ? stableJson(record) : watchRecordText(record, words, context.outColours),
      );
    }
    if (options.state !== undefined) written = await keep(session.memory(), written, options.state, context);
    return records.some(
      ({ kind, ...record }) => kind === 'notice' && 'about' in record && UNREADABLE.has(record.about),
    );
  };
}

/** Writes what is remembered where it has changed. */
async function keep(memory: WatchMemory, before: string, file: string, context: Context): Promise<string> {
  const text = stableJson(memory);
  if (text !== before) await writeWatchMemory(resolveOutput(file, context.io.cwd), file, memory);
  return text;
}

async function untilInterrupted(
  turn: () => Promise<unknown>,
  { say }: Words,
  interval: number,
  context: Context,
): Promise<number> {
  let isOver = false;
  let wake: () => void = () => undefined;
  const release = context.io.onInterrupt(() => {
    isOver = true;
    wake();
  });
  try {
    context.tell(say`Watching; Ctrl-C ends.`);
    for (;;) {
      await turn();
      // Set by Ctrl-C while the turn was under way.
      if (isOver as boolean) return EXIT.ok;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, interval * 1000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (isOver as boolean) return EXIT.ok;
    }
  } finally {
    release();
  }
}

/** The zone of the first territory or study that has one. */
function timezoneOf(model: Model): string {
  const zone = model.territories.find((each) => each.timezone !== undefined)?.timezone ?? model.studies[0]?.timezone;
  if (zone !== undefined) return zone;
  throw new ProjectError(
    'Nothing says on which clock times of day and dates without a zone are read.',
    'Give a territory its `timezone "Europe/London"`, or say --timezone Europe/London.',
  );
}

function nothingToWatch(model: Model): ProjectError {
  const { triggers = [], gauges = [] } = model;
  if (triggers.length === 0 && gauges.length === 0)
    return new ProjectError('There are no triggers and gauges to watch.', 'Declare them: see docs/crisis.md.');
  const needs = observables(model).map(({ key }) => key);
  const columns =
    needs.length === 0 ? '' : ` --values FILE reads a table with a column \`time\` and any of: ${needs.join(', ')}.`;
  return new ProjectError('Nothing says what is to be watched.', `--alerts PLACE reads alerts.${columns}`);
}

/** The tables that the signals of the text name, where they lie in the project. */
function seriesTables(
  model: Model,
  project: Project,
  clock: LocalClock,
  start: string | undefined,
): WatchPlaces['tables'] {
  const watched = new Set(observables(model).map(({ key }) => key));
  return (model.signals ?? []).flatMap((signal) => {
    const { reads } = signal;
    if (reads.kind !== 'series' || !watched.has(signal.id)) return [];
    const file = resolveProjectPath(signal.origin.file, reads.file);
    if (file === undefined || file.includes(':')) return [];
    const layout = layoutOf(signal, reads, model, clock, start);
    return [{ file: shownFile(project, file), path: join(project.root, ...file.split('/')), layout }];
  });
}

function layoutOf(
  { id, name }: Signal,
  { column, dated, slot }: Extract<Signal['reads'], { kind: 'series' }>,
  model: Model,
  clock: LocalClock,
  start: string | undefined,
): TableLayout {
  if (dated !== undefined) return { kind: 'dated', times: dated, column, key: id };
  const from = start ?? model.studies[0]?.start;
  if (from !== undefined && slot !== undefined)
    return { kind: 'slots', start: momentOf(from, clock), slot, column, key: id };
  throw new ProjectError(
    `Nothing says from when on the values of ${name} count.`,
    'Name a column with dates and times (`dated "when"`), or say --start 2026-06-01.',
  );
}

async function valueTables(
  model: Model,
  { values, beds: bedFile, drill }: WatchFlags,
  context: Context,
): Promise<WatchPlaces['tables']> {
  const said = bedFile === undefined ? '' : await readTextFile(resolveOutput(bedFile, context.io.cwd), bedFile);
  if (said === undefined) throw new ProjectError(`${bedFile ?? ''} does not exist.`, 'Name a CSV table with --beds.');
  const beds = bedFile === undefined ? [] : readBedNames(said, bedFile);
  const have = { beds, isDrill: drill === true };
  const layout: TableLayout = { kind: 'values', model, observables: observables(model), have };
  return values.map((file) => ({ file, path: resolveOutput(file, context.io.cwd), layout }));
}

/** Unix seconds of a local date and time, or of one with its zone. */
function momentOf(text: string, clock: LocalClock): number {
  const hasZone = /T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const moment = hasZone ? Date.parse(text) / 1000 : clock.timeOf(text.replace(' ', 'T'));
  if (moment !== undefined && Number.isFinite(moment)) return moment;
  throw new ProjectError(
    `\`${text}\` is not a date and time.`,
    'Write it like 2026-07-01T14:00, or 2026-07-01T14:00:00+02:00.',
  );
}

function responsesOf(model: Model, wanted: string): readonly string[] {
  return scenarioChain(model, scenarioNamed(model, wanted).id).flatMap(({ responses }) => responses ?? []);
}
