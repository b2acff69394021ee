// Bundles the language server, one file for Node and one for a web worker, and the command: one small file that starts at once, and a chunk for each command that is loaded when called.
// The command is kept compiled for the Node that builds it: docs/decisions/0023-what-is-kept-compiled.md.
// Every `*.worker.ts` of a package becomes a file of its own beside them, so that
// `new URL('./name.worker.js', import.meta.url)` finds it from any chunk.
import { builtinModules } from 'node:module';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { minify } from 'terser';
import { directImports } from './direct-imports.mjs';
import { asScripts, keepCompiled } from './kept/keep.mjs';
import { lean, leanBrowser, ON_DEMAND, onDemand } from './lean-bundle.mjs';
import { packedHere } from './packed-here.mjs';

const ROOT = new URL('../', import.meta.url);
const OUT = new URL('packages/cli/dist/bundle/', ROOT);

function* workers() {
  const packages = new URL('packages/', ROOT);
  for (const name of readdirSync(packages).sort()) {
    const built = new URL(`${name}/dist/`, packages);
    if (!existsSync(built)) continue;
    for (const file of readdirSync(built, { recursive: true }).sort()) {
      if (file.endsWith('.worker.js') && !file.startsWith('bundle'))
        yield fileURLToPath(new URL(file.replaceAll('\\', '/'), built));
    }
  }
}

/** What both sides of the language server have in common. */
const server = {
  absWorkingDir: fileURLToPath(ROOT),
  bundle: true,
  minify: true,
  legalComments: 'none',
  // What only other parts of the compiler import is dropped, and stays unresolved until then.
  external: ['@resvg/resvg-js', 'msgpackr-extract', 'node:*', ...builtinModules],
  logOverride: { 'empty-import-meta': 'silent' },
  ...lean,
  logLevel: 'warning',
};
const SERVER = new URL('packages/language-server/dist/bundle/', ROOT);
rmSync(SERVER, { recursive: true, force: true });
const onNode = {
  ...server,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};
await build({
  ...onNode,
  plugins: [...server.plugins, onDemand],
  entryPoints: [fileURLToPath(new URL('packages/language-server/dist/main.js', ROOT))],
  outfile: fileURLToPath(new URL('server.mjs', SERVER)),
});
for (const { file, entry } of ON_DEMAND)
  await build({
    ...onNode,
    entryPoints: [fileURLToPath(new URL(entry, ROOT))],
    outfile: fileURLToPath(new URL(file, SERVER)),
  });
await build({
  ...server,
  ...leanBrowser,
  entryPoints: [fileURLToPath(new URL('packages/language-server/dist/browser-main.js', ROOT))],
  outfile: fileURLToPath(new URL('browser.js', SERVER)),
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
});

// What an editor loads before it can answer: no more than this, so that it starts at once.
const LARGEST_SERVER = 900_000;
for (const file of ['server.mjs', 'browser.js']) {
  const place = new URL(file, SERVER);
  // Further looks at the whole find a fiftieth more to take out.
  const { code } = await minify(readFileSync(place, 'utf8'), {
    module: file.endsWith('.mjs'),
    compress: { passes: 4 },
    ecma: 2020,
    format: { comments: false },
  });
  writeFileSync(place, code);
  const { size } = statSync(place);
  if (size > LARGEST_SERVER)
    throw new Error(
      `${file} of the language server has ${size} bytes, and may have ${LARGEST_SERVER}: see docs/decisions/0014-a-lean-server.md`,
    );
}

rmSync(OUT, { recursive: true, force: true });
const { metafile } = await build({
  metafile: true,
  absWorkingDir: fileURLToPath(ROOT),
  entryPoints: [fileURLToPath(new URL('packages/cli/dist/main.js', ROOT)), ...workers()],
  outdir: fileURLToPath(OUT),
  entryNames: '[name]',
  chunkNames: 'chunk-[name]-[hash]',
  bundle: true,
  plugins: [packedHere, directImports],
  // Langium asks for the whole protocol of editors, for a token that never says anything here.
  alias: { 'vscode-languageserver-protocol': lean.alias['vscode-languageserver-protocol'] },
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Names stay, for errors and where they are looked at; to keep shortened ones would cost time at each start.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Native code and WebAssembly in files cannot be bundled; they are loaded from the installed packages, and msgpackr
  // does without its own.
  external: ['@resvg/resvg-js', 'highs', 'msgpackr-extract'],
});
const withEngine = Object.entries(metafile.outputs)
  .filter(([, { inputs }]) => Object.keys(inputs).some((file) => file.includes('simulation/dist/engine/')))
  .map(([file]) => basename(file));
await asScripts(fileURLToPath(OUT), { 'main.js': ['run'] }, withEngine);
// What compiling and running two examples needs is compiled here, once.
keepCompiled(
  fileURLToPath(OUT),
  ['stroke-surge', 'urgent-care'].flatMap((name) => [
    ['check', `examples/${name}`],
    ['simulate', `examples/${name}`, '--replications', '1', '--workers', '1', '--quiet'],
  ]),
  fileURLToPath(ROOT),
);
