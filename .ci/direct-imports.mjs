// Files that gather what others export are read past: whoever imports from them imports from where it is declared. A
// bundle is split into parts by which files import which, so that otherwise every command would load what any needs.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const WORD = '[\\w$]+';
const NAMES = `\\{([\\w$,\\s]*)\\}`;

/** Files by path, with where each name that they export is declared; undefined for names that are not found so. */
const known = new Map();

/** Splits `a, b as c` into pairs of the name there and the name here. */
function pairs(names) {
  return names
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const [there, here = there] = each.split(/\s+as\s+/);
      return [there, here];
    });
}

/** The file that a module asks for, where that is one of this repository or of a package that is read past. */
function fileOf(specifier, from) {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  const own = /^@pathway\/([a-z-]+)$/.exec(specifier);
  if (own !== null) return join(ROOT, 'packages', own[1], 'dist/index.js');
  return specifier === 'langium' ? join(ROOT, 'node_modules/langium/lib/index.js') : undefined;
}

/** Where the names that a file exports are declared: pairs of a file and the name in it. */
function declarations(file) {
  const found = known.get(file);
  if (found !== undefined) return found;
  const names = new Map();
  known.set(file, names);
  if (!existsSync(file)) return names;
  const text = readFileSync(file, 'utf8');
  for (const [, specifier] of text.matchAll(/^export \* from ['"]([^'"]+)['"];$/gm)) {
    const other = fileOf(specifier, file);
    if (other !== undefined) for (const [name, place] of declarations(other)) names.set(name, place);
  }
  for (const [, list, specifier] of text.matchAll(new RegExp(`^export ${NAMES} from ['"]([^'"]+)['"];$`, 'gm'))) {
    const other = fileOf(specifier, file);
    for (const [there, here] of pairs(list)) {
      const place = other === undefined ? undefined : declarations(other).get(there);
      if (place === undefined) names.delete(here);
      else names.set(here, place);
    }
  }
  for (const [, list] of text.matchAll(new RegExp(`^export ${NAMES};$`, 'gm')))
    for (const [, here] of pairs(list)) names.set(here, [file, here]);
  const declared = new RegExp(`^export (?:async function\\*?|function\\*?|class|const|let|var) (${WORD})`, 'gm');
  for (const [, name] of text.matchAll(declared)) names.set(name, [file, name]);
  return names;
}

/** Whether a file only gathers, or does so for others of its folder. */
function gathers(specifier) {
  return /^@pathway\/[a-z-]+$|^langium$|^\.{1,2}\/(?:.*\/)?index\.js$/.test(specifier);
}

/** A module with its imports from such files turned to where the names are declared, as far as that is found. */
export function withDirectImports(text, path) {
  return text.replace(new RegExp(`^import ${NAMES} from ['"]([^'"]+)['"];$`, 'gm'), (statement, list, specifier) => {
    if (!gathers(specifier)) return statement;
    const file = fileOf(specifier, path);
    if (file === undefined) return statement;
    const names = declarations(file);
    return pairs(list)
      .map(([there, here]) => {
        const [from, name] = names.get(there) ?? [specifier, there];
        return `import { ${name} as ${here} } from ${JSON.stringify(from)};`;
      })
      .join(' ');
  });
}

/** For the modules of our own packages. */
export const directImports = {
  name: 'direct-imports',
  setup(build) {
    build.onLoad({ filter: /packages[\\/][a-z-]+[\\/]dist[\\/].*\.js$/ }, async ({ path }) => ({
      contents: withDirectImports(await readFile(path, 'utf8'), path),
      loader: 'js',
    }));
  },
};
