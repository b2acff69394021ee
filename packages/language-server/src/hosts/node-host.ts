import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createProjectReader, findProjects } from '@pathway/compiler';
import type { HostProject, ProjectHost } from './host.js';

/** Finds projects on this machine's disk, as the command does. */
export const nodeHost: ProjectHost = {
  async projectOf(uri) {
    if (!uri.startsWith('file:')) return undefined;
    const [own] = await findProjects([fileURLToPath(uri)], '/');
    if (own === undefined) return undefined;
    // A file that no entry leads to, or that is new, is checked with the others.
    const [whole] = await findProjects([own.root], '/').catch(() => []);
    const entryFiles = [...new Set([...(whole?.entryFiles ?? []), ...own.entryFiles])].sort();
    const reader = createProjectReader(own);
    return {
      rootUri: pathToFileURL(own.root).href,
      config: own.config,
      entryFiles,
      read: (path) => reader.read(path),
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
