import {
  adjustStudies,
  bpmnFile,
  jsonText,
  ProjectError,
  prosimosFile,
  resolveOutput,
  writePiecesSafely,
} from '@pathway/compiler';
import {
  type Engine,
  engineProgram,
  fhirBundle,
  type FhirRelease,
  type LogFormat,
  writeLog,
} from '@pathway/interchange';
import {
  calendarOf,
  formatQuantity,
  type Model,
  requireConstant,
  type Study,
  timestampWriter,
  titleOf,
} from '@pathway/model';
import { compileInput, traceRows } from '@pathway/simulation';
import type { ExportFlags, ExportFormat } from '../program/flags.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { pathwaysNamed, scenarioNamed } from '../shell/named.js';
import { chosenStudies } from '../shell/studies.js';

/** Writes one format: a text, or its pieces where it may be larger than memory. */
type Writer = (
  model: Model,
  options: ExportFlags,
  context: Context,
) => string | Iterable<string> | Promise<string | Iterable<string>>;

/** How each format is written. */
const WRITERS: Readonly<Record<Exclude<ExportFormat, 'prosimos'>, Writer>> = {
  bpmn: bpmnOf,
  'fhir-r4': (model, options, context) => fhirOf(model, 'R4', options, context),
  'fhir-r5': (model, options, context) => fhirOf(model, 'R5', options, context),
  xes: (model, options) => logOf(model, 'xes', options),
  ocel: (model, options) => logOf(model, 'ocel', options),
  csv: (model, options) => logOf(model, 'csv', options),
  simpy: (model, options, context) => programFor(model, 'simpy', options, context),
  ciw: (model, options, context) => programFor(model, 'ciw', options, context),
  simmer: (model, options, context) => programFor(model, 'simmer', options, context),
};

/** `pathway export`: writes what other tools read. */
export async function exportTo(path: string | undefined, options: ExportFlags, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  if (options.to === 'prosimos') {
    await writeProsimos(model, options, context);
    return EXIT.ok;
  }
  const written = await WRITERS[options.to](model, options, context);
  if (typeof written === 'string') await deliver(written, options.out, context);
  else await deliverPieces(written, options.out, context);
  return EXIT.ok;
}

/** Pathways, all or one with those that it calls, as a bundle of FHIR. */
function fhirOf(model: Model, release: FhirRelease, { pathway: wanted, base }: ExportFlags, context: Context): string {
  const pathway = wanted === undefined ? undefined : pathwaysNamed(model, wanted)[0]?.id;
  const { bundle, notSaid } = fhirBundle(model, {
    release,
    ...(pathway !== undefined && { pathway }),
    ...(base !== undefined && { base }),
  });
  tellNotSaid(notSaid, context);
  return jsonText(bundle);
}

/** A study in a scenario as a program for another engine; what is not in it is told on standard error. */
function programFor(declared: Model, engine: Engine, options: ExportFlags, context: Context): string {
  return writtenFor(declared, engine, options, context).program.files[0]?.content ?? '';
}

/**
 * What is written for another engine of a study in a scenario, and the input that it was made of; what is not in it is
 * told on standard error.
 * @throws ProjectError where the engine cannot say the model, or with `--partial` not even a similar one
 */
function writtenFor(
  declared: Model,
  engine: Engine,
  options: ExportFlags,
  context: Context,
): { readonly program: ReturnType<typeof engineProgram>; readonly input: ReturnType<typeof compileInput> } {
  const model = withSeed(declared, options);
  const { study, scenario } = chosenRun(model, options);
  const input = compileInput(model, study.id, scenario);
  const program = engineProgram(input, engine, {
    replications: study.replications.kind === 'fixed' ? study.replications.times : 10,
  });
  const { refused, otherwise, unshown } = program;
  const list = (lines: readonly string[]): string => lines.map((each) => `  - ${each}`).join('\n');
  if (refused.length > 0)
    throw new ProjectError(
      `A program for ${engine} cannot say this model:\n${list([...refused, ...otherwise])}`,
      'docs/exchange.md says what each engine can say. Choose another engine, or a scenario without these.',
    );
  if (otherwise.length > 0 && options.partial !== true)
    throw new ProjectError(
      `A program for ${engine} would be of another model than this:\n${list(otherwise)}`,
      `Add --partial to write it all the same: ${engine === 'prosimos' ? 'what differs is told' : 'it says in its beginning what differs'}.`,
    );
  tellNotSaid([...otherwise, ...unshown], context);
  return { program, input };
}

