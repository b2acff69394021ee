import { type ExtensionContext, FileType, Uri, workspace } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import * as z from 'zod';
import type { Surroundings } from './surroundings.js';

const fileSchema = z.object({ uri: z.string() });

/** Folders that hold nothing of a project's own. */
const NEVER = /^(node_modules|\..*)$/;

/** The server and tasks in web workers; files come from the editor, wherever it has them. */
export const browser: Surroundings = {
  client(context, options) {
    const client = new LanguageClient(
      'pathway',
      'Pathway',
      () => Promise.resolve(workerOf(context, 'server-web')),
      options,
    );
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
    const worker = workerOf(context, `${name}-web`);
    return {
      send: (task) => worker.postMessage(task),
      onMessage: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
      onEnd: (listener) => worker.addEventListener('error', ({ message }) => listener(new Error(message))),
      end: () => worker.terminate(),
    };
  },
};

function workerOf(context: ExtensionContext, name: string): Worker {
  return new Worker(Uri.joinPath(context.extensionUri, `${name}.js`).toString(true));
}

async function list(folder: Uri, found: string[]): Promise<void> {
  const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
  for (const [name, type] of entries) {
    const place = Uri.joinPath(folder, name);
    if ((type & FileType.Directory) !== 0 && !NEVER.test(name)) await list(place, found);
    else if (name.endsWith('.pathway') || name === 'pathway.config.json') found.push(place.toString());
  }
}
