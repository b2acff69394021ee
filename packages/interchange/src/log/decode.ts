import { LogError } from '../log-error.js';

/** Bytes or text of a log, piece by piece. */
export type LogChunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/**
 * The text of a log, piece by piece, without a byte order mark.
 * @throws LogError for bytes that are not UTF-8, with their line
 */
export async function* decoded(chunks: LogChunks): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let first = true;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new LogError(
        'This is not UTF-8 text.',
        'Export the log with the encoding UTF-8; spreadsheets offer "CSV UTF-8".',
        { line: line + linesBeforeFault(bytes) },
      );
    }
  };
  for await (const chunk of chunks) {
    let text: string;
    if (typeof chunk === 'string') text = first && chunk.startsWith('\uFEFF') ? chunk.slice(1) : chunk;
    else text = decode(chunk);
    first = false;
    if (text === '') continue;
    if (text.includes('\u0000'))
      throw new LogError(
        'This is not a text: it has zero bytes.',
        'Give a CSV or XES log; one that is packed must end in .gz.',
        { line },
      );
    line += countOf(text, '\n');
    yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

function linesBeforeFault(bytes: Uint8Array | undefined): number {
  if (bytes === undefined) return 0;
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const fault = lenient.indexOf('\uFFFD');
  return countOf(fault < 0 ? lenient : lenient.slice(0, fault), '\n');
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
