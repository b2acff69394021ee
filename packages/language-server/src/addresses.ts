import { URI } from 'vscode-uri';

/**
 * The one spelling of an address: editors differ in the signs that they write with a per cent sign and in the case of
 * drive letters, and an address is known again only where they are the same. What is no address stays as it is.
 */
export function addressOf(uri: string): string {
  try {
    return URI.parse(uri, true).toString();
  } catch {
    return uri;
  }
}

/** The address of a file below a folder, by its path with forward slashes. */
export function addressBelow(folder: string, path: string): string {
  const { scheme, authority, path: start } = URI.parse(folder);
  return URI.from({ scheme, authority, path: `${start.replace(/\/$/, '')}/${path}` }).toString();
}

/** The path of an address below a folder; undefined where it lies outside. */
export function pathBelow(folder: string, uri: string): string | undefined {
  const [above, inside] = [URI.parse(folder), URI.parse(uri)];
  const start = `${above.path.replace(/\/$/, '')}/`;
  const isBelow =
    above.scheme === inside.scheme && above.authority === inside.authority && inside.path.startsWith(start);
  return isBelow ? inside.path.slice(start.length) : undefined;
}
