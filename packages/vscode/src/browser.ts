import { type ExtensionContext, FileType, Uri, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import * as z from 'zod';
import type { Surroundings } from './surroundings.js';

const fileSchema = z.object({ uri: z.string() });

/** Folders that hold nothing of a project's own. */
const NEVER = /^(node_modules|\..*)$/;

/** The server and tasks in web workers; files come from the editor, wherever it has them. */
export const browser: Surroundings = {
  client(context, options) {
    const client = new LanguageClient('pathway', 'Pathway', () => transportsOf(context), options);
    client.onRequest('pathway/listFiles', async (params: unknown) => {
      const found: string[] = [];
      await list(Uri.parse(fileSchema.parse(params).uri), found);
      return found.sort();
    });
    client.onRequest('pathway/readFile', async (params: unknown) => {
      try {
        return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(fileSchema.parse(params).uri)));
      } catch {
        return null;
      }
    });
    return client;
  },

  worker(context, name) {
    const coming = workerOf(context, `${name}-web`);
    let isEnded = false;
    const then = (act: (worker: Worker) => void): void => void coming.then(act, () => undefined);
    return {
      send: (task) =>
        then((worker) => {
          if (!isEnded) worker.postMessage(task);
        }),
      onMessage: (listener) => then((worker) => worker.addEventListener('message', ({ data }) => listener(data))),
      onEnd: (listener) => {
        coming.then(
          (worker) => worker.addEventListener('error', ({ message }) => listener(new Error(message))),
          (error: unknown) => listener(error instanceof Error ? error : new Error(String(error))),
        );
      },
      end: () => {
        isEnded = true;
        then((worker) => worker.terminate());
      },
    };
  },
};

/** How to talk to the server; some editors give workers that the client would not know for such. */
async function transportsOf(context: ExtensionContext): Promise<MessageTransports> {
  const worker = await workerOf(context, 'server-web');
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}

/** A worker of the extension. Where the extension lies on a server, an editor takes no address there, but the text. */
async function workerOf({ extensionUri }: ExtensionContext, name: string): Promise<Worker> {
  const place = Uri.joinPath(extensionUri, `${name}.js`);
  if (/^https?$/.test(place.scheme)) return new Worker(place.toString(true));
  const text = new Blob([Uint8Array.from(await workspace.fs.readFile(place))], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(text));
}

async function list(folder: Uri, found: string[]): Promise<void> {
  const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
  for (const [name, type] of entries) {
    const place = Uri.joinPath(folder, name);
    if ((type & FileType.Directory) !== 0 && !NEVER.test(name)) await list(place, found);
    else if (name.endsWith('.pathway') || name === 'pathway.config.json') found.push(place.toString());
  }
}
