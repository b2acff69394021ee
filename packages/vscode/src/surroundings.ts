import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { ExtensionContext } from 'vscode';

/** The workers of the extension, by the names of their bundles. */
type WorkerName = 'picture-worker' | 'study-worker';

/** A worker that does one task and tells of it. */
export interface TaskWorker {
  send(task: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, when the worker has ended by itself, with what went wrong where something did. */
  onEnd(listener: (error?: Error) => void): void;
  /** Ends it at once, whatever it is doing. */
  end(): void;
}

/** What is different on a desktop and in a browser. */
export interface Surroundings {
  client(context: ExtensionContext, options: LanguageClientOptions): BaseLanguageClient;
  worker(context: ExtensionContext, name: WorkerName): TaskWorker;
}
