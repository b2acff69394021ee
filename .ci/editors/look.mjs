// Drives the packaged extension as a person would, in a light, a dark and a high-contrast theme, and checks what is to be
// seen: marks and their fixes, hover, completion, the diagram, results with what changed, a study that is cancelled.
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { openWorkbench } from './page.mjs';
import { serveEditor } from './serve.mjs';
import { makeWorkspace } from './workspace.mjs';

const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrast: 'Default High Contrast',
};

/** @param pictures folder for pictures of what is seen in all themes; without it one theme is looked at, and none are made */
export async function lookAtEditor(editor, vsix, pictures) {
  const browser = await launchBrowser();
  try {
    for (const [name, theme] of Object.entries(THEMES))
      if (pictures !== undefined || name === 'dark') await lookAt(browser, editor, vsix, name, theme, pictures);
    return 0;
  } finally {
    await browser.close();
  }
}

async function lookAt(browser, editor, vsix, name, theme, pictures) {
  const workspace = makeWorkspace();
  const served = await serveEditor(editor, vsix, { 'workbench.colorTheme': theme });
  try {
    const workbench = await openWorkbench(browser, served, workspace.folder);
    const { page } = workbench;
    const look = async (what) => {
      await page.waitForTimeout(400);
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}-${what}.png`) });
    };
    await workbench.open('care.pathway');
    await page.waitForSelector('text=Simulate this study', { timeout: 30_000 });
    await workbench.replace('by 1 Doctor', 'by 1 Doktor');
    await workbench.marked();
    await workbench.goTo('Doktor', 2);
    const fixes = await workbench.fixes();
    if (!fixes.some((title) => title.includes('Write `Doctor`')))
      throw new Error(`the fix is missing: ${fixes.join(', ')}`);
    await look('1-squiggle-with-fix');
    await page.keyboard.press('Enter');
    await workbench.marked(false);

    await workbench.goTo('triangular', 3);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    await page.waitForSelector('.monaco-hover:not(.hidden) table', { timeout: 30_000 });
    await look('2-hover');
    await page.keyboard.press('Escape');

    await workbench.goTo('by 1 Doctor');
    const offered = await workbench.completions();
    if (!offered.some((label) => label.startsWith('takes'))) throw new Error(`no completion: ${offered.join(', ')}`);
    await look('3-completion');
    await page.keyboard.press('Escape');

    await workbench.run('Pathway: Show Diagram');
    const diagram = await workbench.panel('#stage svg');
    await look('4-diagram');
    const ground = await coloursOf(diagram, 'body');
    await diagram.locator('#find').fill('re');
    await diagram.locator('#find').press('Enter');
    await look('5-found');
    const found = await diagram.locator('#state').innerText();
    if (!/^1 of \d+: ./.test(found)) throw new Error(`the search says ${found}`);
    await diagram.locator('#find').press('Escape');
    const named = await diagram.locator('#stage [role=link]').evaluateAll((all) => all.map((each) => each.ariaLabel));
    if (named.length < 4 || named.some((name) => !name)) throw new Error(`nodes are called ${named.join(', ')}`);
    await diagram.locator('#stage [role=link]', { hasText: 'Rest' }).press('Enter');
    await page.waitForFunction(() => document.querySelector('.statusbar')?.textContent?.includes('Ln 13'));

    await page.locator('.editor-group-container .monaco-editor .view-lines').first().click();
    await page.locator('text=Simulate this study').first().click();
    let report = await workbench.panel('main#content');
    await look('6-report');
    const paper = await coloursOf(report, 'body');
    if (isDark(paper) !== isDark(ground)) throw new Error(`the report is ${paper} on ${ground}`);
    await workbench.replace('seed 1', 'seed 2');
    await page.waitForTimeout(1500);
    await page.locator('text=Simulate this study').first().click();
    report = await workbench.panel('section.since');
    await look('7-since-the-last-run');
    const changes = await report.locator('section.since tbody tr').allInnerTexts();
    if (changes.length === 0) throw new Error('nothing is told of the last run');

    await workbench.open('plan.pathway');
    await workbench.run('Pathway: Show Diagram');
    const map = await workbench.panel('#view option:has-text("Crisis map")');
    await map.locator('#view').selectOption({ label: 'Crisis map' });
    await page.waitForSelector('.tab:has-text("Diagram: Crisis map")', { timeout: 30_000 });
    await look('8-map');

    await workbench.open('studies.pathway');
    await workbench.goTo('study ');
    const lens = page.locator('text=Simulate this study').locator('visible=true').first();
    await lens.waitFor({ timeout: 30_000 });
    await lens.click();
    const cancel = page.locator('.notification-toast a.monaco-button, .notification-toast .monaco-button', {
      hasText: 'Cancel',
    });
    await cancel.first().waitFor({ timeout: 30_000 });
    await look('9-running');
    await cancel.first().click();
    await cancel.first().waitFor({ state: 'detached', timeout: 30_000 });
    await look('a-cancelled');
    console.log(
      `${name}: ${changes.length} figures changed, ${fixes.length} entries in the menu, ${offered.length} completions`,
    );
  } catch (error) {
    const last = browser.contexts().at(-1)?.pages().at(-1);
    if (pictures !== undefined) await last?.screenshot({ path: join(pictures, `${name}-failed.png`) });
    throw error;
  } finally {
    for (const context of browser.contexts()) await context.close();
    await served.end();
    workspace.remove();
  }
}

function coloursOf(frame, selector) {
  return frame
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
}

/** Whether a ground is dark, by the mean of its red, green and blue. */
function isDark(colour) {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  return (red + green + blue) / 3 < 128;
}
