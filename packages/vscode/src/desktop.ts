import { Worker } from 'node:worker_threads';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { Surroundings } from './surroundings.js';

/** The server as a process of its own, and tasks in threads. */
export const desktop: Surroundings = {
  client(context, options) {
    const server = { module: context.asAbsolutePath('server.mjs'), transport: TransportKind.stdio };
    return new LanguageClient('pathway', 'Pathway', { run: server, debug: server }, options);
  },

  worker(context, name) {
    const worker = new Worker(context.asAbsolutePath(`${name}.cjs`));
    return {
      send: (task) => worker.postMessage(task),
      onMessage: (listener) => worker.on('message', listener),
      onEnd: (listener) => {
        worker.once('error', listener);
        worker.once('exit', () => listener());
      },
      end: () => void worker.terminate(),
    };
  },
};
