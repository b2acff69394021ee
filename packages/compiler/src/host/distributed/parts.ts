import {
  studyInputs,
  parseReplicationResult,
  plainReplication,
  type ReplicationJob,
  type ReplicationResult,
} from '@pathway/simulation';
import { titleOf, type Model } from '@pathway/model';
import * as z from 'zod';
import { ENGINE_VERSION } from '../../generated/engine-version.js';
import { ProjectError } from '../../project-error.js';
import type { ReplicationPool } from '../replication-pool.js';
import { readTextFile } from '../text-files.js';
import { hashInput, rowName } from './wire.js';

/** Replications `first` to `last`, from 0 and with both ends. */
export interface ReplicationRange {
  readonly first: number;
  readonly last: number;
}

const LARGEST_PART = 400 * 1024 * 1024;

const partSchema = z.strictObject({
  format: z.literal('pathway-replications'),
  formatVersion: z.literal(1),
  engine: z.string(),
  rows: z.array(z.strictObject({ input: z.string(), scenario: z.string(), result: z.unknown() })),
});

/**
 * The replications of a study that one machine runs for a part: some of each scenario's, pair by pair.
 * @throws ProjectError for a study whose methods decide on the way what is run
 */
export function jobsOfPart(
  model: Model,
  studyId: string,
  { first, last }: ReplicationRange,
): readonly ReplicationJob[] {
  const study = model.studies.find(({ id }) => id === studyId);
  const decides =
    study?.automaticWarmUp === true ||
    study?.find !== undefined ||
    (study?.sensitivities ?? []).length > 0 ||
    (study?.pressure ?? []).length > 0 ||
    study?.replications.kind === 'batches';
  if (study !== undefined && decides)
    throw new ProjectError(
      `What ${titleOf(study)} runs is only known on the way, so it cannot be divided beforehand.`,
      'Run it with --on, or choose a study with plain scenarios with --study.',
    );
  const inputs = studyInputs(model, studyId);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    inputs.map((input) => ({ input, replication: first + i })),
  ).flat();
}

/** A part as text: one row a line, each with the hash of the input that it is about. Undefined results are left out. */
export function partText(jobs: readonly ReplicationJob[], results: readonly (ReplicationResult | undefined)[]): string {
  const hashes = new Map<ReplicationJob['input'], string>();
  const rows = jobs.flatMap(({ input }, i) => {
    const result = results[i];
    if (result === undefined) return [];
    const hash = hashes.get(input) ?? hashInput(input).hash;
    hashes.set(input, hash);
    return [JSON.stringify({ input: hash, scenario: input.scenario, result: plainReplication(result) })];
  });
  const head = JSON.stringify({ format: 'pathway-replications', formatVersion: 1, engine: ENGINE_VERSION });
  return `${head.slice(0, -1)},"rows":[\n${rows.join(',\n')}\n]}\n`;
}

/** A file of rows, with the name that messages use. */
export interface PartFile {
  readonly path: string;
  readonly shown: string;
}

/**
 * An executor that runs nothing: it gives the rows of files. Rows may overlap where they say the same.
 * @throws ProjectError for a file that is no part, is of another version, or contradicts another; the executor's `run`
 * for rows that are in no file
 */
export async function readParts(files: readonly PartFile[]): Promise<ReplicationPool> {
  const rows = new Map<string, { readonly result: ReplicationResult; readonly text: string; readonly from: string }>();
  for (const { path, shown } of files) {
    for (const { input, result } of await readPart(path, shown)) {
      const name = rowName({ input, replication: result.replication });
      const text = JSON.stringify(plainReplication(result));
      const known = rows.get(name);
      if (known !== undefined && known.text !== text)
        throw new ProjectError(
          `${known.from} and ${shown} say different things about replication ${result.replication}.`,
          'One of them was changed after it was written: make them again.',
        );
      rows.set(name, { result, text, from: shown });
    }
  }
  const known = new Set(Array.from(rows.keys(), (name) => name.split(':')[0]));
  return {
    run(jobs, { onDone, onResult }) {
      const hashes = new Map<ReplicationJob['input'], string>();
      const missing = new Map<string, number[]>();
      const results = jobs.map(({ input, replication }, place) => {
        const hash = hashes.get(input) ?? hashInput(input).hash;
        hashes.set(input, hash);
        const row = rows.get(rowName({ input: hash, replication }));
        if (row === undefined) missing.set(input.title, [...(missing.get(input.title) ?? []), replication]);
        else {
          onResult?.(place, row.result);
          onDone();
        }
        return row?.result;
      });
      if (missing.size === 0) return Promise.resolve(results);
      return Promise.reject(missingRows(missing, ![...hashes.values()].some((hash) => known.has(hash))));
    },
    close: () => Promise.resolve(),
  };
}

function missingRows(missing: ReadonlyMap<string, readonly number[]>, none: boolean): ProjectError {
  if (none)
    return new ProjectError(
      'The files have no rows of this study as it is written now.',
      'Make them from the same texts, with the same --study and --seed.',
    );
  const [title = '', replications = []] = [...missing][0] ?? [];
  const first = replications[0] ?? 0;
  const gap = replications.findIndex((replication, i) => replication !== first + i);
  const last = first + (gap === -1 ? replications.length : gap) - 1;
  return new ProjectError(
    `Replications ${first} to ${last} of “${title}” are in none of the files.`,
    `Run them: pathway simulate --replications ${first}-${last} --out part.json`,
  );
}

async function readPart(
  path: string,
  shown: string,
): Promise<readonly { readonly input: string; readonly result: ReplicationResult }[]> {
  const text = await readTextFile(path, shown, LARGEST_PART);
  if (text === undefined) throw new ProjectError(`There is no file ${shown}.`, 'Check the names after --merge.');
  const part = partSchema.safeParse(parsedJson(text, shown)).data;
  if (part === undefined)
    throw new ProjectError(
      `${shown} holds no replications.`,
      'Name files after --merge that `pathway simulate --replications 0-99 --out …` wrote.',
    );
  if (part.engine !== ENGINE_VERSION)
    throw new ProjectError(
      `${shown} was made by version ${part.engine}, and this is ${ENGINE_VERSION}.`,
      'Use the same version for all parts and for --merge.',
    );
  return part.rows.map(({ input, result }, i) => {
    try {
      return { input, result: parseReplicationResult(result) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ProjectError(`${shown}: row ${i + 1} is damaged: ${reason}`, 'Make the file again.');
    }
  });
}

function parsedJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProjectError(`${shown} is not whole: it is no JSON.`, 'Make the file again; it may have been cut off.');
  }
}
