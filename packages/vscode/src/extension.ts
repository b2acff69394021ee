import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { DiagramPanels } from './diagram-panel.js';
import { StudyRunner } from './study-runner.js';

let client: LanguageClient | undefined;

/** Begins when a Pathway file or a folder with one is opened. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('server.mjs'), transport: TransportKind.stdio };
  client = new LanguageClient(
    'pathway',
    'Pathway',
    { run: server, debug: server },
    {
      documentSelector: [{ language: 'pathway' }],
      outputChannelName: 'Pathway',
    },
  );
  const running = client;
  const diagrams = new DiagramPanels(context, running);
  const studies = new StudyRunner(context, running);
  context.subscriptions.push(
    diagrams,
    studies,
    vscode.commands.registerCommand('pathway.showDiagram', (uri?: unknown, name?: unknown) =>
      diagrams.show(
        typeof uri === 'string' ? vscode.Uri.parse(uri) : undefined,
        typeof name === 'string' ? name : undefined,
      ),
    ),
    vscode.commands.registerCommand('pathway.exportDiagram', () => diagrams.save()),
    vscode.commands.registerCommand('pathway.runStudy', (uri?: unknown, name?: unknown) =>
      studies.run(
        typeof uri === 'string' ? vscode.Uri.parse(uri) : undefined,
        typeof name === 'string' ? name : undefined,
      ),
    ),
    vscode.commands.registerCommand('pathway.showReferences', showReferences),
    vscode.commands.registerCommand('pathway.restartServer', () => running.restart()),
    vscode.workspace.registerTextDocumentContentProvider('pathway-library', {
      provideTextDocumentContent: async (uri) => {
        const text: unknown = await running.sendRequest('pathway/libraryText', { uri: uri.toString() });
        return typeof text === 'string' ? text : '';
      },
    }),
  );
  running.onNotification('pathway/checked', () => void diagrams.refresh());
  await running.start();
}

/** Ends the server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** What the lens with the number of references shows: the protocol's places as the editor's own. */
async function showReferences(uri: unknown, position: unknown, locations: unknown): Promise<void> {
  if (typeof uri !== 'string' || client === undefined || !isPosition(position) || !Array.isArray(locations)) return;
  const places = locations
    .filter(isLocation)
    .map(
      (each) =>
        new vscode.Location(
          vscode.Uri.parse(each.uri),
          new vscode.Range(
            each.range.start.line,
            each.range.start.character,
            each.range.end.line,
            each.range.end.character,
          ),
        ),
    );
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    vscode.Uri.parse(uri),
    new vscode.Position(position.line, position.character),
    places,
  );
}

interface Place {
  readonly line: number;
  readonly character: number;
}

function isPosition(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

function isLocation(value: unknown): value is { uri: string; range: { start: Place; end: Place } } {
  return typeof value === 'object' && value !== null && 'uri' in value && 'range' in value;
}
