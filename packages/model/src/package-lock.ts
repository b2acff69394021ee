import * as z from 'zod/mini';
import { sha256Hex, sha256OfBytes } from './json.js';

/** Name of the file, beside a project's settings, that says which packages it was made with. */
export const LOCK_FILE = 'pathway.lock.json';

/** The folder of a project that keeps packages which no npm has installed. */
export const PACKAGES_FOLDER = 'pathway-packages';

const hash = z.string().check(z.regex(/^sha256-[0-9a-f]{64}$/, 'must be `sha256-` and 64 hexadecimal digits'));
const text = z.string().check(z.minLength(1));

// The small kind of schemas: the language server reads lock files too.
const lockedPackageSchema = z.strictObject({
  version: text,
  licence: text.check(z.describe('SPDX expression, as the package states it.')),
  source: text.check(
    z.describe('Where it came from: `npm`, `shipped`, or a folder as it was named, from the project.'),
  ),
  revision: z.exactOptional(text.check(z.describe('The commit of a folder that is a git checkout.'))),
  integrity: hash.check(z.describe('Over the names and hashes of all files.')),
  files: z.record(text, hash).check(z.describe('Hash of each file by its path in the package.')),
});

const packageLockSchema = z
  .strictObject({ version: z.literal(1), packages: z.record(text, lockedPackageSchema) })
  .check(z.meta({ title: 'Packages of a Pathway project', description: 'Which packages a project was made with.' }));

export type PackageLock = z.infer<typeof packageLockSchema>;
export type LockedPackage = z.infer<typeof lockedPackageSchema>;

/** The JSON Schema of a lock file. */
export function packageLockJsonSchema(): object {
  return { $id: 'urn:pathway:schema:lock:1', ...z.toJSONSchema(packageLockSchema) };
}

/** What a lock file says, or in a sentence why it cannot be read. */
export function parsePackageLock(text: string): PackageLock | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${LOCK_FILE} is not valid JSON.`;
  }
  const parsed = packageLockSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at \`${issue.path.map(String).join(' › ')}\``;
  return `${LOCK_FILE} is no list of packages${where}: ${issue?.message ?? 'it is empty'}.`;
}

/** The text of a lock file: packages and files in order of code units. */
export function packageLockText({ packages }: PackageLock): string {
  const locked = sortedEntries(packages).map(([name, each]) => [
    name,
    {
      version: each.version,
      licence: each.licence,
      source: each.source,
      ...(each.revision !== undefined && { revision: each.revision }),
      integrity: each.integrity,
      files: Object.fromEntries(sortedEntries(each.files)),
    },
  ]);
  return `${JSON.stringify({ version: 1, packages: Object.fromEntries(locked) as object }, undefined, 2)}\n`;
}

function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The hash of a text of a package; line ends and a byte-order mark do not count, since checkouts change them. */
export function hashOfPackageText(text: string): string {
  return `sha256-${sha256Hex(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))}`;
}

/** The hash of a file of a package that is no text. */
export function hashOfPackageBytes(bytes: Uint8Array): string {
  return `sha256-${sha256OfBytes(bytes)}`;
}

/** The hash over all files of a package, from those of its files. */
export function integrityOf(files: Readonly<Record<string, string>>): string {
  const lines = Object.entries(files).map(([path, each]) => `${path}\n${each}\n`);
  return `sha256-${sha256Hex(lines.sort().join(''))}`;
}
