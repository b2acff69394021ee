import { ProjectError } from './project-error.js';
import { staysInside } from './project/config.js';

/** A file that an emitter makes: its path inside the output folder, with forward slashes, and what it holds. */
export interface EmittedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** A file with the name of the emitter that made it. */
export interface ProductFile extends EmittedFile {
  readonly emitter: string;
}

/**
 * Refuses paths that leave the output folder and names that two emitters want, also where they differ in case alone
 * (half of all file systems cannot tell these apart).
 * @throws ProjectError that names the emitters.
 */
export function checkProductFiles(files: readonly ProductFile[]): void {
  const owners = new Map<string, string>();
  for (const { path, emitter } of files) {
    if (!staysInside(path) || path.split('/').some((part) => part === '' || part === '.'))
      throw new ProjectError(
        `The emitter \`${emitter}\` made a file with the path \`${path}\`, which is not a plain path inside the output folder.`,
        'Nothing was written. This is a mistake of the emitter: please tell those who made it.',
      );
    const key = path.toLowerCase();
    const other = owners.get(key);
    if (other !== undefined)
      throw new ProjectError(
        `The emitters \`${other}\` and \`${emitter}\` both made the file \`${path}\`.`,
        'Nothing was written. Take one of them out of `products` in pathway.config.json.',
      );
    owners.set(key, emitter);
  }
}
