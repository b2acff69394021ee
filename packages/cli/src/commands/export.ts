import { adjustStudies, ProjectError, resolveOutput, writePiecesSafely } from '@pathway/compiler';
import { writeLog } from '@pathway/interchange';
import { calendarOf, type Model, requireConstant, type Study, timestampWriter, titleOf } from '@pathway/model';
import { compileInput, traceRows } from '@pathway/simulation';
import type { ExportFlags } from '../program.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';
import { scenarioNamed } from '../shell/scenarios.js';
import { chosenStudies } from '../shell/studies.js';

/** `pathway export`: writes what other tools read. */
export async function exportTo(path: string | undefined, options: ExportFlags, context: Context): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const { seed, out } = options;
  const adjusted = adjustStudies(model, { ...(seed !== undefined && { seed }) });
  await deliverPieces(logOf(adjusted, options.to, options), out, context);
  return EXIT.ok;
}

/** The event log of one replication, piece by piece. */
function logOf(model: Model, format: ExportFlags['to'], options: ExportFlags): Iterable<string> {
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
