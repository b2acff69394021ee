import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { start } from './activation.js';
import { browser } from './browser.js';

let client: BaseLanguageClient | undefined;

/** In a browser alone. */
export async function activate(context: ExtensionContext): Promise<void> {
  client = await start(context, browser);
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
