import { ERRORS, ResponseError } from './response-error.js';
import { SessionPhase } from './session-phase.js';

/** What goes over the wire, one message at a time, in order. */
export interface Channel {
  send(message: object): void;
  /** Begins to listen. What is no message is given as the error that says so. */
  listen(hear: (message: unknown) => void): void;
}

type Id = number | string;

interface Message {
  readonly id?: Id | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

function isId(value: unknown): value is Id {
  return typeof value === 'number' || typeof value === 'string';
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if ('method' in value) return typeof value.method === 'string' && (!('id' in value) || isId(value.id));
  return 'id' in value && (isId(value.id) || value.id === null);
}

/**
 * JSON-RPC 2.0 as the Language Server Protocol uses it: what comes in is taken in its order, one message a turn, so that a
 * request that is cancelled while it waits is never begun. The order of a session (`initialize` first and once, nothing but
 * `exit` after `shutdown`) is kept here too.
 */
export class JsonRpc {
  readonly #channel: Channel;
  readonly #phase = new SessionPhase();
  readonly #requests = new Map<string, (params: unknown) => unknown>();
  readonly #notifications = new Map<string, (params: unknown) => void>();
  readonly #asked = new Map<Id, { resolve(value: unknown): void; reject(error: Error): void }>();
  #waiting: Message[] = [];
  #isTaking = false;
  #count = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** Answers the requests of a method; a `ResponseError` that is thrown is told as it is. */
  onRequest(method: string, give: (params: unknown) => unknown): void {
    this.#requests.set(method, give);
  }

  /** Hears the notifications of a method. */
  onNotification(method: string, hear: (params: unknown) => void): void {
    this.#notifications.set(method, hear);
  }

  notify(method: string, params: unknown): void {
    this.#channel.send({ jsonrpc: '2.0', method, params });
  }

  /** Asks the other side. @throws ResponseError where it answers with an error */
  request(method: string, params?: unknown): Promise<unknown> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#channel.send({ jsonrpc: '2.0', id, method, params });
    });
  }

  listen(): void {
    this.#channel.listen((message) => {
      this.#receive(message);
    });
  }

  #receive(message: unknown): void {
    if (!isMessage(message)) {
      const code = message instanceof SyntaxError ? ERRORS.parse : ERRORS.invalidRequest;
      this.#fail(null, code, message instanceof Error ? message.message : 'This is no message of JSON-RPC.');
      return;
    }
    if (message.method === '$/cancelRequest') {
      this.#cancel(message.params);
      return;
    }
    this.#waiting.push(message);
    this.#takeNext();
  }

  #takeNext(): void {
    if (this.#isTaking || this.#waiting.length === 0) return;
    this.#isTaking = true;
    setTimeout(() => {
      this.#isTaking = false;
      const message = this.#waiting.shift();
      this.#takeNext();
      if (message !== undefined) this.#take(message);
    }, 0);
  }

  #take({ id, method, params, result, error }: Message): void {
    if (method === undefined) {
      const asked = isId(id) ? this.#asked.get(id) : undefined;
      if (isId(id)) this.#asked.delete(id);
      if (error === undefined) asked?.resolve(result);
      else asked?.reject(new ResponseError(ERRORS.failed, error.message ?? 'The other side refused.'));
      return;
    }
    if (isId(id)) void this.#answer(id, method, params);
    else if (this.#phase.admitsNotification(method)) this.#notifications.get(method)?.(params);
  }

  async #answer(id: Id, method: string, params: unknown): Promise<void> {
    try {
      this.#phase.enter(method);
      const give = this.#requests.get(method);
      if (give === undefined) throw new ResponseError(ERRORS.methodNotFound, `There is no method ${method}.`);
      this.#channel.send({ jsonrpc: '2.0', id, result: (await give(params)) ?? null });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#fail(id, error instanceof ResponseError ? error.code : ERRORS.internal, message);
    }
  }

  /** A request that has not been begun is dropped; what has been begun is answered. */
  #cancel(params: unknown): void {
    const id = typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined;
    const isMeant = (each: Message): boolean => each.method !== undefined && each.id === id;
    if (!isId(id) || !this.#waiting.some(isMeant)) return;
    this.#waiting = this.#waiting.filter((each) => !isMeant(each));
    this.#fail(id, ERRORS.cancelled, 'The request was cancelled.');
  }

  #fail(id: Id | null, code: number, message: string): void {
    this.#channel.send({ jsonrpc: '2.0', id, error: { code, message } });
  }
}
