// Embeds language/library/**/*.pathway, the packages of language/knowledge and the snippets of language/editor as modules, so that none is read from
// anywhere at run time.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const LIBRARY = new URL('../language/library/', import.meta.url);
const OUT = new URL('../packages/language/src/library/generated/', import.meta.url);

const texts = readdirSync(LIBRARY, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.pathway'))
  .sort()
  .map((name) => [name, readFileSync(new URL(name, LIBRARY), 'utf8').replaceAll('\r\n', '\n')]);

mkdirSync(OUT, { recursive: true });
writeFileSync(
  new URL('texts.ts', OUT),
  `/** The shipped library: path such as \`std/health.pathway\` and text. Made from language/library. */
export const LIBRARY_TEXTS: ReadonlyMap<string, string> = new Map(${JSON.stringify(texts, null, 2)});
`,
);

// Packages of pathways that are shipped as examples: every text of each, so that `pathway hub` finds them wherever it runs.
const KNOWLEDGE = new URL('../language/knowledge/', import.meta.url);
const SHIPPED = new URL('../packages/compiler/src/generated/', import.meta.url);
const shipped = readdirSync(KNOWLEDGE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
  .map((name) => {
    const folder = new URL(`${name}/`, KNOWLEDGE);
    const files = readdirSync(folder, { recursive: true })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.(pathway|csv|md|json)$|^LICENSE$/.test(path))
      .sort();
    return [
      name,
      Object.fromEntries(
        files.map((path) => [path, readFileSync(new URL(path, folder), 'utf8').replaceAll('\r\n', '\n')]),
      ),
    ];
  });
mkdirSync(SHIPPED, { recursive: true });
writeFileSync(
  new URL('shipped-packages.ts', SHIPPED),
  `/** The shipped packages of pathways: their files by path. Made from language/knowledge. */
export const SHIPPED_PACKAGES: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map<
  string,
  Readonly<Record<string, string>>
>(${JSON.stringify(shipped, null, 2)});
`,
);

const snippets = JSON.parse(readFileSync(new URL('../language/editor/pathway.code-snippets', import.meta.url), 'utf8'));
const EDITOR = new URL('../packages/language/src/editor/generated/', import.meta.url);
const listed = Object.values(snippets).map(({ prefix, rule, body, description }) => ({
  prefix,
  rule,
  body: body.join('\n'),
  description,
}));
mkdirSync(EDITOR, { recursive: true });
writeFileSync(
  new URL('snippets.ts', EDITOR),
  `/** What editors offer to write, and the rule of the grammar that it is written by. Made from language/editor/pathway.code-snippets. */
export const SNIPPETS: readonly {
  readonly prefix: string;
  readonly rule: string;
  readonly body: string;
  readonly description: string;
}[] =
  ${JSON.stringify(listed, null, 2)};
`,
);
