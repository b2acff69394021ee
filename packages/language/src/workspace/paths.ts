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

/** How a file imports another: `./ward.pathway`, `../region.pathway`, `std/health`; undefined for what it cannot name. */
export function relativeImport(from: string, to: string): string | undefined {
  if (to.startsWith('library:')) return to.slice('library:'.length).replace(/\.pathway$/, '');
  if (to.startsWith('package:')) return to.slice('package:'.length).replace(/\/index\.pathway$/, '');
  if (from.includes(':')) return undefined;
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  while (here.length > 0 && there.length > 1 && here[0] === there[0]) {
    here.shift();
    there.shift();
  }
  return here.length === 0 ? `./${there.join('/')}` : `${'../'.repeat(here.length)}${there.join('/')}`;
}
