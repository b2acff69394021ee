import { CONFIG_FILE, parseProjectConfig, type ProjectConfig } from '@pathway/compiler';
import { PACKAGES_FOLDER } from '@pathway/model';
import zeptomatch from 'zeptomatch';
import { addressBelow, addressOf, pathBelow } from '../addresses.js';
import { type HostProject, packageNameIn, placeOfPackageFile, type ProjectHost } from './host.js';

/** What an editor without a disk answers: which files there are, and what is in one. */
export interface EditorFiles {
  /** Addresses of the files below a folder whose names end in `.pathway`, and of configurations. */
  list(folderUri: string): Promise<readonly string[]>;
  /** The text of a file; undefined where there is none. */
  read(uri: string): Promise<string | undefined>;
  /** Addresses of the open folders. */
  folders(): readonly string[];
}

/** Finds projects through the editor, for a server that runs in a browser. Packages are looked for in `pathway-packages`, then in `node_modules`. */
export function clientHost(files: EditorFiles): ProjectHost {
  const configIn = async (folder: string): Promise<ProjectConfig | undefined> => {
    const text = await files.read(addressBelow(folder, CONFIG_FILE));
    return text === undefined ? undefined : parseProjectConfig(text, CONFIG_FILE);
  };

  const folderAround = (uri: string): string =>
    files
      .folders()
      .map((folder) => withoutSlash(addressOf(folder)))
      .filter((folder) => uri.startsWith(`${folder}/`))
      .sort((a, b) => b.length - a.length)[0] ?? parentOf(uri);

  const rootOf = async (uri: string): Promise<{ root: string; config: ProjectConfig | undefined }> => {
    const top = folderAround(uri);
    for (let folder = parentOf(uri); folder.length >= top.length; folder = parentOf(folder)) {
      const config = await configIn(folder);
      if (config !== undefined) return { root: folder, config };
      if (folder === top) break;
    }
    return { root: parentOf(uri), config: undefined };
  };

  return {
    async projectOf(uri) {
      const { root, config } = await rootOf(addressOf(uri));
      const listed = await files.list(root);
      const inside = listed.flatMap((each) => pathBelow(root, each) ?? []);
      const nested = inside
        .filter((path) => path.endsWith(`/${CONFIG_FILE}`))
        .map((path) => path.slice(0, -CONFIG_FILE.length));
      const own = inside.filter(
        (path) => path.endsWith('.pathway') && isOwn(path) && !nested.some((folder) => path.startsWith(folder)),
      );
      const isEntry = matcher(config?.entry ?? ['**/*.pathway']);
      const isExcluded = matcher([...(config?.exclude ?? []), `${config?.out ?? 'out'}/**`]);
      const kept = new Set(
        inside.flatMap((path) =>
          path.startsWith(`${PACKAGES_FOLDER}/`) ? [packageNameIn(path.slice(PACKAGES_FOLDER.length + 1))] : [],
        ),
      );
      return {
        rootUri: root,
        kept,
        config: config ?? {},
        entryFiles: own.filter((path) => isEntry(path) && !isExcluded(path)).sort(),
        read: async (path) => {
          const place = path.startsWith('package:') ? placeOfPackageFile(path.slice('package:'.length), kept) : path;
          if (place.split('/').includes('..')) return undefined;
          return files.read(addressBelow(root, place));
        },
      } satisfies HostProject;
    },

    async filesOfProjectsIn(folderUri) {
      const folder = withoutSlash(folderUri);
      const listed = (await files.list(folder)).filter((each) => each.endsWith('.pathway') && isOwn(each));
      const byRoot = new Map<string, string>();
      for (const uri of listed.map(addressOf).sort()) {
        const { root } = await rootOf(uri).catch(() => ({ root: parentOf(uri) }));
        if (!byRoot.has(root)) byRoot.set(root, uri);
      }
      return [...byRoot.values()];
    },
  };
}

/** Whether a path in the project is one that patterns name. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, ''));
  return (path) => zeptomatch(plain, path);
}

/** Folders of packages and hidden ones hold nothing of a project's own. */
function isOwn(path: string): boolean {
  return !path.includes('node_modules/') && !path.includes(`${PACKAGES_FOLDER}/`) && !/(^|\/)\./.test(path);
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/$/, '');
}

function parentOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
