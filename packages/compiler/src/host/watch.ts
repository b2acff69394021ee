import { join, relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { CONFIG_FILE, DEFAULT_OUT } from '../project/config.js';
import type { Project } from '../project/project.js';
import { isInside } from './project-reader.js';

/** Saving a file often touches it several times; changes closer together than this are one. In milliseconds. */
const SETTLING_TIME = 120;
const WATCHED = ['.pathway', '.csv', CONFIG_FILE];

/** Watches projects until it is closed. */
export interface ProjectWatch {
  close(): Promise<void>;
}

/**
 * Calls back after pathways, tables or settings of the projects have changed, with their paths relative to their
 * project. Installed packages, hidden folders and outputs are not watched.
 * @param out an output folder that the command was given, absolute
 */
export async function watchProjects(
  projects: readonly Project[],
  out: string | undefined,
  onChange: (changed: readonly string[]) => void,
): Promise<ProjectWatch> {
  const roots = projects.map(({ root }) => root);
  const outputs = projects.map(({ root, config }) => join(root, config.out ?? DEFAULT_OUT));
  if (out !== undefined) outputs.push(out);
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...roots], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => outputs.some((folder) => isInside(folder, path)) || roots.some((root) => isHidden(root, path)),
  });
  watcher.on('all', (_event, path) => {
    if (!WATCHED.some((ending) => path.endsWith(ending))) return;
    const root = roots.find((candidate) => isInside(candidate, path)) ?? '';
    changed.add(relative(root, path).split(sep).join('/'));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = [...changed].sort();
      changed.clear();
      onChange(all);
    }, SETTLING_TIME);
  });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function isHidden(root: string, path: string): boolean {
  if (!isInside(root, path)) return false;
  return relative(root, path)
    .split(sep)
    .some((part) => part === 'node_modules' || (part.startsWith('.') && part !== '.'));
}
