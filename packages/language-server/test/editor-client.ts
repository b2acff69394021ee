import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Diagnostic } from 'vscode-languageserver-types';
import { clientHost, type EditorFiles } from '../src/hosts/client-host.js';
import { servePathway } from '../src/pathway-server.js';

const ROOT = 'memory:///project';

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** A server with an editor that keeps its files in memory, over the protocol itself. */
export class EditorClient {
  readonly connection: ProtocolConnection;
  readonly disk: Map<string, string>;
  /** Everything that was told, in order. */
  readonly published: Published[] = [];
  readonly #latest = new Map<string, Published>();
  #checks = 0;
  readonly #listeners = new Set<() => void>();
  readonly #texts = new Map<string, { version: number; text: string }>();

  constructor(files: Readonly<Record<string, string>>) {
    this.disk = new Map(Object.entries(files).map(([path, text]) => [`${ROOT}/${path}`, text]));
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const server = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(toClient),
    );
    const source: EditorFiles = {
      folders: () => [ROOT],
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
    this.connection.listen();
  }

  async start(): Promise<unknown> {
    const answer = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: ROOT,
      capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
      workspaceFolders: [{ uri: ROOT, name: 'project' }],
    });
    await this.connection.sendNotification('initialized', {});
    return answer;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }

  uri(path: string): string {
    return `${ROOT}/${path}`;
  }

  /** Opens a file and waits until its project has been checked. */
  async open(path: string, text = this.disk.get(this.uri(path)) ?? ''): Promise<void> {
    const uri = this.uri(path);
    this.#texts.set(uri, { version: 1, text });
    await this.checked(() =>
      this.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'pathway', version: 1, text },
      }),
    );
  }

  /** Replaces the text of an open file and waits for the check. */
  async edit(path: string, change: (text: string) => string): Promise<void> {
    await this.checked(() => this.type(path, change));
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
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const listener = (): void => {
        if (!condition()) return;
        this.#listeners.delete(listener);
        resolve();
      };
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
