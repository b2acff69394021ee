// Bundles the extension for Visual Studio Code and packs it: packages/vscode/dist/pathway.vsix.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtinModules } from 'node:module';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import { ON_DEMAND } from './lean-bundle.mjs';

const ROOT = new URL('../', import.meta.url);
const BUILT = new URL('packages/vscode/dist/', ROOT);
const FOLDER = new URL('extension/', BUILT);

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
cpSync(new URL('packages/vscode/extension/', ROOT), FOLDER, { recursive: true });
for (const [from, to] of [
  ['language/editor/pathway.tmLanguage.json', 'pathway.tmLanguage.json'],
  ['language/editor/language-configuration.json', 'language-configuration.json'],
  ['docs/schemas/project.schema.json', 'project.schema.json'],
  ['packages/language-server/dist/bundle/server.mjs', 'server.mjs'],
  ...ON_DEMAND.map(({ file }) => [`packages/language-server/dist/bundle/${file}`, file]),
  ['packages/language-server/dist/bundle/browser.js', 'server-web.js'],
  ['LICENSE', 'LICENSE.txt'],
  ['THIRD_PARTY_NOTICES.md', 'THIRD_PARTY_NOTICES.md'],
])
  cpSync(new URL(from, ROOT), new URL(to, FOLDER));
/** What both kinds of bundles have in common. */
const common = {
  absWorkingDir: fileURLToPath(ROOT),
  outdir: fileURLToPath(FOLDER),
  bundle: true,
  minify: true,
  legalComments: 'none',
  logOverride: { 'empty-import-meta': 'silent' },
  logLevel: 'warning',
};
const entries = (...names) => names.map((name) => fileURLToPath(new URL(`${name}.js`, BUILT)));
await build({
  ...common,
  entryPoints: entries('extension', 'picture-worker', 'study-worker'),
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode', '@resvg/resvg-js', 'msgpackr-extract'],
});
// In a browser: the editor loads the extension itself as CommonJS, and the workers are scripts.
const web = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  external: ['vscode', '@resvg/resvg-js', 'msgpackr-extract', 'node:*', ...builtinModules],
};
await build({ ...web, entryPoints: entries('extension-web'), format: 'cjs' });
await build({ ...web, entryPoints: entries('picture-worker-web', 'study-worker-web'), format: 'iife' });
await createVSIX({
  cwd: fileURLToPath(FOLDER),
  packagePath: fileURLToPath(new URL('pathway.vsix', BUILT)),
  dependencies: false,
  allowMissingRepository: true,
  skipLicense: false,
});
