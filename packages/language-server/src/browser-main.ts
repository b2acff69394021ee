import { EditorConnection } from './editor-connection.js';
import { clientHost } from './hosts/client-host.js';
import { JsonRpc } from './json-rpc.js';
import { servePathway } from './pathway-server.js';
import { LIST_REQUEST, READ_REQUEST } from './protocol.js';

function isPort(value: unknown): value is MessagePort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

/** The server inside a web worker; files come from the editor, which ends the worker itself. */
const scope: unknown = globalThis;
if (!isPort(scope)) throw new Error('this runs in a web worker');
const port = scope;
const rpc = new JsonRpc({
  send: (message) => {
    port.postMessage(message);
  },
  listen: (hear) => {
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      hear(data);
    };
  },
});
const connection = new EditorConnection(rpc, { end: () => undefined, watch: () => undefined });
servePathway(connection, (folders) =>
  clientHost({
    folders,
    list: async (uri) => textsIn(await rpc.request(LIST_REQUEST, { uri })),
    read: async (uri) => {
      const text = await rpc.request(READ_REQUEST, { uri });
      return typeof text === 'string' ? text : undefined;
    },
  }),
);

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
