import { grownInts } from './event-heap.js';

/** Tokens that are to go on, last in first out. */
export class TokenStack {
  count = 0;
  #tokens = new Int32Array(64);

  push(token: number): void {
    if (this.count === this.#tokens.length) this.#tokens = grownInts(this.#tokens, this.count * 2);
    this.#tokens[this.count++] = token;
  }

  /** Only while there are any. */
  pop(): number {
    return this.#tokens[--this.count]!;
  }
}

/** Tokens that are to go on, first in first out, in a ring whose length is a power of 2. */
export class TokenQueue {
  count = 0;
  #from = 0;
  #tokens = new Int32Array(64);

  push(token: number): void {
    if (this.count === this.#tokens.length) this.#grow();
    this.#tokens[(this.#from + this.count++) & (this.#tokens.length - 1)] = token;
  }

  /** Only while there are any. */
  shift(): number {
    const token = this.#tokens[this.#from]!;
    this.#from = (this.#from + 1) & (this.#tokens.length - 1);
    this.count--;
    return token;
  }

  #grow(): void {
    const old = this.#tokens;
    const grown = new Int32Array(old.length * 2);
    for (let i = 0; i < this.count; i++) grown[i] = old[(this.#from + i) & (old.length - 1)]!;
    this.#tokens = grown;
    this.#from = 0;
  }
}
