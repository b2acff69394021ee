import { URI } from 'langium';
import { LIBRARY_SCHEME, PACKAGE_SCHEME } from './imports.js';

/** Scheme of project files in a compilation: `project:///sub/file.pathway`. */
const PROJECT_SCHEME = 'project';

/** The path that users see: relative for project files, `library:…` and `package:…` for the others. */
export function fileOf(uri: URI): string {
  const known = files.get(uri);
  if (known !== undefined) return known;
  const file = pathOf(uri);
  files.set(uri, file);
  return file;
}

/** Every origin of a file has its path: the same text for all of them. */
const files = new WeakMap<URI, string>();

function pathOf(uri: URI): string {
  const path = uri.path.replace(/^\//, '');
  if (uri.scheme === LIBRARY_SCHEME) return `library:${path}`;
  if (uri.scheme === PACKAGE_SCHEME) return `package:${path}`;
  return path;
}

/** The address of a file of the project, or of a library or package file as `fileOf` writes it. */
export function uriOfFile(file: string): URI {
  if (file.startsWith('library:'))
    return URI.from({ scheme: LIBRARY_SCHEME, path: `/${file.slice('library:'.length)}` });
  if (file.startsWith('package:'))
    return URI.from({ scheme: PACKAGE_SCHEME, path: `/${file.slice('package:'.length)}` });
  return URI.from({ scheme: PROJECT_SCHEME, path: `/${file}` });
}
