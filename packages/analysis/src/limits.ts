/** Something that could not be computed exactly, and why. */
export interface Limit {
  readonly subject: string;
  readonly message: string;
}

/** Collects limits, each once, in the order in which they are met. */
export class Limits {
  readonly #found = new Map<string, Limit>();

  /** @param message a sentence with its full stop */
  add(subject: string, message: string): void {
    const key = `${subject}\n${message}`;
    if (!this.#found.has(key)) this.#found.set(key, { subject, message });
  }

  list(): readonly Limit[] {
    return [...this.#found.values()];
  }
}
