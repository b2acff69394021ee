import type { ProjectConfig } from '@pathway/compiler';
import { PACKAGES_FOLDER } from '@pathway/model';

/** A project as the server's surroundings found it. */
export interface HostProject {
  /** Address of its folder in the one spelling, without a slash at the end: tells projects apart. */
  readonly rootUri: string;
  readonly config: ProjectConfig;
  /** The one file of a text that has no place yet, by its path; such a project's root is the address of the text itself. */
  readonly lone?: string;
  /** Paths of the files that the folder stands for, relative to it, in order of code units. */
  readonly entryFiles: readonly string[];
  /** Names of the packages that the project keeps itself; others are installed. */
  readonly kept: ReadonlySet<string>;
  /** The text of a file by its path in the project, or of a package file as `package:name/file`. */
  read(path: string): Promise<string | undefined>;
}

/** Where a server finds projects and their files: a disk, or the editor in a browser. */
export interface ProjectHost {
  /**
   * The project that a file belongs to, as it is now; the file need not be there.
   * @throws ProjectError where its configuration cannot be used
   */
  projectOf(uri: string): Promise<HostProject | undefined>;
  /** One file of each project below a folder. */
  filesOfProjectsIn(folderUri: string): Promise<readonly string[]>;
}

/** The name of the package that a path below all packages begins with: `@region/heat` of `@region/heat/index.pathway`. */
export function packageNameIn(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Where in a project a file of a package is, by its path below all packages. */
export function placeOfPackageFile(path: string, kept: ReadonlySet<string>): string {
  return `${kept.has(packageNameIn(path)) ? PACKAGES_FOLDER : 'node_modules'}/${path}`;
}
