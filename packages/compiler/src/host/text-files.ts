import type { Stats } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { ProjectError } from '../project-error.js';

/** Larger files are refused before they are read: no protocol or table of a region comes near it. */
export const LARGEST_FILE = 32 * 1024 * 1024;

/** The `code` of a failed system call, like `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why a system call failed, in plain words. */
export function systemReason(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOENT':
      return 'it does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'you are not allowed to';
    case 'EROFS':
      return 'it is on a read-only disk';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EEXIST':
      return 'there is already a file with this name';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    case 'ELOOP':
      return 'its links go round in a circle';
    case 'EBUSY':
    case 'ETXTBSY':
      return 'another program is using it';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** What stands at a path, or undefined where nothing does. */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * The text of a file, without a byte order mark.
 * @param shown how messages name it
 * @param largest bytes that are read at most
 * @returns undefined when there is no such file
 * @throws ProjectError for a folder, a file that is too large, not UTF-8, or cannot be read
 */
export async function readTextFile(path: string, shown: string, largest = LARGEST_FILE): Promise<string | undefined> {
  let bytes: Uint8Array;
  try {
    const found = await statOf(path);
    if (found === undefined) return undefined;
    if (found.isDirectory())
      throw new ProjectError(`${shown} is a folder, where a file is expected.`, 'Name a file in it.');
    if (!found.isFile()) throw new ProjectError(`${shown} is not a regular file.`, 'Name a file on a disk.');
    if (found.size > largest)
      throw new ProjectError(
        `${shown} has ${megabytes(found.size)} MB; more than ${megabytes(largest)} MB is not read.`,
        'Split it, or summarise the table before it is used.',
      );
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof ProjectError) throw error;
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new ProjectError(
      `${shown} cannot be read: ${systemReason(error)}.`,
      'Check the name and the permissions of the file.',
    );
  }
  return decodeUtf8(bytes, shown);
}

/** Whether a file that can be read begins with the byte order mark of UTF-8, which {@link readTextFile} leaves out. */
export async function hasByteOrderMark(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer.equals(Buffer.from([0xef, 0xbb, 0xbf]));
  } finally {
    await file.close();
  }
}

/** The text of a file's bytes; a byte order mark goes. @throws ProjectError that names the first line that is not UTF-8 */
export function decodeUtf8(bytes: Uint8Array, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const place = firstInvalidLine(bytes);
    throw new ProjectError(
      `${shown}:${place} is not UTF-8 text.`,
      'Save the file with the encoding UTF-8; spreadsheets offer "CSV UTF-8" when they export.',
    );
  }
}

/** The line of the first bytes that are not UTF-8: lines are tried one by one, since UTF-8 never spans a line feed. */
function firstInvalidLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
    line += 1;
  }
  return line;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
