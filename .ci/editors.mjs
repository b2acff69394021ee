// Tries the packaged extension in a real Visual Studio Code, and the language server in the other editors that the
// documentation has setups for. `node .ci/editors.mjs` does what CI does; `--current` takes a newer Visual Studio Code as
// well. What an editor is missing for is said, and a failure where PATHWAY_NEEDS_EDITORS is set.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CHROMIUM, programNamed } from './editors/browser.mjs';
import { runHostTests } from './editors/host-tests.mjs';
import { EDITORS, installEditor } from './editors/install.mjs';
import { lookAtEditor } from './editors/look.mjs';
import { tryWeb } from './editors/web.mjs';
import { eglotOf, tryEmacs, tryNeovim } from './editors/others.mjs';

const VSIX = fileURLToPath(new URL('../packages/vscode/dist/pathway.vsix', import.meta.url));
if (!existsSync(VSIX)) throw new Error('There is no packed extension: npm run build makes it.');

const missing = [];
const failed = [];

async function attempt(name, needs, work) {
  const absent = Object.entries(needs).filter(([, path]) => path === undefined);
  if (absent.length > 0) {
    missing.push(`${name}: ${absent.map(([program]) => program).join(', ')}`);
    return;
  }
  const start = Date.now();
  console.log(`\n== ${name}`);
  try {
    const code = await work();
    if (code !== 0) failed.push(name);
  } catch (error) {
    console.error(error);
    failed.push(name);
  }
  console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

const pictures = process.argv.includes('--pictures') ? process.argv[process.argv.indexOf('--pictures') + 1] : undefined;
const asked = process.argv.includes('--current') ? ['oldest', 'current'] : ['oldest'];
for (const name of asked) {
  await attempt(`VS Code ${EDITORS[name].vscode}`, { chromium: CHROMIUM }, () =>
    runHostTests(installEditor(name), VSIX),
  );
  await attempt(`VS Code ${EDITORS[name].vscode} as a person sees it`, { chromium: CHROMIUM }, () =>
    lookAtEditor(installEditor(name), VSIX, pictures),
  );
  await attempt(`VS Code ${EDITORS[name].vscode} in a browser alone`, { chromium: CHROMIUM }, () =>
    tryWeb(installEditor(name), VSIX, pictures),
  );
}
await attempt('Neovim', { neovim: programNamed('nvim') }, tryNeovim);
const emacs = programNamed('emacs');
await attempt('Emacs', { emacs, eglot: eglotOf(emacs) }, tryEmacs);

for (const each of missing)
  console.error(`NOT TESTED HERE: ${each} is not installed (apt-get install chromium neovim emacs-nox elpa-eglot)`);
for (const each of failed) console.error(`FAILED: ${each}`);
if (failed.length > 0 || (missing.length > 0 && process.env.PATHWAY_NEEDS_EDITORS)) process.exitCode = 1;
