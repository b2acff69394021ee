import type { Diagnostic, Model } from '@pathway/model';
import type { SeverityConfiguration } from './validation/severities.js';

/**
 * Where the compiler gets texts from. Paths are relative to the project folder, with forward slashes and without
 * `..` that leaves it; `package:@scope/name/file.pathway` names a file of an installed npm package.
 */
export interface SourceReader {
  /** The text of a file as UTF-8, or undefined when there is none. */
  read(path: string): Promise<string | undefined>;
}

export interface CompileOptions {
  /** Title of the project, for reports; the first study's or pathway's title when absent. */
  readonly title?: string;
  /** How much each code matters to the project; the catalogue's severity where nothing is said. */
  readonly severities?: SeverityConfiguration;
  /** Languages (BCP 47) in which every title is wanted: naming some asks for the check of missing titles. */
  readonly languages?: readonly string[];
  /** ISO date on which agreements have to hold; without one no date matters. */
  readonly asOf?: string;
  /** True where only the meaning is wanted: what follows from the model is not looked for, nor told. */
  readonly meaningOnly?: boolean;
}

/** What came of a compilation. `model` is absent when an error makes the meaning unreliable. */
export interface Compilation {
  readonly model: Model | undefined;
  /** Ordered by file, place and code; includes those of the analysis when there is a model. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every Pathway file that was read, in order of import; library files start with `library:`. */
  readonly files: readonly string[];
  /** Text of each file in `files`, and of data files that the model reads, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}
