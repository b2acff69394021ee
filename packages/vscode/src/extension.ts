import { type ExtensionContext, tasks } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { start } from './activation.js';
import { desktop } from './desktop.js';
import { pathwayTasks } from './task-provider.js';

let client: BaseLanguageClient | undefined;

/** On a desktop, or where the editor's extensions run on a server. */
export async function activate(context: ExtensionContext): Promise<void> {
  // A browser has no terminal to run them in.
  context.subscriptions.push(tasks.registerTaskProvider('pathway', pathwayTasks));
  client = await start(context, desktop);
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
