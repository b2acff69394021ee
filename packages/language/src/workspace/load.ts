import type { LangiumDocument } from 'langium';
import { createDiagnostic, type Diagnostic, nearestText, type Origin } from '@pathway/model';
import type { SourceReader } from '../compilation.js';
import * as ast from '../generated/ast.js';
import { LIBRARY_TEXTS } from '../library/generated/texts.js';
import type { PathwayServices } from '../module.js';
import { fileOf, uriOfFile } from './files.js';
import { importedUri, LIBRARY_SCHEME } from './imports.js';
import { relativeImport } from './paths.js';

export interface LoadedFile {
  readonly file: string;
  readonly text: string;
  readonly document: LangiumDocument;
}

export interface LoadedFiles {
  /** Imported files before those that import them. */
  readonly files: readonly LoadedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads and parses the entry files and, through their imports, every file they need.
 * @param known files that are read and parsed already and have not changed since
 * @param parsed files that are parsed already, each taken where the text that is read is still its own
 */
export async function loadFiles(
  entryFiles: readonly string[],
  reader: SourceReader,
  services: PathwayServices,
  known: ReadonlyMap<string, LoadedFile> = new Map(),
  parsed: ReadonlyMap<string, LoadedFile> = new Map(),
): Promise<LoadedFiles> {
  const loader = new Loader(reader, services, entryFiles, known, parsed);
  for (const file of entryFiles) await loader.visit(file, [], undefined);
  return { files: loader.files, diagnostics: loader.diagnostics };
}

class Loader {
  readonly files: LoadedFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly done = new Set<string>();

  constructor(
    private readonly reader: SourceReader,
    private readonly services: PathwayServices,
    private readonly entryFiles: readonly string[],
    private readonly known: ReadonlyMap<string, LoadedFile>,
    private readonly parsed: ReadonlyMap<string, LoadedFile>,
  ) {}

  /** Visits a file once, its imports first. `open` are the files whose imports are being read, outermost first. */
  async visit(file: string, open: readonly string[], from: ImportPlace | undefined): Promise<void> {
    if (open.includes(file)) {
      const circle = [...open.slice(open.indexOf(file)), file].join(' → ');
      this.diagnostics.push(createDiagnostic('PW2004', { circle }, from?.origin ?? startOf(file)));
      return;
    }
    if (this.done.has(file)) return;
    this.done.add(file);
    const loaded = this.known.get(file) ?? (await this.read(file));
    if (loaded === undefined) {
      const path = from?.path ?? file;
      this.diagnostics.push(this.notFound(path, from));
      return;
    }
    const { document } = loaded;
    const root = document.parseResult.value;
    for (const statement of ast.isDocument(root) ? root.imports : []) {
      if (statement.path === undefined) continue;
      const prefix = statement.name === undefined ? '' : ` as ${statement.name}`;
      const place = { origin: importOrigin(statement, file), path: statement.path, prefix };
      const target = this.target(document, statement, place);
      if (target !== undefined) await this.visit(target, [...open, file], place);
    }
    this.files.push(loaded);
  }

  private target(document: LangiumDocument, statement: ast.Import, place: ImportPlace): string | undefined {
    const leaves = climbsOut(fileOf(document.uri), statement.path);
    const uri = leaves ? undefined : importedUri(document.uri, statement.path);
    if (uri !== undefined) return fileOf(uri);
    const code = leaves || statement.path.startsWith('/') ? 'PW2009' : 'PW2003';
    this.diagnostics.push(
      code === 'PW2003' ? this.notFound(place.path, place) : createDiagnostic(code, { path: place.path }, place.origin),
    );
    return undefined;
  }

  /** That nothing is at a path, with the nearest one that there is: of the project's files or the shipped library. */
  private notFound(path: string, from: ImportPlace | undefined): Diagnostic {
    if (from === undefined) return createDiagnostic('PW2003', { path, suggestion: '' }, startOf(path));
    const inProject = this.entryFiles.flatMap((file) => relativeImport(from.origin.file, file) ?? []);
    const inLibrary = Array.from(LIBRARY_TEXTS.keys(), (file) => file.replace(/\.pathway$/, ''));
    const known = [...inProject, ...inLibrary, ...inLibrary.map((file) => file.replace(/^std\//, ''))];
    const nearest = nearestText(path, known) ?? nearestText(`./${path}.pathway`, inProject);
    const suggestion = nearest === undefined ? '' : inLibrary.includes(`std/${nearest}`) ? `std/${nearest}` : nearest;
    if (suggestion === '' || suggestion === path)
      return createDiagnostic('PW2003', { path, suggestion: '' }, from.origin);
    return createDiagnostic('PW2003', { path, suggestion }, from.origin, {
      fixes: [
        {
          title: `Import "${suggestion}"`,
          edits: [{ origin: from.origin, newText: `import "${suggestion}"${from.prefix}` }],
        },
      ],
    });
  }

  private async read(file: string): Promise<LoadedFile | undefined> {
    const uri = uriOfFile(file);
    const text = uri.scheme === LIBRARY_SCHEME ? LIBRARY_TEXTS.get(uri.path.slice(1)) : await this.reader.read(file);
    // While the text was read, an editor may have given a newer one.
    const known = this.known.get(file);
    if (known !== undefined || text === undefined) return known;
    const parsed = this.parsed.get(file);
    return parsed?.text === text ? parsed : parseFile(file, text, this.services);
  }
}

/** Parses a text and takes it into the services as the file of a path, in place of what stood there. */
export function parseFile(file: string, text: string, services: PathwayServices): LoadedFile {
  const { LangiumDocumentFactory, LangiumDocuments } = services.shared.workspace;
  const uri = uriOfFile(file);
  LangiumDocuments.deleteDocument(uri);
  const document = LangiumDocumentFactory.fromString(text, uri);
  LangiumDocuments.addDocument(document);
  return { file, text, document };
}

interface ImportPlace {
  readonly origin: Origin;
  readonly path: string;
  /** ` as name`, where it has one. */
  readonly prefix: string;
}

/** Whether `../` climbs above the folder of the project or package. */
function climbsOut(importer: string, path: string): boolean {
  if (!path.startsWith('.')) return false;
  let depth = importer.slice(importer.indexOf(':') + 1).split('/').length - 1;
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '.' && part !== '') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

function importOrigin(statement: ast.Import, file: string): Origin {
  const range = statement.$cstNode?.range;
  if (range === undefined) return startOf(file);
  return {
    file,
    line: range.start.line + 1,
    column: range.start.character + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.character + 1,
  };
}

function startOf(file: string): Origin {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
