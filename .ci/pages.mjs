// Writes the pages of language/diagnostics into packages/cli as a module, so that `pathway explain` reads nothing from
// outside its package.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const PAGES = new URL('../language/diagnostics/', import.meta.url);
const OUT = new URL('../packages/cli/src/generated/', import.meta.url);

const names = existsSync(PAGES)
  ? readdirSync(PAGES)
      .filter((name) => /^PW\d{4}\.md$/.test(name))
      .sort()
  : [];
const pages = names.map((name) => {
  const text = readFileSync(new URL(name, PAGES), 'utf8').replaceAll('\r\n', '\n');
  return `  ${name.slice(0, -'.md'.length)}: ${JSON.stringify(text)},`;
});
const module = `// Made by .ci/pages.mjs from language/diagnostics; do not edit.
export const DIAGNOSTIC_PAGES: Readonly<Partial<Record<string, string>>> = {
${pages.join('\n')}
};
`;
const target = new URL('diagnostic-pages.ts', OUT);
mkdirSync(OUT, { recursive: true });
if (!existsSync(target) || readFileSync(target, 'utf8') !== module) writeFileSync(target, module);
