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
  // A real editor on a busy machine may miss a moment that a test waits for, so that each is given a second try.
  const passed = (await works(work)) || (console.error(`${name} failed; once more:`), await works(work));
  if (!passed) failed.push(name);
  console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

async function works(work) {
  try {
    return (await work()) === 0;
  } catch (error) {
    console.error(error);
    return false;
  }
}

/** The editor, or undefined where it cannot be brought, as without a network. */
function installed(name) {
  try {
    return installEditor(name);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

const pictures = process.argv.includes('--pictures') ? process.argv[process.argv.indexOf('--pictures') + 1] : undefined;
const asked = process.argv.includes('--current') ? ['oldest', 'current'] : ['oldest'];
for (const name of asked) {
  const editor = CHROMIUM === undefined ? undefined : installed(name);
  const needs = { chromium: CHROMIUM, 'code-server from npm': editor };
  const title = `VS Code ${EDITORS[name].vscode}`;
  await attempt(title, needs, () => runHostTests(editor, VSIX));
  await attempt(`${title} as a person sees it`, needs, () => lookAtEditor(editor, VSIX, pictures));
  await attempt(`${title} in a browser alone`, needs, () => tryWeb(editor, VSIX, pictures));
}
await attempt('Neovim', { neovim: programNamed('nvim') }, tryNeovim);
const emacs = programNamed('emacs');
await attempt('Emacs', { emacs, eglot: eglotOf(emacs) }, tryEmacs);

for (const each of missing)
  console.error(`NOT TESTED HERE: ${each} is not installed (apt-get install chromium neovim emacs-nox elpa-eglot)`);
for (const each of failed) console.error(`FAILED: ${each}`);
if (failed.length > 0 || (missing.length > 0 && process.env.PATHWAY_NEEDS_EDITORS)) process.exitCode = 1;
