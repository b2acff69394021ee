import { PassThrough } from 'node:stream';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, TextEdit } from 'vscode-languageserver-types';
import { URI } from 'vscode-uri';
import { EditorConnection } from '../src/editor-connection.js';
import { clientHost, type EditorFiles } from '../src/hosts/client-host.js';
import { JsonRpc } from '../src/json-rpc.js';
import { servePathway } from '../src/pathway-server.js';
import { streamChannel } from '../src/stream-channel.js';

const ROOT = 'memory:/project';

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is told of each file, in an order of its own. */
export type Told = Readonly<Record<string, readonly string[]>>;

export function sortedFindings(files: readonly Published[]): Told {
  return Object.fromEntries(
    files
      .filter(({ diagnostics }) => diagnostics.length > 0)
      .map(({ uri, diagnostics }): [string, string[]] => [uri, diagnostics.map((each) => JSON.stringify(each)).sort()])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A server with an editor that keeps its files in memory, over the protocol itself. */
export class EditorClient {
  readonly connection: ProtocolConnection;
  readonly disk: Map<string, string>;
  /** Everything that was told, in order. */
  readonly published: Published[] = [];
  /** What the server says of errors of its own. */
  readonly errors: string[] = [];
  readonly #settings: object | undefined;
  readonly #folders: readonly string[];
  readonly #latest = new Map<string, Published>();
  #checks = 0;
  readonly #listeners = new Set<() => void>();
  readonly #texts = new Map<string, { version: number; text: string }>();

  /**
   * @param settings what the editor's user set; without it the editor has no settings to ask for
   * @param folders paths of the folders that are open; without them the one around all files
   */
  constructor(files: Readonly<Record<string, string>>, settings?: object, folders?: readonly string[]) {
    this.#settings = settings;
    this.#folders = folders?.map((folder) => `${ROOT}/${folder}`) ?? [ROOT];
    this.disk = new Map(Object.entries(files).map(([path, text]) => [this.uri(path), text]));
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const rpc = new JsonRpc(streamChannel(toServer, toClient, () => undefined));
    const server = new EditorConnection(rpc, { end: () => undefined, watch: () => undefined });
    const source: EditorFiles = {
      folders: () => this.#folders,
      list: (folder) => Promise.resolve([...this.disk.keys()].filter((uri) => uri.startsWith(`${folder}/`))),
      read: (uri) => Promise.resolve(this.disk.get(uri)),
    };
    servePathway(server, () => clientHost(source));
    this.connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
      this.published.push(params);
      this.#latest.set(params.uri, params);
      for (const listener of this.#listeners) listener();
    });
    this.connection.onNotification('pathway/checked', () => {
      this.#checks++;
      for (const listener of this.#listeners) listener();
    });
    this.connection.onNotification('window/logMessage', ({ type, message }: { type: number; message: string }) => {
      if (type === 1) this.errors.push(message);
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
      items.map(() => this.#settings ?? null),
    );
    this.connection.listen();
  }

  async start(): Promise<unknown> {
    const answer = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: ROOT,
      capabilities: {
        textDocument: { publishDiagnostics: { versionSupport: true } },
        workspace: { configuration: this.#settings !== undefined },
      },
      workspaceFolders: this.#folders.map((uri) => ({ uri, name: uri })),
    });
    await this.connection.sendNotification('initialized', {});
    return answer;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }

  uri(path: string): string {
    return URI.from({ scheme: 'memory', path: `/project/${path}` }).toString();
  }

  /** Opens a file and waits until its project has been checked. */
  async open(path: string, text = this.disk.get(this.uri(path)) ?? ''): Promise<void> {
    await this.checked(() => this.show(path, text));
  }

  /** Opens a file. */
  show(path: string, text = this.disk.get(this.uri(path)) ?? ''): Promise<void> {
    const uri = this.uri(path);
    this.#texts.set(uri, { version: 1, text });
    return this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'pathway', version: 1, text },
    });
  }

  /** Closes a file; what was not saved of it is gone. */
  close(path: string): Promise<void> {
    const uri = this.uri(path);
    this.#texts.delete(uri);
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Changes files on disk, as something other than the editor does; undefined deletes one. */
  outside(files: Readonly<Record<string, string | undefined>>): Promise<void> {
    const changes = Object.entries(files).map(([path, text]) => {
      const uri = this.uri(path);
      const type = text === undefined ? 3 : this.disk.has(uri) ? 2 : 1;
      if (text === undefined) this.disk.delete(uri);
      else this.disk.set(uri, text);
      return { uri, type };
    });
    return this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  /** Paths of the open files, in order. */
  get openFiles(): readonly string[] {
    return [...this.#texts.keys()].map((uri) => URI.parse(uri).path.slice('/project/'.length)).sort();
  }

  /** Paths of the files on disk, in order. */
  get diskFiles(): readonly string[] {
    return [...this.disk.keys()].map((uri) => URI.parse(uri).path.slice('/project/'.length)).sort();
  }

  get checks(): number {
    return this.#checks;
  }

  /** Replaces the text of an open file and waits for the check. */
  async edit(path: string, change: (text: string) => string): Promise<void> {
    await this.checked(() => this.type(path, change));
  }

  /** Changes an open file where it differs, as editors tell it: by the range and what stands there now. */
  typeRange(path: string, after: string): Promise<void> {
    const uri = this.uri(path);
    const { version, text } = this.#texts.get(uri) ?? { version: 0, text: '' };
    const document = TextDocument.create(uri, 'pathway', version, text);
    let start = 0;
    while (start < Math.min(text.length, after.length) && text[start] === after[start]) start++;
    let end = 0;
    while (end < Math.min(text.length, after.length) - start && text.at(-1 - end) === after.at(-1 - end)) end++;
    // A line ends with both of its signs.
    if (text[start - 1] === '\r') start--;
    if (end > 0 && text.at(-end) === '\n') end--;
    const change = {
      range: { start: document.positionAt(start), end: document.positionAt(text.length - end) },
      text: after.slice(start, after.length - end),
    };
    if (TextDocument.applyEdits(document, [{ range: change.range, newText: change.text }]) !== after)
      throw new Error(`the range misses what changed in ${path}`);
    this.#texts.set(uri, { version: version + 1, text: after });
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: version + 1 },
      contentChanges: [change],
    });
  }

  /** The text of a file, open or not, with edits. */
  withEdits(path: string, edits: readonly TextEdit[]): string {
    return TextDocument.applyEdits(TextDocument.create('', 'pathway', 0, this.text(path)), [...edits]);
  }

  /** What is told of all files as it stands. */
  get told(): Told {
    return sortedFindings([...this.#latest.values()]);
  }

  /** Replaces the text of an open file. */
  type(path: string, change: (text: string) => string): Promise<void> {
    const uri = this.uri(path);
    const before = this.#texts.get(uri) ?? { version: 0, text: '' };
    const after = { version: before.version + 1, text: change(before.text) };
    this.#texts.set(uri, after);
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: after.version },
      contentChanges: [{ text: after.text }],
    });
  }

  text(path: string): string {
    return this.#texts.get(this.uri(path))?.text ?? this.disk.get(this.uri(path)) ?? '';
  }

  /** Does something and waits until a whole check has come of it. */
  async checked(action: () => Promise<void>): Promise<void> {
    const before = this.#checks;
    await action();
    await this.until(() => this.#checks > before);
  }

  async until(condition: () => boolean): Promise<void> {
    if (!(await this.within(condition, 25_000))) throw new Error('what was waited for did not come');
  }

  /** Whether something comes true within so many milliseconds, looked at with everything that the server tells. */
  async within(condition: () => boolean, time: number): Promise<boolean> {
    if (condition()) return true;
    return await new Promise<boolean>((resolve) => {
      const settle = (met: boolean): void => {
        this.#listeners.delete(listener);
        clearTimeout(timer);
        resolve(met);
      };
      const listener = (): void => {
        if (condition()) settle(true);
      };
      const timer = setTimeout(() => settle(false), time);
      this.#listeners.add(listener);
    });
  }

  diagnostics(path: string): readonly Diagnostic[] {
    return this.#latest.get(this.uri(path))?.diagnostics ?? [];
  }

  codes(path: string): readonly string[] {
    return this.diagnostics(path).map(({ code }) => String(code));
  }

  latestVersion(path: string): number | undefined {
    return this.#latest.get(this.uri(path))?.version;
  }

  /** Asks about the place of a mark in a file: before `part`, or `after` so many signs of it. */
  ask<T>(method: string, path: string, part: string, extra: object = {}, after = 0): Promise<T> {
    return this.connection.sendRequest(method, {
      textDocument: { uri: this.uri(path) },
      position: this.place(path, part, after),
      ...extra,
    });
  }

  place(path: string, part: string, after = 0): { line: number; character: number } {
    const text = this.text(path);
    const offset = text.indexOf(part);
    if (offset < 0) throw new Error(`${path} has no ${part}`);
    const before = text.slice(0, offset + after);
    return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
  }
}
