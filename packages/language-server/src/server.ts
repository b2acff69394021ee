import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { nodeHost } from './hosts/node-host.js';
import { servePathway } from './pathway-server.js';
import { sessionOrder } from './session-order.js';

/**
 * Serves an editor over standard input and output. The process ends when the editor says `exit` or closes the
 * connection, so the promise never settles.
 */
export function startServer(): Promise<never> {
  const reader = new StreamMessageReader(process.stdin);
  const writer = new StreamMessageWriter(process.stdout);
  const connection = createConnection(ProposedFeatures.all, reader, writer, { messageStrategy: sessionOrder(writer) });
  // The editor is gone: so is the reason to be here.
  reader.onClose(() => process.exit(1));
  servePathway(connection, () => nodeHost);
  return new Promise<never>(() => undefined);
}
