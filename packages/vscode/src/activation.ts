import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import * as z from 'zod';
import { DiagramPanels } from './diagram-panel.js';
import { StudyRunner } from './study-runner.js';
import type { Surroundings } from './surroundings.js';

const positionSchema = z.object({ line: z.number(), character: z.number() });
const referencesSchema = z.tuple([
  z.string(),
  positionSchema,
  z.array(z.object({ uri: z.string(), range: z.object({ start: positionSchema, end: positionSchema }) })),
]);

/** Begins when a Pathway file or a folder with one is opened; gives the server to be ended. */
export async function start(context: vscode.ExtensionContext, surroundings: Surroundings): Promise<BaseLanguageClient> {
  const client = surroundings.client(context, {
    documentSelector: [{ language: 'pathway' }],
    outputChannelName: 'Pathway',
  });
  const diagrams = new DiagramPanels(client, () => surroundings.worker(context, 'picture-worker'));
  const studies = new StudyRunner(client, () => surroundings.worker(context, 'study-worker'));
  const uriOf = (uri: unknown): vscode.Uri | undefined => (typeof uri === 'string' ? vscode.Uri.parse(uri) : undefined);
  const nameOf = (name: unknown): string | undefined => (typeof name === 'string' ? name : undefined);
  context.subscriptions.push(
    diagrams,
    studies,
    vscode.commands.registerCommand('pathway.showDiagram', (uri?: unknown, name?: unknown) =>
      diagrams.show(uriOf(uri), nameOf(name)),
    ),
    vscode.commands.registerCommand('pathway.exportDiagram', (target?: unknown) =>
      diagrams.save(target instanceof vscode.Uri ? target : undefined),
    ),
    vscode.commands.registerCommand('pathway.runStudy', (uri?: unknown, name?: unknown) =>
      studies.run(uriOf(uri), nameOf(name)),
    ),
    vscode.commands.registerCommand('pathway.showReferences', showReferences),
    vscode.commands.registerCommand('pathway.restartServer', async () => {
      await client.stop();
      await client.start();
    }),
    vscode.workspace.registerTextDocumentContentProvider('pathway-library', {
      provideTextDocumentContent: async (uri) => {
        const text: unknown = await client.sendRequest('pathway/libraryText', { uri: uri.toString() });
        return typeof text === 'string' ? text : '';
      },
    }),
  );
  client.onNotification('pathway/checked', () => void diagrams.refresh());
  await client.start();
  return client;
}

/** What the lens with the number of references shows: the protocol's places as the editor's own. */
async function showReferences(...given: readonly unknown[]): Promise<void> {
  const parsed = referencesSchema.safeParse(given);
  if (!parsed.success) return;
  const [uri, at, places] = parsed.data;
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    vscode.Uri.parse(uri),
    new vscode.Position(at.line, at.character),
    places.map(
      ({ uri: place, range: { start: from, end } }) =>
        new vscode.Location(
          vscode.Uri.parse(place),
          new vscode.Range(from.line, from.character, end.line, end.character),
        ),
    ),
  );
}
