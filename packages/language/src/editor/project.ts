import type { ModelFacts } from '@pathway/analysis';
import type { Diagnostic, DiagnosticCode, Model } from '@pathway/model';
import { EmptyFileSystem, type LangiumDocument } from 'langium';
import type { Compilation, CompileOptions, SourceReader } from '../compilation.js';
import { compileLoaded } from '../compile.js';
import * as ast from '../generated/ast.js';
import { createPathwayServices, type PathwayServices } from '../module.js';
import { syntaxDiagnostics, withoutConsequences } from '../parser/syntax-diagnostics.js';
import {
  applyAllowances,
  applySeverities,
  type SeverityConfiguration,
  createValidationContext,
  validateDocument,
  validateNames,
} from '../validation/index.js';
import { LIBRARY_SCHEME } from '../workspace/imports.js';
import { loadFiles, parseFile, type LoadedFile } from '../workspace/load.js';
import { isBroken } from '../validation/linking.js';
import { packFile } from '../tree/pack-file.js';
import { CstShelf } from '../tree/packed-cst.js';
import { watchReads } from '../tree/reads.js';
import { changesBetween } from './changes.js';
import { IncrementalPasses } from './incremental-passes.js';
import { Links } from './links.js';

/** Where an editor finds a file of the project: its path as origins have it → an address. */
export type UriOf = (file: string) => string;

/** What came of the latest check of a project. */
export interface CheckedProject extends Compilation {
  /** What follows from the model without simulation; absent without a model. */
  readonly facts: ModelFacts | undefined;
}

/**
 * The files of one project as an editor has them at the moment, parsed and known to one another. An edit is taken in at
 * once, so that every question is answered from the text as it is; `check` then says what is wrong with the whole.
 */
export class EditorProject {
  readonly services: PathwayServices = createPathwayServices(EmptyFileSystem).pathway;
  readonly uriOf: UriOf;
  readonly #known = new Map<string, LoadedFile>();
  readonly #links = new Links(this.services);
  readonly #passes = new IncrementalPasses(this.services);
  readonly #shelf = new CstShelf();
  /** The files that were edited last, whose concrete syntax is not packed. */
  readonly #edited: LoadedFile[] = [];
  /** Counts edits, so that a check notices that it has been overtaken. */
  #revision = 0;
  #reading: Promise<unknown> = Promise.resolve();
  #checking: Promise<unknown> = Promise.resolve();
  #latest: CheckedProject | undefined;
  #lastModel: Model | undefined;
  #lastFacts: ModelFacts | undefined;

  constructor(uriOf: UriOf) {
    this.uriOf = uriOf;
  }

  /** The latest whole check; undefined before the first. */
  get latest(): CheckedProject | undefined {
    return this.#latest;
  }

  /** The model as it was when the texts last had one. */
  get lastModel(): Model | undefined {
    return this.#lastModel;
  }

  /** What followed from that model. */
  get lastFacts(): ModelFacts | undefined {
    return this.#lastFacts;
  }

