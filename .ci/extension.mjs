// Bundles the extension for Visual Studio Code and packs it: packages/vscode/dist/pathway.vsix.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';

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
  ['LICENSE', 'LICENSE.txt'],
  ['THIRD_PARTY_NOTICES.md', 'THIRD_PARTY_NOTICES.md'],
])
  cpSync(new URL(from, ROOT), new URL(to, FOLDER));
await build({
  absWorkingDir: fileURLToPath(ROOT),
  entryPoints: ['extension', 'picture-worker', 'study-worker'].map((name) =>
    fileURLToPath(new URL(`${name}.js`, BUILT)),
  ),
  outdir: fileURLToPath(FOLDER),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  external: ['vscode', '@resvg/resvg-js', 'msgpackr-extract'],
  logOverride: { 'empty-import-meta': 'silent' },
  logLevel: 'warning',
});
await createVSIX({
  cwd: fileURLToPath(FOLDER),
  packagePath: fileURLToPath(new URL('pathway.vsix', BUILT)),
  dependencies: false,
  allowMissingRepository: true,
  skipLicense: false,
});
