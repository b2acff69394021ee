import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createEditorServices } from './editor-services.js';
import { FindingsStore } from './findings-store.js';
import { publishFindings } from './publish-findings.js';

/**
 * Serves an editor over standard input and output. The process ends when the editor says `exit` or closes the
 * connection, so the promise never settles.
 */
export function startServer(): Promise<never> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  const store = new FindingsStore();
  const { shared } = createEditorServices({ connection, ...NodeFileSystem }, store);
  publishFindings(connection, shared.workspace.TextDocuments, store);
  startLanguageServer(shared);
  return new Promise<never>(() => undefined);
}
