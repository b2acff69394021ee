import { URI, UriUtils } from 'langium';

/** Scheme of the shipped library: `import "std/health"` is `builtin:///std/health.pathway`. */
export const LIBRARY_SCHEME = 'builtin';
/** Scheme of npm packages in a compilation: `package:///@readiness/heat/index.pathway`. */
export const PACKAGE_SCHEME = 'package';

/**
 * The file an import names, as seen from the file that imports it: `./` and `../` are beside it, `std/…` is the shipped
 * library, anything else an npm package (its `index.pathway`, or the file after the package's name). Undefined for a
 * path that can be none of these.
 */
export function importedUri(importer: URI, path: string | undefined): URI | undefined {
  if (path === undefined) return undefined;
  if (path.startsWith('./') || path.startsWith('../')) {
    const file = path.endsWith('.pathway') ? path : `${path}.pathway`;
    return UriUtils.resolvePath(UriUtils.dirname(importer), file);
  }
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes(':') || path.includes('//'))
    return undefined;
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  if (parts[0] === 'std') return URI.from({ scheme: LIBRARY_SCHEME, path: `/${withExtension(path)}` });
  const nameLength = path.startsWith('@') ? 2 : 1;
  if (parts.length < nameLength) return undefined;
  const file = parts.length === nameLength ? `${path}/index.pathway` : withExtension(path);
  return URI.from({ scheme: PACKAGE_SCHEME, path: `/${file}` });
}

function withExtension(path: string): string {
  return path.endsWith('.pathway') ? path : `${path}.pathway`;
}
