import type { LangiumDocument } from 'langium';
import { type Analysis, agreementsHoldOn, analyse, improvementsAreMade, pathwaysAreApproved } from '@pathway/analysis';
import type { Diagnostic, Model } from '@pathway/model';
import { compareDiagnostics, deepFreeze, sha256Hex } from '@pathway/model';
import type { SeverityConfiguration } from './validation/severities.js';
import type { Compilation, CompileOptions, SourceReader } from './compilation.js';
import * as ast from './generated/ast.js';
import { LoweringContext } from './lowering/lowering-context.js';
import { lower } from './lowering/lower.js';
import type { PathwayServices } from './module.js';
import { syntaxDiagnostics, withoutConsequences } from './parser/syntax-diagnostics.js';
import {
  type DataFileAccess,
  applyAllowances,
  applySeverities,
  createValidationContext,
  validateDocument,
  validateNames,
} from './validation/index.js';
import { linkOnDemand } from './tree/link.js';
import { dataFilesIn, DataTables, noTables } from './workspace/data-tables.js';
import { fileOf } from './workspace/files.js';
import { packagesAreAsLocked } from './workspace/package-locks.js';
import { loadFiles, type LoadedFile, type LoadedFiles } from './workspace/load.js';
import { resolveProjectPath } from './workspace/paths.js';
import { withServices } from './workspace/services-pool.js';

/**
 * Compiles Pathway files and everything they import to one model. Reads nothing but what `reader` gives and the
 * shipped library, runs nothing, and never throws on bad input: whatever is wrong is a diagnostic.
 * @param entryFiles project paths, in the order that decides the order of declarations
 */
export async function compile(
  entryFiles: readonly string[],
  reader: SourceReader,
  options: CompileOptions = {},
): Promise<Compilation> {
  return await withServices((services) => compileWith(services, entryFiles, reader, options));
}

async function compileWith(
  services: PathwayServices,
  entryFiles: readonly string[],
  reader: SourceReader,
  options: CompileOptions,
): Promise<Compilation> {
  const loaded = await loadFiles(entryFiles, reader, services);
  linkOnDemand(
    loaded.files.map((file) => file.document),
    services.shared,
  );
  return await compileLoaded(services, loaded, reader, options);
}

/** The passes over all files and what they mean, of which an editor repeats only what a change has a bearing on. */
export interface Passes {
  /** The context in which files are lowered; it collects what cannot be. */
  contextOf(roots: readonly ast.Document[], tables: DataTables): LoweringContext;
  /** What is wrong with the names and the contents of the files. */
  check(
    documents: readonly LangiumDocument[],
    access: DataFileAccess,
    languages?: readonly string[],
  ): Given<readonly Diagnostic[]>;
  /** What the files mean. */
  lower(
    roots: readonly ast.Document[],
    context: LoweringContext,
    head: Pick<Model, 'title' | 'sourceHash'>,
  ): Given<Model>;
  /** What follows from a model without simulating it. */
  analyse(model: Model): Given<Pick<Analysis, 'diagnostics'>>;
}

/** Given at once or after a while. */
type Given<T> = T | Promise<T>;

/** Compiles files that are read, parsed and known to one another. */
export async function compileLoaded(
  services: PathwayServices,
  loaded: LoadedFiles,
  reader: SourceReader,
  options: CompileOptions,
  passes: Passes = wholePasses(services),
): Promise<Compilation> {
  const documents = loaded.files.map((file) => file.document);
  const dataTexts = await readDataFiles(loaded.files, reader);
  const texts = new Map([
    ...loaded.files.map(({ file, text }): [string, string] => [file, text]),
    ...existing(dataTexts),
  ]);
  const unlocked = await packagesAreAsLocked(loaded.files, texts, reader);
  const roots = rootsOf(documents);
  const tables = await tablesOf(dataTexts);
  const context = passes.contextOf(roots, tables);
  const syntax = loaded.files.flatMap(({ document, file, text }) =>
    syntaxDiagnostics(document.parseResult, file, text),
  );
  // A tree with mistakes of syntax lacks parts that its types promise, and has no meaning to lower.
  const model =
    syntax.length > 0
      ? undefined
      : await passes.lower(roots, context, { title: '', sourceHash: hashOf(texts, loaded.files) });
  const found: Diagnostic[] = [
    ...loaded.diagnostics,
    ...syntax,
    ...unlocked,
    ...withoutConsequences(syntax, await passes.check(documents, accessTo(tables), options.languages)),
    ...context.diagnostics,
  ];
  const sound = !found.some((diagnostic) => diagnostic.severity === 'error');
  const titled =
    sound && model !== undefined ? deepFreeze({ ...model, title: options.title ?? defaultTitle(model) }) : undefined;
  if (titled !== undefined && options.meaningOnly !== true) {
    found.push(...(await passes.analyse(titled)).diagnostics, ...pathwaysAreApproved(titled));
    if (options.asOf !== undefined)
      found.push(...agreementsHoldOn(titled, options.asOf), ...improvementsAreMade(titled, options.asOf));
  }
  return {
    model: titled,
    diagnostics: withAllowances(applySeverities(found, severitiesOf(options)), loaded.files),
    files: loaded.files.map(({ file }) => file),
    texts,
  };
}

