import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { start } from './activation.js';
import { desktop } from './desktop.js';

let client: BaseLanguageClient | undefined;

/** On a desktop, or where the editor's extensions run on a server. */
export async function activate(context: ExtensionContext): Promise<void> {
  client = await start(context, desktop);
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
