// The setups of docs/editors.md, word for word, in the editors themselves.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorkspace } from './workspace.mjs';

const ROOT = new URL('../../', import.meta.url);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The lines of code of a language that the documentation has under a heading. */
function setupFor(heading, language) {
  const text = readFileSync(new URL('docs/editors.md', ROOT), 'utf8');
  const section = text.split(/^## /m).find((each) => each.startsWith(heading)) ?? '';
  const code = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(section)?.[1];
  if (code === undefined) throw new Error(`docs/editors.md has no ${language} under ${heading}`);
  return code;
}

/** Runs an editor with its setup on a ward; gives its exit code. */
function run(name, setup, args) {
  const workspace = makeWorkspace();
  const folder = mkdtempSync(join(tmpdir(), 'pathway-setup-'));
  try {
    // `pathway` as an installation puts it on the path.
    mkdirSync(join(folder, 'bin'));
    const command = fileURLToPath(new URL('packages/cli/bin/pathway.js', ROOT));
    writeFileSync(join(folder, 'bin/pathway'), `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`);
    chmodSync(join(folder, 'bin/pathway'), 0o755);
    writeFileSync(join(folder, 'setup'), setup);
    const { status, stdout, stderr, error } = spawnSync(name, args(join(folder, 'setup')), {
      cwd: workspace.folder,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...process.env,
        HOME: folder,
        PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
        PATHWAY_FILE: join(workspace.folder, 'ward/care.pathway'),
      },
    });
    console.log(stdout.trimEnd());
    if (status !== 0) console.error(error ?? stderr);
    return status ?? 1;
  } finally {
    workspace.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where Emacs has Eglot, which older ones get as a package. */
export function eglotOf(emacs) {
  if (emacs === undefined) return undefined;
  const { status } = spawnSync(emacs, ['--batch', '-f', 'package-initialize', '--eval', "(require 'eglot)"]);
  return status === 0 ? emacs : undefined;
}

export function tryNeovim() {
  const args = (setup) => [
    '--headless',
    '-u',
    'NONE',
    '-i',
    'NONE',
    '-n',
    '-c',
    `luafile ${setup}`,
    '-c',
    `luafile ${here('neovim.lua')}`,
  ];
  return run('nvim', setupFor('Neovim', 'lua'), args);
}

export function tryEmacs() {
  const args = (setup) => ['--batch', '-f', 'package-initialize', '-l', setup, '-l', here('emacs.el')];
  return run('emacs', setupFor('Emacs', 'elisp'), args);
}
