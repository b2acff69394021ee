/** Why a file cannot be read, and what to do about it. Values of the file are no part of the message where they may be private. */
export class FileError extends Error {
  override readonly name: string = 'FileError';

  /**
   * @param advice what to do next
   * @param place line and column in the file, from 1, where they are known
   */
  constructor(
    message: string,
    readonly advice: string,
    readonly place?: { readonly line: number; readonly column?: number },
  ) {
    super(message);
  }

  /** `log.csv:17:3: …`, or the file and the message alone where the place is not known. */
  describe(file: string): string {
    if (this.place === undefined) return `${file}: ${this.message}`;
    const { line, column } = this.place;
    return `${file}:${line}${column === undefined ? '' : `:${column}`}: ${this.message}`;
  }
}
