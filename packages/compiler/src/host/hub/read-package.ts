import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProjectError } from '../../project-error.js';
import { type PackageManifest, parseManifest } from '../../hub/package-manifest.js';
import { readTextFile, systemReason } from '../text-files.js';

/** What is taken of a package: texts, tables and pictures. Code is left where it is. */
const TAKEN = /\.(pathway|csv|md|txt|json|svg|png|jpe?g|pdf)$|^(licen[cs]e|notice|readme|changelog)$/i;

/** A package is read up to these sizes: the largest real one is a hundredth of it. */
const LIMITS = { files: 500, depth: 12, bytesOfFile: 8 * 1024 * 1024, bytes: 32 * 1024 * 1024 } as const;

/** What a folder holds as a package. */
export interface PackageFolder {
  readonly manifest: PackageManifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads a package from its folder and runs nothing. Hidden files, `node_modules`, and whatever is no text, table or picture
 * are left out.
 * @param shown how messages name the folder
 * @returns undefined where the folder holds no package of pathways: no `package.json`, or no pathway
 * @throws ProjectError for a manifest that cannot be used, symbolic links, and more than a package should hold
 */
export async function readPackage(folder: string, shown: string): Promise<PackageFolder | undefined> {
  const text = await readTextFile(join(folder, 'package.json'), `${shown}/package.json`);
  if (text === undefined) return undefined;
  const files = new Map<string, Uint8Array>();
  await walk(folder, '', { shown, files, bytes: 0 });
  if (![...files.keys()].some((path) => path.endsWith('.pathway'))) return undefined;
  return { manifest: parseManifest(text, `${shown}/package.json`), files };
}

interface Reading {
  readonly shown: string;
  readonly files: Map<string, Uint8Array>;
  bytes: number;
}

async function walk(folder: string, below: string, reading: Reading): Promise<void> {
  const { shown, files } = reading;
  if (below.split('/').length > LIMITS.depth) throw tooMuch(shown, `folders within folders, more than ${LIMITS.depth}`);
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new ProjectError(`${shown} cannot be read: ${systemReason(error)}.`, 'Check the permissions of the folder.');
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name } = entry;
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = below === '' ? name : `${below}/${name}`;
    if (entry.isSymbolicLink())
      throw new ProjectError(
        `${shown} has a symbolic link, ${path}, which may lead anywhere: the package is not read.`,
        'Tell those who made it to put the file itself into the package.',
      );
    if (/[\p{Cc}\\:]/u.test(name))
      throw new ProjectError(
        `${shown} has a file whose name cannot be used everywhere: ${JSON.stringify(path)}.`,
        'Tell those who made it to call it otherwise.',
      );
    if (entry.isDirectory()) {
      await walk(join(folder, name), path, reading);
      continue;
    }
    if (!entry.isFile() || !TAKEN.test(name)) continue;
    if (files.size >= LIMITS.files) throw tooMuch(shown, `more than ${LIMITS.files} files`);
    const bytes = await readLimited(join(folder, name), `${shown}/${path}`);
    reading.bytes += bytes.length;
    if (reading.bytes > LIMITS.bytes) throw tooMuch(shown, `more than ${LIMITS.bytes / 1024 / 1024} MB`);
    files.set(path, bytes);
  }
}

async function readLimited(path: string, shown: string): Promise<Uint8Array> {
  try {
    if ((await stat(path)).size > LIMITS.bytesOfFile)
      throw tooMuch(shown, `more than ${LIMITS.bytesOfFile / 1024 / 1024} MB`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof ProjectError) throw error;
    throw new ProjectError(`${shown} cannot be read: ${systemReason(error)}.`, 'Check the permissions of the file.');
  }
}

function tooMuch(shown: string, what: string): ProjectError {
  return new ProjectError(`${shown} has ${what}: it is not read as a package.`, 'Take out what is no pathway.');
}
