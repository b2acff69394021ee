// Generates the parser, the AST types and the TextMate grammar from language/grammar, when they are out of date.
//
//   node .ci/generate.mjs [--force]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);
const CONFIG = new URL('langium-config.json', ROOT);
const GRAMMARS = new URL('language/grammar/', ROOT);
const OUT = new URL('packages/language/src/generated/', ROOT);
const STAMP = new URL('.stamp', OUT);
const CLI = new URL('node_modules/langium-cli/', ROOT);

function inputs() {
  const grammars = readdirSync(GRAMMARS, { recursive: true })
    .filter((name) => name.endsWith('.langium'))
    .sort()
    .map((name) => new URL(name.replaceAll('\\', '/'), GRAMMARS));
  return [new URL(import.meta.url), CONFIG, new URL('package.json', CLI), ...grammars];
}

function outputsExist() {
  const { languages } = JSON.parse(readFileSync(CONFIG, 'utf8'));
  const drawn = languages.map(({ textMate }) => new URL(textMate.out, ROOT));
  const written = ['ast.ts', 'grammar.ts', 'module.ts'].map((name) => new URL(name, OUT));
  return [...written, ...drawn].every((file) => existsSync(file));
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of inputs())
    hash.update(file.href.slice(ROOT.href.length)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function languageNeedsIt() {
  const sources = new URL('packages/language/src/', ROOT);
  return readdirSync(sources, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('generated'))
    .some((name) =>
      /from '[./]+\/generated\//.test(readFileSync(new URL(name.replaceAll('\\', '/'), sources), 'utf8')),
    );
}

/** Langium's loader of grammars brings all of its services along, most of which are not used here. */
function useOwnLoader(file) {
  const text = readFileSync(file, 'utf8');
  const own = text
    .replace(
      "import { loadGrammarFromJson } from 'langium';",
      "import { loadGrammar } from '../parser/load-grammar.js';",
    )
    .replace('loadGrammarFromJson(', 'loadGrammar(');
  if (own.includes('loadGrammarFromJson'))
    throw new Error('the generated grammar is loaded in a way that is not known');
  writeFileSync(file, own);
}

function generate() {
  if (!existsSync(new URL('pathway.langium', GRAMMARS))) {
    if (languageNeedsIt())
      throw new Error('language/grammar/pathway.langium is missing, and packages/language needs it');
    console.log('There is no grammar yet, so there is nothing to generate.');
    return;
  }
  const stamp = fingerprint();
  const force = process.argv.includes('--force');
  if (!force && outputsExist() && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;

  rmSync(STAMP, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      `--import=${new URL('group-by.mjs', import.meta.url).href}`,
      fileURLToPath(new URL('bin/langium.js', CLI)),
      'generate',
    ],
    { cwd: fileURLToPath(ROOT), stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('the grammar could not be generated');
  useOwnLoader(new URL('grammar.ts', OUT));
  mkdirSync(OUT, { recursive: true });
  writeFileSync(STAMP, stamp);
}

try {
  generate();
} catch (error) {
  console.error(`generate: ${error.message}`);
  process.exitCode = 1;
}
