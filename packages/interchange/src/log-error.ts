/** Why a log cannot be read or calibrated, and what to do about it. Values of the log are never part of the message. */
export class LogError extends Error {
  override readonly name = 'LogError';

  /**
   * @param advice what to do next
   * @param place line and column in the log, from 1, where they are known
   */
  constructor(
    message: string,
    readonly advice: string,
    readonly place?: { readonly line: number; readonly column?: number },
  ) {
    super(message);
  }

  /** `log.csv:17:3: …`, or the message alone where the place is not known. */
  describe(file: string): string {
    if (this.place === undefined) return `${file}: ${this.message}`;
    const { line, column } = this.place;
    return `${file}:${line}${column === undefined ? '' : `:${column}`}: ${this.message}`;
  }
}

/** The shape of a value without its content: letters become `a`, digits `9`; long values are cut. */
export function shapeOf(value: string): string {
  const shape = value.slice(0, 30).replace(/\p{L}/gu, 'a').replace(/\p{N}/gu, '9').replace(/\p{C}/gu, ' ');
  return value.length > 30 ? `${shape}…` : shape;
}
