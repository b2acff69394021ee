import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { clientHost } from './hosts/client-host.js';
import { servePathway } from './pathway-server.js';
import { sessionOrder } from './session-order.js';
import { LIST_REQUEST, READ_REQUEST } from './protocol.js';

function isPort(value: unknown): value is MessagePort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** The server inside a web worker; files come from the editor. */
const scope: unknown = globalThis;
if (!isPort(scope)) throw new Error('this runs in a web worker');
const writer = new BrowserMessageWriter(scope);
const connection = createConnection(new BrowserMessageReader(scope), writer, { messageStrategy: sessionOrder(writer) });
servePathway(connection, (folders) =>
  clientHost({
    folders,
    list: (uri) => connection.sendRequest<string[]>(LIST_REQUEST, { uri }),
    read: async (uri) => (await connection.sendRequest<string | null>(READ_REQUEST, { uri })) ?? undefined,
  }),
);
