// Embeds language/library/**/*.pathway and the snippets of language/editor as modules, so that neither is read from
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

const snippets = JSON.parse(readFileSync(new URL('../language/editor/pathway.code-snippets', import.meta.url), 'utf8'));
const EDITOR = new URL('../packages/language/src/editor/generated/', import.meta.url);
const listed = Object.values(snippets).map(({ prefix, body, description }) => ({
  prefix,
  body: body.join('\n'),
  description,
}));
mkdirSync(EDITOR, { recursive: true });
writeFileSync(
  new URL('snippets.ts', EDITOR),
  `/** What editors offer to write. Made from language/editor/pathway.code-snippets. */
export const SNIPPETS: readonly { readonly prefix: string; readonly body: string; readonly description: string }[] =
  ${JSON.stringify(listed, null, 2)};
`,
);
