import { hashOfPackageBytes, hashOfPackageText, integrityOf, type LockedPackage } from '@pathway/model';
import { ProjectError } from '../project-error.js';
import type { PackageManifest } from './package-manifest.js';

/** A package of pathways with what is known of them, wherever it is. */
export interface KnowledgePackage {
  readonly manifest: PackageManifest;
  /** Bytes of each file by its path in the package, in order of code units. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Where it is: kept by the project, installed by npm, in a folder, or shipped with Pathway. */
  readonly place: 'kept' | 'npm' | 'folder' | 'shipped';
  /** How a lock file and messages name that place: `npm`, `shipped`, or a folder from the project. */
  readonly source: string;
  /** The commit of a folder that is a git checkout. */
  readonly revision?: string;
}

/**
 * What a lock file has of a package.
 * @throws ProjectError where it has no licence: nobody may use it then
 */
export function lockedFrom(one: KnowledgePackage): LockedPackage {
  const { name, version, license } = one.manifest;
  if (license === undefined)
    throw new ProjectError(
      `The package ${name} states no licence, so that nobody may use it.`,
      'Ask those who made it to write `license` into its package.json.',
    );
  const files = Object.fromEntries(Array.from(one.files.keys(), (path) => [path, hashOf(one, path)]));
  return {
    version,
    licence: license,
    source: one.source,
    ...(one.revision !== undefined && { revision: one.revision }),
    integrity: integrityOf(files),
    files,
  };
}

function hashOf(one: KnowledgePackage, path: string): string {
  const text = textIn(one, path);
  return text === undefined ? hashOfPackageBytes(one.files.get(path) ?? new Uint8Array()) : hashOfPackageText(text);
}

/** The text of a file of a package; undefined where there is none, or it is no text. */
export function textIn({ files }: Pick<KnowledgePackage, 'files'>, path: string): string | undefined {
  const bytes = files.get(path);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