/** The reader of CSV files is loaded when there are some: most projects have none, and editors wait for what is loaded. */
async function tablesOf(texts: ReadonlyMap<string, string | undefined>): Promise<DataTables> {
  if (texts.size === 0) return noTables();
  const { parseTable } = await import('./workspace/csv.js');
  return new DataTables(texts, parseTable);
}

/** Whoever asks for languages asks for the check of missing titles. */
function severitiesOf({ severities, languages }: CompileOptions): SeverityConfiguration {
  return { ...(languages !== undefined && { PW9005: 'information' as const }), ...severities };
}

function wholePasses(services: PathwayServices): Passes {
  return {
    contextOf: (roots, tables) => new LoweringContext(roots, tables),
    check: (documents, access, languages) => {
      const roots = rootsOf(documents);
      const context = createValidationContext(roots, access, languages);
      return [...validateNames(documents, services), ...roots.flatMap((root) => validateDocument(root, context))];
    },
    lower,
    analyse: (model) => analyse(model),
  };
}

function accessTo(tables: DataTables): DataFileAccess {
  return {
    columnsOf: (place, path) => tables.find(place, path)?.columns,
    lengthOf: (place, path, column) => {
      const table = tables.find(place, path);
      return table?.columns.includes(column) === true ? table.rows.length : undefined;
    },
  };
}

/** Applies the comments that silence a finding, then orders by place. */
function withAllowances(diagnostics: readonly Diagnostic[], files: readonly LoadedFile[]): readonly Diagnostic[] {
  const kept = files.reduce<readonly Diagnostic[]>(
    (left, { file, text }) => applyAllowances(file, text, left),
    diagnostics,
  );
  return [...kept].sort(compareDiagnostics);
}

function rootsOf(documents: readonly LangiumDocument[]): readonly ast.Document[] {
  return documents.map((document) => document.parseResult.value).filter(ast.isDocument);
}

/** The texts of the data files that files name, by their project paths; undefined where there is none. */
export async function readDataFiles(
  files: readonly LoadedFile[],
  reader: SourceReader,
): Promise<ReadonlyMap<string, string | undefined>> {
  const texts = new Map<string, string | undefined>();
  for (const { document } of files) {
    const root = document.parseResult.value;
    if (!ast.isDocument(root)) continue;
    for (const { file } of dataFilesIn(root)) {
      const path = resolveProjectPath(fileOf(document.uri), file);
      if (path !== undefined && !texts.has(path)) texts.set(path, await reader.read(path));
    }
  }
  return texts;
}

function existing(texts: ReadonlyMap<string, string | undefined>): [string, string][] {
  return [...texts].filter((entry): entry is [string, string] => entry[1] !== undefined);
}

/** One hash over all texts by path; line ends and a byte-order mark do not count, nor does the order of reading. */
function hashOf(texts: ReadonlyMap<string, string>, files: readonly LoadedFile[]): string {
  const loaded = new Map(files.map((file) => [file.file, file]));
  const lines = [...texts].map(([path, text]) => {
    const file = loaded.get(path);
    return `${path}\n${file === undefined ? hashOfText(text) : hashOfFile(file)}\n`;
  });
  return sha256Hex(lines.sort().join(''));
}

const hashes = new WeakMap<LoadedFile, string>();

/** The hash of a file that is read; a changed one is read anew. */
function hashOfFile(file: LoadedFile): string {
  const hash = hashes.get(file) ?? hashOfText(file.text);
  hashes.set(file, hash);
  return hash;
}

function hashOfText(text: string): string {
  return sha256Hex(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
}

function defaultTitle(model: Model): string {
  const first = model.studies[0] ?? model.pathways[0];
  return first?.title ?? first?.name ?? 'Pathway';
}
