/**
 * The project path of `relative` as seen from `from` (a file's path); undefined when it would leave the project, is
 * absolute, or has a drive or scheme. Works the same for `library:` and `package:` files, which keep their prefix.
 */
export function resolveProjectPath(from: string, relative: string): string | undefined {
  if (relative === '' || relative.startsWith('/') || relative.includes('\\') || relative.includes(':'))
    return undefined;
  const colon = from.indexOf(':');
  const prefix = from.slice(0, colon + 1);
  const path: string[] = from
    .slice(colon + 1)
    .split('/')
    .slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') path.push(part);
    else if (path.pop() === undefined) return undefined;
  }
  return prefix + path.join('/');
}
