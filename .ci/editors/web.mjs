// The extension in a browser alone: the editor runs it and the server in web workers, and the files come through the editor.
import { launchBrowser } from './browser.mjs';
import { openWorkbench } from './page.mjs';
import { serveEditor } from './serve.mjs';
import { makeWorkspace } from './workspace.mjs';

/** @param pictures folder for pictures of what is seen; none are made without it */
export async function tryWeb(editor, vsix, pictures) {
  const workspace = makeWorkspace();
  const served = await serveEditor(editor, vsix, { 'remote.extensionKind': { 'pathway.pathway': ['ui'] } });
  const browser = await launchBrowser();
  try {
    const workbench = await openWorkbench(browser, served, workspace.folder);
    const { page } = workbench;
    const look = async (name) => {
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/web-${name}.png` });
    };
    if (process.env.V) page.on('console', (message) => console.log('   ', message.text().slice(0, 300)));
    await workbench.open('care.pathway');
    await workbench.replace('by 1 Doctor', 'by 1 Doktor');
    await workbench.marked();
    await look('squiggle');
    // The server is in a web worker, not in a process.
    const workers = page.workers().length + page.frames().length;
    if (workers < 2) throw new Error('there is no worker');
    await workbench.goTo('Doktor', 2);
    const fixes = await workbench.fixes();
    console.log('fixes:', JSON.stringify(fixes));
    if (!fixes.some((title) => title.includes('Doctor'))) throw new Error('the fix is missing from the menu');
    await page.keyboard.press('Enter');
    await workbench.marked(false);
    await workbench.run('Pathway: Show Diagram');
    const diagram = await workbench.panel('#stage svg');
    console.log('diagram:', JSON.stringify((await diagram.locator('#stage svg text').allTextContents()).slice(0, 6)));
    await look('diagram');
    await page.locator('.editor-group-container .monaco-editor .view-lines').first().click();
    await workbench.run('Pathway: Simulate a Study');
    const report = await workbench.panel('main#content');
    console.log('report:', JSON.stringify(await report.locator('h2').allTextContents()));
    await look('report');
    return 0;
  } finally {
    await browser.close();
    await served.end();
    workspace.remove();
  }
}