  /** Every file that is read, in order of path. */
  get files(): readonly LoadedFile[] {
    return [...this.#known.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  }

  file(path: string): LoadedFile | undefined {
    return this.#known.get(path);
  }

  /** The tree of a file; undefined where it is not part of the project. */
  root(path: string): ast.Document | undefined {
    const root = this.#known.get(path)?.document.parseResult.value;
    return root !== undefined && ast.isDocument(root) ? root : undefined;
  }

  /** Every tree with its file. */
  get roots(): readonly { readonly file: string; readonly root: ast.Document }[] {
    return this.files.flatMap(({ file }) => {
      const root = this.root(file);
      return root === undefined ? [] : [{ file, root }];
    });
  }

  /** Takes in the text of a file as it is in the editor. */
  setText(file: string, text: string): LoadedFile {
    const before = this.#known.get(file);
    if (before?.text === text) return before;
    this.#revision++;
    const after = parseFile(file, text, this.services);
    this.#known.set(file, after);
    this.#replace(before?.document, after.document);
    this.#packOthers(after);
    return after;
  }

  /** Packs the concrete syntax of files that have not been edited for as long as others. */
  #packOthers(edited: LoadedFile): void {
    const place = this.#edited.findIndex(({ file }) => file === edited.file);
    if (place >= 0) this.#edited.splice(place, 1);
    this.#edited.push(edited);
    for (const { file, text, document } of this.#edited.splice(0, this.#edited.length - MOST_EDITED))
      if (this.#known.get(file)?.document === document) packFile(document.parseResult.value, text, this.#shelf);
  }

  /** Forgets a file that was changed or deleted outside; it is read again when it is needed. */
  forget(file: string): void {
    this.#revision++;
    const before = this.#known.get(file);
    if (before === undefined) return;
    this.#known.delete(file);
    this.services.shared.workspace.LangiumDocuments.deleteDocument(before.document.uri);
    this.#replace(before.document, undefined);
  }

  /** Puts a version of a file in the place of another, and forgets what that has a bearing on. */
  #replace(before: LangiumDocument | undefined, after: LangiumDocument | undefined): void {
    const { files, namesChanged } = this.#links.replace(before, after);
    const uri = (before ?? after)?.uri.toString() ?? '';
    const wasBroken = [before, after].some((document) => document !== undefined && isBroken(document));
    this.#passes.forget(changesBetween(before, after, uri, files), namesChanged || wasBroken);
    const root = after?.parseResult.value;
    if (ast.isDocument(root)) watchReads(root);
  }

  /**
   * Reads what is missing and says what is wrong with the project. Undefined where an edit overtook the check: the next
   * one tells. One check runs at a time; each begins anew only what an edit since the last has a bearing on.
   * @param pause lets others have their turn; called often, it decides itself when it is time
   */
  async check(
    entryFiles: readonly string[],
    reader: SourceReader,
    options: CompileOptions = {},
    pause: () => Promise<void> = () => Promise.resolve(),
  ): Promise<CheckedProject | undefined> {
    const revision = this.#revision;
    const check = this.#checking.then(() => this.#check({ entryFiles, reader, options, pause, revision }));
    this.#checking = check.catch(() => undefined);
    try {
      return await check;
    } catch (error) {
      if (error instanceof Overtaken) return undefined;
      throw error;
    }
  }

  async #check({ entryFiles, reader, options, pause, revision }: CheckRequest): Promise<CheckedProject | undefined> {
    if (revision !== this.#revision) return undefined;
    const loaded = await this.#inTurn(() => this.#load(entryFiles, reader));
    if (revision !== this.#revision) return undefined;
    let facts: ModelFacts | undefined;
    this.#passes.breathe = async () => {
      await pause();
      if (revision !== this.#revision) throw new Overtaken();
    };
    const compilation = await compileLoaded(this.services, loaded, reader, options, {
      contextOf: (roots, tables) => this.#passes.contextOf(roots, tables),
      check: (documents, access, languages) => this.#passes.check(documents, access, languages),
      lower: (roots, context, head) => this.#passes.lower(roots, context, head),
      analyse: async (model) => {
        const analysis = await this.#passes.analyse(model);
        facts = analysis.facts;
        return analysis;
      },
    });
    if (revision !== this.#revision) return undefined;
    this.#latest = { ...compilation, facts };
    if (compilation.model !== undefined) {
      this.#lastModel = compilation.model;
      this.#lastFacts = facts;
    }
    return this.#latest;
  }

  /** Reads a file and what it imports, so that questions about it can be answered before the rest is read. */
  async open(file: string, reader: SourceReader): Promise<readonly LoadedFile[]> {
    return await this.#inTurn(async () => {
      const loaded = await loadFiles([file], reader, this.services, this.#known);
      this.#adopt(loaded.files);
      return loaded.files;
    });
  }

  /**
   * What is wrong in a file as far as the file and what it imports can tell, before the rest of the project is read:
   * nothing is said of what others may refer to, measure or declare.
   */
  checkFile(file: string, severities: SeverityConfiguration = {}): readonly Diagnostic[] {
    const loaded = this.#known.get(file);
    const root = this.root(file);
    if (loaded === undefined || root === undefined) return [];
    const context = createValidationContext(this.roots.map((each) => each.root));
    const syntax = syntaxDiagnostics(loaded.document.parseResult, file, loaded.text);
    const checked = [...validateNames([loaded.document], this.services), ...validateDocument(root, context)];
    const found = [...syntax, ...withoutConsequences(syntax, checked)].filter(({ code }) => !OF_THE_WHOLE.has(code));
    return applyAllowances(file, loaded.text, applySeverities(found, severities)).filter(
      ({ code }) => code !== 'PW9003',
    );
  }

  /** Mistakes of syntax in a file as it is now. */
  syntaxOf(file: string): readonly Diagnostic[] {
    const loaded = this.#known.get(file);
    return loaded === undefined ? [] : syntaxDiagnostics(loaded.document.parseResult, file, loaded.text);
  }

  /** Reads one after the other, so that no file is parsed twice and stands beside itself. */
  #inTurn<T>(read: () => Promise<T>): Promise<T> {
    const next = this.#reading.then(read, read);
    this.#reading = next;
    return next;
  }

  async #load(entryFiles: readonly string[], reader: SourceReader): ReturnType<typeof loadFiles> {
    const loaded = await loadFiles(entryFiles, reader, this.services, this.#known);
    this.#adopt(loaded.files);
    const wanted = new Set(loaded.files.map(({ file }) => file));
    for (const [file, { document }] of [...this.#known]) {
      if (wanted.has(file)) continue;
      this.#known.delete(file);
      this.services.shared.workspace.LangiumDocuments.deleteDocument(document.uri);
      this.#replace(document, undefined);
    }
    return loaded;
  }

  #adopt(files: readonly LoadedFile[]): void {
    const added: LangiumDocument[] = [];
    for (const loaded of files) {
      if (this.#known.get(loaded.file) === loaded) continue;
      // An edit that came while the file was being read wins.
      if (this.#known.has(loaded.file)) continue;
      this.#known.set(loaded.file, loaded);
      packFile(loaded.document.parseResult.value, loaded.text, this.#shelf);
      added.push(loaded.document);
    }
    if (added.length === 0) return;
    const relinked = this.#links.add(added);
    for (const document of added) {
      this.#passes.forget(changesBetween(undefined, document, document.uri.toString(), relinked), true);
      const root = document.parseResult.value;
      if (ast.isDocument(root)) watchReads(root);
    }
  }
}

/** Files that are edited at the same time, as a rule. */
const MOST_EDITED = 8;

/** Thrown inside a check that an edit has overtaken. */
class Overtaken extends Error {}

interface CheckRequest {
  readonly entryFiles: readonly string[];
  readonly reader: SourceReader;
  readonly options: CompileOptions;
  readonly pause: () => Promise<void>;
  readonly revision: number;
}

/** What only the whole project can tell: who refers to a thing, what is simulated, what other files declare. */
const OF_THE_WHOLE: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'PW2001',
  'PW2005',
  'PW2006',
  'PW2010',
  'PW2013',
  'PW7003',
  'PW7010',
  'PW9005',
]);

/** Whether a file belongs to the shipped library or to a package, so that it cannot be changed here. */
export function isForeign(file: string): boolean {
  return file.startsWith('library:') || file.startsWith('package:') || file.startsWith(`${LIBRARY_SCHEME}:`);
}
