import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createProjectReader, findProjects, keptPackages, projectAround, ProjectError } from '@pathway/compiler';
import { addressOf } from '../addresses.js';
import type { HostProject, ProjectHost } from './host.js';

/** Finds projects on this machine's disk, as the command does. */
export const nodeHost: ProjectHost = {
  async projectOf(uri) {
    if (!uri.startsWith('file:')) return undefined;
    const project = await projectAround(fileURLToPath(uri));
    const reader = createProjectReader(project);
    return {
      rootUri: addressOf(pathToFileURL(project.root).href),
      config: project.config,
      entryFiles: project.entryFiles,
      kept: new Set(await keptPackages(project.root)),
      // What may not be read is as if it were not there: the import is told.
      read: (path) => reader.read(path).catch(nothingWhereForbidden),
    } satisfies HostProject;
  },

  async filesOfProjectsIn(folderUri) {
    if (!folderUri.startsWith('file:')) return [];
    const projects = await findProjects([fileURLToPath(folderUri)], '/').catch(() => []);
    return projects.flatMap(({ root, entryFiles: [first] }) =>
      first === undefined ? [] : [pathToFileURL(join(root, ...first.split('/'))).href],
    );
  },
};

function nothingWhereForbidden(error: unknown): undefined {
  if (error instanceof ProjectError) return undefined;
  throw error;
}
