import { createDiagnostic, type Diagnostic, hashOfPackageText, LOCK_FILE, parsePackageLock } from '@pathway/model';
import type { SourceReader } from '../compilation.js';
import * as ast from '../generated/ast.js';
import { originOf } from '../validation/places.js';
import { fileOf } from './files.js';
import { importedUri } from './imports.js';
import type { LoadedFile } from './load.js';

const PREFIX = 'package:';

/**
 * Whether each file of a package that was read is as the project's lock file has it. Without a lock file nothing is
 * promised, and nothing is found. A finding stands at the import that brings the package.
 * @param texts every text that was read, by its path; data files of packages are among them
 */
export async function packagesAreAsLocked(
  files: readonly LoadedFile[],
  texts: ReadonlyMap<string, string>,
  reader: SourceReader,
): Promise<readonly Diagnostic[]> {
  const imports = importsOfPackages(files);
  if (imports.size === 0) return [];
  const text = await reader.read(LOCK_FILE);
  if (text === undefined) return [];
  const lock = parsePackageLock(text);
  const found: Diagnostic[] = [];
  for (const [name, statement] of imports) {
    const at = originOf(statement);
    if (typeof lock === 'string') {
      const sentence = `${lock} Take it from the history of the project, or delete it and add the packages again.`;
      return [createDiagnostic('PW8080', { sentence }, at)];
    }
    const locked = Object.hasOwn(lock.packages, name) ? lock.packages[name] : undefined;
    if (locked === undefined) {
      found.push(createDiagnostic('PW8081', { name }, at));
      continue;
    }
    const changed = [...texts].flatMap(([path, content]) => {
      const file = path.startsWith(`${PREFIX}${name}/`) ? path.slice(PREFIX.length + name.length + 1) : undefined;
      if (file === undefined) return [];
      const expected = Object.hasOwn(locked.files, file) ? locked.files[file] : undefined;
      return expected === hashOfPackageText(content) ? [] : [file];
    });
    if (changed.length === 0) continue;
    const which = `${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''}`;
    const sentence =
      `${which} of the package ${name} ${changed.length === 1 ? 'is' : 'are'} not as ${LOCK_FILE} has ${name} ` +
      `${locked.version}: look at what changed, then \`pathway hub add ${name}\` takes it over, or restore the package.`;
    found.push(createDiagnostic('PW8080', { sentence }, at));
  }
  return found;
}

/** The packages that are imported, each with the first import of it, those in the project's own files first. */
function importsOfPackages(files: readonly LoadedFile[]): ReadonlyMap<string, ast.Import> {
  const found = new Map<string, ast.Import>();
  const own = files.filter(({ file }) => !file.includes(':'));
  for (const { document } of [...own, ...files.filter((each) => !own.includes(each))]) {
    const root = document.parseResult.value;
    for (const statement of ast.isDocument(root) ? root.imports : []) {
      const uri = importedUri(document.uri, statement.path);
      const file = uri === undefined ? '' : fileOf(uri);
      if (!file.startsWith(PREFIX) || statement.path.startsWith('.')) continue;
      const parts = file.slice(PREFIX.length).split('/');
      const name = parts.slice(0, file.startsWith(`${PREFIX}@`) ? 2 : 1).join('/');
      if (!found.has(name)) found.set(name, statement);
    }
  }
  return found;
}
