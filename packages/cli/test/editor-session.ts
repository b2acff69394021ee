import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import * as z from 'zod';

const messageSchema = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.number(), z.string(), z.null()]).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string() }).optional(),
});
type Message = z.infer<typeof messageSchema>;

const publishedSchema = z.object({
  uri: z.string(),
  version: z.number().optional(),
  diagnostics: z.array(z.object({ code: z.string() })),
});

/** A message of a session, in the order in which it was sent or came. */
interface Recorded extends Message {
  readonly from: 'editor' | 'server';
}

/** What a server may send before it has answered `initialize`. */
const ALWAYS = ['window/showMessage', 'window/logMessage', 'telemetry/event', '$/progress'];

/**
 * An editor that talks to a server process over its standard input and output, byte by byte as the protocol says and
 * with nothing of the server's own libraries, and keeps what was said.
 */
export class EditorSession {
  readonly recorded: Recorded[] = [];
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #listeners = new Set<() => void>();
  readonly #ended: Promise<number>;
  #unread = Buffer.alloc(0);
  #id = 0;

  constructor(server: ChildProcessWithoutNullStreams) {
    this.#server = server;
    this.#ended = new Promise((resolve) => server.once('close', (code) => resolve(code ?? -1)));
    server.stdout.on('data', (bytes: Buffer) => {
      this.#unread = Buffer.concat([this.#unread, bytes]);
      this.#read();
    });
  }

  /** Sends a request and gives its number at once. */
  ask(method: string, params: object | null = {}): number {
    const id = ++this.#id;
    this.#send({ jsonrpc: '2.0', id, method, params });
    return id;
  }

  tell(method: string, params: object | null = {}): void {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  /** Sends several messages as one piece of bytes, as they come from an editor that is faster than the server. */
  burst(send: () => void): void {
    this.#server.stdin.cork();
    send();
    this.#server.stdin.uncork();
  }

  async answer(id: number): Promise<Message> {
    await this.until(() => this.#answerTo(id) !== undefined);
    return this.#answerTo(id) ?? { jsonrpc: '2.0' };
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#listeners.add(resolve));
  }

  /** Exit code of the server. */
  get ended(): Promise<number> {
    return this.#ended;
  }

  /** Codes of what was told last of a file. */
  codes(uri: string): readonly string[] {
    return (
      this.published(uri)
        .at(-1)
        ?.diagnostics.map(({ code }) => code) ?? []
    );
  }

  published(uri: string): z.infer<typeof publishedSchema>[] {
    return this.recorded
      .filter(({ method }) => method === 'textDocument/publishDiagnostics')
      .map(({ params }) => publishedSchema.parse(params))
      .filter((each) => each.uri === uri);
  }

  /** Where the session is not as the protocol says, one sentence each. */
  faults(): readonly string[] {
    return [...this.#unanswered(), ...this.#tooEarly(), ...this.#unannounced(), ...this.#wrongVersions()];
  }

  #unanswered(): string[] {
    return this.recorded.flatMap(({ from, id, method }) => {
      if (from !== 'editor' || id === undefined || method === undefined) return [];
      const count = this.recorded.filter(
        (each) => each.from === 'server' && each.id === id && each.method === undefined,
      );
      return count.length === 1 ? [] : [`${method} ${String(id)} has ${count.length} answers`];
    });
  }

  #tooEarly(): string[] {
    const begun = this.recorded.findIndex(
      ({ from, result }) => from === 'server' && z.object({ capabilities: z.object() }).safeParse(result).success,
    );
    return this.recorded
      .slice(0, begun)
      .filter(({ from, method }) => from === 'server' && method !== undefined && !ALWAYS.includes(method))
      .map(({ method }) => `${method ?? ''} before initialize was answered`);
  }

  /** This editor announces nothing, so that it may be asked for nothing. */
  #unannounced(): string[] {
    return this.recorded
      .filter(({ from, id, method }) => from === 'server' && id !== undefined && method !== undefined)
      .map(({ method }) => `${method ?? ''} is asked of an editor that has not announced it`);
  }

  #wrongVersions(): string[] {
    const versions = new Map<string, number>();
    const told = new Map<string, number>();
    const document = z.object({ textDocument: z.object({ uri: z.string(), version: z.number() }) });
    return this.recorded.flatMap(({ from, method, params }) => {
      const sent = from === 'editor' ? document.safeParse(params).data?.textDocument : undefined;
      if (sent !== undefined) versions.set(sent.uri, sent.version);
      if (method !== 'textDocument/publishDiagnostics') return [];
      const { uri, version } = publishedSchema.parse(params);
      if (version === undefined) return [];
      const before = told.get(uri) ?? 0;
      told.set(uri, version);
      if (version < before) return [`version ${version} of ${uri} after ${before}`];
      return version > (versions.get(uri) ?? 0) ? [`version ${version} of ${uri} before it was there`] : [];
    });
  }

  #answerTo(id: number): Message | undefined {
    return this.recorded.find((each) => each.from === 'server' && each.id === id && each.method === undefined);
  }

  #send(message: Message): void {
    this.recorded.push({ from: 'editor', ...message });
    const body = Buffer.from(JSON.stringify(message), 'utf8');
    this.#server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#server.stdin.write(body);
  }

  #read(): void {
    for (;;) {
      const end = this.#unread.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#unread.toString('ascii', 0, end))?.[1]);
      if (Number.isNaN(length)) throw new Error(`no length in ${this.#unread.toString('utf8', 0, 200)}`);
      if (this.#unread.length < end + 4 + length) return;
      const body = this.#unread.toString('utf8', end + 4, end + 4 + length);
      this.#unread = this.#unread.subarray(end + 4 + length);
      this.recorded.push({ from: 'server', ...messageSchema.parse(JSON.parse(body)) });
      const listeners = [...this.#listeners];
      this.#listeners.clear();
      for (const listener of listeners) listener();
    }
  }
}
