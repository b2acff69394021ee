import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import * as z from 'zod';
import { diagramPage } from './diagram-page.js';
import { modelAnswerSchema, pictureAnswerSchema, placeAnswerSchema } from './tasks.js';

/** Longest time for one drawing, in milliseconds. */
const DEADLINE = 20_000;
/** Pause in moving the cursor after which the picture follows. */
const PAUSE = 120;

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('open'), origin: z.string() }),
  z.object({ kind: z.literal('png'), data: z.string() }),
]);

/** The diagram beside the text: of the pathway under the cursor, kept up with the text. */
export class DiagramPanels implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #client: LanguageClient;
  readonly #disposables: vscode.Disposable[] = [];
  #panel: vscode.WebviewPanel | undefined;
  #uri: vscode.Uri | undefined;
  #rootUri = '';
  #pathway: string | undefined;
  #drawn = '';
  #svg = '';
  #worker: Worker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: vscode.ExtensionContext, client: LanguageClient) {
    this.#context = context;
    this.#client = client;
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
    void this.#worker?.terminate();
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
      panel.webview.html = diagramPage(randomBytes(16).toString('base64'));
    } else this.#panel.reveal(undefined, true);
    this.#drawn = '';
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    if (name !== undefined) this.#pathway = name;
    else if (editor !== undefined) await this.#place(editor);
    await this.refresh();
  }

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
    const pathway = this.#pathway ?? firstPathway(model);
    if (pathway === undefined) {
      await this.#tell({ kind: 'note', text: 'There is no pathway in this project.' });
      return;
    }
    const { kind } = vscode.window.activeColorTheme;
    const isDark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
    const direction =
      vscode.workspace.getConfiguration('pathway').get('diagram.direction') === 'right' ? 'right' : 'down';
    const task = { model, pathway, theme: isDark ? 'dark' : 'light', direction };
    const key = JSON.stringify(task);
    await this.#tell({ kind: 'stale', isStale });
    if (key === this.#drawn) return;
    this.#drawn = key;
    const drawn = await this.#draw(task);
    if (this.#drawn !== key) return;
    if (drawn.svg !== undefined) {
      this.#svg = drawn.svg;
      this.#panel.title = `Diagram: ${pathway}`;
      await this.#tell({ kind: 'picture', svg: drawn.svg });
    } else await this.#tell({ kind: 'note', text: drawn.error ?? 'The diagram could not be drawn.' });
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId === 'pathway') this.#follow(editor);
  }

  /** Saves the picture as it is. */
  async save(): Promise<void> {
    if (this.#svg === '' || this.#panel === undefined) {
      void vscode.window.showInformationMessage('Show a diagram first.');
      return;
    }
    const target = await vscode.window.showSaveDialog({ filters: { SVG: ['svg'], PNG: ['png'] } });
    if (target === undefined) return;
    if (target.path.endsWith('.png')) {
      this.#pngTarget = target;
      await this.#tell({ kind: 'export' });
    } else await vscode.workspace.fs.writeFile(target, Buffer.from(this.#svg, 'utf8'));
  }

  #pngTarget: vscode.Uri | undefined;

  /** The picture follows the cursor: to another pathway, and to the node of the line. */
  #follow(editor: vscode.TextEditor): void {
    if (this.#panel === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void (async () => {
        const before = this.#pathway;
        const origin = await this.#place(editor);
        if (this.#pathway !== before) await this.refresh();
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
    if (parsed.data.kind === 'pathway') {
      this.#pathway = parsed.data.id;
      this.#uri = editor.document.uri;
    }
    return `${parsed.data.file}:${parsed.data.line}`;
  }

  #draw(task: object): Promise<z.infer<typeof pictureAnswerSchema>> {
    void this.#worker?.terminate();
    const worker = new Worker(this.#context.asAbsolutePath('picture-worker.cjs'));
    this.#worker = worker;
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        resolve({ error: 'The diagram takes too long to draw.' });
        void worker.terminate();
      }, DEADLINE);
      worker.once('message', (message: unknown) => resolve(pictureAnswerSchema.parse(message)));
      worker.once('error', (error) => resolve({ error: error.message }));
      worker.once('exit', () => {
        clearTimeout(late);
        resolve({ error: 'Overtaken by a newer drawing.' });
      });
      worker.postMessage(task);
    });
  }

  async #receive(message: unknown): Promise<void> {
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.kind === 'ready' && this.#svg !== '') await this.#tell({ kind: 'picture', svg: this.#svg });
    if (parsed.data.kind === 'open') await this.#open(parsed.data.origin);
    if (parsed.data.kind === 'png' && this.#pngTarget !== undefined) {
      const data = parsed.data.data.replace(/^data:image\/png;base64,/, '');
      await vscode.workspace.fs.writeFile(this.#pngTarget, Buffer.from(data, 'base64'));
      this.#pngTarget = undefined;
    }
  }

  async #open(origin: string): Promise<void> {
    const [, file = '', line = '1'] = /^(.*):(\d+)$/.exec(origin) ?? [];
    if (file === '' || file.includes(':')) return;
    const uri = vscode.Uri.parse(`${this.#rootUri}/${file.split('/').map(encodeURIComponent).join('/')}`);
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

function firstPathway(model: string): string | undefined {
  const parsed = z.object({ pathways: z.array(z.object({ id: z.string() })) }).safeParse(JSON.parse(model));
  return parsed.success ? parsed.data.pathways[0]?.id : undefined;
}
