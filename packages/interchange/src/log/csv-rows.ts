import { LogError } from '../log-error.js';
import { LOG_LIMITS } from './limits.js';

const QUOTE = 34;

/** Splits CSV text that comes in pieces into rows, as RFC 4180 has them; lines may end with `\n` or `\r\n`. */
export class CsvRows {
  private rest = '';
  private line = 1;

  /**
   * @param onRow called with the cells of each row that is not empty and the line on which it begins
   */
  constructor(
    private readonly delimiter: string,
    private readonly onRow: (cells: string[], line: number) => void,
  ) {}

  push(text: string): void {
    const whole = this.rest + text;
    let at = 0;
    // The next quote is looked for anew only once it is passed: a log may have none, and is then searched once.
    let quote = -1;
    for (;;) {
      const end = whole.indexOf('\n', at);
      if (end < 0) break;
      if (quote < at) {
        quote = whole.indexOf('"', at);
        if (quote < 0) quote = Number.POSITIVE_INFINITY;
      }
      if (quote < end) {
        const next = this.quotedRow(whole, at);
        if (next === undefined) break;
        at = next;
      } else {
        this.plainRow(whole.slice(at, whole.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end));
        at = end + 1;
        this.line += 1;
      }
    }
    this.rest = whole.slice(at);
    if (this.rest.length > LOG_LIMITS.characters) throw this.endless();
  }

  /** Takes what stands after the last line end. */
  end(): void {
    if (this.rest === '') return;
    if (!this.rest.includes('"')) this.plainRow(this.rest);
    else if (this.quotedRow(`${this.rest}\n`, 0) === undefined) throw this.endless();
    this.rest = '';
  }

  private plainRow(text: string): void {
    if (text.trim() !== '') this.onRow(text.split(this.delimiter), this.line);
  }

  /** Reads a row with quotes; answers where the next one begins, or undefined if this one is not complete. */
  private quotedRow(text: string, from: number): number | undefined {
    const cells: string[] = [];
    let at = from;
    let lines = 0;
    for (;;) {
      let cell = '';
      if (text.charCodeAt(at) === QUOTE) {
        const begin = at;
        let open = at + 1;
        for (;;) {
          const close = text.indexOf('"', open);
          // A quote at the very end may be the first of two; the next piece tells.
          if (close < 0 || close + 1 >= text.length) return undefined;
          cell += text.slice(open, close);
          if (text.charCodeAt(close + 1) !== QUOTE) {
            at = close + 1;
            break;
          }
          cell += '"';
          open = close + 2;
        }
        for (let feed = text.indexOf('\n', begin); feed >= 0 && feed < at; feed = text.indexOf('\n', feed + 1)) lines++;
        if (text.charCodeAt(at) === 13) {
          if (at + 1 >= text.length) return undefined;
          if (text.charCodeAt(at + 1) === 10) at += 1;
        }
        if (!text.startsWith(this.delimiter, at) && text.charCodeAt(at) !== 10)
          throw new LogError(
            'Something stands after a closing quote.',
            'A quote within a quoted cell is written twice.',
            { line: this.line + lines, column: cells.length + 1 },
          );
      } else {
        const delimiter = text.indexOf(this.delimiter, at);
        const feed = text.indexOf('\n', at);
        if (feed < 0) return undefined;
        const end = delimiter >= 0 && delimiter < feed ? delimiter : feed;
        cell = text.slice(at, end === feed && text.charCodeAt(feed - 1) === 13 ? feed - 1 : end);
        at = end;
      }
      cells.push(cell);
      const ends = text.charCodeAt(at) === 10;
      at += 1;
      if (ends) break;
    }
    this.onRow(cells, this.line);
    this.line += lines + 1;
    return at;
  }

  private endless(): LogError {
    return new LogError(
      `This row does not end within ${LOG_LIMITS.characters} characters.`,
      'Look for a quote that is opened on this line and never closed.',
      { line: this.line },
    );
  }
}

/** The delimiter that the heading has most of, outside quotes: a comma where none is found. */
export function delimiterOf(heading: string): string {
  const plain = heading.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: plain.split(delimiter).length }));
  return counts.reduce((most, each) => (each.count > most.count ? each : most)).delimiter;
}
