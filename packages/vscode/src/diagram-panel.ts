import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import * as z from 'zod';
import { diagramPage } from './diagram-page.js';
import type { TaskWorker } from './surroundings.js';
import {
  modelAnswerSchema,
  type PictureAnswer,
  pictureAnswerSchema,
  placeAnswerSchema,
  type View,
  viewSchema,
} from './tasks.js';
import { isDarkTheme } from './theme.js';

/** Longest time for one drawing, in milliseconds. */
const DEADLINE = 20_000;
/** Pause in moving the cursor after which the picture follows. */
const PAUSE = 120;

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('save') }),
  z.object({ kind: z.literal('open'), origin: z.string() }),
  z.object({ kind: z.literal('png'), data: z.string() }),
  /** A view that stays, or none: the picture follows the cursor. */
  z.object({ kind: z.literal('view'), view: viewSchema.optional() }),
]);

const modelSchema = z.object({
  pathways: z.array(z.object({ id: z.string(), name: z.string(), title: z.string().optional() })),
});
type ModelHead = z.infer<typeof modelSchema>;

/** The diagram beside the text: of the pathway under the cursor, kept up with the text. */
export class DiagramPanels implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #newWorker: () => TaskWorker;
  readonly #disposables: vscode.Disposable[] = [];
  #panel: vscode.WebviewPanel | undefined;
  #uri: vscode.Uri | undefined;
  #rootUri = '';
  /** What the picture shows; the first pathway without it. */
  #view: View | undefined;
  /** Whether somebody has chosen what it shows, so that it does not follow the cursor. */
  #isChosen = false;
  #drawn = '';
  #svg = '';
  #worker: TaskWorker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pngTarget: { readonly uri: vscode.Uri; readonly done: () => void } | undefined;

  constructor(client: BaseLanguageClient, newWorker: () => TaskWorker) {
    this.#client = client;
    this.#newWorker = newWorker;
    this.#disposables.push(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document.languageId === 'pathway') this.#follow(textEditor);
      }),
      vscode.window.onDidChangeActiveColorTheme(() => {
        this.#drawn = '';
        void this.refresh();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#worker?.end();
    this.#panel?.dispose();
    for (const each of this.#disposables) each.dispose();
  }

  /** Opens the picture beside the text, of a pathway or of what the cursor is in. */
  async show(uri = vscode.window.activeTextEditor?.document.uri, name?: string): Promise<void> {
    if (uri === undefined) {
      void vscode.window.showInformationMessage('Open a Pathway file first.');
      return;
    }
    this.#uri = uri;
    if (this.#panel === undefined) {
      const panel = vscode.window.createWebviewPanel(
        'pathway.diagram',
        'Diagram',
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [], retainContextWhenHidden: true },
      );
      this.#panel = panel;
      panel.onDidDispose(() => (this.#panel = undefined));
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
      panel.webview.html = diagramPage(globalThis.crypto.randomUUID());
    } else this.#panel.reveal(undefined, true);
    this.#drawn = '';
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    this.#isChosen = false;
    if (name !== undefined) this.#named = name;
    else if (editor !== undefined) await this.#place(editor);
    await this.refresh();
  }

  /** The declaration that a lens named, until the model says what it is. */
  #named: string | undefined;

  /** Draws anew where the project has another meaning now. */
  async refresh(): Promise<void> {
    if (this.#panel === undefined || this.#uri === undefined) return;
    const answer: unknown = await this.#client.sendRequest('pathway/model', { uri: this.#uri.toString() });
    const parsed = modelAnswerSchema.safeParse(answer);
    if (!parsed.success || parsed.data.model === undefined) {
      await this.#tell({ kind: 'note', text: 'There is nothing to draw yet: the text has mistakes.' });
      return;
    }
    const { model, isStale, rootUri } = parsed.data;
    this.#rootUri = rootUri;
    const head = modelSchema.parse(JSON.parse(model));
    const view = this.#viewOf(head);
    if (view === undefined) {
      await this.#tell({ kind: 'note', text: 'There is no pathway in this project.' });
      return;
    }
    const direction =
      vscode.workspace.getConfiguration('pathway').get('diagram.direction') === 'right' ? 'right' : 'down';
    const task = { model, view, theme: isDarkTheme() ? 'dark' : 'light', direction };
    const key = JSON.stringify(task);
    await this.#tell({ kind: 'stale', isStale });
    if (key === this.#drawn) return;
    this.#drawn = key;
    const drawn = await this.#draw(task);
    if (this.#drawn !== key) return;
    const views = drawn.views ?? [];
    await this.#tell({ kind: 'views', views, ...(this.#isChosen && { chosen: view }) });
    if (drawn.svg !== undefined) {
      this.#svg = drawn.svg;
      this.#panel.title = `Diagram: ${titleOf(view, head, views)}`;
      await this.#tell({ kind: 'picture', svg: drawn.svg });
    } else await this.#tell({ kind: 'note', text: drawn.error ?? 'The diagram could not be drawn.' });
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId === 'pathway') this.#follow(editor);
  }

  /** What to show of a model: what was asked for, where it is there still; otherwise the first pathway. */
  #viewOf({ pathways }: ModelHead): View | undefined {
    if (this.#named !== undefined) {
      const named = pathways.find(({ id, name }) => id === this.#named || name === this.#named);
      this.#view = named === undefined ? { kind: 'map', name: 'crisis' } : { kind: 'pathway', id: named.id };
      this.#named = undefined;
    }
    const { kind, ...view } = this.#view ?? { kind: 'none' };
    const isThere = kind === 'map' || pathways.some(({ id }) => 'id' in view && id === view.id);
    const [first] = pathways;
    if (isThere) return this.#view;
    return first === undefined ? undefined : { kind: 'pathway', id: first.id };
  }

  /** Saves the picture as it is; asks where without a target. */
  async save(given?: vscode.Uri): Promise<void> {
    if (this.#svg === '' || this.#panel === undefined) {
      void vscode.window.showInformationMessage('Show a diagram first.');
      return;
    }
    const target = given ?? (await vscode.window.showSaveDialog({ filters: { SVG: ['svg'], PNG: ['png'] } }));
    if (target === undefined) return;
    if (!target.path.endsWith('.png')) {
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(this.#svg));
      return;
    }
    // The page of the picture makes the pixels, and only one that is seen does.
    this.#panel.reveal(undefined, true);
    const saved = new Promise<void>((done) => (this.#pngTarget = { uri: target, done }));
    await this.#tell({ kind: 'export' });
    await saved;
  }

  /** The picture follows the cursor: to another pathway, and to the node of the line. */
  #follow(editor: vscode.TextEditor): void {
    if (this.#panel === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void (async () => {
        const before = JSON.stringify(this.#view);
        const origin = await this.#place(editor);
        if (JSON.stringify(this.#view) !== before) await this.refresh();
        if (origin !== undefined) await this.#tell({ kind: 'mark', origin });
      })();
    }, PAUSE);
  }

  async #place(editor: vscode.TextEditor): Promise<string | undefined> {
    const { line, character } = editor.selection.active;
    const uri = editor.document.uri.toString();
    const answer: unknown = await this.#client.sendRequest('pathway/place', { uri, line, character });
    const parsed = placeAnswerSchema.safeParse(answer);
    if (!parsed.success || parsed.data === null) return undefined;
    const { kind, id, file, line: first } = parsed.data;
    if (!this.#isChosen) {
      this.#view = kind === 'pathway' ? { kind, id } : { kind: 'map', name: 'crisis' };
      this.#uri = editor.document.uri;
    }
    return `${file}:${first}`;
  }

  #draw(task: object): Promise<z.infer<typeof pictureAnswerSchema>> {
    this.#worker?.end();
    const worker = this.#newWorker();
    this.#worker = worker;
    return new Promise((resolve) => {
      const settle = (answer: z.infer<typeof pictureAnswerSchema>): void => {
        clearTimeout(late);
        resolve(answer);
        worker.end();
      };
      const late = setTimeout(() => settle({ error: 'The diagram takes too long to draw.' }), DEADLINE);
      worker.onMessage((message) => settle(pictureAnswerSchema.parse(message)));
      worker.onEnd((error) => settle({ error: error?.message ?? 'Overtaken by a newer drawing.' }));
      worker.send(task);
    });
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.kind === 'ready' && this.#svg !== '') await this.#tell({ kind: 'picture', svg: this.#svg });
    if (parsed.data.kind === 'save') await this.save();
    if (parsed.data.kind === 'open') await this.#open(parsed.data.origin);
    if (parsed.data.kind === 'view') {
      this.#isChosen = parsed.data.view !== undefined;
      const editor = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === 'pathway');
      if (parsed.data.view !== undefined) this.#view = parsed.data.view;
      else if (editor !== undefined) await this.#place(editor);
      await this.refresh();
    }
    if (parsed.data.kind === 'png' && this.#pngTarget !== undefined) {
      const { uri, done } = this.#pngTarget;
      this.#pngTarget = undefined;
      const data = atob(parsed.data.data.replace(/^data:image\/png;base64,/, ''));
      await vscode.workspace.fs.writeFile(
        uri,
        Uint8Array.from(data, (sign) => sign.charCodeAt(0)),
      );
      done();
    }
  }

  async #open(origin: string): Promise<void> {
    const [, file = '', line = '1'] = /^(.*):(\d+)$/.exec(origin) ?? [];
    if (file === '' || file.includes(':')) return;
    const uri = vscode.Uri.joinPath(vscode.Uri.parse(this.#rootUri), file);
    const position = new vscode.Position(Number(line) - 1, 0);
    await vscode.window.showTextDocument(uri, {
      viewColumn: vscode.ViewColumn.One,
      selection: new vscode.Range(position, position),
    });
  }

  async #tell(message: object): Promise<void> {
    await this.#panel?.webview.postMessage(message);
  }
}

/** What a view is called: as the list of views says, else by its pathway. */
function titleOf(view: View, { pathways }: ModelHead, views: NonNullable<PictureAnswer['views']>): string {
  const listed = views.find((each) => JSON.stringify(each.view) === JSON.stringify(view));
  if (listed !== undefined) return listed.title;
  if (view.kind === 'map') return view.name;
  const pathway = pathways.find(({ id }) => id === view.id);
  return pathway?.title ?? pathway?.name ?? view.id;
}
