/**
 * Makes scripts of the modules of a bundle, in their place.
 * @param folder where they are, and nothing else
 * @param entries what modules that are no chunks export, by their names
 * @param busy names of those whose speed counts: their constants are written out
 */
export function asScripts(
  folder: string,
  entries: Readonly<Record<string, readonly string[]>>,
  busy?: readonly string[],
): Promise<void>;

/** Keeps what Node compiles while the command runs with each of the arguments, one call after the other in one process. */
export function keepCompiled(folder: string, calls: readonly (readonly string[])[], cwd: string): void;
