import type {
  ConfigurationParams,
  MessageType,
  PublishDiagnosticsParams,
  RegistrationParams,
} from 'vscode-languageserver-protocol';
import type { JsonRpc } from './json-rpc.js';
import type { Notifications, Requests } from './protocol-shapes.js';
import { CHECKED_NOTIFICATION } from './protocol.js';

/** What a server does when its session is over, and what watches over the editor that it serves. */
export interface Session {
  /** The editor said `exit`; orderly after it said `shutdown`. */
  end(isOrderly: boolean): void;
  /** The editor's own process, told as the session begins: a server outlives it by a few seconds at most. */
  watch(processId: number): void;
}

/**
 * A connection to an editor: what of the Language Server Protocol is used here, over JSON-RPC. The usual library for
 * servers brings every feature that the protocol has along: 200 kB, a fifth of what a server may weigh.
 */
export class EditorConnection {
  readonly #rpc: JsonRpc;

  constructor(rpc: JsonRpc, session: Session) {
    this.#rpc = rpc;
    let isShutDown = false;
    rpc.onRequest('shutdown', () => {
      isShutDown = true;
      return null;
    });
    rpc.onNotification('exit', () => {
      session.end(isShutDown);
    });
    this.#watch = (processId) => {
      session.watch(processId);
    };
  }

  readonly #watch: (processId: number) => void;

  /** Answers the request that a session begins with. */
  onInitialize(give: (params: Requests['initialize']['params']) => Requests['initialize']['answer']): void {
    this.onRequest('initialize', (params) => {
      if (typeof params.processId === 'number') this.#watch(params.processId);
      return give(params);
    });
  }

  /** Answers a request; a `ResponseError` that is thrown is told as it is. */
  onRequest<Method extends keyof Requests>(
    method: Method,
    give: (params: Requests[Method]['params']) => Requests[Method]['answer'] | Promise<Requests[Method]['answer']>,
  ): void {
    // What an editor sends has the shape that the protocol gives it.
    this.#rpc.onRequest(method, give as (params: unknown) => unknown);
  }

  /** Hears what the editor tells. */
  onNotification<Method extends keyof Notifications>(
    method: Method,
    hear: (params: Notifications[Method]) => void,
  ): void {
    this.#rpc.onNotification(method, hear as (params: unknown) => void);
  }

  /** Begins to listen; what is to be heard has been said before. */
  listen(): void {
    this.#rpc.listen();
  }

  /** Tells what is wrong in a file; the last word on it. */
  tellDiagnostics(params: PublishDiagnosticsParams): void {
    this.#rpc.notify('textDocument/publishDiagnostics', params);
  }

  /** Tells that a project has been checked as a whole. */
  tellChecked(rootUri: string): void {
    this.#rpc.notify(CHECKED_NOTIFICATION, { uri: rootUri });
  }

  /** Writes to the log that editors keep of a server. */
  log(level: 'error' | 'warning', message: string): void {
    this.#rpc.notify('window/logMessage', { type: MESSAGE_TYPES[level], message });
  }

  /** Shows a message that needs the user's eye. */
  showError(message: string): void {
    this.#rpc.notify('window/showMessage', { type: MESSAGE_TYPES.error, message });
  }

  /** Asks to be told of things that not every editor tells unasked. */
  async register(registrations: RegistrationParams['registrations']): Promise<void> {
    await this.#rpc.request('client/registerCapability', { registrations } satisfies RegistrationParams);
  }

  /** What the editor's user set in a section; whatever an editor answers. */
  async configuration(section: string): Promise<unknown> {
    const asked = { items: [{ section }] } satisfies ConfigurationParams;
    const answer = await this.#rpc.request('workspace/configuration', asked);
    return Array.isArray(answer) ? answer[0] : undefined;
  }

  /** Tells that inlay hints are to be asked for anew. An editor may refuse. */
  async refreshInlayHints(): Promise<void> {
    await this.#rpc.request('workspace/inlayHint/refresh').catch(() => undefined);
  }
}

/** How grave a message is, in the protocol's numbers. */
const MESSAGE_TYPES = { error: 1, warning: 2 } as const satisfies Record<string, MessageType>;
