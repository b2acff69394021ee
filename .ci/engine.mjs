// Compiles packages/simulation/engine to WebAssembly and writes the binary as a module, when it is out of date.
//
//   node .ci/engine.mjs [--force]
//   node .ci/engine.mjs --check    compiles again and fails where the binary is not what comes of its sources
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);
const SOURCES = new URL('packages/simulation/engine/', ROOT);
const OUT = new URL('packages/simulation/src/generated/engine-binary.ts', ROOT);
const COMPILER = new URL('node_modules/assemblyscript/', ROOT);

// Nothing is freed but with the instance, so the smallest runtime does; indices are right by construction.
// Calls cost more than code, and code that seldom runs costs registers where it is written out: of larger functions only
// those marked with a comment, "@inline", are.
const INLINING = { always: 24, flexible: 60, once: 60 };

const OPTIONS = [
  'engine.ts',
  '--outFile',
  'engine.wasm',
  '--runtime',
  'stub',
  '-O3',
  '--noAssert',
  '--enable',
  'simd',
  '--use',
  'abort=',
];

/** What AssemblyScript reads of a source: the platform's other side, marks, and not the names that it has built in. */
function sourceFor(name) {
  const file = new URL(name === 'platform.ts' ? 'platform.wasm.ts' : name, SOURCES);
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8')
    .replace(/^import \{[^}]*\} from '\.\/scalars\.ts';$/m, '')
    .replace(/^import type /gm, 'import ')
    .replace(/^( *)\/\/ @inline$/gm, '$1@inline')
    .replace(/^(?=(?:export )?class )/gm, '@unmanaged\n');
}

function fingerprint() {
  const hash = createHash('sha256');
  const add = (name, text) => hash.update(name).update('\0').update(text).update('\0');
  for (const name of readdirSync(SOURCES)
    .filter((each) => each.endsWith('.ts'))
    .sort())
    add(name, readFileSync(new URL(name, SOURCES), 'utf8'));
  add('options', OPTIONS.join(' ') + JSON.stringify(INLINING));
  add('compiler', JSON.parse(readFileSync(new URL('package.json', COMPILER), 'utf8')).version);
  return hash.digest('hex');
}

async function compile() {
  const { default: asc } = await import('assemblyscript/asc');
  const files = new Map();
  const { error, stderr } = await asc.main(OPTIONS, {
    readFile: (name) => sourceFor(name),
    writeFile: (name, contents) => void files.set(name, contents),
    listFiles: () => [],
  });
  if (error) {
    // It is no error that an element of an array, which TypeScript wants a `!` for, is never null.
    const troubles = stderr
      .toString()
      .split('\n\n')
      .filter((each) => !each.startsWith('INFO'));
    throw new Error(troubles.join('\n\n'));
  }
  return inlined(files.get('engine.wasm'));
}

async function inlined(compiled) {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(compiled);
  // What AssemblyScript uses, so that nothing newer slips in.
  const { MutableGlobals, SignExt, NontrappingFPToInt, BulkMemory, BulkMemoryOpt, SIMD128 } = binaryen.Features;
  module.setFeatures(MutableGlobals | SignExt | NontrappingFPToInt | BulkMemory | BulkMemoryOpt | SIMD128);
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(0);
  binaryen.setAlwaysInlineMaxSize(INLINING.always);
  binaryen.setFlexibleInlineMaxSize(INLINING.flexible);
  binaryen.setOneCallerInlineMaxSize(INLINING.once);
  module.optimize();
  module.optimize();
  const binary = module.emitBinary();
  module.dispose();
  return binary;
}

function moduleOf(binary) {
  return (
    '// Made of packages/simulation/engine by .ci/engine.mjs.\n\n' +
    '/** SHA-256 of the sources, options and compiler that the binary was made of. */\n' +
    `export const ENGINE_SOURCE = '${fingerprint()}';\n\n` +
    '/** The WebAssembly module, in base 64. */\n' +
    `export const ENGINE_BINARY =\n  '${Buffer.from(binary).toString('base64')}';\n`
  );
}

async function generate() {
  if (!existsSync(COMPILER)) throw new Error('assemblyscript is not installed: run `npm ci`');
  const known = existsSync(OUT) ? readFileSync(OUT, 'utf8') : '';
  if (process.argv.includes('--check')) {
    if (known !== moduleOf(await compile()))
      throw new Error('the binary is not that of its sources: run `npm run generate`');
    return;
  }
  if (!process.argv.includes('--force') && known.includes(fingerprint())) return;
  const text = moduleOf(await compile());
  mkdirSync(new URL('.', OUT), { recursive: true });
  writeFileSync(OUT, text);
}

try {
  await generate();
} catch (error) {
  console.error(`engine: ${error.message}`);
  process.exitCode = 1;
}
