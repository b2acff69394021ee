import { ERRORS, ResponseError } from './response-error.js';

/**
 * Keeps a session in the order that the protocol wants: `initialize` first and once, and nothing but `exit` after
 * `shutdown`. A request out of order gets its error, a notification out of order is dropped.
 */
export class SessionPhase {
  #phase: 'new' | 'open' | 'closed' = 'new';

  /** Goes on with a request. @throws ResponseError where it is out of order */
  enter(method: string): void {
    if (this.#phase === 'closed') throw new ResponseError(ERRORS.invalidRequest, 'The session has been shut down.');
    const isFirst = method === 'initialize';
    if (isFirst && this.#phase === 'open')
      throw new ResponseError(ERRORS.invalidRequest, 'The session has been initialized.');
    if (!isFirst && this.#phase === 'new')
      throw new ResponseError(ERRORS.notInitialised, 'The session begins with initialize.');
    this.#phase = method === 'shutdown' ? 'closed' : 'open';
  }

  admitsNotification(method: string): boolean {
    return this.#phase === 'open' || method === 'exit';
  }
}
