import { isDiagnosticCode, nearestText } from '@pathway/model';
import english from 'zod/v4/locales/en.js';
import * as z from 'zod/mini';
import { ProjectError } from '../project-error.js';
import { languageTag } from './language-tag.js';

/** Name of the file that makes a folder a project with settings of its own. */
export const CONFIG_FILE = 'pathway.config.json';

/** Where products go when neither the configuration nor the command says so. */
export const DEFAULT_OUT = 'out';

// What is wrong is told in English; the smaller of zod's two interfaces, which a language server carries along, has no words
// of its own.
z.config(english());

const insideProject = z
  .string()
  .check(
    z.minLength(1),
    z.refine(staysInside, 'must stay inside the project: a relative path with forward slashes and without `..`'),
  );

const packageName = z
  .string()
  .check(
    z.regex(
      /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/,
      'must be the name of an npm package, like `@region/tables`',
    ),
  );

const text = z.string().check(z.minLength(1));

/** A setting that may be left out, with what it means. */
function setting<Schema extends z.ZodMiniType>(schema: Schema, description: string): z.ZodMiniOptional<Schema> {
  return z.optional(schema).check(z.describe(description));
}

const hubFolder = text.check(
  z.refine(
    (path) => !path.startsWith('/') && !path.includes('\\') && !path.includes('\0') && !/^[A-Za-z]:/.test(path),
    'must be a relative path with forward slashes, like `../knowledge`',
  ),
);

const product = z.union([
  text,
  z.strictObject({
    emitter: z.string().check(z.minLength(1), z.describe('Name of the emitter.')),
    options: setting(z.record(z.string(), z.unknown()), 'Options of that emitter.'),
  }),
]);

/** The shape of `pathway.config.json`, published as `docs/schemas/project.schema.json`. */
const projectConfigSchema = z
  .strictObject({
    $schema: z.optional(z.string()),
    title: setting(text, 'Title of the project, for reports.'),
    entry: setting(
      z.array(insideProject).check(z.minLength(1)),
      'Pathway files to compile, as globs from the project folder. Without it: every .pathway file.',
    ),
    exclude: setting(z.array(insideProject), 'Files to leave out, as globs from the project folder.'),
    out: setting(insideProject, `Folder for products, from the project folder. Without it: ${DEFAULT_OUT}.`),
    products: setting(
      z.array(product).check(z.minLength(1)),
      'What `pathway build` makes: names of emitters, or names with options. Without it: all of them.',
    ),
    severities: setting(
      z.partialRecord(
        z.string().check(z.refine(isDiagnosticCode, 'must be the code of a diagnostic, like `PW3001`')),
        z.enum(['error', 'warning', 'information', 'hint', 'off']),
      ),
      'Level of single diagnostics, by code.',
    ),
    approvals: setting(
      z.literal('required'),
      'Every pathway must be approved as it is, by its owner: anything else is an error.',
    ),
    test: setting(
      z.strictObject({
        budget: setting(
          z.int().check(z.minimum(1)),
          'Replications of each scenario at most, where the runs of a study do not decide an `expect`.',
        ),
        undecided: setting(
          z.enum(['apart', 'pass', 'broken']),
          'What an `expect` that cannot be decided counts as. Without it: `apart`, exit code 3.',
        ),
      }),
      'How `pathway test` decides.',
    ),
    language: setting(
      languageTag,
      'Language (BCP 47) of reports and drawings. Without it: English, and titles as declared.',
    ),
    languages: setting(
      z.array(languageTag).check(z.minLength(1)),
      'Languages (BCP 47) that readers have: titles that are missing in one of them are told (PW9005).',
    ),
    hub: setting(
      z.array(hubFolder).check(z.minLength(1)),
      'Folders with packages, from the project folder, in which `pathway hub` looks too; others may be above it.',
    ),
    emitters: setting(
      z.array(packageName),
      'npm packages, installed in the project, that bring emitters of their own.',
    ),
  })
  .check(z.meta({ title: 'Settings of a Pathway project' }));

/** The JSON Schema of the configuration, for editors. */
export function projectJsonSchema(): object {
  return { $id: 'urn:pathway:schema:project:1', ...z.toJSONSchema(projectConfigSchema) };
}

export type ProjectConfig = z.infer<typeof projectConfigSchema>;

/** One product that a build makes, with the emitter's options as they were written. */
export interface ProductRequest {
  readonly emitter: string;
  readonly options: unknown;
}

/**
 * Reads the text of a configuration. `file` is its name in messages.
 * @throws ProjectError that names line and column of broken JSON, or each setting that cannot be.
 */
export function parseProjectConfig(text: string, file: string): ProjectConfig {
  const parsed = projectConfigSchema.safeParse(parseJson(text, file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue));
  throw new ProjectError(
    `${file} has settings that cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    'See docs/cli.md for all settings, or take the file away to build with the usual ones.',
  );
}

/** The products a configuration asks for, in its order; undefined when it leaves the choice to the registry. */
export function productRequests(config: ProjectConfig): readonly ProductRequest[] | undefined {
  return config.products?.map((entry) =>
    typeof entry === 'string'
      ? { emitter: entry, options: {} }
      : { emitter: entry.emitter, options: entry.options ?? {} },
  );
}

/** Whether a path or glob is relative, with forward slashes, and never leaves the folder it starts in. */
export function staysInside(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path))
    return false;
  return !path.split('/').includes('..');
}

function parseJson(text: string, file: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(reason)?.[1];
    const place = offset === undefined ? placeOf(text, text.length) : placeOf(text, Number(offset));
    throw new ProjectError(
      `${file}:${place} is not valid JSON.`,
      'A comma too many or too few, a missing quote, or a comment is the usual reason: JSON has no comments.',
    );
  }
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const where = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : String(part)))
    .join('.')
    .replaceAll('.[', '[');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(projectConfigSchema.shape);
    return issue.keys.map((key) => {
      const near = nearestText(key, known);
      const setting = where === '' ? key : `${where}.${key}`;
      return `\`${setting}\` is no setting${near === undefined ? '' : `; did you mean \`${near}\`?`}`;
    });
  }
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => `\`${where}\`: ${message}`);
  return [where === '' ? `the file ${issue.message}` : `\`${where}\`: ${issue.message}`];
}
