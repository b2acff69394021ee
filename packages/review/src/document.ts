import { LANGUAGE_VERSION, originSchema } from '@pathway/model';
import * as z from 'zod';
import type { Difference } from './difference.js';
import type { Json } from './json.js';
import { RANKS } from './words.js';

/** What differs in one project. */
export interface ProjectDifference {
  /** The project's folder as messages show it. */
  readonly path: string;
  readonly difference: Difference;
}

/** What differs between two versions, which may hold several projects. */
export interface Comparison {
  /** How the user named the versions: a revision, a folder, `the files as they are`. */
  readonly from: string;
  readonly to: string;
  readonly projects: readonly ProjectDifference[];
}

/** How messages name a file of a project in this folder. */
export function fileIn(path: string, file: string): string {
  return /^(library|package):/.test(file) || path === '.' || path === '' ? file : `${path}/${file}`;
}

const text = z.string();
const texts = z.array(text);
const json: z.ZodType<Json> = z
  .lazy(() => z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(text, json)]))
  .meta({ id: 'Json' });
const object = z.record(text, json);
const declaration = z.strictObject({ kind: text, name: text, title: text.exactOptional() });
const side = z.strictObject({ text, value: json.exactOptional(), origin: originSchema.exactOptional() });
const modelName = z.strictObject({ title: text, sourceHash: text });

const change = z.strictObject({
  kind: z.enum(['added', 'removed', 'moved', 'renamed', 'changed']),
  rank: z.enum(['safety', 'flow', 'staff', 'capacity', 'demand', 'evidence', 'wording']),
  element: z.strictObject({ ...declaration.shape, in: declaration.exactOptional() }),
  keys: z.strictObject({ before: text.exactOptional(), after: text.exactOptional() }),
  property: text.exactOptional().describe('Name of the property in the model.'),
  word: text.exactOptional().describe('Its word in the language.'),
  sentence: text,
  reason: text.exactOptional().describe('Why it has its rank.'),
  before: side.exactOptional(),
  after: side.exactOptional(),
  contains: texts.exactOptional().describe('What came or went with it.'),
  affects: z.strictObject({ organisations: texts, roles: texts, sites: texts, pathways: texts }),
  approvers: texts,
});

const edits = z
  .strictObject({
    rekeyed: z.array(z.tuple([text, text])),
    removed: texts,
    added: z.array(z.strictObject({ key: text, shell: object })),
    set: z.array(z.strictObject({ element: text, property: text, value: json.exactOptional() })),
    slots: z.array(z.strictObject({ element: text, slot: text, children: texts })),
  })
  .describe('What makes the later model of the earlier one; elements are named by their keys.');

const projectSchema = z.strictObject({
  path: text,
  before: modelName,
  after: modelName,
  changes: z.array(change),
  signAgain: z
    .array(z.strictObject({ subject: text, approver: text, date: text, origin: originSchema }))
    .describe('Approvals that were true of the earlier version and are not of the later one.'),
  edits,
});

const figure = z.number().nullable();
const verdict = z.enum(['holds', 'fails', 'not decided']);
const interval = z.strictObject({
  mean: z.number(),
  halfWidth: z.number(),
  low: z.number(),
  high: z.number(),
  replications: z.int().min(0),
  open: z.literal(true).exactOptional().describe('The upper end is not known: too few patients lie beyond it.'),
});

const consequences = z
  .strictObject({
    path: text,
    method: z.enum(['closed forms', 'simulation']),
    replications: z.int().exactOptional(),
    rows: z.array(
      z.strictObject({
        about: z.enum(['indicator', 'capacity', 'staff hours a week', 'staff cost a week']),
        title: text,
        scenario: text,
        unit: text,
        currency: text.exactOptional(),
        before: figure,
        after: figure,
        difference: interval.exactOptional().describe('After − before, paired by replication.'),
      }),
    ),
    promises: z.array(
      z.strictObject({ text, scenario: text, before: verdict.exactOptional(), after: verdict.exactOptional() }),
    ),
    notes: texts,
    interrupted: z.boolean(),
  })
  .describe('What the change does to figures.');

/** Consequences as the document holds them. */
export type ConsequencesDocument = z.infer<typeof consequences>;

/** What `pathway diff --format json` prints, published as `docs/schemas/difference.schema.json`. */
export const differenceSchema = z
  .strictObject({
    format: z.literal('pathway-difference'),
    formatVersion: z.literal(1),
    languageVersion: text,
    from: text,
    to: text,
    counts: z.record(z.enum(RANKS as [string, ...string[]]), z.int().min(0)),
    projects: z.array(projectSchema),
    consequences: z.array(consequences).exactOptional(),
  })
  .meta({ title: 'What differs in meaning between two versions of pathways' });

export type DifferenceDocument = z.infer<typeof differenceSchema>;

/** The JSON Schema (draft 2020-12) of a difference. */
export function differenceJsonSchema(): object {
  return { $id: 'urn:pathway:schema:difference:1', ...z.toJSONSchema(differenceSchema) };
}

/** How many changes there are of each rank, in order of rank. */
export function countRanks({ projects }: Pick<Comparison, 'projects'>): Record<string, number> {
  const all = projects.flatMap(({ difference }) => difference.changes);
  return Object.fromEntries(RANKS.map((rank) => [rank, all.filter((each) => each.rank === rank).length]));
}

/** A comparison for machines. */
export function differenceDocument(
  comparison: Comparison,
  found: readonly ConsequencesDocument[] = [],
): DifferenceDocument {
  return {
    format: 'pathway-difference',
    formatVersion: 1,
    languageVersion: LANGUAGE_VERSION,
    from: comparison.from,
    to: comparison.to,
    counts: countRanks(comparison),
    projects: comparison.projects.map(({ path, difference: { before, after, changes, signAgain, edits: made } }) =>
      copied({ path, before, after, changes, signAgain, edits: made }),
    ),
    ...(found.length > 0 && { consequences: [...found] }),
  };
}

/** A copy whose lists are its own, as the document has them. */
function copied(project: object): DifferenceDocument['projects'][number] {
  return projectSchema.parse(JSON.parse(JSON.stringify(project)));
}
