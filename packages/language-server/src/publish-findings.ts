import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  compileProject,
  createProjectReader,
  findProjects,
  ProjectError,
  type Project,
  type ProjectCompilation,
} from '@pathway/compiler';
import type { TextDocumentProvider } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { editorDiagnostic, type Finding, type FindingsStore } from './findings-store.js';

/** Typing pauses shorter than this start no check, in milliseconds. */
const PAUSE = 200;

/** The open documents, as Langium keeps them. */
export interface OpenDocuments extends TextDocumentProvider {
  onDidChangeContent(listener: (event: { readonly document: { readonly uri: string } }) => void): unknown;
  onDidClose(listener: (event: { readonly document: { readonly uri: string } }) => void): unknown;
}

/**
 * Checks the project of a document after each pause in typing, with the texts as they are in the editor, and shows the
 * findings of all its files.
 */
export function publishFindings(connection: Connection, documents: OpenDocuments, store: FindingsStore): void {
  const timers = new Map<string, NodeJS.Timeout>();
  const shown = new Map<string, ReadonlySet<string>>();
  let turn = Promise.resolve();

  const check = async (uri: string): Promise<void> => {
    const project = await projectOf(uri);
    if (project === undefined) return;
    const compilation = await compileProject(project, openFirst(project, documents));
    const byUri = findingsByUri(project, compilation);
    for (const cleared of shown.get(project.root) ?? []) if (!byUri.has(cleared)) byUri.set(cleared, []);
    for (const [file, findings] of byUri) {
      store.set(file, findings);
      await connection.sendDiagnostics({ uri: file, diagnostics: findings.map(editorDiagnostic) });
    }
    shown.set(project.root, new Set([...byUri].filter(([, findings]) => findings.length > 0).map(([file]) => file)));
  };

  const schedule = (uri: string): void => {
    if (!uri.startsWith('file:')) return;
    clearTimeout(timers.get(uri));
    const timer = setTimeout(() => {
      timers.delete(uri);
      turn = turn.then(() => check(uri)).catch((error: unknown) => tell(connection, error));
    }, PAUSE);
    timers.set(uri, timer);
  };
  documents.onDidChangeContent(({ document }) => schedule(document.uri));
  // A closed document counts again as it is on disk.
  documents.onDidClose(({ document }) => schedule(document.uri));
}

/** The project of a file with all its entries, and the file itself where no entry leads to it. */
async function projectOf(uri: string): Promise<Project | undefined> {
  const path = fileURLToPath(uri);
  const [own] = await findProjects([path], '/').catch(() => []);
  if (own === undefined) return undefined;
  const [whole] = await findProjects([own.root], '/').catch(() => []);
  if (whole === undefined) return own;
  return { ...whole, entryFiles: [...new Set([...whole.entryFiles, ...own.entryFiles])].sort() };
}

function openFirst(project: Project, documents: OpenDocuments): ReturnType<typeof createProjectReader> {
  const disk = createProjectReader(project);
  return {
    read: (path) => {
      const open = documents.get(uriIn(project, path));
      return open === undefined ? disk.read(path) : Promise.resolve(open.getText());
    },
  };
}

function uriIn(project: Project, file: string): string {
  if (file.startsWith('package:')) return `package:///${file.slice('package:'.length)}`;
  if (file.startsWith('library:')) return `builtin:///${file.slice('library:'.length)}`;
  return pathToFileURL(join(project.root, ...file.split('/'))).href;
}

function findingsByUri(project: Project, { diagnostics }: ProjectCompilation): Map<string, Finding[]> {
  const byUri = new Map<string, Finding[]>();
  const uriOf = (file: string): string => uriIn(project, file);
  for (const diagnostic of diagnostics) {
    const uri = uriOf(diagnostic.range.file);
    const findings = byUri.get(uri) ?? [];
    findings.push({ diagnostic, uriOf });
    byUri.set(uri, findings);
  }
  return byUri;
}

function tell(connection: Connection, error: unknown): void {
  if (error instanceof ProjectError) connection.console.warn(`${error.message} ${error.advice ?? ''}`.trim());
  else
    connection.console.error(
      `Pathway met an error of its own: ${error instanceof Error ? error.message : String(error)}`,
    );
}
