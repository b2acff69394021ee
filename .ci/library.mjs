// Embeds language/library/**/*.pathway as a module, so that the shipped library is read from nowhere at run time.
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
