import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeHost } from './hosts/node-host.js';
import { servePathway } from './pathway-server.js';

/**
 * Serves an editor over standard input and output. The process ends when the editor says `exit` or closes the
 * connection, so the promise never settles.
 */
export function startServer(): Promise<never> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  servePathway(connection, () => nodeHost);
  return new Promise<never>(() => undefined);
}
