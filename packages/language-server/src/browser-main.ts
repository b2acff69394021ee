import { BrowserMessageReader, BrowserMessageWriter, createMessageConnection } from 'vscode-jsonrpc/browser';
import { EditorConnection } from './editor-connection.js';
import { clientHost } from './hosts/client-host.js';
import { servePathway } from './pathway-server.js';
import { sessionOrder } from './session-order.js';
import { LIST_REQUEST, READ_REQUEST } from './protocol.js';

function isPort(value: unknown): value is MessagePort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** The server inside a web worker; files come from the editor, which ends the worker itself. */
const scope: unknown = globalThis;
if (!isPort(scope)) throw new Error('this runs in a web worker');
const writer = new BrowserMessageWriter(scope);
const reader = new BrowserMessageReader(scope);
const rpc = createMessageConnection(reader, writer, undefined, { messageStrategy: sessionOrder(writer) });
const connection = new EditorConnection(rpc, { end: () => undefined, watch: () => undefined });
servePathway(connection, (folders) =>
  clientHost({
    folders,
    list: (uri) => rpc.sendRequest<string[]>(LIST_REQUEST, { uri }),
    read: async (uri) => (await rpc.sendRequest<string | null>(READ_REQUEST, { uri })) ?? undefined,
  }),
);
