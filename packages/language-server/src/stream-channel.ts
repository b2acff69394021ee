import type { Readable, Writable } from 'node:stream';
import type { Channel } from './json-rpc.js';

/** Longest message that is taken in, bytes; a file of a project is a thousandth of it. */
const LONGEST = 256 * 1024 * 1024;

/**
 * Messages over a pair of streams, each after a header that tells its length in bytes.
 * @param onClose told when no more can come
 */
export function streamChannel(input: Readable, output: Writable, onClose: () => void): Channel {
  return {
    send(message) {
      const body = Buffer.from(JSON.stringify(message), 'utf8');
      output.write(`Content-Length: ${body.length}\r\n\r\n`);
      output.write(body);
    },
    listen(hear) {
      const frames = new Frames(hear);
      input.on('data', (chunk: Buffer) => {
        frames.add(chunk);
      });
      input.on('end', onClose);
      input.on('close', onClose);
      input.on('error', onClose);
      // An editor that has gone takes no more; that it has gone is told by its own side.
      output.on('error', () => undefined);
    },
  };
}

/** Puts messages together from the pieces in which they come. */
class Frames {
  readonly #hear: (message: unknown) => void;
  #pieces: Buffer[] = [];
  #size = 0;
  /** Length of the body that is being read; undefined while a header is. */
  #length: number | undefined;

  constructor(hear: (message: unknown) => void) {
    this.#hear = hear;
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    while (this.#length === undefined ? this.#readHeader() : this.#readBody(this.#length));
  }

  #readHeader(): boolean {
    const all = this.#joined();
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const length = Number(/^content-length: *(\d+) *$/im.exec(all.toString('ascii', 0, end))?.[1]);
    this.#drop(end + 4);
    if (length <= LONGEST) this.#length = length;
    else this.#hear(new Error('The header of a message does not tell its length, or it is too long.'));
    return true;
  }

  #readBody(length: number): boolean {
    if (this.#size < length) return false;
    const body = this.#joined().toString('utf8', 0, length);
    this.#drop(length);
    this.#length = undefined;
    this.#hear(parsed(body));
    return true;
  }

  #joined(): Buffer {
    const [only, ...others] = this.#pieces;
    const all = only !== undefined && others.length === 0 ? only : Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }

  #drop(count: number): void {
    const rest = this.#joined().subarray(count);
    this.#pieces = [rest];
    this.#size = rest.length;
  }
}

function parsed(body: string): unknown {
  try {
    const message: unknown = JSON.parse(body);
    return message;
  } catch (error) {
    return error;
  }
}