/**
 * The two files of Prosimos, a process and the parameters beside it, and how it is told to run them.
 * @throws ProjectError without a name for the files
 */
async function writeProsimos(declared: Model, options: ExportFlags, context: Context): Promise<void> {
  if (options.out === undefined)
    throw new ProjectError('Prosimos reads two files.', 'Name the first with --out: the other one ends in .json.');
  const { program, input } = writtenFor(declared, 'prosimos', options, context);
  const { process } = program;
  if (process === undefined) throw new RangeError('A scenario for Prosimos has a process.');
  const base = options.out.replace(/\.(bpmn|json)$/, '');
  const content = { '.bpmn': await prosimosFile(process.chart), '.json': program.files[1]?.content ?? '' };
  for (const [extension, text] of Object.entries(content)) await deliver(text, `${base}${extension}`, context);
  const { cases, startingAt } = process;
  context.tell(
    [
      'Prosimos is told the rest when it is run:',
      `  prosimos start-simulation --bpmn_path ${base}.bpmn --json_path ${base}.json \\`,
      `    --total_cases ${cases} --starting_at ${startingAt} \\`,
      `    --is_event_added_to_log True --log_out_path ${base}-log.csv`,
      ...(input.warmUp > 0
        ? [
            `Its log begins with the warm-up: leave out the first ${formatQuantity(input.warmUp, { time: 1, money: 0 })}.`,
          ]
        : []),
    ].join('\n'),
  );
}

/** A pathway as BPMN; what it does not say is told on standard error. */
async function bpmnOf(model: Model, { pathway: wanted }: ExportFlags, context: Context): Promise<string> {
  const chosen = wanted === undefined ? model.pathways : pathwaysNamed(model, wanted);
  const [only, ...others] = chosen;
  if (only === undefined)
    throw new ProjectError('There is no pathway to export.', 'Declare one: pathway MyPathway { … }');
  if (others.length > 0)
    throw new ProjectError(
      `There are ${chosen.length} pathways: ${chosen.map(({ name }) => name).join(', ')}.`,
      'Name one with --pathway; those that it calls come along.',
    );
  const { xml, notSaid } = await bpmnFile(model, only.id);
  tellNotSaid(notSaid, context);
  return xml;
}

function tellNotSaid(notSaid: readonly string[], context: Context): void {
  if (notSaid.length === 0 || context.quiet) return;
  context.warn(['Not said there:', ...notSaid.map((each) => `  - ${each}`)].join('\n'));
}

/** The event log of one replication, piece by piece. */
function logOf(declared: Model, format: LogFormat, options: ExportFlags): Iterable<string> {
  const model = withSeed(declared, options);
  const { study, scenario } = chosenRun(model, options);
  const replication = options.replication ?? 0;
  const input = compileInput(model, study.id, scenario);
  const horizon = requireConstant(study.warmUp, model, 'the warm-up') + requireConstant(study.run, model, 'the run');
  const told = model.scenarios.find(({ id }) => id === scenario);
  return writeLog(format, {
    model,
    rows: traceRows(input, replication),
    timestamp: timestampWriter(calendarOf(study, horizon)),
    title: `${titleOf(study)}: ${told === undefined ? 'as declared' : titleOf(told)}, replication ${replication}, seed ${study.seed}, source ${model.sourceHash.slice(0, 12)}`,
    withHolds: options.holds === true,
  });
}

/** A model whose studies have the seed that options name. */
function withSeed(model: Model, { seed }: Pick<ExportFlags, 'seed'>): Model {
  return adjustStudies(model, { ...(seed !== undefined && { seed }) });
}

/** The study and scenario that options name, else the first ones. */
function chosenRun(
  model: Model,
  options: Pick<ExportFlags, 'study' | 'scenario'>,
): { readonly study: Study; readonly scenario: string } {
  const [study] = chosenStudies(model, options.study);
  if (study === undefined) throw new ProjectError('There is no study.', 'Declare one.');
  const { scenario: wanted } = options;
  if (wanted === undefined) return { study, scenario: study.scenarios[0] ?? '' };
  return { study, scenario: scenarioNamed(model, wanted).id };
}

async function deliverPieces(pieces: Iterable<string>, out: string | undefined, context: Context): Promise<void> {
  if (out === undefined) {
    for (const piece of pieces) context.io.out.write(piece);
    return;
  }
  await writePiecesSafely(resolveOutput(out, context.io.cwd), out, pieces);
  context.tell(`Wrote ${out}.`);
}
