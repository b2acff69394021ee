import { formatOrigin, type Origin } from './origin.js';

/**
 * Something in a model that cannot be computed with, and the place where it was written. The message says what is
 * wrong and what to change; faces show it with the place, never with a stack.
 */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly origin: Origin | undefined;

  constructor(message: string, origin?: Origin) {
    super(message);
    this.origin = origin;
  }

  /** The message with its place in front, as `file:line:column: message`. */
  describe(): string {
    return this.origin === undefined ? this.message : `${formatOrigin(this.origin)}: ${this.message}`;
  }
}
