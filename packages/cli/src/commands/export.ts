import { adjustStudies, bpmnFile, ProjectError, resolveOutput, writePiecesSafely } from '@pathway/compiler';
import { type LogFormat, writeLog } from '@pathway/interchange';
import { calendarOf, type Model, requireConstant, type Study, timestampWriter, titleOf } from '@pathway/model';
import { compileInput, traceRows } from '@pathway/simulation';
import type { ExportFlags } from '../program.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { pathwaysNamed, scenarioNamed } from '../shell/named.js';
import { chosenStudies } from '../shell/studies.js';

/** `pathway export`: writes what other tools read. */
export async function exportTo(path: string | undefined, options: ExportFlags, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const { seed, out, to } = options;
  if (to === 'bpmn') {
    await deliver(await bpmnOf(model, options.pathway, context), out, context);
    return EXIT.ok;
  }
  const adjusted = adjustStudies(model, { ...(seed !== undefined && { seed }) });
  await deliverPieces(logOf(adjusted, to, options), out, context);
  return EXIT.ok;
}

/** A pathway as BPMN; what it does not say is told on standard error. */
async function bpmnOf(model: Model, wanted: string | undefined, context: Context): Promise<string> {
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
function logOf(model: Model, format: LogFormat, options: ExportFlags): Iterable<string> {
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
