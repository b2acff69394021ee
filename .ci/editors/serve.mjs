// Starts an editor with a profile of its own, in which only our packaged extension is installed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'workbench.enableExperiments': false,
  'update.mode': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.enabled': false,
  // Otherwise words of the text would pass for completion.
  'editor.wordBasedSuggestions': 'off',
  'files.autoSave': 'off',
  'files.hotExit': 'off',
};

/**
 * @param editor what `installEditor` gave
 * @param vsix path of the packaged extension
 * @param settings beyond those that keep the editor quiet
 * @param options of the editor's server beyond those for an address and a profile
 * @returns its address, and a way to end it that removes its profile
 */
export async function serveEditor(editor, vsix, settings = {}, options = []) {
  const profile = mkdtempSync(join(tmpdir(), 'pathway-editor-'));
  mkdirSync(join(profile, 'data/User'), { recursive: true });
  writeFileSync(join(profile, 'data/User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  const common = [
    editor.main,
    '--accept-server-license-terms',
    '--user-data-dir',
    join(profile, 'data'),
    '--server-data-dir',
    join(profile, 'server'),
    '--extensions-dir',
    join(profile, 'extensions'),
    '--telemetry-level',
    'off',
  ];
  const installed = spawnSync(editor.node, [...common, '--install-extension', vsix], { encoding: 'utf8' });
  if (installed.status !== 0)
    throw new Error(`the extension does not install:\n${installed.stdout}${installed.stderr}`);
  const port = await freePort();
  const log = openSync(join(profile, 'editor.log'), 'w');
  const server = spawn(
    editor.node,
    [...common, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', ...options],
    { stdio: ['ignore', log, log], detached: true },
  );
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (
      await fetch(`${base}/version`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (tries > 150)
      throw new Error(`${editor.name} does not start:\n${readFileSync(join(profile, 'editor.log'), 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    base,
    host: `127.0.0.1:${port}`,
    settings: join(profile, 'data/User/settings.json'),
    end: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      process.kill(-server.pid, 'SIGTERM');
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
