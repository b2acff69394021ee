import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * JSON text that depends on the value alone: keys in code-unit order, members that are undefined left out, -0 written
 * as 0, `\n` between lines and no line break at the end.
 * @param indent spaces a level; 0 writes one line
 * @throws TypeError for what JSON cannot say (numbers that are not finite, functions, symbols, bigints, cycles) and
 *   for undefined in a list, naming the place
 */
export function stableJson(value: unknown, indent = 0): string {
  return write(value, { indent, open: new Set() }, '$', '\n');
}

interface Writing {
  readonly indent: number;
  /** The objects around the value being written. */
  readonly open: Set<object>;
}

function write(value: unknown, writing: Writing, path: string, lineBreak: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which JSON cannot say`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (typeof value !== 'object') throw new TypeError(`${path} is ${describe(value)}, which JSON cannot say`);
  if (writing.open.has(value)) throw new TypeError(`${path} contains itself, which JSON cannot say`);
  writing.open.add(value);
  const inner = lineBreak + ' '.repeat(writing.indent);
  const text = Array.isArray(value)
    ? wrap(
        '[',
        value.map((item, i) => write(item, writing, `${path}[${i}]`, inner)),
        ']',
        writing,
        lineBreak,
      )
    : wrap('{', members(value, writing, path, inner), '}', writing, lineBreak);
  writing.open.delete(value);
  return text;
}

function members(value: object, writing: Writing, path: string, lineBreak: string): string[] {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const colon = writing.indent > 0 ? ': ' : ':';
  return entries.map(
    ([key, member]) => JSON.stringify(key) + colon + write(member, writing, `${path}.${key}`, lineBreak),
  );
}

function wrap(open: string, parts: readonly string[], close: string, { indent }: Writing, lineBreak: string): string {
  if (parts.length === 0) return open + close;
  if (indent === 0) return open + parts.join(',') + close;
  const inner = lineBreak + ' '.repeat(indent);
  return open + inner + parts.join(`,${inner}`) + lineBreak + close;
}

function describe(value: unknown): string {
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}

/** Freezes a value and everything inside it, and gives it back. Insides that are frozen already are taken as done. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze<unknown>(inner);
  return value;
}

/** SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of bytes, hexadecimal. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
