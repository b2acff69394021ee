import Mocha from 'mocha';
import { workspace } from 'vscode';

/** Called by the editor's extension host; rejects where a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: 'spec', color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./text.js');
  await import('./panels.js');
  await import('./files.js');
  await import('./tasks.js');
  const folder = workspace.workspaceFolders?.[0]?.uri.path ?? 'no folder';
  console.log(`in the extension host, on ${folder.split('/').at(-1) ?? ''}`);
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
}
