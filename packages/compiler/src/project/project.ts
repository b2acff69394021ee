import type { ProjectConfig } from './config.js';

/** A folder of pathways that are compiled together, as the host found it. */
export interface Project {
  /** Absolute path of the folder. It never enters an output. */
  readonly root: string;
  /** The folder as the user wrote it or as seen from where the command runs, for messages; `.` for that place itself. */
  readonly shown: string;
  readonly config: ProjectConfig;
  /** Whether the folder has a configuration file. */
  readonly configured: boolean;
  /** Paths of the files to compile, relative to `root` with forward slashes, in order of code units. */
  readonly entryFiles: readonly string[];
}

/** How messages name a file of the project: clickable from where the command runs. */
export function shownFile(project: Pick<Project, 'shown'>, file: string): string {
  if (file.startsWith('library:') || file.startsWith('package:')) return file;
  return project.shown === '.' ? file : `${project.shown}/${file}`;
}
