// Runs packages/vscode/test/host inside the extension host of a real Visual Studio Code, against the packaged extension:
// the way of microsoft/vscode's own integration tests in a browser, with the `payload` of the page's address.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { build } from 'esbuild';
import { launchBrowser } from './browser.mjs';
import { serveEditor } from './serve.mjs';
import { makeWorkspace } from './workspace.mjs';

const VSCODE = new URL('../../packages/vscode/', import.meta.url);
const LONGEST = 180_000;
/** What the workbench itself logs into the page. */
const OWN =
  /socket|connection token|Service Worker|extensions cache|ChatSession|\[Chat|AgentHost|AccountPolicy|grace-time|spdlog|bindings file|native-watchdog|Creation of workbench contribution|web worker|open-vsx|\n\s+at .*workbench\.js/;

/** Bundles and runs the tests in an editor; gives the exit code of the tests. */
export async function runHostTests(editor, vsix) {
  const tests = fileURLToPath(new URL('dist/host-tests/index.cjs', VSCODE));
  await build({
    entryPoints: [fileURLToPath(new URL('test/host/index.ts', VSCODE))],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  // Tests need an extension that is being developed; ours is installed as users have it.
  const development = mkdtempSync(join(tmpdir(), 'pathway-host-'));
  const manifest = { name: 'host-tests', publisher: 'pathway', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(development, 'package.json'), JSON.stringify(manifest));
  const workspace = makeWorkspace();
  // With its driver, a newer editor shows no messages as toasts; nobody looks at them here.
  const served = await serveEditor(editor, vsix, {}, ['--enable-smoke-test-driver']);
  const uri = (path) => `vscode-remote://${served.host}${path}`;
  const payload = [
    ['extensionDevelopmentPath', uri(development)],
    ['extensionTestsPath', uri(tests)],
    ['skipWelcome', 'true'],
  ];
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    // Newer editors heed the payload of a built product only with the driver of their smoke tests.
    await page.addInitScript(() => {
      const get = Element.prototype.getAttribute;
      Element.prototype.getAttribute = function (name) {
        const value = get.call(this, name);
        if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
        const settings = JSON.parse(value);
        settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
        return JSON.stringify(settings);
      };
    });
    const ended = new Promise((resolve) => {
      const late = setTimeout(() => {
        console.error('The extension host never told how the tests ended.');
        resolve(3);
      }, LONGEST);
      void page.exposeFunction('codeAutomationLog', (_type, args) => {
        const text = format(...args);
        if (!OWN.test(text)) console.log(text);
      });
      void page.exposeFunction('codeAutomationExit', (code) => {
        clearTimeout(late);
        resolve(code);
      });
    });
    await page.goto(
      `${served.base}/?folder=${workspace.folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    );
    return await ended;
  } finally {
    await browser.close();
    await served.end();
    workspace.remove();
    rmSync(development, { recursive: true, force: true });
  }
}
